"""Times of day, weekdays, dates and spans as an author writes them."""

import re
from datetime import date
from typing import Literal

from controller.venue.findings import VenueError, Words, near, nearest, say, silent, wrong
from controller.venue.language.values import duration_hint, parse_duration
from controller.venue.source.nodes import Node, Text, as_list, as_text
from scenes.hours import DAY, MINUTE, WEEKDAYS, Hours, Span, TimeOfDay, clock_text, overlapping

BASES = ("opening", "closing", "sunset")
_CLOCK = re.compile(r"([0-9]{2}):([0-9]{2})")
_RELATIVE = re.compile(r"(opening|closing|sunset)(?:\s*([+-])\s*(\S+))?")
_LOOSE = re.compile(r"([0-9]{1,2})[:.：h]?([0-9]{2})?\s*(am|pm)?")
_SPOKEN = re.compile(
    r"(?:\b(?:the )?(?:time|now|clock|hour)\s*)?"
    r"(?:(?P<after>>=?|\b(?:after|from)\b)|(?P<before><=?|\b(?:before|until)\b))"
    r"\s*(?P<time>[0-9]{1,2}[:.：h][0-9]{2}\s*(?:am|pm)?|[0-9]{1,2}\s*(?:am|pm))"
)
_PARTED = re.compile(r"\s*[-–—~至]\s*")


def minute_of(text: Text, latest: int = DAY - 1) -> int:
    """``09:00``: minutes since midnight. Raises a finding."""
    found = _CLOCK.fullmatch(text.text)
    minute = int(found[1]) * 60 + int(found[2]) if found is not None else -1
    if found is None or int(found[2]) > 59 or minute > latest:
        raise wrong(text.place, "'{}' is not a time of day", text.text, hint=_clock_hint(text.text))
    return minute


def _clock_hint(text: str) -> Words:
    """What a time in another form may have been meant to be."""
    minute = _loose_minute(text)
    if minute is not None:
        return say("did you mean {}?", clock_text(minute))
    return say("write it as 09:00, from 00:00 to 23:59")


def _loose_minute(text: str) -> int | None:
    """Minutes since midnight of ``6 pm``, ``18h``, ``9.30``."""
    found = _LOOSE.fullmatch(text.strip().lower())
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    hour = hour % 12 + (12 if found[3] == "pm" else 0) if found[3] else hour
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def spoken_span(text: Text) -> tuple[Text, str] | None:
    """``after 18:00`` or ``time >= 18:00``, where it stands in the text, and the hours that it means."""
    found = _SPOKEN.search(text.text.lower())
    minute = _loose_minute(found["time"]) if found is not None else None
    if found is None or minute is None:
        return None
    meant = f"{clock_text(minute)}-24:00" if found["after"] else f"00:00-{clock_text(minute)}"
    return text.part(*found.span()), meant


def span(text: Text) -> Span:
    """``09:00-17:00``. Raises a finding."""
    parted = _PARTED.search(text.text)
    if parted is None or _PARTED.search(text.text, parted.end()) is not None:
        raise wrong(text.place, "'{}' is not a time from-to", text.text, hint="as in 09:00-17:00")
    begins = minute_of(text.part(0, parted.start()))
    return Span(begins, minute_of(text.part(parted.end(), len(text.text)), DAY))


def spans(node: Node) -> tuple[Span, ...]:
    """One span of a day, or a list of them that do not overlap. Raises a finding."""
    found: list[Span] = []
    for one in as_list(node):
        text = as_text(one, "a time from-to")
        read = span(text)
        if read.ends <= read.begins:
            raise wrong(text.place, "'{}' ends before it begins", text.text,
                        hint="24:00 is the latest end of a day; what follows belongs to the next")  # fmt: skip
        if overlapping((*found, read)):
            raise wrong(text.place, "{} is open already at that time", str(read), hint="spans of a day do not overlap")
        found.append(read)
    return tuple(found)


def weekday(text: Text) -> int:
    """``mon``: 0. Raises a finding."""
    if text.text not in WEEKDAYS:
        hint = near(text.text.lower()[:3], WEEKDAYS) if text.text.lower()[:3] in WEEKDAYS else _DAYS
        raise wrong(text.place, "'{}' is not a day of the week", text.text, hint=hint)
    return WEEKDAYS.index(text.text)


