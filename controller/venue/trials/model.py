"""A test of scenes as it is after reading: what is given, what happens, what is expected. Microseconds from its 0 s."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from devices.vocabulary import DeviceId, Fields, Scalar
from scenes.condition import Condition
from scenes.model import Place, SceneId, Want


@dataclass(frozen=True, slots=True)
class Saying:
    """A device says an event with its fields, or that a state is ``value`` (None: true)."""

    device: DeviceId
    word: str
    value: Scalar = None
    fields: Fields | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """Somebody orders something."""

    verb: str
    target: str
    body: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Presence:
    """A device comes or goes."""

    device: DeviceId
    online: bool


@dataclass(frozen=True, slots=True)
class Moment:
    """Everything that happens at one instant."""

    at: int
    acts: tuple[Saying | Order | Presence, ...]


@dataclass(frozen=True, slots=True)
class SceneIs:
    """The scene's state, in the word that everybody is told."""

    scene: SceneId
    word: str


@dataclass(frozen=True, slots=True)
class HadVerdict:
    """The scene's last candidate ended so."""

    scene: SceneId
    verdict: str


@dataclass(frozen=True, slots=True)
class Started:
    """The scene started so often."""

    scene: SceneId
    count: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """The devices are asked for this, or (``shown``) report it. No ``wants``: nothing asks them for anything."""

    devices: tuple[DeviceId, ...]
    wants: tuple[Want, ...]
    shown: bool
    text: str


@dataclass(frozen=True, slots=True)
class WasTold:
    """The device was told this command."""

    device: DeviceId
    command: str


@dataclass(frozen=True, slots=True)
class WasSaid:
    """Staff were told this."""

    text: str


@dataclass(frozen=True, slots=True)
class Holds:
    """The condition is true."""

    condition: Condition


Claim = SceneIs | HadVerdict | Started | Wanted | WasTold | WasSaid | Holds


@dataclass(frozen=True, slots=True)
class Expectation:
    """``at``: so at that instant. ``by``: at the latest then, looked for from the expectation before it on."""

    time: int
    word: Literal["at", "by"]
    claim: Claim
    place: Place


@dataclass(frozen=True, slots=True)
class Trial:
    """One test. ``begins``: wall time of its 0 s. ``silent``: devices that answer nothing."""

    name: str
    place: Place
    begins: int
    given: tuple[Saying, ...]
    silent: frozenset[DeviceId]
    moments: tuple[Moment, ...]
    expects: tuple[Expectation, ...]
