"""What holds at every instant, whatever happens: promises F1, F2, F3 and F7."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenes.effects import Note, Set
from tests.properties.days import days, happens_in_house
from tests.properties.houses import houses
from tests.properties.houses_text import text_of
from tests.properties.rich import instants, moves, passing, rich_house
from tests.venue import HALL, House, of

EXAMPLES = settings(max_examples=120)
MANY = settings(max_examples=5_000)


def each_candidate_is_accounted_for(house: House) -> None:
    ended = [note.candidate for note in house.notes("verdict")]
    assert house.stage.ended + house.pending() == house.stage.candidates
    assert len(ended) == len(set(ended)) == house.stage.ended


def one_change_a_property(effects: list) -> None:
    told = Counter((one.device, one.property) for one in of(Set, effects))
    assert max(told.values(), default=0) <= 1


def each_due_instant(house: House) -> list[list]:
    """The decisions of the next ten seconds, one by one."""
    end, decisions = house.now + 10_000_000, []
    while (due := house.engine.due()) is not None and due <= end:
        decisions.append(house.advance(due - house.now))
    return decisions


@settings(max_examples=60)
@given(houses(), days())
@pytest.mark.promise("F1")
def test_at_every_instant_ended_and_pending_are_all_candidates(pieces, day):
    house = House(text_of(pieces))
    house.starts()
    for one in day:
        happens_in_house(house, pieces, one)
        each_candidate_is_accounted_for(house)


@EXAMPLES
@given(moves())
@pytest.mark.promise("F1")
def test_each_candidate_has_exactly_one_verdict_whatever_happens_in_a_rich_hall(day):
    house = rich_house()
    for move in day:
        move(house)
        each_candidate_is_accounted_for(house)


@EXAMPLES
@given(st.lists(st.one_of(instants(), passing()), max_size=15), instants())
@pytest.mark.promise("F3")
def test_one_decision_sends_one_change_a_property(day, last):
    house = rich_house()
    for move in day:
        move(house)
        for decision in each_due_instant(house)[:1]:
            one_change_a_property(decision)
    one_change_a_property([one for one in last(house) if one.at == house.now])
    for decision in each_due_instant(house):
        one_change_a_property(decision)


@EXAMPLES
@given(moves())
def test_what_was_last_sent_is_what_is_wanted_while_the_link_is_up(day):
    house = rich_house()
    for move in day:
        move(house)
        sent = {(one.device, one.property): one.value for one in of(Set, house.effects)}
        wanted = {(one.device, one.property): one.wanted for one in house.stage.outputs.values() if one.wanted}
        assert not house.stage.link_up or {key: sent[key] for key in wanted} == wanted


STACK = HALL + "".join(
    f"""
on_{number}:
  band: {band}
  starts: {{by: staff}}
  does:
    - ask: {{preface.wash: {10 + number}%}}
    - wait: 1h
"""
    for number, band in enumerate(("ambient", "exhibit", "exhibit", "session", "staff", "house"))
)
RANKS = (1, 2, 2, 3, 5, 0)


@settings(max_examples=200)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 5)), min_size=24, max_size=24))
@pytest.mark.promise("F2")
def test_any_24_starts_and_stops_show_the_highest_live_layer_and_then_the_house(orders):
    house, live = House(STACK), []
    house.starts()
    for start, number in orders:
        house.order("start" if start else "stop", f"on_{number}")
        live = [one for one in live if one != number or start] + [number] * (start and number not in live)
        top = max(enumerate(live), key=lambda one: (RANKS[one[1]], one[0]), default=None)
        level = 0.0 if top is None else (10 + top[1]) / 100
        assert house.shown("preface.wash") == {"level": level}
    for number in range(6):
        house.order("stop", f"on_{number}")
    assert house.shown("preface.wash") == {"level": 0.0}


MIXED = (
    STACK
    + "".join(
        f"""
less_{number}:
  band: {band}
  starts: {{by: staff}}
  does:
    - ask: {{preface.wash: {{dimmer: {dimmer}%}}}}
    - wait: 1h
"""
        for number, (band, dimmer) in enumerate((("staff", 10), ("house", 50), ("exhibit", 75)))
    )
).replace("preface.wash: {kind: light}", "preface.wash: {kind: light, trim: -20%, idle: 30%}")
DIMMED = (0.1, 0.5, 0.75)


@settings(max_examples=200)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 8)), min_size=24, max_size=24))
@pytest.mark.promise("F2")
def test_any_24_starts_and_stops_show_the_highest_live_layer_less_the_strongest_that_makes_it_less(orders):
    house, live = House(MIXED), []
    house.starts()
    for start, number in orders:
        name = f"on_{number}" if number < 6 else f"less_{number - 6}"
        one_change_a_property(house.order("start" if start else "stop", name))
        live = [one for one in live if one != number or start] + [number] * (start and number not in live)
        full = max(((RANKS[one], place, 10 + one) for place, one in enumerate(live) if one < 6), default=(0, 0, 30))[2]
        left = min((1 - DIMMED[one - 6] for one in live if one >= 6), default=1.0)
        assert house.shown("preface.wash")["level"] == pytest.approx(full / 100 * left * 0.8, abs=1e-4)
    for number in range(6):
        house.order("stop", f"on_{number}")
    for number in range(3):
        house.order("stop", f"less_{number}")
    assert house.shown("preface.wash") == {"level": 0.24}


@EXAMPLES
@given(st.lists(st.tuples(st.sampled_from(("entry", "exit")), st.booleans()), max_size=20), st.booleans())
@pytest.mark.promise("F7")
def test_what_the_broker_kept_starts_nothing_but_what_lasts_and_silence(reports, backlog):
    house = rich_house()
    house.advance("1min")
    house.link_goes()
    house.advance("1min")
    house.link_comes()
    for sensor, occupied in reports:
        house.says(f"preface.{sensor}", occupied=occupied, source="backlog" if backlog else "retained")
        house.advance("2s")
    started = {note.scene for note in of(Note, house.effects) if note.what == "started"}
    assert started <= {"ambient", "watched", "work", "quiet"}


@pytest.mark.soak
@pytest.mark.timeout(1800)
@MANY
@given(moves())
def test_each_candidate_has_exactly_one_verdict_in_many_days(day):
    house = rich_house()
    for move in day:
        move(house)
        each_candidate_is_accounted_for(house)


@pytest.mark.soak
@pytest.mark.timeout(1800)
@MANY
@given(moves())
def test_every_decision_of_many_days_sends_one_change_a_property(day):
    house = rich_house()
    for move in day:
        for decision in each_due_instant(house):
            one_change_a_property(decision)
        one_change_a_property([one for one in move(house) or [] if one.at == house.now])
