"""What a run does, step by step, and what a step is made of: frozen, checked, every name resolved.

All times are whole microseconds. A ``Place`` never counts when two steps are compared, nor does a text for people.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NewType

from devices.vocabulary import Command, DeviceId, Fields, Property, Scalar
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
class Given:
    """``$name`` or ``$name.column``: looked up when it is played (``given.look_up``).

    ``catalogue``: whose row ``name`` is; empty for a plain value, a variable, or the queue.
    """

    name: str
    column: str
    text: str = field(compare=False)
    place: Place = field(compare=False)
    catalogue: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """An event by name (``hall.device.word``): it happens and does not last."""

    name: str
    place: Place = field(compare=False)


Trigger = Condition | Happening


@dataclass(frozen=True, slots=True)
class Group:
    """Devices that are asked as one, in their order.

    ``apart``: one after the other with this time between them, in reverse when they are let go. ``in_step``: all begin
    at one instant. ``need``: so many confirmations are enough, and only fewer bring the substitute, for all.
    ``spelled``: how any venue with these devices can name them.
    """

    devices: tuple[DeviceId, ...]
    spelled: str = field(compare=False)
    apart: Micros = 0
    in_step: bool = False
    need: int | None = None


@dataclass(frozen=True, slots=True)
class Put:
    """What is put in when it is played: as the field ``key``; or, where there are ``choices``, the fields by its value.

    ``choices`` are known at load: each row of a catalogue, each word, each clip that it may be.
    """

    given: Given
    key: str = ""
    choices: Mapping[str, Fields] | None = None


@dataclass(frozen=True, slots=True)
class Want:
    """One level asked of one property of one device.

    ``within`` None: nobody waits for a confirmation. ``substitute`` is asked instead when it does not come. ``asked``
    is what the author named, by the long form's keys. ``puts`` and ``or_puts``: what is put into value and substitute.
    ``times``: relative, the share that is left of what is wanted otherwise; ``value`` is empty then. ``group``: None
    where the device is asked for itself.
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
    puts: tuple[Put, ...] = ()
    or_puts: tuple[Put, ...] = ()
    times: float | None = None
    group: Group | None = None


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
    puts: tuple[Put, ...] = ()


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
    """A line for staff. ``parts``: the text in pieces, as written or put in; empty: nothing is put in."""

    to: str
    text: str = field(compare=False)
    place: Place = field(compare=False)
    parts: tuple[str | Given, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Change:
    """Of a variable; ``topic`` is which number of a table."""

    variable: str
    value: Scalar | Given
    topic: str | Given = ""


@dataclass(frozen=True, slots=True)
class Add:
    """``add: {inside: 2}``: so much more, or less."""

    changes: tuple[Change, ...]
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Assign:
    """``set: {language: en}``: this from now on."""

    changes: tuple[Change, ...]
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Branch:
    """One way of a choose. ``holds``: its condition, or the word that what is chosen by must be."""

    holds: Condition | str
    steps: "tuple[Step, ...]"
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Choose:
    """``choose``: the first branch that holds; ``otherwise`` where none does (empty: goes on).

    ``of``: what the branches have a word each for; None: each has a condition.
    """

    branches: tuple[Branch, ...]
    otherwise: "tuple[Step, ...]"
    place: Place = field(compare=False)
    of: Given | None = None


@dataclass(frozen=True, slots=True)
class Together:
    """``together``: every branch at once; over when all are over."""

    branches: "tuple[tuple[Step, ...], ...]"
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Repeat:
    """``repeat``: the steps so many times, one after the other."""

    times: int
    steps: "tuple[Step, ...]"
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Moment:
    """What is asked when the player is so far in its film."""

    at: Micros
    ask: Ask


@dataclass(frozen=True, slots=True)
class Timeline:
    """``timeline``: moments in their order, on the player's own clock; over when it plays on no more.

    ``property``: what the player is asked its film by. ``otherwise``: the way on when ``at_most`` is up.
    """

    player: DeviceId
    property: str
    moments: tuple[Moment, ...]
    at_most: Micros
    otherwise: "Step | Literal['end']"
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """``call``: starts another scene and waits for its end. ``params``: what that scene is given."""

    scene: SceneId
    params: tuple[tuple[str, Scalar | Given], ...]
    place: Place = field(compare=False)


Step = Ask | Tell | Pause | Wait | Stay | Release | Say | Choose | Together | Repeat | Timeline | Call | Add | Assign


def branch(step: Step, number: int) -> tuple[Step, ...]:
    """The steps within a step, by the number of their branch.

    0 is the way on of what waits, and a repeat has the same steps for every number; what a choose does where nothing
    holds comes behind its branches.
    """
    match step:
        case Wait(otherwise=otherwise) | Timeline(otherwise=otherwise) if otherwise != "end":
            return (otherwise,)
        case Choose(branches=branches, otherwise=others):
            return branches[number].steps if number < len(branches) else others
        case Together(branches=several):
            return several[number]
        case Repeat(steps=steps):
            return steps
        case _:
            raise LookupError(f"no step stands within {step}")


def branches(step: Step) -> tuple[tuple[Step, ...], ...]:
    """Everything that stands within a step: each branch once."""
    match step:
        case Choose():
            return (*(one.steps for one in step.branches), step.otherwise)
        case Together():
            return step.branches
        case Repeat():
            return (step.steps,)
        case Wait() if step.otherwise != "end":
            return ((step.otherwise,),)
        case Timeline():
            return (tuple(one.ask for one in step.moments), *([(step.otherwise,)] if step.otherwise != "end" else []))
        case _:
            return ()


def every(steps: Iterable[Step]) -> Iterator[Step]:
    """These steps and all that stand within them, in the order in which they are written."""
    for step in steps:
        yield step
        for one in branches(step):
            yield from every(one)
