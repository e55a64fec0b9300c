"""The venue's calendar on a virtual clock: opening and closing, starts by the clock, clocks that turn on."""

import pytest

from scenes.hours import Hours, Span, TimeOfDay
from tests.venue import HALL, OPENING, House, micros

# the small language begins on Monday, 2022-01-17, 09:00 in Hangzhou
HOURS = "hours: {daily: 09:00-17:00, closed: [sun], evenings: {tue: 19:00-21:00}, zone: Asia/Shanghai}\n"
LIGHT = "does: [{ask: {preface.wash: warm}}, {wait: 1min}]"
DAY = """\
day:
  band: house
  starts: {at: opening - 30min, late: run}
  does:
    - ask: {preface.wash: warm}
    - stay: {until: not venue.open, at_most: 16h}
  ends: 2s
  after_crash: resume
"""
CHIME = f"chime:\n  starts: {{at: opening - 5min, late: skip}}\n  {LIGHT}\n"
OPEN = "open:\n  band: ambient\n  starts: {while: venue.open}\n  does: [{ask: {preface.wash: dim}}]\n"


def house_at(time: str, scenes: str, hours: str = HOURS, *, starts: bool = True) -> House:
    """A house on that Monday at ``time``, as ``8h30min`` since midnight."""
    house = House(HALL + hours + scenes)
    house.wall = OPENING - micros("9h") + micros(time)
    if starts:
        house.starts()
    return house


def started(house: House, scene: str) -> int:
    return house.verdicts(scene).count("started")


def test_a_venue_without_hours_is_always_open():
    house = house_at("3h", OPEN, hours="")
    house.advance("48h")
    assert house.running() == ["open"]


def test_hours_that_say_no_more_than_a_zone_are_always_open():
    assert house_at("3h", OPEN, hours="hours: {zone: Asia/Shanghai}\n").running() == ["open"]


def test_the_venue_opens_and_closes_by_its_hours():
    house = house_at("8h", OPEN)
    assert house.running() == []
    house.advance("59min59s")
    assert house.running() == []
    house.advance("1s")
    assert house.running() == ["open"]
    house.advance("8h")
    assert house.running() == []


def test_an_evening_is_a_second_opening():
    house = house_at("16h", OPEN)
    house.advance("24h")  # tuesday 16:00
    for hours, open_ in (("2h", False), ("1h", True), ("2h", False)):
        house.advance(hours)
        assert (house.running() == ["open"]) is open_


def test_a_closed_day_stays_closed():
    house = house_at("16h", OPEN)
    house.advance(micros("24h") * 6)  # sunday 16:00
    assert house.running() == []


@pytest.mark.parametrize(("hours", "running"), [
    ("special: {2022-01-17: closed}", []), ("special: {2022-01-17: 08:00-08:45}", []),
    ("special: {2022-01-17: [06:00-07:00, 09:00-21:00]}", ["open"]), ("from: 2022-01-18", []), ("to: 2022-01-16", []),
    ("to: 2022-01-17", ["open"]),
])  # fmt: skip
def test_single_days_can_be_unlike_the_others(hours, running):
    written = f"hours: {{daily: 09:00-17:00, {hours}, zone: Asia/Shanghai}}\n"
    assert house_at("9h30min", OPEN, hours=written).running() == running


@pytest.mark.promise("F6")
def test_the_first_start_after_opening_opens_once_and_has_no_chime():
    house = house_at("9h5min", DAY + CHIME)
    assert house.running() == ["day"]
    assert house.verdicts("day") == ["started"]
    assert house.verdicts("chime") == ["missed"]
    house.advance("20h")
    assert house.verdicts("day") == ["started"]


def test_what_is_at_a_time_starts_at_that_time_on_every_day():
    house = house_at("8h", DAY + CHIME)
    house.advance("30min")
    assert house.running() == ["day"]
    house.advance("25min")
    assert started(house, "chime") == 1
    house.advance("9h")
    assert house.why_ended("day") == "it came to its end"
    house.advance("15h")
    assert (started(house, "day"), started(house, "chime")) == (2, 2)


