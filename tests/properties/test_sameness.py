"""The same inputs give the same effects: however late the caller woke, through snapshots, and once more."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenes.engine import Engine
from scenes.stage import from_bytes, to_bytes
from tests.properties.days import days, happens_in_house
from tests.properties.houses import houses
from tests.properties.houses_text import text_of
from tests.properties.rich import Move, moves, rich_house
from tests.venue import House

EXAMPLES = settings(max_examples=120)


def lived(day: list[Move]) -> House:
    house = rich_house()
    for move in day:
        move(house)
    house.advance("30s")
    return house


def lived_with_snapshots(day: list[Move], at: set[int]) -> House:
    house = rich_house()
    for number, move in enumerate(day):
        move(house)
        if number in at:
            house.is_taken_up()
    house.advance("30s")
    return house


def lived_by_inputs_alone(house: House) -> tuple[list, bytes]:
    """The inputs of ``house`` in a new engine that is never woken between them."""
    engine = Engine(house.venue)
    effects = [effect for one in house.inputs for effect in engine.take(one)]
    effects += engine.advance(house.now)
    return effects, to_bytes(engine.stage)


def lived_by_a_nervous_caller(house: House, every: int) -> list:
    """The inputs of ``house`` in a new engine that is woken all the time, for nothing."""
    engine, effects, at = Engine(house.venue), [], 0
    for one in [*house.inputs, None]:
        until = house.now if one is None else one.at
        while at + every < until:
            at += every
            effects += engine.advance(at)
        at = until
        effects += engine.advance(until) if one is None else engine.advance(until) + engine.take(one)
    return effects


@EXAMPLES
@given(moves())
def test_a_caller_that_wakes_only_for_inputs_gets_the_same_effects(day):
    house = lived(day)
    assert lived_by_inputs_alone(house) == (house.effects, to_bytes(house.stage))


@EXAMPLES
@given(moves(), st.sampled_from((70_000, 500_000, 999_999)))
def test_a_caller_that_wakes_all_the_time_gets_the_same_effects(day, every):
    house = lived(day)
    assert lived_by_a_nervous_caller(house, every) == house.effects


@settings(max_examples=200)
@given(moves(), st.sets(st.integers(0, 29)))
def test_another_engine_goes_on_from_the_bytes_as_if_nothing_had_been(day, at):
    assert lived_with_snapshots(day, at).effects == lived(day).effects


@settings(max_examples=60)
@given(houses(), days())
def test_a_random_house_goes_on_from_its_bytes_after_every_step(pieces, day):
    house, other = House(text_of(pieces)), House(text_of(pieces))
    house.starts()
    other.starts()
    for one in day:
        happens_in_house(house, pieces, one)
        happens_in_house(other, pieces, one)
        other.is_taken_up()
    assert other.effects == house.effects


@EXAMPLES
@given(moves())
def test_bytes_come_back_as_the_same_bytes(day):
    data = to_bytes(lived(day).stage)
    assert to_bytes(from_bytes(data)) == data


@EXAMPLES
@given(moves(), st.integers(0, 29), st.sampled_from(("1s", "10s", "1h")))
def test_a_crash_replayed_from_its_inputs_gives_the_same_effects(day, when, away):
    house = rich_house()
    for move in day[:when]:
        move(house)
    house.crashes(away)
    for move in day[when:]:
        move(house)
    house.advance("30s")
    assert lived_by_inputs_alone(house) == (house.effects, to_bytes(house.stage))


@pytest.mark.soak
@pytest.mark.timeout(1800)
@settings(max_examples=5_000)
@given(moves(), st.sets(st.integers(0, 29)))
def test_many_days_go_on_from_the_bytes_as_if_nothing_had_been(day, at):
    assert lived_with_snapshots(day, at).effects == lived(day).effects
