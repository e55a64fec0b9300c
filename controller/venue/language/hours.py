"""The venue's part ``hours``: from its table to ``scenes.hours.Hours``."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, available_timezones

from controller.venue.findings import Gather, near, say, wrong
from controller.venue.language.hours_forms import HoursForm
from controller.venue.language.reading import read_form
from controller.venue.language.times import date_of, spans, weekday
from controller.venue.source.nodes import Node, Table, Text, as_table
from scenes.hours import WEEKDAYS, Hours, Span, overlapping
from scenes.model import Place


def read_hours(written: list[tuple[Place, Node]]) -> Hours | None:
    """The hours; None where none are written. Raises ``VenueError`` with everything that is wrong in them."""
    if not written:
        return None
    place, node = written[0]
    table = as_table(node, "hours")
    form = read_form(HoursForm, table, place, "hours")
    gather = Gather()
    gather.attempt(_zone, form.zone)
    daily = gather.attempt(spans, form.daily) if form.daily is not None else ()
    closed = [gather.attempt(weekday, one) for one in form.closed or ()]
    evenings = gather.attempt(_evenings, form.evenings, daily or (), form.closed or ()) if form.evenings else {}
    first = gather.attempt(date_of, form.from_) if form.from_ is not None else None
    last = gather.attempt(date_of, form.to) if form.to is not None else None
    if first is not None and last is not None and first > last and form.to is not None:
        gather.add(wrong(form.to.place, "it ends on {}, before it begins", last, hint="write a to that is after from"))
    special = gather.attempt(_special, form.special, first, last) if form.special is not None else {}
    where = gather.attempt(_where, form)
    gather.stop()
    found = Hours(
        form.zone.text,
        where,
        daily or (),
        tuple(one for one in closed if one is not None),
        evenings or {},
        special or {},
        first,
        last,
    )
    _check_open(found, table, place)
    return found


def _check_open(hours: Hours, table: Table, place: Place) -> None:
    """What would be read by nobody, and a venue that is never open."""
    if hours.is_always_open():
        for key in ("closed", "from", "to"):
            if key in table.keys:
                raise wrong(table.keys[key], "{} means nothing without daily", key, hint="write daily: 09:00-17:00")
        return
    day = hours.first or date(2022, 1, 3)
    length = (hours.last - day).days + 1 if hours.last is not None else 7
    days = {day + timedelta(number) for number in range(min(length, 7))} | set(hours.special)
    if not any(hours.spans(one) for one in days):
        raise wrong(place, "with these hours the venue is never open", hint="look at closed and special")


def _zone(text: Text) -> None:
    if text.text not in available_timezones():
        raise wrong(text.place, "there is no zone '{}'", text.text, hint=near(text.text, sorted(available_timezones())))
    ZoneInfo(text.text)


def _evenings(node: Node, daily: tuple[Span, ...], closed: tuple[Text, ...]) -> Mapping[int, tuple[Span, ...]]:
    table, gather = as_table(node, "evenings"), Gather()
    found: dict[int, tuple[Span, ...]] = {}
    for key, value in table:
        day = gather.attempt(weekday, table.key(key))
        read = gather.attempt(spans, value)
        if day is None or read is None:
            continue
        if WEEKDAYS[day] in {one.text for one in closed}:
            gather.add(wrong(table.keys[key], "{} is closed and has an evening", key,
                             hint="take it out of closed, or write the day under special"))  # fmt: skip
        elif overlapping((*daily, *read)):
            gather.add(wrong(value.place, "{} is open already at that time", key, hint="spans of a day do not overlap"))
        found[day] = read
    gather.stop()
    return found


def _special(node: Node, first: date | None, last: date | None) -> Mapping[date, tuple[Span, ...]]:
    table, gather = as_table(node, "special"), Gather()
    found: dict[date, tuple[Span, ...]] = {}
    for key, value in table:
        day = gather.attempt(date_of, table.key(key))
        is_closed = isinstance(value, Text) and value.text == "closed"
        read = () if is_closed else gather.attempt(spans, value)
        if day is None or read is None:
            continue
        if (first is not None and day < first) or (last is not None and day > last):
            gather.add(wrong(table.keys[key], "{} is not between from and to", key,
                             hint=say("write a day from {} to {}", first or "…", last or "…")))  # fmt: skip
        found[day] = read
    gather.stop()
    return found


def _where(form: HoursForm) -> tuple[float, float] | None:
    """Degrees north and east: as written, else those of the zone's city."""
    if form.where is None:
        return cities().get(form.zone.text)
    numbers = [one for one in form.where if re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,9})?", one.text)]
    if len(form.where) != 2 or len(numbers) != 2:
        place = next((one.place for one in form.where if one not in numbers), form.where[0].place)
        raise wrong(place, "where is a latitude and a longitude", hint="as in where: [30.25, 120.17]")
    north, east = (float(one.text) for one in numbers)
    if abs(north) > 90 or abs(east) > 180:
        place = numbers[0].place if abs(north) > 90 else numbers[1].place
        raise wrong(place, "where is a latitude and a longitude", hint="latitude to 90, longitude to 180 degrees")
    return north, east


@cache
def cities() -> Mapping[str, tuple[float, float]]:
    """Degrees north and east by zone, from the table that comes with the zones."""
    found: dict[str, tuple[float, float]] = {}
    for line in files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            _, place, zone, *_ = line.split("\t")
            parted = re.fullmatch(r"([+-]\d+)([+-]\d+)", place)
            if parted is not None:
                found[zone] = (_degrees(parted[1], 2), _degrees(parted[2], 3))
    return found


def _degrees(text: str, whole: int) -> float:
    """``+3114`` or ``+0515930``: degrees, minutes and perhaps seconds (ISO 6709)."""
    sign, digits = (-1 if text[0] == "-" else 1), text[1:]
    degrees, minutes, seconds = int(digits[:whole]), int(digits[whole : whole + 2]), int(digits[whole + 2 :] or 0)
    return sign * round(degrees + minutes / 60 + seconds / 3600, 4)
