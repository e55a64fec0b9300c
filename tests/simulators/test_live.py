"""The models on a link: they say that they are there, answer what they are told, and keep events while it is down."""

import asyncio
import json
from collections.abc import Callable

import pytest

from devices.registry import all_kinds
from devices.vocabulary import DeviceId
from link.port import Arrival, Receipt, Session, Sink, TicketId, Up
from simulators.live import Live
from simulators.models.acts import Act
from simulators.models.device import DeviceModel
from simulators.models.faults import Faulty, Outage
from simulators.models.house import devices_for
from simulators.models.model import Said, Spoken
from tests.controller.fakes import FakeClock, FakeLink

KINDS = {DeviceId("hall.lamp"): all_kinds()["light"], DeviceId("hall.entry"): all_kinds()["presence"]}
STANDS = Up(1, mqtt5=True, session_present=False)


def on_loop(act: Callable[[], None]) -> None:
    async def go() -> None:
        act()

    asyncio.run(go())


def live(link: FakeLink, clock: FakeClock, visits: list = (), speed: float = 1.0) -> Live:
    return Live(link, devices_for("demo", KINDS, 1, {}), iter(visits), clock.now, speed=speed)


def test_on_each_connection_every_device_says_that_it_is_there():
    link, clock = FakeLink(), FakeClock()

    def act() -> None:
        devices = live(link, clock)
        devices.up(STANDS)
        devices.up(STANDS)

    on_loop(act)
    assert link.topics().count("demo/hall/lamp/status") == 2
    assert link.topics().count("demo/hall/entry/state") == 2


def test_a_told_light_answers_after_its_time_and_the_message_is_acknowledged():
    link, clock = FakeLink(), FakeClock()

    def act() -> None:
        devices = live(link, clock)
        devices.up(STANDS)
        devices.arrived([Arrival("demo/hall/lamp/set", b'{"level": 0.5, "id": "a"}', receipt=Receipt(1, 9))])
        assert "demo/hall/lamp/state" not in link.topics()
        clock.time += 20_000
        devices.arrived([])

    on_loop(act)
    assert link.acknowledged == [Receipt(1, 9)]
    assert json.loads(link.published[-1].payload) == {"level": 0.5}


def test_an_event_that_could_not_be_said_is_said_when_the_link_is_back():
    link, clock = FakeLink(), FakeClock()

    def act() -> None:
        devices = live(link, clock)
        link.outcome = "down"
        devices._say(devices._models[DeviceId("hall.entry")].visited("enter", clock.now())[0][1])
        link.outcome = "sent"
        devices.up(STANDS)

    on_loop(act)
    assert link.topics().count("demo/hall/entry/event/presence") == 1


class StandingLink(FakeLink):
    """A link whose connection stands at once and for as long as it runs."""

    def __init__(self) -> None:
        super().__init__()
        self.session: Session | None = None

    async def run(self, session: Session, sink: Sink) -> None:
        self.session = session
        sink.up(STANDS)
        await asyncio.Event().wait()


class StampedModel(DeviceModel):
    """Says when it happened, by its own clock."""

    def begin(self, at: int) -> Said:
        return [(at, Spoken("demo/hall/bell/event/rung", b'{"ts":12.5,"id":"a"}'))]


async def runs(house: Live, then: Callable[[], object]) -> None:
    """``house`` while its link stands; ``then`` happens meanwhile."""
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(house.run("demo"))
        await asyncio.sleep(0)
        found = then()
        if asyncio.iscoroutine(found):
            await found
        running.cancel()


ENTER, LEAVE = (Act(at, DeviceId("hall.entry"), act, "v") for at, act in ((5_000_000, "enter"), (9_000_000, "leave")))


@pytest.mark.parametrize(("speed", "seconds"), [(1.0, 5.0), (10.0, 0.5), (0.5, 10.0)])
def test_visitors_come_as_much_earlier_as_the_clock_runs_faster(speed, seconds):
    link, clock = StandingLink(), FakeClock()
    house = live(link, clock, [ENTER, LEAVE], speed)

    def then() -> None:
        clock.time += round(seconds * 1_000_000) - 10
        house._play()
        assert link.topics().count("demo/hall/entry/event/presence") == 0
        clock.time += 10
        house._play()
        assert link.topics().count("demo/hall/entry/event/presence") == 1
        assert (house.tally.acts, house.tally.inside) == ({"enter": 1}, {"v"})

    asyncio.run(runs(house, then))


