"""The calendar under clock steps, crashes and reloads: nothing twice, nothing lost, open as the clock says."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.venue import HALL, House, micros

VENUE = (
    HALL
    + """\
hours: {daily: 09:00-17:00, closed: [wed], evenings: {tue: 19:00-21:00}, zone: Europe/Berlin}
early:
  starts: {at: opening - 30min, late: run}
  does: [{wait: 1s}]
noon:
  starts: {at: 12:00, late: run}
  does: [{wait: 1s}]
call:
  starts: {at: closing - 15min, late: skip}
  does: [{wait: 1s}]
light:
  band: ambient
  starts: {while: venue.open}
  clock: {opening: {preface.wash: dim}, 11:00: {preface.wash: warm}, sunset: {preface.wash: cold}}
"""
)
SPRING = 1_648_198_800_000_000  # 2022-03-25 10:00 in Berlin, two days before the clocks go forward
HOUR = micros("1h")
MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("passes"), st.integers(1, 12 * 60)),
        st.tuples(st.just("steps"), st.integers(-60, 60)),
        st.tuples(st.just("crashes"), st.integers(1, 300)),
        st.tuples(st.just("reloads"), st.just(0)),
    ),
    min_size=1,
    max_size=25,
)


def move(house: House, what: str, minutes: int) -> None:
    match what:
        case "passes":
            house.advance(minutes * micros("1min"))
        case "steps":
            house.wall += minutes * micros("1min")
            house.clock_steps(house.wall)
        case "crashes":
            house.crashes(minutes * micros("1min"))
        case _:
            house.reloads(VENUE)


@settings(max_examples=60, deadline=None)
@given(MOVES)
def test_nothing_comes_twice_and_nothing_is_lost(moves):
    house = House(VENUE)
    house.wall = SPRING
    house.starts()
    hours, latest = house.venue.hours, SPRING
    assert hours is not None
    for what, minutes in moves:
        move(house, what, minutes)
        wall = house.now + house.wall
        latest = max(latest, wall)
        stage = house.stage
        assert stage.values["venue.open"] is hours.is_open(wall)
        assert stage.ended + stage.pending() == stage.candidates
        assert stage.calendar.timer in stage.timers
    for scene in ("early", "noon", "call"):
        start = house.venue.scenes[scene].starts[0]
        due = [at for number in range(60) for at in hours.times(_day(hours, number), start.time)]
        reached = [at for at in due if hours.midnight(SPRING) <= at <= latest]
        gone = house.verdicts(scene).count("started") + house.verdicts(scene).count("missed")
        assert gone <= len(reached)
        if not any(what in ("crashes", "steps") for what, _ in moves):
            assert house.verdicts(scene).count("started") == len([at for at in reached if at > SPRING]) + _late(scene)


def _day(hours, number):
    return hours.day(SPRING + number * 24 * HOUR)


def _late(scene: str) -> int:
    return 1 if scene == "early" else 0  # missed before the first start
