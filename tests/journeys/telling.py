"""A real controller on a real broker whose clock a test moves: stories that take hours are told in seconds.

The controller is a process of its own; only its clock is planted, which stands until the story says that time passes.
Everything else is bytes on topics, as devices and people would send them.
"""

import contextlib
import itertools
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import paho.mqtt.client as mqtt

from controller.venue.load import load_venue
from controller.venue.source.files import read_folder
from tests.brokers import RunningBroker
from tests.journeys.playing import Controller, Ears, eventually, running

REFORM = Path(__file__).parents[1] / "venues" / "reform"
_CLOCK = """\
from pathlib import Path
import controller.app as app, controller.clock as clock
def wall():
    return {begins} + int(Path({path!r}).read_text() or 0)
class Moved(clock.VenueClock):
    def __init__(self, start):
        self._start, self._wall = start, wall()
    def now(self):
        return self._start + wall() - self._wall
    def wall(self):
        return wall()
app.VenueClock, app.wall_now = Moved, wall
"""


class Story:
    """What happens in the house, told from outside. Times are seconds."""

    def __init__(self, controller: Controller, ears: Ears, venue: str, clock: Path) -> None:
        self.controller = controller
        self.ears = ears
        self._venue = venue
        self._clock = clock
        self._nudges = itertools.count(1)
        self._silent: set[str] = set()
        self._shows: dict[str, dict[str, Any]] = {}
        self._devices = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2)

    def connect(self, broker: RunningBroker) -> None:
        """Screens and loudspeakers that answer as soon as they are asked."""
        self._devices.on_message = self._answer
        self._devices.connect(broker.host, broker.port)
        self._devices.subscribe(f"{self._venue}/+/+/set", 1)
        self._devices.loop_start()

    def close(self) -> None:
        self._devices.disconnect()
        self._devices.loop_stop()
        self._devices.on_message = None  # no circle: its sockets are closed now, not when somebody collects

    # --- what happens

    def says(self, device: str, channel: str, body: object = None, *, retain: bool = False) -> None:
        """A device says something: ``event/presence``, ``state``."""
        self.ears.says(f"{self._topic(device)}/{channel}", body, retain=retain)
        self.settles()

    def stands(self, device: str, *, occupied: bool) -> None:
        """Somebody stands where a presence sensor sees it, or nobody does any more."""
        self.says(device, "event/presence", {"occupied": occupied})

    def order(self, verb: str, target: str = "", **body: Any) -> dict[str, Any]:
        """What a person orders, and the one answer to it; what devices say to that is heard, too."""
        answer = self._order(verb, target, **body)
        self.settles()
        return answer

    def _order(self, verb: str, target: str = "", **body: Any) -> dict[str, Any]:
        name = f"story-{next(self._nudges)}"
        topic = "/".join(part for part in (self._venue, "order", verb, target) if part)
        self.ears.says(topic, {"id": name, **body})
        return self.ears.until(f"{self._venue}/reply/{name}")

    def later(self, seconds: float) -> None:
        """So much time passes."""
        self._skip(seconds)
        self.settles()

    def settles(self) -> None:
        """The controller has taken everything said so far, and what was due is decided and sent.

        Twice: an order that means nothing is answered, in its turn, behind everything before it; what devices answered
        meanwhile is taken before the second one.
        """
        for _ in range(2):
            assert self._order("nudge")["answer"] == "refused"

    def is_silent(self, device: str) -> None:
        """The device answers nothing from now on."""
        self._silent.add(self._topic(device))

    def killed(self, *, away: float = 0.0) -> None:
        """kill -9; started again after so much time."""
        self.controller.kill()
        self._skip(away)
        status = f"{self._venue}/controller/house/status"
        seen = len([one for one in self.ears.on(status) if one["state"] == "online"])
        self.controller.start()
        eventually(
            lambda: len([one for one in self.ears.on(status) if one["state"] == "online"]) > seen, "the controller"
        )
        self.settles()

    # --- what is seen

    def wanted(self, device: str, *names: str) -> Any:
        """What the device was asked for last; with ``names``, the last value of the first of these that was named."""
        bodies = self.ears.on(f"{self._topic(device)}/set")
        if not names:
            return bodies[-1] if bodies else {}
        return next((one[name] for one in reversed(bodies) for name in names if name in one), None)

    def asked(self, device: str) -> int:
        """How often the device was asked for something so far."""
        return len(self.ears.on(f"{self._topic(device)}/set"))

    def scene(self, scene: str) -> dict[str, Any]:
        """What the scene says that it does; told at most twenty times a second, so it is waited for elsewhere."""
        bodies = self.ears.on(f"{self._venue}/scene/{scene}/state")
        return bodies[-1] if bodies else {"state": "idle"}

    def until_scene(self, scene: str, state: str) -> dict[str, Any]:
        """Waits until the scene says that it does this."""
        eventually(lambda: self.scene(scene)["state"] == state, f"{scene} {state}, it is {self.scene(scene)}")
        return self.scene(scene)

    def verdicts(self, scene: str) -> list[str]:
        """Every verdict of the scene so far, by ``ringmaster why``."""
        return [one["verdict"] for one in self.controller.why(scene) if one["verdict"]]

    # --- time and devices

    def _skip(self, seconds: float) -> None:
        """A whole file in place of the former one: the controller may be reading it."""
        draft = self._clock.with_suffix(".new")
        draft.write_text(str(int(self._clock.read_text()) + round(seconds * 1_000_000)))
        draft.replace(self._clock)

    def _topic(self, device: str) -> str:
        return f"{self._venue}/{device.replace('.', '/')}"

    def _answer(self, _client: object, _data: object, message: mqtt.MQTTMessage) -> None:
        device = message.topic.removesuffix("/set")
        body = json.loads(message.payload)
        if device in self._silent:
            return
        shows = self._shows.setdefault(device, {})
        if "play" in body:
            shows.update(play=body["play"], playing=body["play"] is not None)
            shows.pop("page", None)
        if "page" in body:
            shows.update(page=body["page"], play=None, playing=False)
        shows.update({name: body[name] for name in ("power", "volume", "on", "source") if name in body})
        if shows:
            self._devices.publish(f"{device}/state", json.dumps(shows), qos=1, retain=True)


@contextlib.contextmanager
def story(folder: Path, broker: RunningBroker, begins: str, *, venue: Path = REFORM) -> Iterator[Story]:
    """A house in which something is told. ``begins``: wall time as RFC 3339."""
    clock, venue_id = folder / "clock", load_venue(read_folder(venue)).id
    clock.write_text("0")
    plant = _CLOCK.format(path=str(clock), begins=round(datetime.fromisoformat(begins).timestamp() * 1_000_000))
    with running(venue, broker, folder, venue_id=venue_id, plant=plant) as (controller, ears):
        told = Story(controller, ears, venue_id, clock)
        told.connect(broker)
        try:
            told.settles()
            yield told
        finally:
            told.close()
