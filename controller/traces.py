"""What a controller leaves at the broker that outlives it: filters in its kept session, retained states of scenes.

The journal keeps it, because nobody can ask a broker. A filter is never struck off the list: to unsubscribe once too
often does no harm. A scene is struck off once the broker has taken the empty message that clears its state.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from devices.topics import heard_filters
from scenes.model import SceneId, Venue

Filters = tuple[tuple[str, int], ...]


def filters_of(venue: Venue) -> Filters:
    """What a controller of this venue listens to, each with its QoS."""
    return tuple((topic, 1) for topic in heard_filters(venue.id, venue.halls()))


@dataclass(slots=True)
class Traces:
    """Everything that was ever heard, and the scenes whose state may be retained."""

    filters: set[str] = field(default_factory=set)
    scenes: set[SceneId] = field(default_factory=set)

    def add(self, venue: Venue) -> None:
        """A controller of this venue is about to leave its own."""
        self.filters.update(name for name, _ in filters_of(venue))
        self.scenes.update(venue.scenes)

    def former(self, venue: Venue) -> tuple[str, ...]:
        """Filters that this venue does not listen to."""
        return tuple(sorted(self.filters - {name for name, _ in filters_of(venue)}))

    def gone(self, venue: Venue) -> Iterable[SceneId]:
        """Scenes that this venue does not have."""
        return sorted(self.scenes - venue.scenes.keys())

    def text(self) -> str:
        """As the journal keeps it."""
        return json.dumps({"filters": sorted(self.filters), "scenes": sorted(self.scenes)})


def read_traces(text: str) -> Traces:
    """From the journal; empty text: nothing was left yet."""
    found = json.loads(text) if text else {}
    return Traces(set(found.get("filters", ())), {SceneId(one) for one in found.get("scenes", ())})