_DAYS = say("choose from {}", WEEKDAYS)


def date_of(text: Text) -> date:
    """``2022-01-17``. Raises a finding."""
    try:
        found = date.fromisoformat(text.text)
    except ValueError:
        found = None
    if found is None or found.isoformat() != text.text:
        raise wrong(text.place, "'{}' is not a date", text.text, hint="as in 2022-01-17")
    return found


class Times:
    """Reads what the venue's hours give a meaning to."""

    def __init__(self, hours: Hours | None, *, is_written: bool) -> None:
        """``hours`` None and yet written: what is wrong with them is shown already."""
        self._hours = hours
        self._is_written = is_written

    def time_of_day(self, text: Text) -> TimeOfDay:
        """``11:00``, ``opening - 30min``, ``sunset``. Raises a finding."""
        if text.text[:1].isdigit():
            found = TimeOfDay("midnight", minute_of(text) * MINUTE, text.text)
        else:
            found = _relative(text)
        hours = self._needed(text, _HOURS if found.base in ("opening", "closing") else _ZONE)
        if hours.is_always_open() and found.base in ("opening", "closing"):
            raise wrong(text.place, "this venue never opens or closes: its hours say no daily", hint=_HOURS)
        if found.base == "sunset" and hours.where is None:
            raise wrong(text.place, "nobody knows where the sun sets in the zone {}", hours.zone,
                        hint="write where: [30.25, 120.17] in hours: latitude, longitude")  # fmt: skip
        return found

    def of_scene(self, text: Text) -> Span | Literal["open"]:
        """``open`` or ``09:00-17:00``; one that ends earlier goes on into the next day. Raises a finding."""
        if text.text == "open":
            return "open"
        if not text.text[:1].isdigit():
            spoken = spoken_span(text)
            hint = say("did you mean {}?", spoken[1]) if spoken is not None else say("write open, or 09:00-17:00")
            raise wrong(text.place, "'{}' is not hours of a scene", text.text, hint=hint)
        self._needed(text, _ZONE)
        found = span(text)
        if found.begins == found.ends:
            raise wrong(text.place, "'{}' ends before it begins", text.text, hint="as in 09:00-17:00")
        return found

    def day(self, text: Text) -> int:
        """A weekday, 0 to 6. Raises a finding."""
        return weekday(text)

    def _needed(self, text: Text, hint: str) -> Hours:
        if self._hours is not None:
            return self._hours
        if self._is_written:
            raise silent()
        raise wrong(text.place, "'{}' means nothing: this venue has no hours", text.text, hint=hint)


_HOURS = "write hours: {{daily: 09:00-17:00, zone: Asia/Shanghai}} in venue.yaml"
_ZONE = "write hours: {{zone: Asia/Shanghai}} in venue.yaml: it stays open all the time"


_TIMES = "as in 11:00, opening - 30min, sunset"


def _relative(text: Text) -> TimeOfDay:
    found = _RELATIVE.fullmatch(text.text.strip())
    if found is None:
        raise _no_time(text)
    base, sign, time = found.groups()
    if time is None:
        return TimeOfDay(base, 0, text.text.strip())  # type: ignore[arg-type]  # the pattern knows no other word
    offset = parse_duration(time)
    place = text.at(found.start(3), len(time))
    if offset is None:
        raise wrong(place, "'{}' is not a duration", time, hint=duration_hint(time))
    if offset >= DAY * MINUTE:
        raise wrong(place, "'{}' is a day or longer", time, hint="a time of day is within a day of what it hangs on")
    return TimeOfDay(base, -offset if sign == "-" else offset, text.text.strip())  # type: ignore[arg-type]


def _no_time(text: Text) -> VenueError:
    word = re.match(r"[^\s+-]*", text.text)
    first = word[0] if word is not None else text.text
    if first and first not in BASES:
        hint = near(first, BASES) if len(first) > 3 and nearest(first, BASES) else say(_TIMES)
        return wrong(text.at(0, len(first)), "'{}' is not a time of day", first, hint=hint)
    return wrong(text.place, "'{}' is not a time of day", text.text, hint=_TIMES)
