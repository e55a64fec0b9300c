"""One simulated device and the world around it, on a clock that is ours: it is told, visited, and heard."""

import heapq
from collections.abc import Mapping
from typing import Any

from devices.registry import all_kinds
from devices.speech import Acked, Liveness, Reported, hear, tell_command, tell_want
from devices.topics import DeviceTopic, device_topic, read_topic
from devices.vocabulary import DeviceId, Property, Scalar
from simulators.models.house import devices_for
from simulators.models.model import ALARM, Act, Said

ONE = DeviceId("hall.one")
SECOND = 1_000_000
MINUTE = 60 * SECOND


class Around:
    """``heard``: (at, what the house understands) of each message, in order. ``states``: the last of each value.

    Everything that is heard must be understood, or the test fails.
    """

    def __init__(self, kind: str, seed: int = 1, lengths: Mapping[str, int] | None = None, at: int = 0) -> None:
        self.kind = all_kinds()[kind]
        self.model = devices_for("demo", {ONE: self.kind}, seed, lengths or {})[ONE]
        self.now = at
        self.heard: list[tuple[int, Reported | Acked | Liveness]] = []
        self.states: dict[str, Scalar] = {}
        self._heap: list[tuple[int, int, Any]] = []
        self._number = 0
        self._push(self.model.begin(at))
        self.until(at)

    def asks(self, value: Mapping[str, Scalar], fade: float = 0) -> None:
        """Tells a want as the house does."""
        self._number += 1
        payload = tell_want(value, fade, f"w{self._number}", 1)
        self._push(self.model.told(device_topic("demo", ONE, "set"), payload, self.now))

    def tells(self, command: str, fields: Mapping[str, Scalar] | None = None, command_id: str = "c1") -> None:
        """Tells a command as the house does."""
        payload = tell_command(fields or {}, command_id, 1, 4e9)
        self._push(self.model.told(device_topic("demo", ONE, f"do/{command}"), payload, self.now))

    def visits(self, act: Act) -> None:
        """A visitor does something."""
        self._push(self.model.visited(act, self.now))

    def until(self, at: int) -> None:
        """Time passes."""
        while self._heap and self._heap[0][0] <= at:
            self.now, _, spoken = heapq.heappop(self._heap)
            if spoken == ALARM:
                self._push(self.model.woken(self.now))
            else:
                topic = read_topic("demo", spoken.topic)
                assert isinstance(topic, DeviceTopic), spoken.topic
                assert spoken.retain == (topic.channel in ("state", "status")), spoken.topic
                said = hear(self.kind, topic, spoken.payload)
                self.heard.append((self.now, said))
                self.states |= getattr(said, "states", {})
        self.now = at

    def passes(self, time: int) -> None:
        """So many microseconds."""
        self.until(self.now + time)

    def until_event(self, deadline: int) -> Reported | None:
        """The next event, if one comes before the deadline."""
        while self._heap and self._heap[0][0] <= deadline:
            before = len(self.heard)
            self.until(self._heap[0][0])
            for _, said in self.heard[before:]:
                if isinstance(said, Reported) and said.event:
                    return said
        self.until(deadline)
        return None

    def confirms(self, property_: Property, value: Mapping[str, Scalar]) -> bool:
        """Whether what is known of it by now shows what was asked, as the engine looks at it."""
        return property_.confirmed(value, {name: self.states.get(name) for name in property_.reports})

    def events(self, word: str = "") -> list[Reported]:
        """The events so far, or those of one name."""
        said = [one for _, one in self.heard if isinstance(one, Reported) and one.event]
        return [one for one in said if word in ("", one.event)]

    def acks(self) -> list[Acked]:
        """The answers so far."""
        return [one for _, one in self.heard if isinstance(one, Acked)]

    def _push(self, said: Said) -> None:
        for at, spoken in said:
            assert at >= self.now, "a device speaks in the past"
            self._number += 1
            heapq.heappush(self._heap, (at, self._number, spoken))


def wants_of(property_: Property) -> list[dict[str, Scalar]]:
    """A want for each way to ask and each of its words, as the loader makes them, and what it idles at."""
    values: list[dict[str, Scalar]] = []
    for ask in property_.asks:
        match ask.of:
            case "look":
                values.append({"look": "warm", "level": 0.8, "colour": "#ffc58f"})
            case "clip":
                values += [{"play": "a.mp4", "clip": "a", "loop": False}, {"play": "b.png", "clip": "b"}]
            case "page":
                values += [{"page": "figures", "with.inside": 3}, {"page": "consent"}]
            case "level":
                values += [{ask.key: 0.5}, {ask.key: 0.0}, {ask.key: 1.0}]
            case "colour":
                values.append({ask.key: "#00ffff"})
            case "switch":
                values += [{ask.key: True}, {ask.key: False}]
            case "word":
                values += [{ask.key: word} for word in ask.words]
    return [*values, *([dict(property_.idle)] if property_.idle is not None else [])]
