"""The engine against a second, obviously right telling of the language: the same houses, the same days."""

import pytest
from hypothesis import given, settings

from tests.properties.houses import LAMPS, Happens, days, happens_in_house, happens_in_model, houses, text_of
from tests.properties.model import Model, Piece
from tests.venue import House


def look_wanted(house: House, lamp: str) -> object:
    return (house.output(f"hall.{lamp}").wanted or {}).get("look")


def lives_the_same(pieces: list[Piece], day: list[Happens]) -> None:
    house, model = House(text_of(pieces)), Model(pieces)
    house.starts()
    model.report("open", True)
    for one in day:
        happens_in_house(house, pieces, one)
        happens_in_model(model, pieces, one, house.now)
        ended = {piece.name: house.verdicts(piece.name) for piece in pieces}
        assert ended == {piece.name: model.verdicts(piece.name) for piece in pieces}
        assert house.pending() == model.pending()
        assert all(look_wanted(house, lamp) in model.wanted(lamp) for lamp in LAMPS)


@settings(max_examples=180)
@given(houses(), days())
def test_engine_and_model_decide_the_same(pieces, day):
    lives_the_same(pieces, day)


@pytest.mark.soak
@pytest.mark.timeout(1800)
@settings(max_examples=10_000)
@given(houses(), days(longest=80))
def test_engine_and_model_decide_the_same_in_long_days(pieces, day):
    lives_the_same(pieces, day)
