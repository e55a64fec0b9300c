"""Brokers that behave strangely, and a house that does."""

import random
import time

import pytest

from link.over_aiomqtt import AiomqttLink
from link.port import Arrival, Broker, Outgoing, Receipt, Session, TakenOver, Up
from link.reconnecting import Version
from tests.brokers import HOST
from tests.link.listening import Ear, play, receipts, running
from tests.link.scripted import PUBLISH, Caller, good, scripted

HALL = Session("controller-1", (("hall/#", 1),), keep_seconds=60)
WITH_CANARY = Session("controller-1", (("hall/#", 1),), keep_seconds=60, canary="controller-1/canary")


def link_to(port: int, *versions: Version, keepalive_seconds: int = 3) -> AiomqttLink:
    """A link whose pauses are as short as chance makes them."""
    return AiomqttLink(
        Broker(HOST, port),
        chance=lambda: 0.0,
        versions=versions or ("5", "3.1.1"),
        keepalive_seconds=keepalive_seconds,
    )


def test_a_session_taken_over_ends_the_link_at_once() -> None:
    def takes_over(caller: Caller) -> None:
        caller.welcome()
        caller.raw(b"\xe0\x01\x8e")

    async def scene() -> None:
        with scripted(takes_over) as broker:
            ear = Ear()
            async with running(link_to(broker.port), HALL, ear) as life:
                ending = await life.raised()
        assert isinstance(ending, TakenOver)
        assert broker.calls == len(ear.downs) == 1

    play(scene())


@pytest.mark.parametrize("version", ["5", "3.1.1"])
def test_three_drops_without_a_reason_end_the_link(version: Version) -> None:
    async def scene() -> None:
        with scripted(lambda caller: caller.welcome(session_present=True)) as broker:
            ear = Ear()
            async with running(link_to(broker.port, version), HALL, ear) as life:
                ending = await life.raised()
        assert isinstance(ending, TakenOver)
        assert broker.calls == len(ear.downs) == 3

    play(scene(), on_uvloop=True)


def test_to_be_thrown_out_before_having_subscribed_counts_as_well() -> None:
    def accepts_and_throws_out(caller: Caller) -> None:
        caller.read()
        caller.connack(session_present=True)

    async def scene() -> None:
        with scripted(accepts_and_throws_out) as broker:
            ear = Ear()
            async with running(link_to(broker.port), HALL, ear) as life:
                ending = await life.raised()
        assert isinstance(ending, TakenOver)
        assert broker.calls == 3
        assert ear.story == ["down"]

    play(scene())


def test_drops_with_a_reason_do_not() -> None:
    def shuts_down(caller: Caller) -> None:
        caller.welcome(session_present=True)
        caller.raw(b"\xe0\x01\x8b")

    async def scene() -> None:
        with scripted(shuts_down, shuts_down, shuts_down, shuts_down, good) as broker:
            ear = Ear()
            async with running(link_to(broker.port), HALL, ear):
                await ear.until_up(5)
        assert ear.downs == ["the broker ended the connection: Server shutting down"] * 4

    play(scene())


def test_a_refused_subscription_is_down_and_tried_again() -> None:
    def refuses(caller: Caller) -> None:
        caller.read()
        caller.connack()
        caller.suback(caller.read()[1], code=0x87 if caller.level == 5 else 0x80)
        caller.read()

    async def scene() -> None:
        with scripted(refuses, refuses, good) as broker:
            ear = Ear()
            async with running(link_to(broker.port), HALL, ear):
                await ear.until_up()
        assert ear.downs == ["the broker refuses the subscription to hall/#: Not authorized"]
        assert ear.story == ["down", "up"]

    play(scene())


def test_a_subscription_that_is_refused_later_is_as_one_that_is_refused_at_once() -> None:
    def refuses_later(caller: Caller) -> None:
        caller.welcome()
        caller.suback(caller.read()[1], code=0x87 if caller.level == 5 else 0x80)
        caller.read()

    async def scene() -> None:
        with scripted(refuses_later, good) as broker:
            link, ear = link_to(broker.port), Ear()
            async with running(link, HALL, ear):
                await ear.until_up()
                link.listen((*HALL.filters, ("annex/#", 1)))
                await ear.until_up(2)
        assert ear.downs == ["the broker refuses the subscription to annex/#: Not authorized"]

    play(scene())


def test_what_comes_before_the_subscription_is_told_after_up() -> None:
    def eager(caller: Caller) -> None:
        caller.read()
        caller.connack(session_present=True)
        for number in (1, 2, 3):
            caller.publish(str(number).encode(), packet=number)
        caller.suback(caller.read()[1])
        caller.publish(b"4", packet=4)
        caller.serve()

    async def scene() -> None:
        with scripted(eager) as broker:
            ear = Ear()
            async with running(link_to(broker.port), HALL, ear):
                await ear.until(lambda: len(ear.arrivals) == 4)
        assert ear.story == ["up", "1", "2", "3", "4"]
        assert receipts(ear.arrivals) == [Receipt(1, packet) for packet in (1, 2, 3, 4)]

    play(scene(), on_uvloop=True)


