"""What the calendar of a venue holds, day by day: opening and closing, and what scenes start or ask by the clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from scenes.hours import Hours
from scenes.model import At, ClockEntry, Place, Scene, SceneId, Venue, While

What = Literal["opens", "closes", "starts", "asks"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing at one instant (wall time, microseconds). ``text``: the time as it is written."""

    at: int
    what: What
    scene: SceneId | None = None
    text: str = ""
    late: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the venue, in order of time; what hangs on its opening or closing may fall on the day beside it."""

    date: date
    entries: tuple[Entry, ...]
    special: bool


def diary(venue: Venue, first: date, count: int) -> Iterator[Day]:
    """``count`` days from the first; none for a venue without hours."""
    hours = venue.hours
    for number in range(count if hours is not None else 0):
        day = first + timedelta(number)
        if hours is not None:
            found = [*_opening(hours, day), *_of_scenes(venue, hours, day)]
            yield Day(day, tuple(sorted(found, key=lambda one: one.at)), day in hours.special)


def _opening(hours: Hours, day: date) -> Iterator[Entry]:
    for begins, ends in hours.opened(day):
        yield Entry(begins, "opens")
        yield Entry(ends, "closes")


def _of_scenes(venue: Venue, hours: Hours, day: date) -> Iterator[Entry]:
    for scene in venue.scenes.values():
        for start in scene.starts:
            if isinstance(start, At) and (not start.days or day.weekday() in start.days):
                for at in hours.times(day, start.time):
                    if _inside(scene, hours, at):
                        yield Entry(at, "starts", scene.id, start.time.text, start.late, start.place)
        for entry in scene.phases[0].clock:
            yield from _asks(scene, entry, hours, day)


def _asks(scene: Scene, entry: ClockEntry, hours: Hours, day: date) -> Iterator[Entry]:
    """Not at times at which the scene cannot be running."""
    for at in hours.times(day, entry.time):
        values = {"venue.open": hours.is_open(at)}
        lasting = [start.condition.holds(values) for start in scene.starts if isinstance(start, While)]
        if not lasting or len(lasting) < len(scene.starts) or any(one is not False for one in lasting):
            yield Entry(at, "asks", scene.id, entry.time.text, place=entry.place)


def _inside(scene: Scene, hours: Hours, at: int) -> bool:
    match scene.hours:
        case None:
            return True
        case "open":
            return hours.is_open(at)
        case span:
            return span.holds(hours.minute(at))
