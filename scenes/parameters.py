"""What a scene is given, and what ``$name`` stands for in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from devices.vocabulary import Fields
from scenes.place import Place

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
class Put:
    """What is put in when it is played: as the field ``key``; or, where there are ``choices``, the fields by its value.

    ``choices`` are known at load: each row of a catalogue, each word, each clip that it may be.
    """

    given: Given
    key: str = ""
    choices: Mapping[str, Fields] | None = None
