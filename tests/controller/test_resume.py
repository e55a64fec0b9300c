"""A stage from the journal: what was going on is there again, what broke the engine is set aside."""

import asyncio
import json
import shutil
from pathlib import Path

import pytest

import controller.resume as resume_module
from controller.journal.schema import open_to_read
from controller.resume import EngineFault, engine_version, resume
from controller.venue.findings import wrong
from controller.venue.load import load_venue
from controller.venue.source.files import read_folder
from scenes.engine import Engine
from scenes.model import Place
from scenes.stage import to_bytes
from tests.controller.test_house import DEMO, ENTRY, Building


@pytest.fixture(scope="module")
def venue():
    return load_venue(read_folder(DEMO))


def lived(folder, venue, act) -> bytes:
    """The stage of a house after ``act``, killed right after its last commit."""

    async def go() -> bytes:
        building = Building(folder, venue)
        act(building)
        building.commit()
        building.journal.close()
        return to_bytes(building.house.engine.stage)

    return asyncio.run(go())


def visit(building: Building) -> None:
    building.hears(ENTRY, b'{"occupied": true, "id": "a"}')
    building.clock.time += 2_000_000
    building.house.beat()
    building.hears("demo/order/start/hello", b"")


def test_the_replayed_stage_is_the_one_that_was(tmp_path, venue):
    stage = lived(tmp_path, venue, visit)
    assert to_bytes(resume(open_to_read(tmp_path), venue).engine.stage) == stage


def test_a_journal_of_another_engine_begins_anew_and_says_so(tmp_path, venue, monkeypatch):
    lived(tmp_path, venue, visit)
    monkeypatch.setattr("controller.resume.engine_version", lambda: "another")
    found = resume(open_to_read(tmp_path), venue)
    assert (found.fresh, found.engine.stage.runs) == (True, {})
    assert found.engine.stage.now == found.died_at


def test_an_input_that_raises_is_named(tmp_path, venue, monkeypatch):
    lived(tmp_path, venue, visit)

    def take(self, one):
        raise RuntimeError("planted")

    monkeypatch.setattr(Engine, "take", take)
    with pytest.raises(EngineFault, match="planted") as caught:
        resume(open_to_read(tmp_path), venue)
    assert caught.value.kind == "input"


def test_the_engine_version_is_the_same_every_time():
    assert engine_version() == engine_version()
    assert len(engine_version()) == 16


def test_no_id_of_a_one_shot_comes_again_after_an_update(tmp_path, venue, monkeypatch):
    def order(building: Building) -> None:
        building.hears("demo/order/start/hello", b"")

    def told() -> list[str]:
        rows = open_to_read(tmp_path).execute("SELECT details FROM notes WHERE what = 'told'")
        return [json.loads(details)["id"] for (details,) in rows]

    lived(tmp_path, venue, order)
    monkeypatch.setattr("controller.resume.engine_version", lambda: "another")
    lived(tmp_path, venue, order)
    assert len(told()) == len(set(told())) == 2


@pytest.mark.parametrize("when", ["in the snapshot", "in a reload after it"])
def test_a_stored_configuration_that_is_refused_today_begins_anew_and_says_so(tmp_path, venue, monkeypatch, when):
    texts = {**read_folder(DEMO), "more.yaml": "more:\n  starts: {by: staff}\n  does: [{wait: 1s}]\n"}
    other = load_venue(texts)

    def reloaded(building: Building) -> None:
        building.journal.add_config(other.config, json.dumps(sorted(texts.items())))
        if when == "in a reload after it":
            monkeypatch.setattr(building.house, "snapshot", lambda: None)
        building.house.reload(other)

    def refuse(_: object) -> None:
        raise wrong(Place("more.yaml", 1, 1), "not any more")

    lived(tmp_path, venue, reloaded)
    assert resume(open_to_read(tmp_path), venue).engine.venue == other
    monkeypatch.setattr("controller.resume.read_venue", refuse)
    found = resume(open_to_read(tmp_path), venue)
    assert (found.fresh, found.engine.venue, found.engine.stage.runs) == (True, venue, {})
    assert "more.yaml:1:1: not any more" in found.why


@pytest.mark.parametrize(
    "room", ["devices/kinds/light.py", "scenes/starts.py", "controller/venue/load.py", "controller/inbox.py"]
)
def test_another_text_of_what_decides_is_another_engine(tmp_path, monkeypatch, room):
    root = Path(resume_module.__file__).parents[1]
    for one in resume_module.ROOMS:
        copy = shutil.copytree if (root / one).is_dir() else shutil.copy
        (tmp_path / one).parent.mkdir(parents=True, exist_ok=True)
        copy(root / one, tmp_path / one)
    version = engine_version()
    monkeypatch.setattr(resume_module, "__file__", str(tmp_path / "controller" / "resume.py"))
    assert engine_version.__wrapped__() == version
    with (tmp_path / room).open("a") as file:
        file.write("# another\n")
    assert engine_version.__wrapped__() != version
