"""What a run does, step by step, and what a step is made of: frozen, checked, every name resolved.

All times are whole microseconds. A ``Place`` never counts when two steps are compared, nor does a text for people.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NewType

from devices.vocabulary import Command, DeviceId, Fields, Property
from scenes.condition import Condition

SceneId = NewType("SceneId", str)
Micros = int
SECOND: Micros = 1_000_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the configuration something stands; lines and columns count from 1.

    ``width``: how many characters stand there, as far as known.
    """

    file: str
    line: int
    column: int
    width: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Happening:
    """An event by name (``hall.device.word``): it happens and does not last."""

    name: str
    place: Place = field(compare=False)


Trigger = Condition | Happening


@dataclass(frozen=True, slots=True)
class Want:
    """One level asked of one property of one device.

    ``within`` None: nobody waits for a confirmation. ``substitute`` is asked instead when it does not come. ``asked``
    is what the author named, by the long form's keys.
    """

    device: DeviceId
    property: Property
    value: Fields
    asked: Mapping[str, str] = field(compare=False)
    place: Place = field(compare=False)
    fade: Micros = 0
    within: Micros | None = None
    retry: int = 0
    substitute: Fields | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """Puts wants into the run's layers. Never waits."""

    wants: tuple[Want, ...]
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Tell:
    """Tells a device a command, once."""

    device: DeviceId
    command: Command
    fields: Fields
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Pause:
    """``wait: TIME``."""

    time: Micros
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Wait:
    """``wait: {until, for, at_most, else}``. ``until`` None means ``done``: every ask of the run is confirmed.

    ``otherwise`` is the way on when time is up: a step, or ``end`` (the run ends through ``ends``).
    """

    until: Trigger | None
    at_most: Micros
    otherwise: "Step | Literal['end']"
    text: str = field(compare=False)
    place: Place = field(compare=False)
    lasting: Micros = 0


@dataclass(frozen=True, slots=True)
class Stay:
    """Lasts until ``until`` held for ``lasting``, at most ``at_most``; an extension refreshes its time."""

    until: Trigger
    at_most: Micros
    text: str = field(compare=False)
    place: Place = field(compare=False)
    lasting: Micros = 0


@dataclass(frozen=True, slots=True)
class Release:
    """Lets the run's layers go, over ``fade``."""

    fade: Micros
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Say:
    """A line for staff."""

    to: str
    text: str = field(compare=False)
    place: Place = field(compare=False)


Step = Ask | Tell | Pause | Wait | Stay | Release | Say
