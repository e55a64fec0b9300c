"""Promise F13: while the house is evacuated everything is safe, whatever else happens, and nothing starts."""

from hypothesis import given, settings

from scenes.effects import Set
from scenes.model import ENDS
from tests.properties.rich import moves, rich_house
from tests.venue import House, of

SAFE = {
    "preface.wash/light": {"look": "safe", "level": 1.0},
    "preface.bell/volume": {"volume": 1.0},
    "preface.wall/picture": {"play": None},
}
WORDS = {"evacuation": "film.mp4", "drill": "waves.mp4"}


def shows_what_is_safe(house: House) -> None:
    wanted = {key: house.stage.outputs[key].wanted for key in SAFE}
    assert wanted == SAFE
    said = house.stage.outputs["preface.bell/sound"].wanted or {}
    assert said["play"] == WORDS[house.stage.safety.state]


@settings(max_examples=300)
@given(moves())
def test_whatever_happens_in_an_evacuated_house_it_shows_what_is_safe(day):
    house = rich_house()
    for move in day:
        was, known = house.stage.safety.holds(), set(house.stage.runs)
        move(house)
        if house.stage.safety.holds():
            shows_what_is_safe(house)
            assert all(run.phase == ENDS for run in house.stage.runs.values())
            assert not was or set(house.stage.runs) <= known or house.notes("safety")[-1].at == house.now


@settings(max_examples=100)
@given(moves(), moves())
def test_a_crash_and_a_lost_link_change_nothing_about_it(day, night):
    house = rich_house()
    for move in day:
        move(house)
    house.order("evacuate")
    house.crashes()
    house.link_goes()
    again = of(Set, house.link_comes())
    assert {f"{one.device}/{one.property}" for one in again} >= SAFE.keys()
    for move in night:
        if "lift" not in move.__name__:
            move(house)
            assert house.stage.safety.state == "evacuation"
            shows_what_is_safe(house)
