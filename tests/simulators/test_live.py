"""The models on a link: they say that they are there, answer what they are told, and keep events while it is down."""

import asyncio
import json
from collections.abc import Callable

from devices.registry import all_kinds
from devices.vocabulary import DeviceId
from link.port import Arrival, Receipt, Up
from simulators.live import Live
from simulators.models.house import devices_for
from tests.controller.fakes import FakeClock, FakeLink

KINDS = {DeviceId("hall.lamp"): all_kinds()["light"], DeviceId("hall.entry"): all_kinds()["presence"]}
STANDS = Up(1, mqtt5=True, session_present=False)


def on_loop(act: Callable[[], None]) -> None:
    async def go() -> None:
        act()

    asyncio.run(go())


def live(link: FakeLink, clock: FakeClock, visits: list = ()) -> Live:
    return Live(link, devices_for("demo", KINDS, 1, {}), iter(visits), clock.now)


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


def test_a_visitor_who_comes_is_felt_by_what_feels_visitors_and_by_nothing_else():
    link, clock = FakeLink(), FakeClock()
    visits = [
        (0, DeviceId("hall.lamp"), "touch"),
        (0, DeviceId("hall.entry"), "enter"),
        (0, DeviceId("no.where"), "press"),
    ]

    async def go() -> None:
        devices = live(link, clock, visits)
        devices._began = clock.now()
        devices._visit = next(devices._visits)
        devices.up(STANDS)

    asyncio.run(go())
    said = [one.topic for one in link.published if "/event/" in one.topic]
    assert said == ["demo/hall/entry/event/presence"]