def test_a_day_that_starts_before_opening_waits_for_its_closing_and_a_late_one_is_over():
    house = house_at("8h50min", DAY)
    house.advance("8h9min")
    assert house.running() == ["day"]
    house.advance("2min")
    assert house.running() == []
    assert house_at("18h", DAY).why_ended("day") == "it came to its end"


def test_a_crash_over_closing_ends_the_day():
    house = house_at("8h", DAY)
    house.advance("8h50min")
    assert house.running() == ["day"]
    house.crashes("20min")
    assert house.why_ended("day") == "it came to its end"


def test_days_say_on_which():
    house = house_at("9h", f"scene:\n  starts: {{at: 11:00, days: [wed, fri]}}\n  {LIGHT}\n")
    house.advance(micros("24h") * 7)
    assert [one.at for one in house.notes("started", "scene")] == [micros("50h"), micros("98h")]


def test_sunset_is_that_of_the_zones_city():
    house = house_at("9h", f"scene:\n  starts: {{at: sunset - 20min}}\n  {LIGHT}\n")
    house.advance("24h")
    assert [one.at for one in house.notes("started", "scene")] == [micros("7h55min")]  # 17:15 in Shanghai


def test_a_crash_over_the_time_is_late_and_starts_once():
    house = house_at("8h", DAY + CHIME)
    house.crashes("75min")
    assert house.verdicts("day") == ["started"]
    assert house.verdicts("chime") == ["missed"]
    assert house.verdict("chime").place.line == HALL.count("\n") + HOURS.count("\n") + DAY.count("\n") + 2


def test_a_crash_behind_the_time_starts_nothing_again():
    house = house_at("8h", DAY + CHIME)
    house.advance("2h")
    house.crashes("20min")
    assert (house.verdicts("day"), house.verdicts("chime")) == (["started"], ["started"])
    assert house.running() == ["day"]


def test_of_several_that_were_missed_the_latest_starts():
    house = house_at("8h", f"scene:\n  starts: {{at: opening, late: run}}\n  {LIGHT}\n")
    house.crashes("50h")
    assert house.verdicts("scene") == ["started"]


def test_what_was_missed_half_a_day_ago_is_over():
    house = house_at("8h", f"scene:\n  starts: {{at: opening, late: run}}\n  {LIGHT}\n")
    house.crashes("15h")
    assert house.verdicts("scene") == ["missed"]


@pytest.mark.parametrize("step", ["-1h", "1h"])
def test_a_clock_step_neither_repeats_nor_loses_an_entry(step):
    scenes = DAY + CHIME + f"noon:\n  starts: {{at: 12:00, late: run}}\n  {LIGHT}\n"
    house = house_at("8h", scenes)
    house.advance("3h45min")  # 11:45
    house.clock_steps(house.stage.offset + (micros("1h") if step == "1h" else -micros("1h")))
    house.advance("3h")
    house.clock_steps(house.stage.offset + (-micros("1h") if step == "1h" else micros("1h")))
    house.advance("3h")
    assert [started(house, one) for one in ("day", "chime", "noon")] == [1, 1, 1]


def test_the_venue_follows_a_clock_that_is_set_back():
    house = house_at("16h30min", OPEN)
    house.advance("45min")
    assert house.running() == []
    house.clock_steps(house.stage.offset - micros("30min"))
    assert house.running() == ["open"]
    house.advance("15min")
    assert house.running() == []


def test_a_clock_that_was_years_ahead_counts_from_now():
    house = house_at("8h", CHIME)
    house.clock_steps(house.stage.offset + micros("24h") * 1000)
    house.clock_steps(house.stage.offset - micros("24h") * 1000)
    house.advance("1h")
    assert started(house, "chime") == 1


