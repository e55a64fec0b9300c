"""The ways in which a scene starts, and what starts it gives it: frozen, checked, every name resolved."""

from dataclasses import dataclass, field
from typing import Literal

from scenes.condition import Condition
from scenes.hours import TimeOfDay
from scenes.step import Micros, Place, Trigger

ParamType = Literal["text", "number", "word", "row", "clip", "look", "device"]


@dataclass(frozen=True, slots=True)
class Param:
    """What a scene is given when it starts: by an order (``needs``), or by the event that starts it (``gives``).

    ``words``: of which a ``word`` is one, or the ids that there are. ``catalogue``: whose rows a ``row`` is one of.
    """

    name: str
    type: ParamType
    place: Place = field(compare=False)
    words: tuple[str, ...] = ()
    catalogue: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """Starts when ``trigger`` becomes true or happens, after holding for ``dwell``; gaps up to ``gap`` are forgiven."""

    trigger: Trigger
    text: str = field(compare=False)
    place: Place = field(compare=False)
    dwell: Micros = 0
    gap: Micros = 0
    dwell_place: Place | None = field(default=None, compare=False)
    gives: tuple[Param, ...] = ()  # fields of the event that it starts with


@dataclass(frozen=True, slots=True)
class While:
    """Runs as long as ``condition`` is true, from boot on."""

    condition: Condition
    text: str = field(compare=False)
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class By:
    """Starts by an order of people in one of these roles."""

    roles: tuple[str, ...]
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Several:
    """Starts when each of ``items`` came (happened, became true) within ``within``: in any order, or in this one."""

    way: Literal["all", "in_order"]
    items: tuple[Trigger, ...]
    within: Micros
    texts: tuple[str, ...] = field(compare=False)
    places: tuple[Place, ...] = field(compare=False)
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Without:
    """Starts when ``trigger`` neither happened nor was true for ``lasting``; once in each silence."""

    trigger: Trigger
    lasting: Micros
    text: str = field(compare=False)
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class At:
    """Starts at a time of day, on these weekdays (Monday is 0; none named: any).

    ``late``: what becomes of a start that was missed because nobody was there.
    """

    time: TimeOfDay
    days: tuple[int, ...]
    late: Literal["run", "skip"]
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Called:
    """Starts by a call of another scene. No author writes it: a scene that is called has it."""

    place: Place = field(compare=False)


Start = When | While | By | Several | Without | At | Called
