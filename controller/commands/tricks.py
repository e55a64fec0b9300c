"""What the demo's keys do to the simulated house: a visitor walks in, a device lies or vanishes for a while.

Both stand between the models and the broker, so that the models need not know: a guest is told to the sensors' models
and what they say goes out; a fault changes or swallows what a device says.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from devices.payload import DeviceError, parse_object
from devices.speech import encode
from devices.topics import DeviceTopic, device_topic, read_topic
from devices.vocabulary import DeviceId, Scalar
from link.port import Arrival, Link, Outgoing, Receipt, Session, Sink, Ticket, TicketId, Up
from scenes.model import Venue
from simulators.models.device import DeviceModel
from simulators.models.model import ALARM, Deed, Said, Spoken

FAULT_SECONDS = 20.0
MOST_STEPS = 10_000  # of guests who are still on their way: beyond that the oldest are not called back at the end
STAY_SECONDS = 6.0
WALK_SECONDS = 2.0
DOOR_SECONDS = 0.3
AGAIN_SECONDS = 0.1
SWALLOWED = Ticket(TicketId(-1), "sent")

FaultWord = Literal["lies", "vanishes"]


class Guests:
    """Visitors who come when they are called, walk through all sensors' zones, and are counted in and out."""

    def __init__(self, models: Mapping[DeviceId, DeviceModel], link: Link) -> None:
        self._zones = [one for one in models.values() if "enter" in one.acts]
        self._link = link
        self._timers: deque[asyncio.TimerHandle] = deque(maxlen=MOST_STEPS)

    def come(self) -> str | None:
        """One more visitor: where somebody stands already, so that nothing becomes true there; None: no sensor."""
        crowded = [one.device for one in self._zones if one.state.get("occupied")]
        at = 0.0
        doors = [one for one in self._zones if "occupied" not in one.kind.states]
        for zone in self._zones:
            self._later(at, zone, "enter")
            if zone in doors:
                at += DOOR_SECONDS
            else:
                self._later(at + STAY_SECONDS, zone, "leave")
                at += STAY_SECONDS + WALK_SECONDS
        for door in doors:
            self._later(at, door, "leave")
        return ", ".join(crowded) if self._zones else None

    def stop(self) -> None:
        """Nobody walks any more."""
        for timer in self._timers:
            timer.cancel()

    def _later(self, seconds: float, model: DeviceModel, act: Deed) -> None:
        self._timers.append(asyncio.get_running_loop().call_later(seconds, self._walk, model, act))

    def _walk(self, model: DeviceModel, act: Deed) -> None:
        self._say(model, model.visited(act, _now()))

    def _say(self, model: DeviceModel, said: Said) -> None:
        """Each at its instant; where the model asked for an alarm, it is woken."""
        for at, spoken in said:
            seconds = max(0, at - _now()) / 1_000_000
            if spoken == ALARM:
                self._timers.append(asyncio.get_running_loop().call_later(seconds, self._wake, model, at))
            else:
                self._timers.append(asyncio.get_running_loop().call_later(seconds, self._publish, spoken))

    def _wake(self, model: DeviceModel, at: int) -> None:
        self._say(model, model.woken(at))

    def _publish(self, spoken: Spoken) -> None:
        ticket = self._link.publish(Outgoing(spoken.topic, spoken.payload, retain=spoken.retain))
        if ticket.outcome == "down":
            self._timers.append(asyncio.get_running_loop().call_later(AGAIN_SECONDS, self._publish, spoken))


