"""Queues in which the last one would wait in vain: his turn comes later than he may wait."""

from collections.abc import Iterator

from controller.venue.findings import VenueError, say, wrong
from controller.venue.language.values import spell_duration
from scenes.model import Queue, Scene


def waits_in_vain(scene: Scene) -> Iterator[VenueError]:
    """A queue's ``wait`` is not shorter than its length × the longest session."""
    queue, longest = scene.busy, scene.at_most
    if not isinstance(queue, Queue) or longest is None or queue.wait >= queue.length * longest:
        return
    needed = spell_duration(queue.length * longest)
    said = "{} may wait {} each, and {} sessions of {} take {}: the last would wait in vain"
    values = (queue.length, spell_duration(queue.wait), queue.length, spell_duration(longest), needed)
    yield wrong(queue.place, said, *values, hint=say("write wait: {} or more, or a shorter queue", needed))
