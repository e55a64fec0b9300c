"""What the demo's keys do to the simulated house, between its models and the broker."""

import asyncio
import json
from collections.abc import Sequence

import pytest

from controller.commands import tricks
from controller.commands.tricks import FaultyLink, Guests
from devices.vocabulary import DeviceId
from link.port import Arrival, Outgoing, Receipt, Session, Sink, Ticket, TicketId, Up
from simulators.models.house import devices_for
from tests.controller.view.houses import DEMO
from tests.venue import venue_of

VENUE = venue_of(DEMO)
WALL, WASH = DeviceId("preface.wall"), DeviceId("preface.wash")
PLAYS = {"play": "a.mp4", "playing": True, "volume": 0.4}


class Wire:
    """A link that keeps what goes out and lets a test play the broker."""

    def __init__(self) -> None:
        self.out: list[tuple[str, object]] = []
        self.acknowledged: list[Receipt] = []
        self.sink: Sink | None = None
        self.said_left = asyncio.Event()

    def publish(self, message: Outgoing) -> Ticket:
        text = message.payload.decode()
        self.out.append((message.topic.removeprefix("demo/preface/"), json.loads(text) if text[0] == "{" else text))
        if self.out[-1] == ("entry/state", {"occupied": False, "near": False}):
            self.said_left.set()
        return Ticket(TicketId(len(self.out)), "sent")

    async def run(self, session: Session, sink: Sink) -> None:
        self.sink = sink

    def acknowledge(self, receipts: Sequence[Receipt]) -> None:
        self.acknowledged += receipts

    def listen(self, filters: Sequence[tuple[str, int]]) -> None: ...
    def pause(self) -> None: ...
    def resume(self) -> None: ...


class Ear:
    """A sink that keeps what arrives."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def up(self, up: Up) -> None: ...
    def down(self, reason: str) -> None: ...
    def delivered(self, ticket: TicketId) -> None: ...
    def arrived(self, batch: Sequence[Arrival]) -> None:
        self.heard += [one.topic for one in batch]


def state(device: str, body: dict[str, object]) -> Outgoing:
    return Outgoing(f"demo/preface/{device}/state", json.dumps(body).encode(), retain=True)


@pytest.fixture(autouse=True)
def _soon_over(monkeypatch):
    monkeypatch.setattr(tricks, "FAULT_SECONDS", 0.01)


async def until_over(link: FaultyLink) -> tuple[DeviceId, str]:
    over: asyncio.Future[DeviceId] = asyncio.get_running_loop().create_future()
    fault = link.fault(over.set_result)
    assert fault is not None
    async with asyncio.timeout(5):
        assert await over == fault[0]
    return fault


def test_the_one_that_is_waited_for_lies_first_and_then_tells_the_truth_again():
    async def play() -> None:
        wire = Wire()
        link = FaultyLink(wire, VENUE)
        link.publish(state("wall", PLAYS))
        assert await until_over(link) == (WALL, "lies")
        assert wire.out == [
            ("wall/state", PLAYS),
            ("wall/state", {"play": None, "playing": False, "volume": 0.0}),
            ("wall/state", PLAYS),
        ]

    asyncio.run(play())


def test_what_has_vanished_neither_speaks_nor_hears_until_it_is_back():
    async def play() -> None:
        wire, ear = Wire(), Ear()
        link = FaultyLink(wire, VENUE)
        await link.run(Session("devices", ()), ear)
        link.fault(lambda _: None)
        over: asyncio.Future[DeviceId] = asyncio.get_running_loop().create_future()
        assert link.fault(over.set_result) == (WASH, "vanishes")
        link.publish(state("wash", {"level": 0.5}))
        said = ("wall/set", "wash/set", "wall/do/caption")
        arrivals = [Arrival(f"demo/preface/{topic}", b"{}", receipt=Receipt(1, n)) for n, topic in enumerate(said)]
        assert wire.sink is not None
        wire.sink.arrived(arrivals)
        assert ear.heard == ["demo/preface/wall/set", "demo/preface/wall/do/caption"]
        assert wire.acknowledged == [Receipt(1, 1)]
        async with asyncio.timeout(5):
            await over
        assert wire.out == [("wash/status", "offline"), ("wash/status", "online"), ("wash/state", {"level": 0.5})]

    asyncio.run(play())


def test_when_all_have_a_fault_there_is_none_left():
    async def play() -> None:
        link = FaultyLink(Wire(), VENUE)
        assert [link.fault(lambda _: None) is not None for _ in range(3)] == [True, True, False]
        link.stop()

    asyncio.run(play())


def test_a_guest_walks_through_every_zone(monkeypatch):
    monkeypatch.setattr(tricks, "STAY_SECONDS", 0.01)

    async def play() -> None:
        wire = Wire()
        models = devices_for("demo", {one.id: one.kind for one in VENUE.devices.values()}, 1, {})
        guests = Guests(models, wire)
        assert guests.come() == ""
        models[DeviceId("preface.entry")].state["occupied"] = True
        assert guests.come() == "preface.entry"
        async with asyncio.timeout(5):
            await wire.said_left.wait()
        guests.stop()
        assert [body["occupied"] for _, body in wire.out if isinstance(body, dict)] == [True, True, False, False]

    asyncio.run(play())


def test_in_a_house_without_sensors_nobody_comes():
    assert Guests({}, Wire()).come() is None
