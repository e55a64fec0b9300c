"""The engine against a second, obviously right telling of the language: the same houses, the same days."""

import pytest
from hypothesis import given, settings

from tests.properties.days import Happens, days, happens_in_house, happens_in_model
from tests.properties.houses import LAMPS, houses
from tests.properties.houses_text import text_of
from tests.properties.model import Model
from tests.properties.pieces import HALLS, Whole
from tests.venue import House


def look_wanted(house: House, lamp: str) -> object:
    return (house.output(f"{HALLS[lamp]}.{lamp}").wanted or {}).get("look")


def lives_the_same(whole: Whole, day: list[Happens]) -> None:
    house, model = House(text_of(whole)), Model(whole)
    names = [piece.name for piece in whole.pieces]
    house.starts()
    model.start()
    for one in day:
        happens_in_house(house, whole, one)
        happens_in_model(model, whole, one, house.now)
        assert {name: house.verdicts(name) for name in names} == {name: model.verdicts(name) for name in names}
        assert {name: house.running().count(name) for name in names} == {name: model.runs(name) for name in names}
        assert house.pending() == model.pending()
        assert {
            lamp: look_wanted(house, lamp) for lamp in LAMPS if look_wanted(house, lamp) not in model.wanted(lamp)
        } == {}


@settings(max_examples=180, derandomize=True)  # what is new is looked for in the soak
@given(houses(), days())
def test_engine_and_model_decide_the_same(whole, day):
    lives_the_same(whole, day)


@pytest.mark.soak
@pytest.mark.timeout(1800)
@settings(max_examples=10_000)
@given(houses(), days(longest=80))
def test_engine_and_model_decide_the_same_in_long_days(whole, day):
    lives_the_same(whole, day)
