"""Times of day that never come: on days on which the venue is closed, or outside the scene's own hours."""

from collections.abc import Iterator
from datetime import date, timedelta

from controller.venue.findings import VenueError, wrong
from scenes.hours import Hours
from scenes.model import At, Scene, Venue

_MONDAY = date(2022, 1, 3)  # any week is like any other


def never_due(scene: Scene, venue: Venue) -> Iterator[VenueError]:
    """Each start by the clock at whose times the scene can never start."""
    hours = venue.hours
    for start in scene.starts if hours is not None else ():
        if not isinstance(start, At) or hours is None:
            continue
        days = [day for day in _days(hours) if not start.days or day.weekday() in start.days]
        times = [at for day in days for at in hours.times(day, start.time)]
        if not times:
            yield wrong(start.place, "this time never comes: the venue is closed on these days",
                        hint="look at days, and at closed in the venue's hours")  # fmt: skip
        elif not any(_inside(scene, hours, at) for at in times):
            yield wrong(start.place, "at this time the scene is outside its hours, so {} can never start", scene.id,
                        hint="change at, or leave hours out")  # fmt: skip


def _inside(scene: Scene, hours: Hours, at: int) -> bool:
    match scene.hours:
        case None:
            return True
        case "open":
            return hours.is_open(at)
        case span:
            return span.holds(hours.minute(at))


def _days(hours: Hours) -> list[date]:
    """A week, as far as the venue has one, and the special days."""
    first = hours.first or _MONDAY
    week = (first + timedelta(number) for number in range(7))
    return [*(day for day in week if hours.last is None or day <= hours.last), *hours.special]
