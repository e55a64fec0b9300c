"""Fairness: who waits has his turn in the order of coming, or is told why not; nobody waits for ever."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scenes.test_turns import RING, WAY, House, phase, ring, says
from tests.venue import micros

EVENTS = (*WAY, "again", "delete", "declined", "failed")
ORDERS = ("stop session", "disarm session", "arm session", "rest session", "start tour", "stop tour")
CHANGED = RING.replace("queue: 3", "queue: 2")

touches = st.integers(1, 6).map(lambda visit: ("touched", visit))
events = st.tuples(st.sampled_from(EVENTS), st.integers(1, 6))
orders = st.sampled_from(ORDERS).map(lambda order: ("order", order))
times = st.sampled_from(("1s", "9s", "40s", "5min")).map(lambda time: ("passes", time))
able = st.booleans().map(lambda value: ("able", value))
others = st.sampled_from((("kill", ""), ("crash", ""), ("changed", ""), ("back", "")))
days = st.lists(st.one_of(touches, touches, events, events, times, orders, able, others), max_size=40)


def happens(house: House, move: tuple[str, object]) -> None:
    match move:
        case ("passes", str(time)):
            house.advance(time)
        case ("order", str(order)):
            house.order(*order.split())
        case ("able", bool(value)):
            house.says("hall.ring", able=value)
        case ("kill", _):
            house.is_taken_up()
        case ("crash", _):
            house.crashes("2s")
        case ("changed", _):
            house.reloads(CHANGED)
        case ("back", _):
            house.reloads(RING)
        case (str(event), int(visit)):
            says(house, event, visit)


def waiting(house: House) -> int:
    pending = [one for life in house.stage.scenes.values() for one in life.pending.values()]
    return sum(one.queue == "waits" for one in pending)


def started(house: House) -> list[int]:
    return [int(note.candidate) for note in house.notes("verdict", "session") if str(note.verdict) == "started"]


@settings(max_examples=150)
@given(days)
def test_turns_are_in_the_order_of_coming_and_nobody_waits_for_ever(day):
    house = ring()
    for move in day:
        happens(house, move)
        assert house.stage.ended + house.pending() == house.stage.candidates
        assert sum(run.scene == "session" for run in house.stage.runs.values()) <= 1
        assert waiting(house) <= 3
    house.advance(micros("30min"))
    assert (house.pending(), phase(house)) == (0, "")
    assert started(house) == sorted(started(house))


@settings(max_examples=100)
@given(days)
def test_what_the_waiting_see_is_there_exactly_while_somebody_waits(day):
    house = ring()
    for move in day:
        happens(house, move)
        layers = {one.run: one.value for one in house.stage.outputs["hall.turns/picture"].layers}
        assert layers.get("session waiting", {}).get("with.turns", 0) == waiting(house)
