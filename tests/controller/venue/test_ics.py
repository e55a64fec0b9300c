"""The office's calendar as lines of the hours."""

import pytest

from controller.venue.ics import IcsError, read_ics
from tests.venue import HALL, venue_of

HOURS = venue_of(f"{HALL}hours: {{daily: 09:00-17:00, from: 2022-01-17, to: 2022-04-16, zone: Asia/Shanghai}}\n").hours


def office(*events: str) -> bytes:
    """Each event as its lines between ``;;``."""
    found = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//office//EN"]
    for number, one in enumerate(events):
        found += ["BEGIN:VEVENT", f"UID:{number}", "DTSTAMP:20220101T000000Z", *one.split(";;"), "END:VEVENT"]
    return "\r\n".join([*found, "END:VCALENDAR", ""]).encode()


def lines(*events: str) -> list[str]:
    return list(read_ics(office(*events), HOURS).lines())


def test_whole_days_are_days_on_which_it_is_closed():
    found = lines("DTSTART;VALUE=DATE:20220201;;DTEND;VALUE=DATE:20220203;;SUMMARY:春节")
    assert found == ["  special:", "    2022-02-01: closed  # 春节", "    2022-02-02: closed  # 春节"]


def test_times_are_a_special_day_by_the_venues_clock():
    found = lines("DTSTART:20220208T110000Z;;DTEND:20220208T140000Z;;SUMMARY:Lantern night")
    assert found == ["  special:", "    2022-02-08: 19:00-22:00  # Lantern night"]


def test_two_of_one_day_are_its_spans():
    found = lines(
        "DTSTART;TZID=Asia/Shanghai:20220208T190000;;DTEND;TZID=Asia/Shanghai:20220208T210000;;SUMMARY:b",
        "DTSTART;TZID=Asia/Shanghai:20220208T090000;;DTEND;TZID=Asia/Shanghai:20220208T120000;;SUMMARY:a",
    )
    assert found[1] == "    2022-02-08: [09:00-12:00, 19:00-21:00]  # b, a"


def test_a_weekly_day_is_a_closed_weekday():
    assert lines("DTSTART;VALUE=DATE:20220117;;RRULE:FREQ=WEEKLY;BYDAY=MO;;SUMMARY:周一") == ["  closed: [mon]  # 周一"]


@pytest.mark.parametrize(("event", "why"), [
    ("DTSTART;VALUE=DATE:20220117;;RRULE:FREQ=YEARLY;;SUMMARY:x", "it repeats: FREQ=YEARLY"),
    ("DTSTART;VALUE=DATE:20250117;;SUMMARY:x", "2025-01-17 is not between from and to"),
    ("DTSTART:20220208T110000Z;;SUMMARY:x", "it has no end"),
])  # fmt: skip
def test_what_means_nothing_here_is_left_with_a_reason(event, why):
    found = read_ics(office(event), HOURS)
    assert (list(found.lines()), found.left) == ([], [("x", why)])


def test_a_day_that_ends_at_midnight_ends_at_24():
    found = lines("DTSTART;TZID=Asia/Shanghai:20220208T190000;;DTEND;TZID=Asia/Shanghai:20220209T010000;;SUMMARY:x")
    assert found[1] == "    2022-02-08: 19:00-24:00  # x"


def test_what_is_printed_loads():
    text = "\n".join(
        lines("DTSTART;VALUE=DATE:20220201;;SUMMARY:a: b # c", "DTSTART:20220208T110000Z;;DTEND:20220208T140000Z")
    )
    venue = venue_of(f"{HALL}hours:\n  daily: 09:00-17:00\n  zone: Asia/Shanghai\n{text}\n")
    assert venue.hours is not None
    assert len(venue.hours.special) == 2


def test_another_file_is_refused():
    with pytest.raises(IcsError):
        read_ics(b"[build-system]\n", None)
