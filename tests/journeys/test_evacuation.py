"""An evacuation on a real broker: by a retained alarm and by order, through kill -9, until two people lift it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.brokers import RunningBroker, mosquitto
from tests.journeys.playing import Controller, Ears, eventually, running

DEMO = Path(__file__).parents[2] / "config" / "venues" / "demo"
PANEL, LATCH = "demo/house/fire_panel/state", "demo/safety/state"
LIGHT, SPEAKER = "demo/epilogue/wash/set", "demo/preface/speaker/set"
KILLS = 10


@pytest.fixture
def broker() -> Iterator[RunningBroker]:
    with mosquitto() as one:
        yield one


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DEMO, tmp_path / "venue"))


def latch(ears: Ears, state: str, at_least: int = 1) -> None:
    eventually(lambda: len([one for one in ears.on(LATCH) if one["state"] == state]) >= at_least, f"{state} {at_least}")
    assert ears.on(LATCH)[-1]["state"] == state


def orders(ears: Ears, verb: str, number: int, by: str = "") -> dict[str, str]:
    name = f"{verb.replace('/', '-')}-{number}"
    ears.says(f"demo/order/{verb}", {"id": name, **({"by": by} if by else {})})
    return ears.until(f"demo/reply/{name}")


def test_an_alarm_that_is_on_at_boot_evacuates_and_only_its_end_and_two_people_lift_it(tmp_path, folder, broker):
    panel = Ears(broker)
    panel.says(PANEL, {"alarm": True}, retain=True)
    with running(folder, broker, tmp_path) as (_, ears):
        latch(ears, "evacuation")
        assert "fade" not in ears.until(LIGHT, lambda body: body.get("look") == "safe")
        assert ears.until(SPEAKER, lambda body: body.get("play") == "evacuate-zh-en.wav")["loop"] is True
        refused = orders(ears, "lift", 1, "Mei")
        assert (refused["answer"], "still holds" in refused["why"]) == ("refused", True)
        panel.says(PANEL, {"alarm": False}, retain=True)
        eventually(lambda: orders(ears, "lift", len(ears.heard), "Mei")["answer"] == "done", "the first step")
        assert orders(ears, "confirm_lift", 1, "Li")["answer"] == "done"
        latch(ears, "normal")
        ears.until(LIGHT, lambda body: body.get("look") == "dim")
    panel.close()


def test_it_outlives_kill_9_again_and_again(tmp_path, folder, broker):
    with running(folder, broker, tmp_path) as (controller, ears):
        assert orders(ears, "evacuate", 1)["answer"] == "done"
        for kill in range(KILLS):
            safe = len([one for one in ears.on(LIGHT) if one.get("look") == "safe"])
            _dies_and_comes_back(controller, ears, kill)
            eventually(lambda: len([one for one in ears.on(LIGHT) if one.get("look") == "safe"]) > safe, "safe again")  # noqa: B023
        states = [one["state"] for one in ears.on(LATCH)]
        assert set(states[states.index("evacuation") :]) == {"evacuation"}
        assert orders(ears, "start/hello", 1)["verdict"] == "held_by_safety"
        assert orders(ears, "lift", 1, "Mei")["answer"] == "done"
        _dies_and_comes_back(controller, ears, KILLS)
        latch(ears, "lifting", 2)
        assert controller.says("order", "confirm_lift", "--by", "Li").returncode == 0
        latch(ears, "normal")
        told = controller.says("why", "evacuation").stdout
        assert [word in told for word in ("EVACUATION: ordered", "lifted by Mei, confirmed by Li")] == [True, True]
        first = next(n for n, one in enumerate(ears.on(LIGHT)) if one.get("look") == "safe")
        last = max(n for n, one in enumerate(ears.on(LIGHT)) if one.get("look") == "safe")
        assert {one.get("look") for one in ears.on(LIGHT)[first : last + 1]} == {"safe"}
        print(f"the latch held over {KILLS + 1} of {KILLS + 1} kill -9, the last one between the two steps")


def _dies_and_comes_back(controller: Controller, ears: Ears, kill: int) -> None:
    """``kill``: how often it died before; it says with each start how often it was started."""
    controller.kill()
    controller.start()
    ears.until("demo/controller/house/status", lambda body: body.get("epoch") == kill + 2)
