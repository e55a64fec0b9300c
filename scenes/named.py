"""What the venue gives a name: variables that count by themselves, facts with two thresholds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from devices.vocabulary import Scalar
from scenes.condition import Condition
from scenes.step import Happening, Micros, Place, SceneId, Trigger

Resets = Literal["never", "day", "visit", "silence"]


@dataclass(frozen=True, slots=True)
class Variable:
    """A value that counts by itself, outside any run.

    A ``table`` has a number for each text that the field ``each`` of the event ``counts`` had. ``silence``: it is as at
    first again when ``heard`` was not heard for ``after``.
    """

    name: str
    type: Literal["number", "word", "table"]
    initial: Scalar
    place: Place = field(compare=False)
    words: tuple[str, ...] = ()
    plus: tuple[Happening, ...] = ()
    minus: tuple[Happening, ...] = ()
    counts: Happening | None = None
    each: str = ""
    resets: Resets = "never"
    heard: Trigger | None = None
    after: Micros = 0


@dataclass(frozen=True, slots=True)
class Fact:
    """A name for a condition with two thresholds: true from ``begins`` on until ``ends``, each after ``lasting``."""

    name: str
    begins: Condition
    ends: Condition
    place: Place = field(compare=False)
    lasting: Micros = 0
    ends_place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Mode:
    """One switch that changes many scenes. It is a scene itself, of that name: here stands what it changes beyond that.

    ``instead``: clips by role. Scenes that it ``arms`` are armed only while such a mode lasts.
    """

    name: SceneId
    place: Place = field(compare=False)
    disarms: tuple[SceneId, ...] = ()
    arms: tuple[SceneId, ...] = ()
    instead: Mapping[str, str] = field(default_factory=dict)
    keys: Mapping[str, Place] = field(default_factory=dict, compare=False)

    def key(self) -> str:
        """How conditions name it."""
        return f"mode.{self.name}"


def disarmed_by(modes: Iterable[Mode], values: Mapping[str, Scalar], scene: SceneId) -> Mode | None:
    """The mode because of which the scene does not start now; None: none is against it."""
    concerned = [one for one in modes if scene in (*one.disarms, *one.arms)]
    disarming = next((one for one in concerned if scene in one.disarms and values.get(one.key()) is True), None)
    arming = [one for one in concerned if scene in one.arms]
    if disarming is not None or not arming:
        return disarming
    return None if any(values.get(one.key()) is True for one in arming) else arming[0]