def test_spring_and_autumn_shift_the_engine_and_not_the_clock():
    berlin = Hours("Europe/Berlin", None, daily=(Span(9 * 60, 17 * 60),))
    opening, day = TimeOfDay("opening", 0), micros("24h")
    spring = 1_648_252_800_000_000  # 2022-03-26 00:00 UTC: the clocks go forward on the 27th
    first = berlin.next_time(opening, spring)
    assert first is not None
    assert berlin.next_time(opening, first) == first + day - micros("1h")
    assert berlin.local(first + day - micros("1h")).hour == 9


@pytest.mark.parametrize(("written", "time", "verdict"), [
    ("open", "8h", "closed"), ("open", "10h", "started"), ("10:00-12:00", "10h", "started"),
    ("10:00-12:00", "9h59min", "closed"), ("10:00-12:00", "12h", "closed"), ("22:00-02:00", "1h", "started"),
    ("22:00-02:00", "3h", "closed"),
])  # fmt: skip
def test_a_scene_has_hours_of_its_own(written, time, verdict):
    house = house_at(time, f"scene:\n  hours: {written}\n  starts: {{by: staff}}\n  {LIGHT}\n")
    house.order("start", "scene")
    assert house.verdicts("scene") == [verdict]


def test_what_lasts_starts_when_its_own_hours_begin():
    house = house_at("9h", "scene:\n  hours: 10:00-12:00\n  starts: {while: venue.open}\n  does: [{wait: 1s}]\n")
    assert house.verdicts("scene") == ["closed"]
    house.advance("1h")
    assert house.running() == ["scene"]


def test_what_was_closed_says_which_hours_and_where():
    house = house_at("8h", f"scene:\n  hours: open\n  starts: {{when: preface.entry.occupied}}\n  {LIGHT}\n")
    house.says("preface.entry", occupied=True)
    found = house.verdict("scene")
    assert found.details["time"] == "08:00"
    assert found.place.line == HALL.count("\n") + HOURS.count("\n") + 2


CLOCK = """\
light:
  band: ambient
  starts: {while: venue.open}
  clock:
    opening: {preface.wash: dim over 30s, preface.wall: waves}
    11:00: {preface.wash: warm over 10min}
    closing - 1h: {preface.wash: cold over 20min}
  ends: 10s
"""


def test_a_clock_asks_at_each_of_its_times():
    house = house_at("8h", CLOCK)
    shown = []
    for time in ("1h", "2h", "5h"):
        house.advance(time)
        shown.append(house.shown("preface.wash").get("look"))
    assert shown == ["dim", "warm", "cold"]
    assert [one.fade for one in house.sets("preface.wash")][1:] == [micros(one) for one in ("30s", "10min", "20min")]


def test_a_clock_that_starts_at_noon_shows_the_picture_of_its_day():
    house = house_at("12h", CLOCK)
    assert house.shown("preface.wash")["look"] == "warm"
    assert house.shown("preface.wall")["play"] == "waves.mp4"
    assert len(house.sets("preface.wash")) == 1


def test_a_clock_before_its_first_time_shows_what_came_last():
    written = CLOCK.replace("while: venue.open", "while: not venue.open").replace("opening:", "18:00:")
    house = house_at("7h", written)
    assert house.shown("preface.wash")["look"] == "dim"


def test_an_evening_opens_once_more_and_is_no_morning():
    house = house_at("16h", CLOCK.replace("closing - 1h", "sunset - 20min"))
    house.advance("26h59min")  # tuesday evening
    assert house.shown("preface.wash").get("look") is None
    house.advance("1min")
    assert house.shown("preface.wash")["look"] == "cold"


@pytest.mark.parametrize("after", ["restart", "resume"])
def test_a_crash_over_a_time_of_the_clock_shows_what_is_due(after):
    house = house_at("10h", f"{CLOCK}  after_crash: {after}\n")
    house.crashes("2h")
    assert house.shown("preface.wash")["look"] == "warm"


