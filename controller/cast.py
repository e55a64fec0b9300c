"""The devices of a venue as models that answer, for an engine whose clock jumps: what they are told, what they say."""

import heapq
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from devices.vocabulary import DeviceId
from link.port import Arrival, Outgoing
from scenes.effects import Set, Tell
from simulators.models.acts import Act
from simulators.models.model import ALARM, Deed, Model, Said, Spoken
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
        self._coming: Counter[DeviceId] = Counter()  # what each will say yet, as far as it is to be heard

    def begin(self, at: int, *, mute: Collection[DeviceId] = ()) -> None:
        """All of them wake; of those that are ``mute`` nothing is heard."""
        for device, model in self.models.items():
            self._push(device, model.begin(at), heard=device not in mute)

    def walk(self, act: Act) -> None:
        """A visitor does something to one of them."""
        model = self.models.get(act.device)
        if model is not None:
            self._push(act.device, model.visited(act.act, act.at), heard=True)

    def told(self, effect: Set | Tell, *, heard: bool = True) -> None:
        """One of them is asked or told something. ``heard``: whether what it answers is to be heard."""
        model = self.models.get(effect.device)
        if model is not None:
            letter = self._letter(effect)
            self._push(effect.device, model.told(letter.topic, letter.payload, effect.at), heard=heard)

    def touched(self, device: DeviceId, deed: Deed, at: int) -> None:
        """A visitor does something to one of them."""
        self._push(device, self.models[device].visited(deed, at), heard=True)

    def visited(self, device: DeviceId, session: str, seq: int) -> None:
        """Somebody else spoke for the visitor of a station: whose session goes on there, and how far it is."""
        model = self.models.get(device)
        if isinstance(model, StationModel):
            model.taken_over(session, seq)

    def is_visited(self, device: DeviceId) -> bool:
        """Whether somebody's session goes on at a station."""
        model = self.models.get(device)
        return isinstance(model, StationModel) and bool(model.session)

    def has_more(self, device: DeviceId) -> bool:
        """Whether it has something to say yet that is to be heard, or something in mind."""
        return self._coming[device] > 0

    def due(self) -> int | None:
        """When the next of them speaks or wakes."""
        return self._heap[0][0] if self._heap else None

    def next_line(self) -> Line | None:
        """What is said at that instant; None: one of them only woke. Raises ``IndexError`` when nothing is due."""
        at, _, device, spoken, heard = heapq.heappop(self._heap)
        self._coming[device] -= heard
        if spoken == ALARM:
            self._push(device, self.models[device].woken(at), heard=heard)
            return None
        return Line(device, Arrival(spoken.topic, spoken.payload), heard)

    def _push(self, device: DeviceId, said: Said, *, heard: bool) -> None:
        for at, spoken in said:
            self._number += 1
            self._coming[device] += heard
            heapq.heappush(self._heap, (at, self._number, device, spoken, heard))
