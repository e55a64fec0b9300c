"""The body ``clock`` as an author writes it: a time of day, and what is asked for from then on."""

from controller.venue.findings import Gather, twice, wrong
from controller.venue.language.steps import Steps
from controller.venue.language.times import Times
from controller.venue.source.nodes import Node, as_table
from scenes.hours import TimeOfDay
from scenes.model import ClockEntry, Place


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
            found.append(ClockEntry(time, wants, key_place))
    if not table.entries:
        gather.add(wrong(place, "a clock needs a time", hint="as in clock: {{opening: {{hall.light: warm}}}}"))
    gather.stop()
    return tuple(found)