@pytest.mark.parametrize("seed", range(8))
def test_nonsense_from_the_broker_is_a_lost_connection_and_nothing_worse(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311

    def babbles(caller: Caller) -> None:
        if chance.random() < 0.7:
            caller.welcome(session_present=True)
        kind = chance.choice([0x20, 0x30, 0x32, 0x3F, 0x40, 0x90, 0xD0, 0xE0, 0xF0])
        body = chance.randbytes(chance.randrange(40))
        caller.raw(bytes([kind, len(body)]) + body + chance.randbytes(200))
        caller.read()

    async def scene() -> None:
        with scripted(babbles, babbles, lambda caller: None, good) as broker:
            ear = Ear()
            async with running(link_to(broker.port, chance.choice(["5", "3.1.1"])), HALL, ear):
                await ear.until(lambda: broker.calls >= 4 and len(ear.ups) > len(ear.downs) - 1)

    play(scene())


def test_a_house_that_resumes_when_it_hears_up_gets_what_came() -> None:
    class Resumes(Ear):
        def up(self, up: Up) -> None:
            super().up(up)
            link.resume()

    def speaks(caller: Caller) -> None:
        caller.welcome()
        caller.publish(b"0")
        caller.serve()

    async def scene(port: int) -> None:
        nonlocal link
        link, ear = link_to(port), Resumes()
        link.pause()
        async with running(link, HALL, ear):
            await ear.until(lambda: ear.arrivals)

    link: AiomqttLink
    with scripted(speaks) as broker:
        play(scene(broker.port))


def test_a_topic_that_is_not_text_is_handed_on_to_be_refused() -> None:
    def strange(caller: Caller) -> None:
        caller.welcome()
        caller.publish(b"?", topic=b"hall/\xff\xfe", packet=7)
        caller.serve()

    async def scene() -> None:
        with scripted(strange) as broker:
            ear = Ear()
            async with running(link_to(broker.port), HALL, ear):
                await ear.until(lambda: ear.arrivals)
        assert ear.arrivals == [Arrival("\ufffd", b"?", receipt=Receipt(1, 7))]

    play(scene())


def test_a_broker_that_closes_before_it_answers_is_asked_again_soon() -> None:
    async def scene() -> None:
        with scripted(lambda caller: None, good) as broker:
            ear = Ear()
            began = time.monotonic()
            async with running(link_to(broker.port), HALL, ear):
                await ear.until_up()
            assert time.monotonic() - began < 1.0

    play(scene())


def test_a_broker_that_does_not_answer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("link.over_aiomqtt.CONNECT_SECONDS", 0.2)

    def silent(caller: Caller) -> None:
        while True:
            caller.read()

    async def scene() -> None:
        with scripted(silent, good) as broker:
            ear = Ear()
            async with running(link_to(broker.port), HALL, ear):
                await ear.until_up()
        assert ear.downs == ["no answer from the broker within 0.2 s"]

    play(scene())


def test_what_the_broker_refuses_by_code_is_not_delivered() -> None:
    def refuses_one(caller: Caller) -> None:
        caller.welcome()
        caller.puback(caller.read()[1], code=0x87)
        caller.serve()

    async def scene() -> None:
        with scripted(refuses_one) as broker:
            link, ear = link_to(broker.port), Ear()
            async with running(link, HALL, ear):
                await ear.until_up()
                link.publish(Outgoing("forbidden", b""))
                allowed = link.publish(Outgoing("lamp/1", b"on"))
                await ear.until(lambda: ear.tickets)
        assert ear.tickets == [allowed.number]

    play(scene())


def test_a_marker_that_may_not_be_written_is_a_reason_to_be_down() -> None:
    async def scene() -> None:
        with scripted(*[_refuses_marker] * 2, good) as broker:
            ear = Ear()
            async with running(link_to(broker.port), WITH_CANARY, ear):
                await ear.until_up(2)
        assert "refuses our marker on controller-1/canary: Not authorized" in ear.downs[0]

    play(scene())


def _refuses_marker(caller: Caller) -> None:
    caller.welcome()
    while True:
        kind, body = caller.read()
        if kind == PUBLISH:
            caller.puback(body, code=0x87)


def test_a_marker_that_does_not_come_back_is_a_reason_to_be_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("link.over_aiomqtt.MARKER_SECONDS", 0.1)

    async def scene() -> None:
        with scripted(good) as broker:
            ear = Ear()
            async with running(link_to(broker.port), WITH_CANARY, ear):
                await ear.until(lambda: ear.downs)
        assert "our marker on controller-1/canary did not come back within 0.1 s" in ear.downs[0]

    play(scene())


def test_a_stream_of_messages_is_a_sign_of_life_though_no_ping_is_answered() -> None:
    def never_answers_pings(caller: Caller) -> None:
        caller.welcome()
        for number in range(15):
            caller.publish(str(number).encode())
            time.sleep(0.1)
        caller.serve()

    async def scene() -> None:
        with scripted(never_answers_pings) as broker:
            ear = Ear()
            async with running(link_to(broker.port, keepalive_seconds=1), HALL, ear):
                await ear.until(lambda: len(ear.arrivals) == 15)
        assert ear.downs == []

    play(scene())


@pytest.mark.parametrize("moment", ["up", "arrived", "delivered", "down"])
def test_what_the_sink_raises_is_raised_by_run(moment: str) -> None:
    class Buggy(Ear):
        def _tell(self, *words: str) -> None:
            super()._tell(*words)
            if moment in words or (moment == "arrived" and "0" in words):
                raise LookupError(moment)

    def speaks(caller: Caller) -> None:
        caller.welcome()
        caller.publish(b"0")
        kind, body = caller.read()
        assert kind == PUBLISH
        caller.puback(body)

    async def scene() -> None:
        with scripted(speaks) as broker:
            link, ear = link_to(broker.port), Buggy()
            async with running(link, HALL, ear) as life:
                if moment not in ("up", "arrived"):
                    await ear.until_up()
                    link.publish(Outgoing("lamp/1", b"on"))
                assert isinstance(await life.raised(), LookupError)
        assert broker.calls == 1

    play(scene())
