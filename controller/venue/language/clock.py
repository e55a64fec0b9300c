"""The body ``clock`` as an author writes it: a time of day, and what is asked for from then on.

Opening is there the first of the day and closing the last: an evening opens once more, and is no morning.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from controller.venue.findings import Gather, twice, wrong
from controller.venue.language.steps import Steps
from controller.venue.language.times import Times
from controller.venue.source.nodes import Node, as_table
from scenes.hours import TimeOfDay
from scenes.model import ClockEntry, Place

_OF_THE_DAY: Mapping[str, Literal["first_opening", "last_closing"]] = {
    "opening": "first_opening",
    "closing": "last_closing",
}


def read_clock(node: Node, place: Place, times: Times, steps: Steps) -> tuple[ClockEntry, ...]:
    """The entries, in the author's order. Raises ``VenueError`` with what is wrong in any of them."""
    table, gather = as_table(node, "clock"), Gather()
    found: list[ClockEntry] = []
    first: dict[TimeOfDay, Place] = {}
    for key, value in table:
        key_place = table.keys[key]
        time = gather.attempt(times.time_of_day, table.key(key))
        wants = gather.attempt(steps.ask, value, key_place)
        if time is not None and first.setdefault(time, key_place) != key_place:
            gather.add(twice(key_place, first[time], "the time {} appears twice", key))
        elif time is not None and wants is not None:
            base = _OF_THE_DAY.get(time.base, time.base)
            found.append(ClockEntry(replace(time, base=base), wants, key_place))
    if not table.entries:
        gather.add(wrong(place, "a clock needs a time", hint="as in clock: {{opening: {{hall.light: warm}}}}"))
    gather.stop()
    return tuple(found)
