"""The devices of a venue as models that answer, for an engine whose clock jumps: what they are told, what they say."""

import heapq
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from controller.outputs.letters import command_letter, want_letter
from devices.vocabulary import DeviceId
from link.port import Arrival, Outgoing
from scenes.effects import Set, Tell
from scenes.model import Venue
from simulators.models.model import ALARM, Model, Said, Spoken
from simulators.models.station import StationModel


@dataclass(frozen=True, slots=True)
class Line:
    """What a device says. ``heard``: False where somebody else speaks in its place."""

    device: DeviceId
    arrival: Arrival
    heard: bool


class Cast:
    """Models by device. Nothing here looks at a clock: every instant is given, in microseconds."""

    def __init__(self, models: Mapping[DeviceId, Model], letter: Callable[[Set | Tell], Outgoing]) -> None:
        self.models = models
        self._letter = letter
        self._heap: list[tuple[int, int, DeviceId, Spoken, bool]] = []
        self._number = 0

    def begin(self, at: int) -> None:
        """All of them wake."""
        for device, model in self.models.items():
            self._push(device, model.begin(at), heard=True)

    def told(self, effect: Set | Tell, *, heard: bool = True) -> None:
        """One of them is asked or told something. ``heard``: whether what it answers is to be heard."""
        model = self.models.get(effect.device)
        if model is not None:
            letter = self._letter(effect)
            self._push(effect.device, model.told(letter.topic, letter.payload, effect.at), heard=heard)

    def visited(self, device: DeviceId, session: str, seq: int) -> None:
        """Somebody else spoke for the visitor of a station: whose session goes on there, and how far it is."""
        model = self.models.get(device)
        if isinstance(model, StationModel):
            model.taken_over(session, seq)

    def due(self) -> int | None:
        """When the next of them speaks or wakes."""
        return self._heap[0][0] if self._heap else None

    def next_line(self) -> Line | None:
        """What is said at that instant; None: one of them only woke. Raises ``IndexError`` when nothing is due."""
        at, _, device, spoken, heard = heapq.heappop(self._heap)
        if spoken == ALARM:
            self._push(device, self.models[device].woken(at), heard=heard)
            return None
        return Line(device, Arrival(spoken.topic, spoken.payload), heard)

    def _push(self, device: DeviceId, said: Said, *, heard: bool) -> None:
        for at, spoken in said:
            self._number += 1
            heapq.heappush(self._heap, (at, self._number, device, spoken, heard))


def letter_of(venue: Venue) -> Callable[[Set | Tell], Outgoing]:
    """How this venue's devices are written to."""
    wants = partial(want_letter, venue.id, epoch=1, offset=0)
    commands = partial(command_letter, venue.id, epoch=1, offset=0)
    return lambda one: wants(one) if isinstance(one, Set) else commands(one)
