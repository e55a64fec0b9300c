"""What all simulated devices do alike: say online, report their state, do a command's id once, and keep a record."""

from typing import Any

from devices.payload import DeviceError, parse_object
from devices.speech import encode
from devices.topics import device_topic
from devices.vocabulary import DeviceId, Fields, Scalar
from simulators.models.model import Deed, Said, Spoken

REMEMBERED = 256  # ids of commands that were done


class DeviceModel:
    """A device that says online and confirms nothing; kinds add what they do.

    ``shown``: (at, state) each time its state changed. ``done``: (at, command, id, fields) for each command it did.
    """

    commands: tuple[str, ...] = ()
    takes_wants = False
    answers_after = 20_000  # microseconds

    def __init__(self, venue: str, device: DeviceId) -> None:
        self.device = device
        self.state: dict[str, Scalar] = {}
        self.shown: list[tuple[int, Fields]] = []
        self.done: list[tuple[int, str, str, Fields]] = []
        self._venue = venue
        self._ids: dict[str, None] = {}

    @property
    def filters(self) -> tuple[str, ...]:
        """The topics it hears."""
        rest = [*(["set"] if self.takes_wants else []), *(f"do/{one}" for one in self.commands)]
        return tuple(self._topic(one) for one in rest)

    @property
    def will(self) -> Spoken:
        """Offline, retained."""
        return Spoken(self._topic("status"), b"offline", retain=True)

    def begin(self, at: int) -> Said:
        """Online, and what it shows."""
        online = Spoken(self._topic("status"), b"online", retain=True)
        return [(at, online), *([(at, self._report())] if self.state else [])]

    def told(self, topic: str, payload: bytes, at: int) -> Said:
        """A want, or a command; garbage is ignored, as a device of its maker would."""
        try:
            body = parse_object(payload)
        except DeviceError:
            return []
        if topic == self._topic("set"):
            return self.want(body, at)
        return self._command(topic.rpartition("/")[2], body, at)

    def woken(self, at: int) -> Said:
        """Kinds that ask for an alarm override this."""
        del at
        return []

    def visited(self, act: Deed, at: int) -> Said:
        """An act of a visitor; kinds that feel it override this."""
        del act, at
        return []

    def want(self, body: dict[str, Any], at: int) -> Said:
        """What it is asked to show; kinds override this."""
        del body, at
        return []

    def change(self, at: int, **values: Scalar) -> Said:
        """Its state becomes this, and it reports it."""
        self.state.update(values)
        self.shown.append((at, dict(self.state)))
        return [(at, self._report())]

    def event(self, at: int, event: str, fields: Fields) -> tuple[int, Spoken]:
        """It says an event."""
        return at, Spoken(self._topic(f"event/{event}"), encode(fields))

    def _command(self, command: str, body: dict[str, Any], at: int) -> Said:
        command_id = body.get("id")
        if not isinstance(command_id, str):
            return []
        ok = command in self.commands
        if ok and command_id not in self._ids:
            self._ids[command_id] = None
            if len(self._ids) > REMEMBERED:
                del self._ids[next(iter(self._ids))]
            fields = {key: value for key, value in body.items() if key not in ("id", "epoch", "expires")}
            self.done.append((at, command, command_id, fields))
        answer: dict[str, Scalar] = {"id": command_id, "ok": ok}
        if not ok:
            answer["reason"] = f"unknown command {command}"
        return [(at + self.answers_after, Spoken(self._topic("ack"), encode(answer)))]

    def _report(self) -> Spoken:
        return Spoken(self._topic("state"), encode(self.state), retain=True)

    def _topic(self, rest: str) -> str:
        return device_topic(self._venue, self.device, rest)


def number(value: object) -> float | None:
    """A number from 0 to 1 as it came, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if 0 <= value <= 1 else None
