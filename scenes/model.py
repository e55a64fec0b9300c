"""Scenes as they are after loading: frozen, checked, every name resolved. All times are whole microseconds.

A ``Place`` never counts when two scenes are compared, nor does a text for people: a scene that only moved within its
file, or has another title, is unchanged.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Literal

from devices.vocabulary import DeviceId
from scenes.busy import Busy, Parallel, Queue
from scenes.clips import Clip
from scenes.condition import Condition
from scenes.device import Device, Spare, Trim
from scenes.hours import Hours, Span, TimeOfDay
from scenes.named import Fact, Mode, Variable
from scenes.start import At, By, Called, Param, ParamType, Several, Start, When, While, Without
from scenes.step import (
    SECOND,
    Add,
    Ask,
    Assign,
    Branch,
    Call,
    Change,
    Choose,
    Given,
    Group,
    Happening,
    Micros,
    Moment,
    Pause,
    Place,
    Put,
    Release,
    Repeat,
    Say,
    SceneId,
    Stay,
    Step,
    Tell,
    Timeline,
    Together,
    Trigger,
    Wait,
    Want,
)

__all__ = [  # the steps stand in scenes/step.py, the ways to start in scenes/start.py
    "ENDS",
    "SECOND",
    "Add",
    "AfterCrash",
    "Ask",
    "Assign",
    "At",
    "Band",
    "Branch",
    "Busy",
    "By",
    "Call",
    "Called",
    "Change",
    "Choose",
    "Clip",
    "ClockEntry",
    "Cue",
    "Device",
    "Drill",
    "Evacuation",
    "Fact",
    "Given",
    "Group",
    "Hall",
    "Happening",
    "Loses",
    "Micros",
    "Mode",
    "Moment",
    "OnReload",
    "Parallel",
    "Param",
    "ParamType",
    "Pause",
    "Phase",
    "Place",
    "Put",
    "Queue",
    "Release",
    "Remote",
    "RemoteButton",
    "Repeat",
    "Row",
    "Say",
    "Scene",
    "SceneId",
    "Sessions",
    "Several",
    "Spare",
    "Start",
    "Stay",
    "Step",
    "Tell",
    "Timeline",
    "Together",
    "Trigger",
    "Trim",
    "Variable",
    "Venue",
    "Wait",
    "Want",
    "Way",
    "When",
    "While",
    "Without",
]


class Band(IntEnum):
    """Named priority. Among equals the latest wins. No configuration can name safety."""

    HOUSE = 0
    AMBIENT = 1
    EXHIBIT = 2
    SESSION = 3
    TOUR = 4
    STAFF = 5
    SAFETY = 6


AfterCrash = Literal["stop", "restart", "resume"]
OnReload = Literal["finish", "restart", "stop"]
Loses = Literal["suspend", "carry_on", "stop"]
Sessions = Literal["finish_their_phase", "stop"]


@dataclass(frozen=True, slots=True)
class Way:
    """Out of a phase: when ``trigger`` happens, on to the phase ``to``."""

    trigger: Happening
    to: str


@dataclass(frozen=True, slots=True)
class Cue:
    """One named moment of a tour. What it wants stays until a later cue wants otherwise or gives the device back.

    ``ways``: name → cue, for `go` with a way. ``stays``: past its longest time it is shown on, and staff are told.
    """

    title: Mapping[str, str] = field(compare=False)
    wants: tuple[Want, ...] = ()
    gives_back: tuple[DeviceId, ...] = ()
    ways: Mapping[str, str] = field(default_factory=dict)
    stays: bool = False


@dataclass(frozen=True, slots=True)
class ClockEntry:
    """What is asked for from a time of day on."""

    time: TimeOfDay
    wants: tuple[Want, ...]
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Phase:
    """A named stretch of a run. A plain scene has one, ``does``.

    After its steps a phase lasts until one of its ``ways`` happens, at most ``at_most``; then the run goes on to
    ``otherwise``, or ends where there is none. ``visits``: how often a run may come here. A ``critical`` phase is not
    stopped by an order: the run ends when the phase is over. One with a ``clock`` lasts until the run ends.
    """

    name: str
    steps: tuple[Step, ...]
    place: Place | None = field(default=None, compare=False)
    ways: tuple[Way, ...] = ()
    at_most: Micros | None = None
    otherwise: str | None = None
    visits: int | None = None
    critical: bool = False
    cue: Cue | None = None
    clock: tuple[ClockEntry, ...] = ()

    def lasts(self) -> bool:
        """Whether the run stays here after the steps."""
        return self.at_most is not None or bool(self.ways) or self.cue is not None or bool(self.clock)


ENDS = "ends"  # the phase every run closes with


@dataclass(frozen=True, slots=True)
class Scene:
    """A named behaviour. ``phases`` in order; ``ends`` always, once, last. ``keys`` tells where each gate stands.

    ``takes``: halls and stations, in the order of names, held whole while it runs. ``loses``: what becomes of a run
    when a higher band takes what it uses. ``sessions``: what the visitors' sessions do that are going on there.
    """

    id: SceneId
    title: Mapping[str, str] = field(compare=False)
    band: Band
    starts: tuple[Start, ...]
    phases: tuple[Phase, ...]
    ends: Phase
    after_crash: AfterCrash
    place: Place = field(compare=False)
    hours: Span | Literal["open"] | None = None
    condition: Condition | None = None
    busy: Busy = "ignore"
    cools: Micros = 0
    cools_from: Literal["end", "start"] = "end"
    at_most: Micros | None = None
    station: DeviceId | None = None
    takes: tuple[str, ...] = ()
    loses: Loses = "suspend"
    sessions: Sessions = "finish_their_phase"
    needs: tuple[Param, ...] = ()  # what an order has to give
    per: Given | None = None  # by what ``busy`` and ``cools`` count
    resting: tuple[Want, ...] = ()  # shown while it is out of order
    on_reload: OnReload = "finish"
    keys: Mapping[str, Place] = field(default_factory=dict, compare=False)

    def where(self, key: str) -> Place:
        """Where the author wrote ``key``; the scene's own place when the default holds."""
        return self.keys.get(key, self.place)

    def phase(self, name: str) -> Phase:
        """The phase of that name; ``ends`` is one of them. Raises ``KeyError``."""
        for phase in (*self.phases, self.ends):
            if phase.name == name:
                return phase
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Hall:
    """A part of the building, and what it is divided into: titles by language, by the id of the section or city."""

    id: str
    title: Mapping[str, str]
    place: Place = field(compare=False)
    sections: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    cities: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RemoteButton:
    """What a button of a remote orders. ``scene`` empty: the one tour that goes on. ``event``: pressed or held."""

    button: int
    event: str
    verb: str
    scene: str
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Remote:
    """A remote in somebody's hand: whose orders its buttons give."""

    id: str
    device: DeviceId
    role: str
    buttons: tuple[RemoteButton, ...]
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Drill:
    """An evacuation that is none: the same looks, another ``speech``, and it ends by itself. ``roles``: who may."""

    roles: tuple[str, ...]
    speech: tuple[Want, ...]
    at_most: Micros
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Evacuation:
    """What the house does when it must be left. ``input``: as long as it holds, the evacuation cannot be lifted.

    ``look``: the safe look, ``lights``: for every one but emergency luminaires. Screens not in ``screens`` are dark.
    """

    input: Condition
    text: str = field(compare=False)
    look: str
    lights: tuple[Want, ...]
    speech: tuple[Want, ...]
    place: Place = field(compare=False)
    screens: tuple[Want, ...] = ()
    drill: Drill | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a catalogue: its cells by column, as texts."""

    id: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Venue:
    """One exhibition and all its configuration. ``config`` is the digest of the texts it was loaded from.

    ``places``: halls by id, in the author's order; empty where none are described. ``catalogues``: rows by name.
    ``remotes`` by the device that they are. Without ``hours`` it is always open.
    """

    id: str
    title: Mapping[str, str]
    devices: Mapping[DeviceId, Device]
    scenes: Mapping[SceneId, Scene]
    config: str = ""
    places: Mapping[str, Hall] = field(default_factory=dict)
    catalogues: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    remotes: Mapping[DeviceId, Remote] = field(default_factory=dict)
    clips: Mapping[str, Clip] = field(default_factory=dict)
    variables: Mapping[str, Variable] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    modes: Mapping[SceneId, Mode] = field(default_factory=dict)
    evacuation: Evacuation | None = None
    hours: Hours | None = None

    def halls(self) -> tuple[str, ...]:
        """The halls, ``house`` among them where it has devices, in the order of names."""
        return tuple(sorted({device.split(".")[0] for device in self.devices}))
