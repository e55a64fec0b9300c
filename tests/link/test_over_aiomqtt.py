"""What only this transport has: its hold on aiomqtt, its versions, and brokers that behave badly."""

import asyncio
import random
import socket
import threading
import time

import aiomqtt
import pytest
from paho.mqtt.client import Client as PahoClient

from link.over_aiomqtt import AiomqttLink
from link.port import Arrival, Broker, Outgoing, Receipt, Session, TakenOver
from link.reconnecting import Version
from tests.brokers import HOST, mosquitto, nats
from tests.link.listening import Ear, eventually, play, receipts, running
from tests.link.plain import PlainClient, text
from tests.link.scripted import CONNECT, DISCONNECT, PUBLISH, Caller, good, scripted

HALL = Session("controller-1", (("hall/#", 1),), keep_seconds=60)
WITH_CANARY = Session("controller-1", (("hall/#", 1),), keep_seconds=60, canary="controller-1/canary")


def link_to(port: int, *versions: Version, keepalive_seconds: int = 3) -> AiomqttLink:
    return AiomqttLink(Broker(HOST, port), versions=versions or ("5", "3.1.1"), keepalive_seconds=keepalive_seconds)


def refuses_version(caller: Caller) -> None:
    """As a broker that knows only the other version: the CONNACK of MQTT 3.1.1 with code 1."""
    caller.read()
    caller.raw(b"\x20\x02\x00\x01")


def drops(caller: Caller) -> None:
    caller.welcome()


def test_aiomqtt_still_has_what_we_use_of_its_private_parts() -> None:
    async def scene() -> None:
        paho = aiomqtt.Client(HOST)._client
        assert type(paho) is PahoClient
        for method in (
            "ack",
            "disable_logger",
            "disconnect",
            "loop_read",
            "loop_write",
            "manual_ack_set",
            "publish",
            "socket",
            "want_write",
        ):
            assert callable(getattr(paho, method)), method
        for event in ("connect", "disconnect", "message", "publish"):
            assert getattr(paho, f"on_{event}").__self__.__class__ is aiomqtt.Client
        for event in ("open", "close", "register_write", "unregister_write"):
            assert getattr(paho, f"on_socket_{event}").__self__.__class__ is aiomqtt.Client
        assert paho.connect_timeout > 0

    play(scene())


def test_the_socket_does_not_wait_for_more_to_send() -> None:
    async def scene() -> None:
        with scripted(good) as broker:
            link, ear = link_to(broker.port), Ear()
            async with running(link, HALL, ear):
                await ear.until_up()
                wire = link._connection._paho.socket()
                assert wire.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 1

    play(scene())


def test_a_refused_version_leads_to_the_other_which_is_remembered_until_that_is_refused() -> None:
    async def scene() -> None:
        with scripted(refuses_version, drops, drops, refuses_version, good) as broker:
            link, ear = link_to(broker.port), Ear()
            async with running(link, HALL, ear):
                await ear.until_up(3)
        assert broker.levels == [5, 4, 4, 4, 5]
        assert [up.mqtt5 for up in ear.ups] == [False, False, True]
        assert ear.downs == ["the broker closed the connection"] * 2

    play(scene())


def test_nats_is_spoken_to_in_3_1_1_without_a_down() -> None:
    async def scene() -> None:
        with nats() as broker:
            link, ear = link_to(broker.port), Ear()
            async with running(link, HALL, ear):
                await ear.until_up()
        assert (ear.ups[0].mqtt5, ear.downs) == (False, [])

    play(scene(), on_uvloop=True)


def test_a_broker_that_refuses_every_version_is_down() -> None:
    async def scene() -> None:
        with scripted(refuses_version) as broker:
            ear = Ear()
            async with running(link_to(broker.port), HALL, ear):
                await ear.until(lambda: ear.downs)
                await eventually(lambda: len(broker.levels) >= 5)
        assert len(ear.downs) == 1
        assert broker.levels[:4] == [5, 4, 5, 4]

    play(scene())


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


@pytest.mark.parametrize("seed", range(12))
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


def test_cancelled_while_it_waits_for_an_answer_it_says_goodbye() -> None:
    said: list[int] = []

    def silent(caller: Caller) -> None:
        while True:
            said.append(caller.read()[0])

    async def scene() -> None:
        with scripted(silent) as broker:
            async with running(link_to(broker.port), HALL, Ear()) as life:
                await eventually(lambda: said == [CONNECT])
                assert await life.end() <= 0.7
        assert said == [CONNECT, DISCONNECT]

    play(scene())


def test_cancelled_while_it_connects_it_ends_and_the_late_connection_says_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    connect, entered, go_on = socket.create_connection, threading.Event(), threading.Event()
    said: list[bytes] = []

    def slow(*where: object, **how: object) -> socket.socket:
        entered.set()
        assert go_on.wait(5)
        return connect(*where, **how)

    def listens(caller: Caller) -> None:
        said.append(caller._wire.recv(1))

    async def scene() -> None:
        with scripted(listens) as broker:
            monkeypatch.setattr("socket.create_connection", slow)
            async with running(link_to(broker.port), HALL, Ear()) as life:
                await eventually(entered.is_set)
                assert await life.end() < 0.5
                go_on.set()
                await eventually(lambda: said)
        assert said == [b""]

    play(scene())


def test_no_more_is_on_the_wire_than_the_broker_allows() -> None:
    bodies: list[bytes] = []
    acknowledge = threading.Event()

    def narrow(caller: Caller) -> None:
        caller.welcome(properties=b"\x21\x00\x03")
        bodies.extend(caller.read()[1] for _ in range(3))
        assert acknowledge.wait(5)
        caller.puback(bodies[0])
        bodies.append(caller.read()[1])
        for body in bodies[1:]:
            caller.puback(body)
        caller.serve()

    async def scene() -> None:
        with scripted(narrow) as broker:
            link, ear = link_to(broker.port), Ear()
            async with running(link, HALL, ear):
                await ear.until_up()
                tickets = [link.publish(Outgoing("lamp/1", b"%d" % n)).number for n in range(10)]
                await eventually(lambda: len(bodies) == 3)
                acknowledge.set()
                await ear.until(lambda: len(ear.tickets) == 10)
        assert ear.tickets == tickets
        assert [body[-1:] for body in bodies] == [b"0", b"1", b"2", b"3"]

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


def test_expiry_and_correlation_travel_with_mqtt_5() -> None:
    async def scene() -> None:
        with mosquitto() as broker, PlainClient(broker.port, mqtt5=True) as panel:
            panel.subscribe("reply/#")
            link = link_to(broker.port)
            ear = Ear(lambda batch: link.acknowledge(receipts(batch)))
            async with running(link, HALL, ear):
                await ear.until_up()
                asked = b"\x08" + text("reply/7") + b"\x09" + text("question 7")
                panel.publish("hall/order", b"start", properties=asked)
                await ear.until(lambda: ear.arrivals)
                order = ear.arrivals[0]
                assert (order.reply_to, order.correlation) == ("reply/7", b"question 7")
                link.publish(Outgoing("reply/7", b"done", correlation=order.correlation, expires_seconds=60))
                answer = await asyncio.to_thread(panel.hear)
        assert answer.payload == b"done"
        assert b"\x09" + text("question 7") in answer.properties
        assert b"\x02\x00\x00\x00" in answer.properties

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