def test_time_begins_with_the_first_connection_and_goes_on_without_one():
    link, clock = FakeLink(), FakeClock()

    def act() -> None:
        house = live(link, clock, [ENTER, LEAVE])
        house._visit = next(house._visits)
        clock.time += 60_000_000  # the broker takes its time
        house._play()
        assert house.tally.acts.total() == 0
        house.up(STANDS)
        assert house.tally.acts.total() == 0
        link.outcome = "down"
        house.down("gone")
        clock.time += 5_000_000
        house._play()
        assert house.tally.acts.total() == 1
        link.outcome = "sent"
        house.up(STANDS)
        assert link.topics().count("demo/hall/entry/event/presence") == 1

    on_loop(act)


def test_an_act_on_a_device_that_is_not_played_here_does_nothing():
    link, clock = StandingLink(), FakeClock()
    house = live(link, clock, [Act(0, DeviceId("hall.elsewhere"), "touch", "v")])
    asyncio.run(runs(house, house._play))
    assert house.tally.acts.total() == 0


@pytest.mark.parametrize(("speed", "body"), [(1.0, {"ts": 12.5, "id": "a"}), (2.0, {"id": "a"})])
def test_a_time_stamp_of_a_clock_that_runs_faster_is_left_out(speed, body):
    link, clock = StandingLink(), FakeClock()
    bell = DeviceId("hall.bell")
    house = Live(
        link, {bell: StampedModel("demo", bell, all_kinds()["presence"], 1, {})}, iter(()), clock.now, speed=speed
    )
    asyncio.run(runs(house, lambda: None))
    assert json.loads(link.published[0].payload) == body


def test_a_device_alone_has_its_will_and_several_have_none():
    for kinds, will in ((KINDS, None), ({DeviceId("hall.lamp"): all_kinds()["light"]}, "demo/hall/lamp/status")):
        link = StandingLink()
        house = Live(link, devices_for("demo", kinds, 1, {}), iter(()), FakeClock().now)
        asyncio.run(runs(house, lambda: None))
        assert link.session is not None
        assert (link.session.will.topic if link.session.will else None) == will


def test_a_device_that_vanishes_is_offline_at_the_broker_and_comes_back():
    link, clock = StandingLink(), FakeClock()
    entry = DeviceId("hall.entry")
    faulty = Faulty(devices_for("demo", KINDS, 1, {})[entry], entry, [Outage("vanishes", 10_000_000, 20_000_000)], 1)
    house = Live(link, {entry: faulty}, iter(()), clock.now)

    def then() -> None:
        for _ in range(19):
            clock.time += 1_000_000
            house._play()

    asyncio.run(runs(house, then))
    status = [(one.payload, one.retain) for one in link.published if one.topic == "demo/hall/entry/status"]
    assert status[:2] == [(b"online", True), (b"offline", True)]


def test_at_the_end_every_device_says_offline_and_nothing_more():
    link, clock = StandingLink(), FakeClock()
    house = live(link, clock, [ENTER])

    async def then() -> None:
        leaving = asyncio.ensure_future(house.goodbye())
        await asyncio.sleep(0)
        house.arrived([Arrival("demo/hall/lamp/set", b'{"level": 0.5, "id": "a"}', receipt=Receipt(1, 9))])
        for number in range(len(link.published) + 1):
            house.delivered(TicketId(number))
        assert await leaving

    asyncio.run(runs(house, then))
    assert [(one.topic, one.payload, one.retain) for one in link.published[-2:]] == [
        ("demo/hall/lamp/status", b"offline", True),
        ("demo/hall/entry/status", b"offline", True),
    ]


def test_without_a_broker_nobody_can_say_goodbye():
    house = live(FakeLink(), FakeClock())
    assert asyncio.run(house.goodbye()) is False


@pytest.mark.parametrize("speed", [1.0, 2.0])
def test_what_begins_in_step_begins_at_its_instant_of_everybodys_clock(speed):
    link, clock = FakeLink(), FakeClock()
    kinds = {DeviceId("hall.wall"): all_kinds()["player"]}

    def plays() -> list[object]:
        states = [json.loads(one.payload) for one in link.published if one.topic == "demo/hall/wall/state"]
        return [one["play"] for one in states]

    def act() -> None:
        models = devices_for("demo", kinds, 1, {})
        house = Live(link, models, iter(()), clock.now, speed=speed, epoch=lambda: 1_000.0)
        house.up(STANDS)
        house.arrived([Arrival("demo/hall/wall/set", b'{"play": "film.mp4", "start_at": 1000.5, "id": "a"}')])
        for passed in (499_000, 1_000):
            assert "film.mp4" not in plays()
            clock.time += passed
            house.arrived([])

    on_loop(act)
    assert plays()[-1] == "film.mp4"
