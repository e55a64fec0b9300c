"""One decision: everything that one input, or one due time, changes, and the effects of it."""

from dataclasses import dataclass
from hashlib import blake2s

from devices.vocabulary import NOTHING, DeviceId, Fields, Scalar
from scenes.effects import Effect, Note, NoteWord
from scenes.index import Index
from scenes.model import Group, Place, Scene, SceneId, Venue
from scenes.stage import DeviceLife, Run, SceneLife, Stage
from scenes.timers import Timers
from scenes.verdicts import Verdict


@dataclass(slots=True)
class Unsettled:
    """A property whose layers changed. ``fade``: over which time a layer was let go, if one was.

    ``position``: behind which effect its one message belongs.
    """

    fade: int
    position: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """A property does not show what is wanted. ``shows`` is what it reported instead; None: nothing came in time."""

    why: str
    shows: Fields | None = None


class Decision:
    """What the rooms of the engine share while they decide. Lives for one input or one due time."""

    def __init__(self, venue: Venue, index: Index, stage: Stage, timers: Timers, at: int) -> None:
        self.venue = venue
        self.index = index
        self.stage = stage
        self.timers = timers
        self.at = at
        self.effects: list[Effect] = []
        self.news: dict[str, None] = {}  # values that changed, events that happened, confirmations that came
        self.unsettled: dict[str, Unsettled] = {}
        self.touched: dict[SceneId, None] = {}
        self.doubts: dict[str, Doubt] = {}  # properties that do not show what was wanted before this decision
        self.completed: set[tuple[SceneId, int]] = set()  # starts of several of which the last came
        self.closed: dict[SceneId, None] = {}  # scenes of which a run is over
        self.groups: dict[tuple[str, Group, str], int] = {}  # run, group, property → number of what is asked as one
        self.standing: dict[DeviceId, None] = {}  # devices that may be in another state of health
        self.sessions: dict[DeviceId, str] = {}  # station → the session of which it speaks in this decision
        self.former: dict[str, Scalar] = {}  # what the venue's own values were before they changed
        self.named: dict[str, None] = {}  # variables, facts and modes of which everybody is told
        self.began = stage.number  # what has a higher number began in this decision
        self.claimed = False  # claims changed, or something began beneath one: who is covered is looked at anew
        self.safety = False  # whether how the evacuation stands is to be told
        self.calls: dict[str, None] = {}  # strands that stand before a call
        self.failed: dict[tuple[str, str], str] = {}  # run, visit of a phase → why: a step failed after it was done

    def note(
        self,
        what: NoteWord,
        *,
        scene: SceneId | None = None,
        run: str | None = None,
        device: DeviceId | None = None,
        verdict: Verdict | None = None,
        place: Place | None = None,
        candidate: int | None = None,
        details: Fields = NOTHING,
    ) -> None:
        """Keeps something for people to read."""
        self.effects.append(Note(self.at, what, scene, run, device, verdict, place, candidate, details))

    def scene_life(self, scene: Scene) -> SceneLife:
        """What is remembered of ``scene``; asking for it marks the scene as touched."""
        self.touched[scene.id] = None
        found = self.stage.scenes.get(scene.id)
        if found is None:
            found = self.stage.scenes[scene.id] = SceneLife()
        return found

    def running(self, scene: Scene, key: str | None = None) -> list[Run]:
        """The runs of ``scene``, the longest running first; those of one key, where one is named."""
        life = self.stage.scenes.get(scene.id)
        found = [self.stage.runs[one] for one in life.runs] if life is not None else []
        return [run for run in found if key in (None, run.key)]

    def device_life(self, device: DeviceId) -> DeviceLife:
        """What is remembered of ``device``."""
        found = self.stage.devices.get(device)
        if found is None:
            found = self.stage.devices[device] = DeviceLife()
        return found

    def set_value(self, key: str, value: Scalar) -> None:
        """A value becomes known; news only when it differs."""
        if key not in self.stage.values or self.stage.values[key] != value:
            self.stage.values[key] = value
            self.news[key] = None

    def change(self, key: str, value: Scalar) -> None:
        """A value of the venue's own changes by itself: it can start a scene as what a device says can."""
        self.former.setdefault(key, self.stage.values.get(key))
        self.set_value(key, value)

    def one_shot_id(self, *parts: str) -> str:
        """A hash of what caused a one-shot, never a counter: the same cause has the same id, after a restart, too."""
        return blake2s("|".join((self.stage.journal, *parts)).encode(), digest_size=8).hexdigest()
