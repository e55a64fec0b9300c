"""What only this transport has: its hold on aiomqtt, its versions of MQTT, and how it ends."""

import asyncio
import socket
import threading

import aiomqtt
import pytest
from paho.mqtt.client import Client as PahoClient

from link.over_aiomqtt import AiomqttLink
from link.port import Broker, Outgoing, Session
from link.reconnecting import Version
from tests.brokers import HOST, mosquitto, nats
from tests.link.listening import Ear, eventually, play, receipts, running
from tests.link.plain import PlainClient, text
from tests.link.scripted import CONNECT, DISCONNECT, Caller, good, scripted

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
