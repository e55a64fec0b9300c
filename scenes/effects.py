"""What a decision asks of the outside. Effects leave in the order in which they were decided.

``Set`` is a level and may go at once. ``Tell`` and ``Answer`` are one-shots: they leave after their cause is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from devices.contracts.house import SafetyWord, SceneWord
from devices.contracts.orders import AnswerWord
from devices.vocabulary import DeviceId, Fields, Scalar
from scenes.model import Place, SceneId
from scenes.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Set:
    """What a property of a device shall be from now on, reached over ``fade`` microseconds.

    ``starts``: the instant at which it begins, in step with other devices.
    """

    at: int
    device: DeviceId
    property: str
    value: Fields
    fade: int
    id: str
    band: int = 0  # of the layer that asks; safety waits for nothing
    starts: int | None = None
    position: int = 0  # where in its clip it begins, microseconds


@dataclass(frozen=True, slots=True)
class Tell:
    """A one-shot. ``expires``: engine time after which it shall not be done."""

    at: int
    device: DeviceId
    command: str
    fields: Fields
    id: str
    expires: int


@dataclass(frozen=True, slots=True)
class Answer:
    """The one answer to an order. ``last``: nobody gave an id, so it goes to ``reply/last``, too."""

    at: int
    id: str
    answer: AnswerWord
    why: str
    run: str | None = None
    verdict: Verdict | None = None
    reply_to: str | None = None
    correlation: str | None = None
    last: bool = False


@dataclass(frozen=True, slots=True)
class SceneState:
    """What a scene is doing, for everybody to see. Times are engine time."""

    at: int
    scene: SceneId
    state: SceneWord
    band: str
    since: int
    run: str | None = None
    until: int | None = None
    why: str | None = None
    step: str | None = None
    queued: int | None = None  # how many wait for their turn


@dataclass(frozen=True, slots=True)
class SafetyState:
    """How the latch of the evacuation stands, for everybody to see. ``until``: when this ends by itself."""

    at: int
    state: SafetyWord
    since: int
    why: str = ""
    by: str = ""
    until: int | None = None


@dataclass(frozen=True, slots=True)
class NamedState:
    """The value of a variable, a fact or a mode, for everybody to see; of a table, a number for each topic."""

    at: int
    sort: Literal["variable", "fact", "mode"]
    name: str
    value: Scalar | Mapping[str, Scalar]
    since: int


NoteWord = Literal[
    "verdict", "pending", "started", "suspended", "resumed", "ended", "step", "phase", "said",
    "wanted", "confirmed", "retried", "substituted", "failed", "drifted",
    "told", "done", "again", "unknown", "expired",
    "heard", "duplicate", "late", "refused", "online", "offline",
    "stands_in", "stands_back",
    "order", "link", "restarted", "reloaded", "reload_refused", "reload_unchanged", "clock", "armed", "disarmed",
    "safety", "hours", "variable", "fact", "mode",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Note:
    """Something decided or seen, kept for people: ``why``, ``watch``, panel and replay read nothing else.

    ``details`` are the values that decided; their names belong to the ``what``.
    """

    at: int
    what: NoteWord
    scene: SceneId | None = None
    run: str | None = None
    device: DeviceId | None = None
    verdict: Verdict | None = None
    place: Place | None = None
    candidate: int | None = None
    details: Fields = field(default_factory=dict)


Effect = Set | Tell | Answer | SceneState | SafetyState | NamedState | Note
