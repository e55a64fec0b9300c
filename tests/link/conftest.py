"""The settings in which every transport is tried: which transport, which broker, which loop."""

import contextlib
from collections.abc import Callable, Coroutine, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from link.over_aiomqtt import AiomqttLink
from link.port import Broker, Link
from link.reconnecting import Version
from tests.brokers import HOST, RunningBroker, mosquitto, nats
from tests.link.listening import play
from tests.link.plain import PlainClient


@dataclass(frozen=True)
class Setting:
    """``versions`` that are tried; ``prompt``: what was not acknowledged comes again at once, in order, and with
    DUP."""

    broker: Callable[[], contextlib.AbstractContextManager[RunningBroker]]
    make: Callable[..., Link]
    versions: Sequence[Version] = ("5", "3.1.1")
    prompt: bool = True
    on_uvloop: bool = False


SETTINGS = {
    "aiomqtt-mosquitto-5": Setting(mosquitto, AiomqttLink, versions=("5",), on_uvloop=True),
    "aiomqtt-mosquitto-3.1.1": Setting(mosquitto, AiomqttLink, versions=("3.1.1",)),
    "aiomqtt-nats": Setting(nats, AiomqttLink, prompt=False, on_uvloop=True),
}


class Place:
    """A setting with its broker running. Links go to the broker, or to a proxy's ``port`` before it."""

    def __init__(self, setting: Setting, broker: RunningBroker) -> None:
        self.setting = setting
        self.broker = broker
        self.mqtt5 = setting.versions == ("5",)

    def link(self, *, port: int | None = None, keepalive_seconds: int = 3) -> Link:
        broker = Broker(HOST, port or self.broker.port)
        return self.setting.make(broker, versions=self.setting.versions, keepalive_seconds=keepalive_seconds)

    def plain(self, client_id: str = "plain", *, mqtt5: bool = False) -> PlainClient:
        return PlainClient(self.broker.port, client_id, mqtt5=mqtt5)

    def play(self, scene: Coroutine[Any, Any, None]) -> None:
        play(scene, on_uvloop=self.setting.on_uvloop)


@pytest.fixture(params=SETTINGS)
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    """Every setting, one after the other."""
    setting = SETTINGS[request.param]
    with setting.broker() as broker:
        yield Place(setting, broker)


@pytest.fixture
def places() -> Iterator[list[Place]]:
    """All settings at once, for tests that mostly wait."""
    with contextlib.ExitStack() as brokers:
        yield [Place(setting, brokers.enter_context(setting.broker())) for setting in SETTINGS.values()]


@pytest.fixture(params=[name for name, setting in SETTINGS.items() if setting.prompt])
def prompt_place(request: pytest.FixtureRequest) -> Iterator[Place]:
    """Every setting whose broker sends again at once and in order. NATS does not, and it jails whoever comes back
    fast."""
    setting = SETTINGS[request.param]
    with setting.broker() as broker:
        yield Place(setting, broker)