def test_a_clock_ends_with_its_run():
    house = house_at("16h30min", CLOCK)
    house.advance("31min")
    assert house.running() == []
    assert "light" not in str(house.stage.outputs["preface.wash/light"].layers)


def test_a_reload_moves_what_is_planned():
    house = house_at("8h", CHIME)
    house.reloads(HALL + HOURS.replace("09:00", "10:00") + CHIME)
    house.advance("1h30min")
    assert started(house, "chime") == 0
    house.advance("25min")
    assert started(house, "chime") == 1


def test_the_calendar_goes_on_from_the_bytes_of_the_stage():
    house = house_at("8h", DAY)
    house.is_taken_up()
    house.advance("1h")
    assert house.running() == ["day"]


class TestExtend:
    """The order that keeps the house open longer."""

    LAST_CALL = f"last_call:\n  band: staff\n  starts: {{at: closing - 15min}}\n  {LIGHT}\n"

    def test_closing_moves_and_what_hangs_on_it_with_it(self):
        house = house_at("16h", OPEN + self.LAST_CALL)
        house.order("extend", params={"minutes": 30})
        assert (house.answers[-1].answer, house.answers[-1].why) == ("done", "the house stays open until 17:30")
        house.advance("1h14min")
        assert started(house, "last_call") == 0
        house.advance("1min")
        assert started(house, "last_call") == 1
        house.advance("14min")
        assert "open" in house.running()
        house.advance("1min")
        assert "open" not in house.running()
        house.advance("24h")
        assert started(house, "last_call") == 2

    def test_the_same_order_twice_is_one_order(self):
        house = house_at("16h", OPEN)
        house.order("extend", params={"minutes": 30})
        house.order("extend", params={"minutes": 30})
        assert house.answers[-1].why == "the house stays open until 17:30"

    def test_until_a_time(self):
        house = house_at("16h", OPEN)
        house.order("extend", params={"until": "18:45"})
        assert house.answers[-1].why == "the house stays open until 18:45"

    def test_an_empty_order_means_half_an_hour(self):
        house = house_at("16h", OPEN)
        house.order("extend")
        assert house.answers[-1].why == "the house stays open until 17:30"

    @pytest.mark.parametrize(("time", "params", "why"), [
        ("8h", {}, "the house is closed; it opens at 09:00"), ("18h", {}, "it opens at 2022-01-18 09:00"),
        ("16h", {"until": "16:30"}, "cannot close earlier"), ("16h", {"minutes": -5}, "with: {minutes: 30}"),
        ("16h", {"until": "soon"}, "21:30"), ("16h", {"minutes": 500}, "until 23:00 at the latest"),
        ("16h", {"hours": 2}, "with: {minutes: 30}"),
    ])  # fmt: skip
    def test_what_cannot_be_is_refused_with_a_reason(self, time, params, why):
        house = house_at(time, OPEN)
        house.order("extend", params=params)
        assert house.answers[-1].answer == "refused"
        assert why in house.answers[-1].why

    def test_a_house_without_hours_has_nothing_to_extend(self):
        house = house_at("16h", OPEN, hours="")
        house.order("extend")
        assert house.answers[-1].answer == "refused"

    def test_it_survives_a_crash(self):
        house = house_at("16h", OPEN)
        house.order("extend", params={"minutes": 60})
        house.crashes("75min")
        assert house.running() == ["open"]
        house.advance("45min")
        assert house.running() == []

    def test_it_may_reach_into_the_evening(self):
        house = house_at("16h", OPEN)
        house.advance("24h")
        house.order("extend", params={"until": "19:30"})
        assert house.answers[-1].why == "the house stays open until 21:00"
        house.advance("4h59min")
        assert house.running() == ["open"]
        house.advance("1min")
        assert house.running() == []
