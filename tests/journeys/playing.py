"""What journeys are told with: a running controller, a person with a terminal, and ears on the broker."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import paho.mqtt.client as mqtt

from tests.brokers import RunningBroker

DEMO = Path(__file__).parents[1] / "venues" / "small"
WAIT_SECONDS = 10.0


def eventually(holds: Callable[[], Any], what: str, seconds: float = WAIT_SECONDS) -> Any:
    """The first true answer of ``holds``; fails with ``what`` when time is up. A bounded wait, not a sleep."""
    deadline = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < deadline, f"after {seconds} s still not: {what}"
        time.sleep(0.005)
    return found


def venue_folder(folder: Path, **changes: tuple[str, str]) -> Path:
    """A copy of the demo venue; each change is (what stands there, what shall stand there), in every file."""
    made = folder / "venue"
    shutil.copytree(DEMO, made)
    for old, new in changes.values():
        texts = {path: path.read_text() for path in made.glob("*.yaml")}
        assert any(old in text for text in texts.values()), f"{old!r} does not stand in the demo venue"
        for path, text in texts.items():
            path.write_text(text.replace(old, new))
    return made


class Ears:
    """A client of the broker that hears everything and says what it is told to; keeps what it heard, in order.

    ``is_device``: a topic of a device for which it says ``online`` each time it comes back, as devices do.
    """

    def __init__(self, broker: RunningBroker, *filters: str, client_id: str = "", is_device: str = "") -> None:
        self.heard: list[tuple[float, str, bytes, bool]] = []
        self._news = threading.Condition()
        self._client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id=client_id)
        self._client.on_message = self._hear
        self._client.on_connect = lambda *_: [self._client.subscribe(one, 1) for one in filters or ("#",)]
        self._subscribed = threading.Event()
        self._client.on_subscribe = lambda *_: self._begin(is_device)
        self._client.reconnect_delay_set(0.05, 0.2)
        self._client.connect(broker.host, broker.port)
        self._client.loop_start()
        assert self._subscribed.wait(WAIT_SECONDS)

    def _begin(self, device: str) -> None:
        self._subscribed.set()
        if device:
            self._client.publish(f"{device}/status", "online", qos=1, retain=True)

    def _hear(self, _client: object, _data: object, message: mqtt.MQTTMessage) -> None:
        with self._news:
            self.heard.append((time.monotonic(), message.topic, bytes(message.payload), message.retain))
            self._news.notify_all()

    def says(self, topic: str, body: object = None, *, retain: bool = False, raw: bytes | None = None) -> None:
        """Publishes at QoS 1 and waits until the broker has it."""
        payload = raw if raw is not None else b"" if body is None else json.dumps(body).encode()
        self._client.publish(topic, payload, qos=1, retain=retain).wait_for_publish(WAIT_SECONDS)

    def says_soon(self, topic: str, body: object, *, retain: bool = False) -> None:
        """Publishes at QoS 1 and does not wait."""
        self._client.publish(topic, json.dumps(body).encode(), qos=1, retain=retain)

    def on(self, topic: str) -> list[dict[str, Any]]:
        """The JSON bodies heard on a topic so far."""
        return [json.loads(body) for _, found, body, _ in list(self.heard) if found == topic]

    def until(
        self,
        topic: str,
        holds: Callable[[dict[str, Any]], bool] = lambda _: True,
        seconds: float = WAIT_SECONDS,
    ) -> dict[str, Any]:
        """The first body on ``topic`` for which ``holds``; waits for it."""
        found = lambda: next((one for one in self.on(topic) if holds(one)), None)  # noqa: E731
        return eventually(found, f"a message on {topic}", seconds)

    def close(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()
        self._client.on_message = self._client.on_connect = self._client.on_subscribe = None  # no circle is left


class Controller:
    """``ringmaster run`` as a process of its own, and the other commands beside it."""

    def __init__(
        self, venue: Path, broker_url: str, state: Path, *, plant: str = "", options: Sequence[str] = ()
    ) -> None:
        self.venue = venue
        self.state = state
        self.environment = {**os.environ, "RINGMASTER_BROKER": broker_url, "RINGMASTER_STATE": str(state)}
        self.log = state.parent / "controller.log"
        self._plant = plant
        self._options = options
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it; returns at once."""
        command = [sys.executable, "-m", "controller"]
        if self._plant:
            command = [sys.executable, "-c", f"{self._plant}\nfrom controller.__main__ import main\nmain()"]
        command += ["run", str(self.venue), *self._options]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, env=self.environment)

    def kill(self) -> None:
        """kill -9."""
        assert self.process is not None
        self.process.kill()
        self.process.wait(WAIT_SECONDS)

    def stop(self) -> tuple[int, float]:
        """SIGTERM; its exit code and how long it took."""
        assert self.process is not None
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(WAIT_SECONDS), time.monotonic() - began

    def hangs_up(self) -> None:
        """SIGHUP: read the folder again."""
        assert self.process is not None
        self.process.send_signal(signal.SIGHUP)

    def edits(self, file: str, old: str, new: str) -> None:
        """A person's edit: another file, renamed over the one that stood there, as editors do."""
        path = self.venue / file
        text = path.read_text()
        assert old in text, f"{old!r} does not stand in {file}"
        draft = path.with_suffix(".new")
        draft.write_text(text.replace(old, new))
        draft.replace(path)

    def says(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """``ringmaster …`` beside it."""
        command = [sys.executable, "-m", "controller", *arguments]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=30)

    def why(self, scene: str) -> list[dict[str, Any]]:
        """What ``ringmaster why`` says, as JSON."""
        said = self.says("why", scene, "--format", "json", "--last", "50")
        return json.loads(said.stdout or "[]")


@contextlib.contextmanager
def running(
    venue: Path,
    broker: RunningBroker,
    folder: Path,
    *,
    venue_id: str = "demo",
    plant: str = "",
    options: Sequence[str] = (),
    seconds: float = WAIT_SECONDS,
) -> Iterator[tuple[Controller, Ears]]:
    """A controller that is online, and ears on everything. ``seconds``: how long a large venue may take."""
    ears = Ears(broker)
    url = f"mqtt://{broker.host}:{broker.port}"
    controller = Controller(venue, url, folder / "state", plant=plant, options=options)
    controller.start()
    try:
        ears.until(f"{venue_id}/controller/house/status", lambda body: body["state"] == "online", seconds)
        yield controller, ears
    finally:
        if controller.process is not None and controller.process.poll() is None:
            controller.process.kill()
            controller.process.wait(WAIT_SECONDS)
        ears.close()
