"""Facts whose two thresholds can hold at one time: they would flicker."""

from collections.abc import Iterator

from controller.venue.findings import VenueError, wrong
from controller.venue.proofs.holding import can_hold
from scenes.model import Venue


def overlapping(venue: Venue) -> Iterator[VenueError]:
    """Each at its ``until``."""
    for fact in venue.facts.values():
        if fact.begins.keys and can_hold(fact.begins, fact.ends):  # without keys: it could not be read
            place = fact.ends_place or fact.place
            yield wrong(place, "from and until can hold at one time: {} would flicker", fact.name,
                        hint="put a gap between them, as in from: inside >= 180, until: inside < 160")  # fmt: skip
