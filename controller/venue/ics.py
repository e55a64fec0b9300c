"""Events of an iCalendar file (RFC 5545) as lines of the venue's hours.

A whole day is a day on which the venue is closed, and a weekly one a closed weekday; an event with times is a special
day with these hours. What repeats in other ways is told and left to people.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar

from scenes.hours import WEEKDAYS, Hours, Span, joined

_DAYS: Mapping[str, int] = dict(zip(("MO", "TU", "WE", "TH", "FR", "SA", "SU"), range(7), strict=True))
LONGEST = 400  # days of one event


class IcsError(ValueError):
    """The file is no iCalendar."""


@dataclass(slots=True)
class Office:
    """What the events mean. ``left``: those that mean nothing here, with the reason."""

    closed: dict[int, str] = field(default_factory=dict)
    special: dict[date, tuple[Span, ...]] = field(default_factory=dict)
    called: dict[date, str] = field(default_factory=dict)
    left: list[tuple[str, str]] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """As they stand below ``hours:``."""
        if self.closed:
            names = ", ".join(WEEKDAYS[day] for day in sorted(self.closed))
            yield f"  closed: [{names}]{_said(', '.join(dict.fromkeys(self.closed.values())))}"
        if self.special:
            yield "  special:"
        for day, spans in sorted(self.special.items()):
            several = ", ".join(map(str, spans))
            value = "closed" if not spans else several if len(spans) == 1 else f"[{several}]"
            yield f"    {day.isoformat()}: {value}{_said(self.called[day])}"


def read_ics(data: bytes, hours: Hours | None) -> Office:
    """The events of a file. ``hours``: whose clock and whose first and last day count. Raises ``IcsError``."""
    try:
        calendar: Any = icalendar.Calendar.from_ical(data)
        events = list(calendar.walk("VEVENT"))
    except (ValueError, IndexError, AttributeError) as error:
        raise IcsError(str(error)) from error
    found = Office()
    for event in events:
        _take(event, hours, found)
    return found


def _take(event: Any, hours: Hours | None, found: Office) -> None:  # noqa: ANN401 - the library's own
    title = " ".join(str(event.get("SUMMARY", "")).split())
    start, end, rule = event.decoded("DTSTART", None), event.decoded("DTEND", None), event.get("RRULE")
    if start is None:
        found.left.append((title, "it has no beginning"))
    elif rule is not None:
        _weekly(title, start, rule, found)
    elif isinstance(start, datetime):
        _opened(title, start, end, hours, found)
    else:
        last = end - timedelta(1) if isinstance(end, date) and end > start else start
        for number in range(min((last - start).days + 1, LONGEST)):
            _day(title, start + timedelta(number), (), hours, found)


def _weekly(title: str, start: date, rule: Any, found: Office) -> None:  # noqa: ANN401
    days = [_DAYS.get(str(one)) for one in rule.get("BYDAY", [])] or [start.weekday()]
    is_plain = set(rule) <= {"FREQ", "BYDAY", "INTERVAL", "WKST"} and rule.get("INTERVAL", [1]) == [1]
    if isinstance(start, datetime) or rule.get("FREQ") != ["WEEKLY"] or not is_plain or None in days:
        found.left.append((title, f"it repeats: {rule.to_ical().decode()}"))
        return
    found.closed |= {day: title for day in days if day is not None}


def _opened(title: str, start: datetime, end: object, hours: Hours | None, found: Office) -> None:
    """With times: a day on which the venue is open just then."""
    zone = ZoneInfo(hours.zone) if hours is not None else start.tzinfo
    begins = start.astimezone(zone) if start.tzinfo is not None else start
    if not isinstance(end, datetime):
        found.left.append((title, "it has no end"))
        return
    ends = end.astimezone(zone) if end.tzinfo is not None else end
    midnight = datetime.combine(begins.date() + timedelta(1), time(), begins.tzinfo)
    closes = 24 * 60 if ends >= midnight else ends.hour * 60 + ends.minute
    opens = begins.hour * 60 + begins.minute
    if closes <= opens:
        found.left.append((title, "it ends before it begins"))
        return
    _day(title, begins.date(), (Span(opens, closes),), hours, found)


def _day(title: str, day: date, spans: tuple[Span, ...], hours: Hours | None, found: Office) -> None:
    first, last = (hours.first, hours.last) if hours is not None else (None, None)
    if (first is not None and day < first) or (last is not None and day > last):
        found.left.append((title, f"{day.isoformat()} is not between from and to"))
        return
    known = found.special.get(day)
    found.special[day] = joined((*(known or ()), *spans)) if known != () else ()  # closed is closed
    if spans == ():
        found.special[day] = ()
    found.called[day] = ", ".join(dict.fromkeys(one for one in (found.called.get(day), title) if one))


def _said(title: str) -> str:
    return f"  # {title}" if title else ""
