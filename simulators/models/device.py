"""What all simulated devices do alike: say online, report their state, do a command's id once, and keep a record."""

from collections.abc import Mapping
from typing import Any, ClassVar

from devices.payload import DeviceError, parse_object
from devices.speech import encode
from devices.topics import device_topic
from devices.vocabulary import DeviceId, Fields, Kind, Scalar
from simulators.models.chance import Chance
from simulators.models.model import ALARM, Act, Said, Spoken

REMEMBERED = 256  # ids of commands that were answered
SECOND = 1_000_000


class DeviceModel:
    """A device that says online and does what it is told, and shows nothing; kinds add what they do.

    ``lengths``: file → microseconds. ``shown``: (at, state) each time its state changed. ``done``: (at, command, id,
    fields) for each command it did. ``acts``: what visitors can do to it.
    """

    acts: ClassVar[tuple[Act, ...]] = ()
    answers_after = 20_000  # microseconds

    def __init__(self, venue: str, device: DeviceId, kind: Kind, seed: int, lengths: Mapping[str, int]) -> None:
        self.device = device
        self.kind = kind
        self.chance = Chance(seed, device)
        self.state: dict[str, Scalar] = {}
        self.shown: list[tuple[int, Fields]] = []
        self.done: list[tuple[int, str, str, Fields]] = []
        self._seed = seed
        self._lengths = lengths
        self._venue = venue
        self._answers: dict[str, str] = {}
        self._plans: dict[str, int] = {}

    @property
    def filters(self) -> tuple[str, ...]:
        """The topics it hears."""
        rest = [*(["set"] if self.kind.properties else []), *(f"do/{one.name}" for one in self.kind.commands)]
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

    def visited(self, act: Act, at: int) -> Said:
        """What it feels of a visitor; kinds that list ``acts`` override this."""
        del act, at
        return []

    def woken(self, at: int) -> Said:
        """Whatever it planned for this instant happens."""
        said: Said = []
        for what in [what for what, when in self._plans.items() if when == at]:
            if self._plans.get(what) == at:  # what happened before may have given it up
                del self._plans[what]
                said += self.happens(what, at)
        return said

    def want(self, body: dict[str, Any], at: int) -> Said:
        """What it is asked to show; kinds override this."""
        del body, at
        return []

    def refusal(self, command: str, fields: Fields) -> str:
        """Why it will not do a command; empty when it will. Kinds override this."""
        del command, fields
        return ""

    def do(self, command: str, fields: Fields, at: int) -> Said:
        """What follows from a command, besides its answer; kinds override this."""
        del command, fields, at
        return []

    def happens(self, what: str, at: int) -> Said:
        """What it planned by ``later``; kinds that plan override this."""
        del what, at
        return []

    def later(self, at: int, what: str) -> tuple[int, Spoken]:
        """It plans ``what`` for ``at``; a plan of that name that it had before is given up."""
        self._plans[what] = at
        return at, ALARM

    def forget(self, *what: str) -> None:
        """It gives these plans up."""
        for one in what:
            self._plans.pop(one, None)

    def plans(self, what: str) -> bool:
        """Whether it has a plan of that name."""
        return what in self._plans

    def change(self, at: int, **values: Scalar) -> Said:
        """Its state becomes this, and it reports it."""
        self.state.update(values)
        self.shown.append((at, dict(self.state)))
        return [(at, self._report())]

    def event(self, at: int, event: str, fields: Fields) -> tuple[int, Spoken]:
        """It says an event, on the channel where its kind has it."""
        return at, Spoken(self._topic(f"{self.kind.channel_of(event)}/{event}"), encode(fields))

    def _command(self, command: str, body: dict[str, Any], at: int) -> Said:
        command_id = body.get("id")
        if not isinstance(command_id, str) or not command_id:
            return []
        said: Said = []
        if command_id not in self._answers:
            fields = {key: value for key, value in body.items() if key not in ("id", "epoch", "expires")}
            known = self.kind.command(command) is not None
            reason = self.refusal(command, fields) if known else f"unknown command {command}"
            self._answers[command_id] = reason
            if len(self._answers) > REMEMBERED:
                del self._answers[next(iter(self._answers))]
            if not reason:
                self.done.append((at, command, command_id, fields))
                said = self.do(command, fields, at)
        reason = self._answers[command_id]
        answer: dict[str, Scalar] = {"id": command_id, "ok": not reason, **({"reason": reason} if reason else {})}
        return [(at + self.answers_after, Spoken(self._topic("ack"), encode(answer))), *said]

    def _report(self) -> Spoken:
        return Spoken(self._topic("state"), encode(self.state), retain=True)

    def _topic(self, rest: str) -> str:
        return device_topic(self._venue, self.device, rest)


def number(value: object) -> float | None:
    """A number from 0 to 1 as it came, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if 0 <= value <= 1 else None
