"""The words of a device: what it can say (events, states), be asked (properties) and be told (commands).

This is all that scenes ever see of a kind. A kind declares; it never acts.

- An *event* is a body on ``…/event/{name}``; one of a visitor's session is on ``…/session/{name}``. Its boolean and
  numeric fields are states, too: what was said last is what is known.
- A *state* is a value that a device reports and that lasts until it reports another. It may have an *opposite*
  (``occupied``/``empty``).
- A *property* is one thing a device shows or is; what it shall be is the top of a stack of layers. Several *asks* may
  be ways to fill the same property (a light by look, by level or by colour): one replaces the other.
- A *command* is a one-shot with an id; a device does an id once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, NewType, get_args

from pydantic import BaseModel, ConfigDict, Field

DeviceId = NewType("DeviceId", str)  # "hall.name"
Scalar = bool | int | float | str | None
Fields = Mapping[str, Scalar]
ValueType = Literal["bool", "number", "text"]

NOTHING: Fields = MappingProxyType({})
SESSION_PATTERN = r"^[A-Za-z0-9-]{8,64}$"


class Body(BaseModel):
    """A JSON object that crosses the wire. Unknown fields, NaN and infinities are refused; types are not bent."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class EventBody(Body):
    """What every event may carry besides its own fields."""

    id: str | None = Field(default=None, min_length=1, max_length=128, description="unique; a repeat has the same")
    ts: float | str | None = Field(default=None, description="when it happened: epoch seconds or RFC 3339")


class SessionBody(EventBody):
    """What every event of a visitor's session carries besides its own fields: whose it is, and the how-manieth of it.

    The same (``session``, ``seq``) is the same event, said again.
    """

    session: str = Field(pattern=SESSION_PATTERN, description="the visit, under a name that says nothing of the person")
    seq: int = Field(ge=1, description="counts the events of the visit, from 1; a repeat has the same")


class StateBody(Body):
    """What a device reports of itself; every field may be absent."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """How a word reads aloud. ``{}`` takes the value, where there is one.

    A state that is true or false, and an event, read as a clause after the device's name (``is occupied``, ``有人``);
    a number or a text as a noun (``head count``, ``人数``); a command as a verb, each field of it as what follows.
    """

    en: str
    zh: str


AskType = Literal["look", "clip", "page", "level", "colour", "switch", "word", "decibels", "dimming"]


@dataclass(frozen=True, slots=True)
class Ask:
    """One way to fill a property: ``key`` is how a scene spells it, ``of`` is what its value must be.

    A look, a clip and a page are names of the venue's; a ``word`` is one of ``words``, the kind's own.
    A relative ask makes the field that it ``scales`` so many decibels or per cent less than what is wanted otherwise.
    """

    key: str
    of: AskType
    spoken: Spoken = Spoken("{}", "{}")
    words: tuple[str, ...] = ()
    scales: str = ""


def _always(wanted: Fields, reported: Fields) -> bool:  # noqa: ARG001 - the shape of Property.confirmed
    return True


@dataclass(frozen=True, slots=True)
class Property:
    """One thing a device can be asked for.

    ``idle`` is what it is asked when nothing asks (None: it is left as it is). ``within_seconds`` is how long a device
    may take to report what was asked (None: nobody waits for it), ``retry`` how often it is asked again.
    ``confirmed(wanted, reported)`` says whether a report shows what was asked; it sees only ``reports``.
    ``resumes``: a clip can begin in its middle, told as ``at``, in seconds.
    ``relative`` is the ask that makes less of whatever is wanted; a device never hears of it, only of what comes out.
    ``in_step``: several devices can begin what they are asked at one instant, told as ``start_at``.
    """

    name: str
    asks: tuple[Ask, ...]
    idle: Fields | None = None
    within_seconds: float | None = None
    retry: int = 1
    reports: tuple[str, ...] = ()
    confirmed: Callable[[Fields, Fields], bool] = _always
    resumes: bool = False
    relative: Ask | None = None
    in_step: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """A one-shot. ``repeatable``: the device does an id once, so it may be sent again when no answer came."""

    name: str
    body: type[Body]
    repeatable: bool = True
    within_seconds: float = 2.0
    retry: int = 1
    expires_seconds: float = 10.0


# A turn of a visit: the station says an event of the session, is asked to show a page, or is told a command.
Turn = tuple[Literal["says", "is shown", "is told"], str]


@dataclass(frozen=True, slots=True)
class State:
    """A value that lasts. ``opposite`` is the word for "not this" (booleans only)."""

    name: str
    type: ValueType
    opposite: str | None = None
    doc: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of device: one file in ``devices/kinds``.

    ``spoken``: how each word that scenes use of it reads aloud (states, their opposites, events, commands, and
    ``command.field``; ``not word`` for a state that is true or false and has no opposite).
    ``plural`` is how scenes name all of them in a place (``lights in preface``). A ``station`` has visitors' sessions,
    and ``visit`` is one of them that goes well, turn by turn.
    """

    name: str
    title: str
    title_zh: str
    plural: str = ""
    station: bool = False
    events: Mapping[str, type[EventBody]] = field(default_factory=dict)
    state: type[StateBody] = StateBody
    opposites: Mapping[str, str] = field(default_factory=dict)
    properties: tuple[Property, ...] = ()
    commands: tuple[Command, ...] = ()
    examples: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    spoken: Mapping[str, Spoken] = field(default_factory=dict)
    visit: tuple[Turn, ...] = ()
    states: Mapping[str, State] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "plural", self.plural or f"{self.name}s")
        found: dict[str, State] = {}
        for body in (self.state, *self.events.values()):
            lasting = ("bool", "number", "text") if body is self.state else ("bool", "number")
            for name, info in body.model_fields.items():
                value_type = value_type_of(info.annotation)
                if name not in SessionBody.model_fields and value_type in lasting:
                    found[name] = State(name, value_type, self.opposites.get(name), info.description or "")
        object.__setattr__(self, "states", MappingProxyType(found))

    def property_of(self, ask: str) -> Property | None:
        """The property that a scene's key ``ask`` fills, or None."""
        return next((one for one in self.properties if any(way.key == ask for way in one.asks)), None)

    def command(self, name: str) -> Command | None:
        """The command of that name, or None."""
        return next((one for one in self.commands if one.name == name), None)

    def channel_of(self, event: str) -> Literal["event", "session"]:
        """On which channel the event is said. Raises ``KeyError`` for an event that the kind does not have."""
        return "session" if issubclass(self.events[event], SessionBody) else "event"

    def words(self) -> tuple[str, ...]:
        """Every word a scene may use of what this kind says: states, their opposites, events."""
        opposites = (state.opposite for state in self.states.values() if state.opposite)
        return (*self.states, *opposites, *self.events)


def value_type_of(annotation: object) -> ValueType:
    """The type a condition sees for a pydantic field's annotation; Optional is looked through."""
    kinds = [one for one in get_args(annotation) if one is not type(None)] or [annotation]
    if all(one is bool for one in kinds):
        return "bool"
    return "number" if all(one in (int, float) for one in kinds) else "text"
