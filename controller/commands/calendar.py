"""``ringmaster calendar``: what will happen when, and what the office's calendar means for the venue's hours."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter
from rich.cells import cell_len

from controller.clock import wall_now
from controller.commands.complaints import complain_of, default_language
from controller.commands.venues import NoVenue, find_venue
from controller.exits import Exit
from controller.venue.diary import Day, Entry, diary
from controller.venue.findings import Language, VenueError
from controller.venue.ics import IcsError, read_ics
from controller.venue.load import load_venue
from controller.venue.source.files import read_folder
from scenes.hours import Hours
from scenes.model import Venue

MOST_DAYS = 400


def calendar(
    venue: Annotated[Path | None, Parameter(name=("--venue", "--in"))] = None,
    *,
    days: int = 14,
    from_: str | None = None,
    import_: Path | None = None,
    format: Literal["human", "json"] = "human",  # noqa: A002 - the option's name
    lang: Language | None = None,
) -> Exit:
    """Say what will happen when: opening and closing, special days, and each scene that starts or asks by the clock.

    Parameters
    ----------
    venue
        The venue's folder; without it, the venue that is here.
    days
        How many days.
    from_
        The first day, as in 2022-01-17; without it, today.
    import_
        An iCalendar file: print what its events mean for the venue's hours, in place of the days.
    format
        For people or for programs.
    lang
        zh or en; by default the terminal's language.
    """
    language = lang or default_language()
    try:
        folder = venue or find_venue("ringmaster calendar")
    except NoVenue as error:
        print(error, file=sys.stderr)
        return Exit.USAGE
    try:
        found = load_venue(read_folder(folder))
    except VenueError as error:
        return complain_of(error, "human", folder, language=language)
    if import_ is not None:
        return _import(import_, found.hours, language)
    if found.hours is None:
        print(_WORDS[language]["no hours"], file=sys.stderr)
        return Exit.NO
    try:
        first = date.fromisoformat(from_) if from_ else found.hours.day(wall_now())
    except ValueError:
        print(f"--from {from_}: {_WORDS[language]['date']}", file=sys.stderr)
        return Exit.USAGE
    _show(found, found.hours, first, min(max(days, 1), MOST_DAYS), format, language)
    return Exit.OK


def _show(venue: Venue, hours: Hours, first: date, count: int, form: str, language: Language) -> None:
    found = diary(venue, first, count)
    if form == "json":
        print(json.dumps([_body(one, hours) for day in found for one in day.entries], ensure_ascii=False))
        return
    for day in found:
        print("\n".join(_lines(day, venue, hours, language)))


def _lines(day: Day, venue: Venue, hours: Hours, language: Language) -> list[str]:
    words = _WORDS[language]
    is_closed = not hours.is_always_open() and not hours.spans(day.date)
    more = [words["special"]] if day.special else []
    more += [words["closed"]] if is_closed else []
    head = f"{day.date.isoformat()} {_WEEKDAYS[language][day.date.weekday()]}"
    return ["  ".join([head, *more]), *(_line(one, venue, hours, day, language) for one in day.entries)]


def _line(one: Entry, venue: Venue, hours: Hours, day: Day, language: Language) -> str:
    words, there = _WORDS[language], hours.local(one.at)
    beside = "" if there.date() == day.date else f" ({there:%m-%d})"
    if one.scene is None:
        return f"  {there:%H:%M}{beside}  {words[one.what]}"
    title = venue.scenes[one.scene].title.get(language, one.scene)
    said = f"{one.scene} {words[one.what]}"
    late = f", late: {one.late}" if one.late else ""
    place = f"{one.place.file}:{one.place.line}" if one.place is not None else ""
    text = f"  {there:%H:%M}{beside}  {said}  {title}  ({one.text}{late})"
    return f"{text}{' ' * max(1, 76 - cell_len(text))}{place}"


def _body(one: Entry, hours: Hours) -> dict[str, object]:
    return {
        "at": hours.local(one.at).isoformat(),
        "what": one.what,
        "scene": one.scene,
        "time": one.text or None,
        "late": one.late or None,
        "file": one.place.file if one.place is not None else None,
        "line": one.place.line if one.place is not None else None,
    }


def _import(file: Path, hours: Hours | None, language: Language) -> Exit:
    """The lines for people to put below ``hours:``."""
    try:
        office = read_ics(file.read_bytes(), hours)
    except (OSError, IcsError) as error:
        print(f"{file}: {error}", file=sys.stderr)
        return Exit.NO
    for line in office.lines():
        print(line)
    for title, why in office.left:
        print(f"{_WORDS[language]['left']}: {title or '-'} ({why})", file=sys.stderr)
    return Exit.OK if office.closed or office.special else Exit.NO


_WEEKDAYS = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
}
_WORDS = {
    "en": {
        "opens": "the house opens",
        "closes": "the house closes",
        "starts": "starts",
        "asks": "asks",
        "special": "(special)",
        "closed": "closed",
        "left": "left out",
        "no hours": "this venue has no hours: it is open all the time, and nothing happens by the clock",
        "date": "write a date, as in 2022-01-17",
    },
    "zh": {
        "opens": "开馆",
        "closes": "闭馆",
        "starts": "启动",
        "asks": "切换",
        "special": "（特殊日）",
        "closed": "闭馆日",
        "left": "未采用",
        "no hours": "这个场馆没有写 hours：始终开放，没有按时刻发生的事",
        "date": "请写日期，例如 2022-01-17",
    },
}
