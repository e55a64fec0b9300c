"""What the calendar holds, day by day."""

from datetime import date

from controller.venue.diary import diary
from tests.venue import HALL, venue_of

VENUE = venue_of(
    HALL
    + """\
hours: {daily: 09:00-17:00, closed: [mon], evenings: {tue: 19:00-21:00},
        special: {2022-02-01: closed}, zone: Asia/Shanghai}
day:
  starts: {at: opening - 30min, late: run}
  does: [{wait: 1s}]
call:
  starts: {at: closing - 15min, days: [tue]}
  does: [{wait: 1s}]
light:
  band: ambient
  starts: {while: venue.open}
  clock: {opening: {preface.wash: dim}, 20:00: {preface.wash: warm}}
shut:
  hours: 10:00-12:00
  starts: [{at: 11:00}, {at: 13:00}]
  does: [{wait: 1s}]
"""
)


def told(day: date) -> list[str]:
    (found,) = diary(VENUE, day, 1)
    assert VENUE.hours is not None
    return [f"{VENUE.hours.local(one.at):%H:%M} {one.scene or 'house'} {one.what}" for one in found.entries]


def test_a_day_has_opening_and_closing_and_what_scenes_do_by_the_clock():
    assert told(date(2022, 1, 19)) == [
        "08:30 day starts", "09:00 house opens", "09:00 light asks", "11:00 shut starts", "17:00 house closes",
    ]  # fmt: skip


def test_an_evening_has_them_twice():
    assert told(date(2022, 1, 18)) == [
        "08:30 day starts", "09:00 house opens", "09:00 light asks", "11:00 shut starts", "16:45 call starts",
        "17:00 house closes", "18:30 day starts", "19:00 house opens", "20:00 light asks",
        "20:45 call starts", "21:00 house closes",
    ]  # fmt: skip


def test_closed_days_have_what_hangs_on_no_opening():
    assert told(date(2022, 1, 17)) == ["11:00 shut starts"]
    assert told(date(2022, 2, 1)) == ["11:00 shut starts"]


def test_each_scene_is_told_with_its_place():
    (found,) = diary(VENUE, date(2022, 1, 19), 1)
    lines = {one.scene: one.place.line for one in found.entries if one.place is not None}
    assert lines == {"day": 18, "light": 26, "shut": 29}


def test_a_venue_without_hours_has_no_days():
    assert list(diary(venue_of(HALL), date(2022, 1, 19), 3)) == []
