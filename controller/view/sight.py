"""The house as it looks from outside: a value, built from what is heard at the broker and kept in the journal.

All times are wall time in microseconds since 1970.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from devices.contracts.house import SafetyBody, SceneBody
from devices.vocabulary import NOTHING, DeviceId, Fields
from scenes.effects import Note
from scenes.model import SceneId, Venue

SECOND = 1_000_000
Language = Literal["en", "zh"]
TrickWord = Literal["visitor", "one more", "kill", "lies", "vanishes", "well", "start", "go", "evacuate", "lift"]


@dataclass(frozen=True, slots=True)
class Wish:
    """What one property of a device shall show. ``values`` None: nothing asks, and nothing was asked before.

    ``patience``: for how long a difference is no trouble yet. ``since``: when it was wished, or when the device began
    to show something else. ``scene``: which scene asks.
    """

    values: Fields | None = None
    since: int = 0
    patience: int = 0
    failed: bool = False
    scene: SceneId | None = None


@dataclass(frozen=True, slots=True)
class DeviceSight:
    """What a device says of itself, and what is wished of it, by property.

    ``online`` None: it never said. ``begun``: since when a value is what it is, where we were there to hear it change.
    """

    online: bool | None = None
    values: Fields = field(default_factory=lambda: NOTHING)
    begun: Mapping[str, int] = field(default_factory=dict)
    wishes: Mapping[str, Wish] = field(default_factory=dict)
    event: str = ""
    event_at: int = 0


@dataclass(frozen=True, slots=True)
class ControllerSight:
    """``online`` None: it was never heard. ``gone_at``: since when it is away; ``away``: how long it was, last time."""

    online: bool | None = None
    since: int = 0
    epoch: int = 0
    killed: bool = False
    gone_at: int | None = None
    back_at: int | None = None
    away: int = 0


@dataclass(frozen=True, slots=True)
class Decided:
    """A note worth a line."""

    at: int
    note: Note


@dataclass(frozen=True, slots=True)
class Trick:
    """Something that the person at the keys did. ``subject``: the device or the scene it was done to."""

    at: int
    word: TrickWord
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Sight:
    """All that can be seen. ``link`` None: the broker was not reached yet. ``missed``: devices noted as gone.

    ``safety`` None: nothing was heard of an evacuation.
    """

    link: bool | None = None
    controller: ControllerSight = ControllerSight()
    devices: Mapping[DeviceId, DeviceSight] = field(default_factory=dict)
    scenes: Mapping[SceneId, SceneBody] = field(default_factory=dict)
    safety: SafetyBody | None = None
    missed: frozenset[DeviceId] = frozenset()
    lines: tuple[Decided | Trick, ...] = ()


@dataclass(frozen=True, slots=True)
class Poster:
    """What does not change while the house is watched.

    ``lengths``: file of a clip → microseconds. ``keys``: which keys do something. ``hints``: commands to try elsewhere.
    """

    venue: Venue
    broker: str
    language: Language
    lengths: Mapping[str, int] = field(default_factory=dict)
    keys: str = "q"
    hints: tuple[str, ...] = ()
