"""What a link refuses before it asks a broker."""

import asyncio
from dataclasses import replace

import pytest

from link.over_aiomqtt import AiomqttLink
from link.port import Broker, Outgoing, Receipt, Session, Will
from tests.link.listening import Ear, play

GOOD = Session("controller-1", (("hall/#", 1),))


def link() -> AiomqttLink:
    return AiomqttLink(Broker("127.0.0.1", 1))


@pytest.mark.parametrize(
    ("session", "what"),
    [
        (replace(GOOD, client_id=""), "client id"),
        (replace(GOOD, filters=(("hall/#", 2),)), "QoS 2"),
        (replace(GOOD, window=0), "window"),
        (replace(GOOD, window=65_536), "window"),
        (replace(GOOD, canary="canary/#"), "not a topic"),
        (replace(GOOD, canary=""), "not a topic"),
        (replace(GOOD, will=Will("a/+", b"")), "not a topic"),
    ],
)
def test_a_session_that_cannot_be_is_refused(session: Session, what: str) -> None:
    async def scene() -> None:
        with pytest.raises(ValueError, match=what):
            await link().run(session, Ear())

    play(scene())


@pytest.mark.parametrize(
    ("message", "what"),
    [
        (Outgoing("", b""), "not a topic"),
        (Outgoing("a/#", b""), "not a topic"),
        (Outgoing("a/+/b", b""), "not a topic"),
        (Outgoing("a\0b", b""), "not a topic"),
        (Outgoing("x" * 65_536, b""), "not a topic"),
        (Outgoing("a", b"", qos=2), "QoS 2"),
    ],
)
def test_a_message_no_broker_takes_is_refused(message: Outgoing, what: str) -> None:
    with pytest.raises(ValueError, match=what):
        link().publish(message)


def test_before_it_runs_a_link_says_down_and_takes_the_rest_calmly() -> None:
    one = link()
    assert [one.publish(Outgoing("a", b"")).outcome for _ in range(2)] == ["down", "down"]
    assert [one.publish(Outgoing("a", b"")).number for _ in range(2)] == [3, 4]
    one.acknowledge([Receipt(1, 1)])
    one.listen((("hall/#", 1),))
    one.pause()
    one.resume()


def test_cancelled_between_two_attempts_it_ends_at_once() -> None:
    async def scene() -> None:
        ear = Ear()
        async with asyncio.TaskGroup() as group:
            task = group.create_task(link().run(GOOD, ear))
            await ear.until(lambda: ear.downs)
            task.cancel()
        assert task.cancelled()

    play(scene())
