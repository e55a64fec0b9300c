"""An evacuation survives a kill at every point of the journal, and an update of the program."""

import asyncio
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import controller.resume as resume_module
from controller.journal.schema import open_to_read
from controller.resume import resume
from controller.venue.load import load_venue
from controller.venue.source.files import read_folder
from scenes.model import Venue
from tests.controller.test_house import Building

DEMO = Path(__file__).parents[2] / "config" / "venues" / "demo"
PANEL = "demo/house/fire_panel/state"
ACTS: tuple[tuple[str, bytes, str], ...] = (  # topic, body, how the latch stands then
    (PANEL, b'{"alarm": false}', "normal"),
    ("demo/order/drill", b'{"by": "Wang"}', "drill"),
    (PANEL, b'{"alarm": true}', "evacuation"),
    ("demo/order/lift", b'{"by": "Mei"}', "evacuation"),
    (PANEL, b'{"alarm": false}', "evacuation"),
    ("demo/order/lift", b'{"by": "Mei"}', "lifting"),
    ("demo/order/start/hello", b"", "lifting"),
    ("demo/order/evacuate", b"", "evacuation"),
    ("demo/order/lift", b'{"by": "Mei"}', "lifting"),
    ("demo/order/confirm_lift", b'{"by": "Li"}', "normal"),
)


@pytest.fixture(scope="module")
def venue() -> Venue:
    return load_venue(read_folder(DEMO))


def on_a_loop(act: Callable[[], None]) -> None:
    async def go() -> None:
        act()

    asyncio.run(go())


def mirrored(building: Building) -> str:
    """What everybody who asks the broker is told."""
    said = [one for one in building.link.published if one.topic == "demo/safety/state"]
    assert all(one.retain for one in said)
    return json.loads(said[-1].payload)["state"]


def is_safe(building: Building) -> bool:
    """Whether what was sent last to a light of each hall is the safe look."""
    lights = [f"demo/{hall}/wash/set" for hall in ("preface", "epilogue")]
    last = {one.topic: json.loads(one.payload) for one in building.link.published if one.topic in lights}
    return all(last[light]["look"] == "safe" for light in lights)


@pytest.mark.parametrize("kept", [True, False], ids=["after its commit", "before its commit"])
def test_a_kill_at_every_point_changes_nothing(tmp_path, venue, kept):
    def act() -> None:
        building = Building(tmp_path / "0", venue)
        for number, (topic, body, state) in enumerate(ACTS):
            if kept:
                building.hears(topic, body, packet=number + 1)
                assert building.journal.flush()  # and killed: nobody was told, the snapshot is the first one
            building.journal.close()
            folder = tmp_path / f"{number + 1}"
            shutil.copytree(tmp_path / f"{number}", folder)
            building = Building(folder, venue)
            if not kept:  # the broker has it still
                building.hears(topic, body, packet=number + 1, backlog=True)
                building.commit()
            assert (number, mirrored(building), is_safe(building)) == (number, state, state != "normal")
        building.journal.close()

    on_a_loop(act)


def test_what_an_evacuation_asks_leaves_before_its_cause_is_on_disk(tmp_path, venue):
    def act() -> None:
        building = Building(tmp_path, venue)
        building.hears("demo/order/start/hello", b"")
        building.hears(PANEL, b'{"alarm": true}')
        assert (is_safe(building), mirrored(building)) == (True, "evacuation")
        building.commit()
        assert is_safe(building)
        building.journal.close()

    on_a_loop(act)


def test_an_update_of_the_program_does_not_end_it(tmp_path, venue, monkeypatch):
    def act() -> None:
        building = Building(tmp_path, venue)
        building.hears("demo/order/evacuate", b'{"by": "Mei"}')
        assert building.journal.flush()
        building.journal.close()
        monkeypatch.setattr(resume_module, "engine_version", lambda: "another")
        assert resume(open_to_read(tmp_path), venue).fresh
        building = Building(tmp_path, venue)
        assert (is_safe(building), mirrored(building)) == (True, "evacuation")
        building.hears("demo/order/start/hello", b"")
        assert building.house.engine.stage.runs == {}
        building.journal.close()

    on_a_loop(act)