class FaultyLink:
    """A link on which devices can be made to lie about their state, or to vanish. Otherwise the link it was given."""

    def __init__(self, link: Link, venue: Venue) -> None:
        self._link = link
        self._venue = venue
        self._faults: dict[DeviceId, FaultWord] = {}
        self._states: dict[DeviceId, Outgoing] = {}
        self._pressed = 0
        self._timers: list[asyncio.TimerHandle] = []

    def fault(self, over: Callable[[DeviceId], None]) -> tuple[DeviceId, FaultWord] | None:
        """The next device has its fault, by turns; after a while it is well, and ``over`` is told. None: no turn left.

        Those come first whose answers the controller waits for.
        """
        asked = [one for one in self._venue.devices.values() if one.kind.properties]
        asked.sort(key=lambda one: one.kind.properties[0].within_seconds is None)
        free = [one.id for one in asked if one.id not in self._faults]
        if not free:
            return None
        turn = self._pressed
        self._pressed += 1
        device = free[turn % len(free)]
        word: FaultWord = "vanishes" if (turn + turn // len(asked)) % 2 else "lies"
        self._faults[device] = word
        self._show(device)
        loop = asyncio.get_running_loop()
        self._timers.append(loop.call_later(FAULT_SECONDS, self._recover, device, over))
        return device, word

    def stop(self) -> None:
        """Nothing recovers any more: the house is closed."""
        for timer in self._timers:
            timer.cancel()

    def publish(self, message: Outgoing) -> Ticket:
        """As the device's fault has it."""
        topic = read_topic(self._venue.id, message.topic)
        if not isinstance(topic, DeviceTopic):
            return self._link.publish(message)
        if topic.channel == "state":
            self._states[topic.device] = message
        match self._faults.get(topic.device):
            case "vanishes":
                return SWALLOWED
            case "lies" if topic.channel == "state":
                return self._link.publish(_lie(message))
        return self._link.publish(message)

    async def run(self, session: Session, sink: Sink) -> None:
        """The link's, but what has vanished hears nothing."""
        await self._link.run(session, _Sieve(sink, self._is_deaf, self._link))

    def acknowledge(self, receipts: Sequence[Receipt]) -> None:
        """The link's."""
        self._link.acknowledge(receipts)

    def listen(self, filters: Sequence[tuple[str, int]]) -> None:
        """The link's."""
        self._link.listen(filters)

    def pause(self) -> None:
        """The link's."""
        self._link.pause()

    def resume(self) -> None:
        """The link's."""
        self._link.resume()

    def _is_deaf(self, topic: str) -> bool:
        gone = [device for device, fault in self._faults.items() if fault == "vanishes"]
        return any(topic.startswith(device_topic(self._venue.id, device, "")) for device in gone)

    def _recover(self, device: DeviceId, over: Callable[[DeviceId], None]) -> None:
        fault = self._faults.pop(device)
        if fault == "vanishes":
            self._status(device, b"online")
        if device in self._states:
            self._link.publish(self._states[device])
        over(device)

    def _show(self, device: DeviceId) -> None:
        """The fault begins to be seen."""
        if self._faults[device] == "vanishes":
            self._status(device, b"offline")
        elif device in self._states:
            self._link.publish(_lie(self._states[device]))

    def _status(self, device: DeviceId, word: bytes) -> None:
        self._link.publish(Outgoing(device_topic(self._venue.id, device, "status"), word, retain=True))


class _Sieve:
    """A sink that does not hear what is said to those who are gone."""

    def __init__(self, sink: Sink, is_deaf: Callable[[str], bool], link: Link) -> None:
        self._sink = sink
        self._is_deaf = is_deaf
        self._link = link

    def up(self, up: Up) -> None:
        self._sink.up(up)

    def down(self, reason: str) -> None:
        self._sink.down(reason)

    def delivered(self, ticket: TicketId) -> None:
        self._sink.delivered(ticket)

    def arrived(self, batch: Sequence[Arrival]) -> None:
        run: list[Arrival] = []
        for arrival in batch:
            if not self._is_deaf(arrival.topic):
                run.append(arrival)
                continue
            if run:
                self._sink.arrived(run)
                run = []
            if arrival.receipt is not None:
                self._link.acknowledge([arrival.receipt])
        if run:
            self._sink.arrived(run)


def _lie(message: Outgoing) -> Outgoing:
    """The same state with every value another one, of a kind that the device could have."""
    try:
        body = parse_object(message.payload)
    except DeviceError:
        return message
    lies = {key: _other(value) for key, value in body.items()}
    return Outgoing(message.topic, encode(lies), qos=message.qos, retain=message.retain)


def _other(value: Scalar) -> Scalar:
    match value:
        case bool():
            return not value
        case int() | float():
            return 1.0 if value == 0 else 0.0
        case _:
            return None


def _now() -> int:
    return time.monotonic_ns() // 1000
