"""The venue's hours: when it is open, and at which instant a time of day falls. Pure arithmetic on given instants.

Rules
- An instant is wall time: whole microseconds since 1970. A day is the venue's, by its zone; a time that the clocks
  leave out falls as long after midnight as if they had not, one that comes twice is its first.
- A day's spans are those of ``special`` where it names the day, else ``daily`` (not on ``closed`` days) and the
  evening of that weekday. Outside ``first`` to ``last`` the venue is closed.
- ``later`` are closings that were moved by order: as planned → as they are. What is relative to closing moves along.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Literal
from zoneinfo import ZoneInfo

from scenes.sun import sets_at

Later = Mapping[int, int]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTE = 60_000_000
DAY = 24 * 60
AHEAD = 400  # days that are looked at for what comes next
BEHIND = 8  # and for what came last
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NOTHING: Later = {}


@dataclass(frozen=True, slots=True)
class Span:
    """From one time of a day to another: whole minutes since midnight. One that ends earlier ends the next day."""

    begins: int
    ends: int

    def __str__(self) -> str:
        return f"{clock_text(self.begins)}-{clock_text(self.ends)}"

    def holds(self, minute: int) -> bool:
        """Whether this minute of a day lies in it."""
        if self.begins <= self.ends:
            return self.begins <= minute < self.ends
        return minute >= self.begins or minute < self.ends


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """``offset`` microseconds after ``base``; ``midnight`` is the base of a time that the clock shows.

    ``opening`` and ``closing`` come as often as the venue opens and closes that day, the others once at the most.
    """

    base: Literal["midnight", "opening", "closing", "first_opening", "last_closing", "sunset"]
    offset: int
    text: str = field(default="", compare=False)  # as it was written


@dataclass(frozen=True, slots=True)
class Hours:
    """When the venue is open. Weekdays count from Monday, 0.

    ``where``: latitude and longitude, for the sun; without it none sets.
    """

    zone: str
    where: tuple[float, float] | None = None
    daily: tuple[Span, ...] = ()
    closed: tuple[int, ...] = ()
    evenings: Mapping[int, tuple[Span, ...]] = field(default_factory=dict)
    special: Mapping[date, tuple[Span, ...]] = field(default_factory=dict)
    first: date | None = None
    last: date | None = None

    def is_always_open(self) -> bool:
        """Whether nothing is said but where the venue is: it never opens or closes."""
        return not (self.daily or self.evenings or self.special)

    def spans(self, day: date) -> tuple[Span, ...]:
        """When the venue is open that day, in order; spans that touch are one."""
        if (self.first is not None and day < self.first) or (self.last is not None and day > self.last):
            return ()
        if day in self.special:
            return joined(self.special[day])
        plain = () if day.weekday() in self.closed else self.daily
        return joined((*plain, *self.evenings.get(day.weekday(), ())))

    def open_day(self, usual: date) -> date:
        """``usual``, or the first day behind it, or behind the venue's first, on which it is open."""
        since = max(usual, self.first) if self.first is not None else usual
        ahead = (since + timedelta(number) for number in range(AHEAD))
        return usual if self.spans(usual) else next((day for day in ahead if self.spans(day)), usual)

    def local(self, wall: int) -> datetime:
        """What the clock in the venue shows."""
        return (_EPOCH + timedelta(microseconds=wall)).astimezone(ZoneInfo(self.zone))

    def day(self, wall: int) -> date:
        """The venue's day."""
        return self.local(wall).date()

    def midnight(self, wall: int) -> int:
        """The instant at which the venue's day began."""
        return _instant(self.zone, self.day(wall), 0)

    def minute(self, wall: int) -> int:
        """The minute of the venue's day."""
        now = self.local(wall)
        return now.hour * 60 + now.minute

    def instant(self, day: date, minute: int) -> int:
        """The instant of a minute of that day."""
        return _instant(self.zone, day, minute * MINUTE)

    def opened(self, day: date, later: Later = _NOTHING) -> tuple[tuple[int, int], ...]:
        """From when to when the venue is open that day, as instants; a moved closing may swallow the next opening."""
        found: list[tuple[int, int]] = []
        for span in self.spans(day):
            begins, ends = self.instant(day, span.begins), self.instant(day, span.ends)
            ends = later.get(ends, ends)
            if found and begins <= found[-1][1]:
                found[-1] = (found[-1][0], max(ends, found[-1][1]))
            else:
                found.append((begins, ends))
        return tuple(found)

    def stretch(self, wall: int, later: Later = _NOTHING) -> tuple[int, int] | None:
        """From when to when the venue is open around that instant; None when it is closed."""
        for day in self._around(wall):
            for begins, ends in self.opened(day, later):
                if begins <= wall < ends:
                    return begins, ends
        return None

    def is_open(self, wall: int, later: Later = _NOTHING) -> bool:
        """Whether the venue is open at that instant."""
        return self.is_always_open() or self.stretch(wall, later) is not None

    def next_change(self, wall: int, later: Later = _NOTHING) -> int | None:
        """When it opens or closes next; None: not within the time that is looked at."""
        for day in self._ahead(wall):
            changes = [one for stretch in self.opened(day, later) for one in stretch if one > wall]
            if changes:
                return min(changes)
        return None

    def times(self, day: date, one: TimeOfDay, later: Later = _NOTHING) -> tuple[int, ...]:
        """At which instants a time of day falls that day; once for each stretch where it hangs on one."""
        match one.base:
            case "midnight":
                return (_instant(self.zone, day, one.offset),)
            case "opening":
                return tuple(begins + one.offset for begins, _ in self.opened(day, later))
            case "closing":
                return tuple(ends + one.offset for _, ends in self.opened(day, later))
            case "first_opening":
                return tuple(begins + one.offset for begins, _ in self.opened(day, later)[:1])
            case "last_closing":
                return tuple(ends + one.offset for _, ends in self.opened(day, later)[-1:])
            case "sunset":
                found = sets_at(*self.where, self.zone, day) if self.where is not None else None
                return (_micros(found) + one.offset,) if found is not None else ()

    def next_time(self, one: TimeOfDay, after: int, days: tuple[int, ...] = (), later: Later = _NOTHING) -> int | None:
        """The first such instant behind ``after``, on these weekdays (none named: any)."""
        for day in self._ahead(after):
            if not days or day.weekday() in days:
                found = [at for at in self.times(day, one, later) if at > after]
                if found:
                    return min(found)
        return None

    def last_time(
        self, one: TimeOfDay, since: int, until: int, days: tuple[int, ...] = (), later: Later = _NOTHING
    ) -> int | None:
        """The last such instant behind ``since`` and not behind ``until``."""
        for day in self._behind(until):
            if not days or day.weekday() in days:
                found = [at for at in self.times(day, one, later) if since < at <= until]
                if found:
                    return max(found)
            if self.instant(day, 3 * DAY) < since:
                return None
        return None

    def _around(self, wall: int) -> Iterator[date]:
        today = self.day(wall)
        yield from (today - timedelta(1), today)

    def _ahead(self, wall: int) -> Iterator[date]:
        """The days on which something can be that falls behind this instant: what hangs on a day is within a day."""
        today = self.day(wall)
        return (today + timedelta(number) for number in range(-2, AHEAD))

    def _behind(self, wall: int) -> Iterator[date]:
        today = self.day(wall)
        return (today - timedelta(number) for number in range(-1, BEHIND))


def joined(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """In order; those that touch as one."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda one: one.begins):
        if found and span.begins <= found[-1].ends:
            found[-1] = Span(found[-1].begins, max(span.ends, found[-1].ends))
        else:
            found.append(span)
    return tuple(found)


def overlapping(spans: tuple[Span, ...]) -> bool:
    """Whether two of them are at one time."""
    return any(one.ends > other.begins for one, other in pairwise(sorted(spans, key=lambda one: one.begins)))


def clock_text(minute: int) -> str:
    """``09:00``."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


@lru_cache(8192)
def _instant(zone: str, day: date, offset: int) -> int:
    """Microseconds since 1970 of a time that the clock shows: ``offset`` microseconds since midnight, by the clock."""
    local = datetime.combine(day, time()) + timedelta(microseconds=offset)
    return _micros(local.replace(tzinfo=ZoneInfo(zone)))


def _micros(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)
