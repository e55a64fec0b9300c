"""One of the two engines of a replay, and what it decides in terms that both of them share.

Numbers of candidates and runs differ as soon as anything does; what stays is of which scene a candidate is, when it
came, and that a run is the life that a candidate began.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from devices.vocabulary import DeviceId, Scalar
from scenes.effects import Effect, Note
from scenes.engine import Engine
from scenes.layers import key_of
from scenes.model import SceneId
from scenes.stage import Run, SceneLife

Thread = tuple[object, ...]  # what decisions are about that follow one another
ONCE = ("verdict", "ended", "order")  # whose threads hold one decision
_RUN = re.compile(r"\b([a-z][\w.]*)-\d+\b")


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision. Two are the same when thread, content and instant are."""

    thread: Thread
    content: str
    note: Note

    def about(self) -> Thread:
        """Whose course it belongs to: a property's, whoever asks; else its thread's."""
        return self.thread[:3] if self.note.device is not None else self.thread


class Side:
    """An engine whose decisions are looked at."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._born: dict[int, Thread] = {}
        self._same: dict[Thread, int] = {}
        for life in engine.stage.scenes.values():
            for one in life.pending.values():
                self._bear(one.number, one.scene, one.since)

    def decided(self, effects: list[Effect]) -> list[Decided]:
        """The decisions among the effects, in order."""
        found: list[Decided] = []
        for effect in effects:
            if isinstance(effect, Note):
                thread = self._thread(effect)
                if thread is not None:
                    found.append(Decided(thread, _content(effect), effect))
        return found

    def life_of(self, run: str) -> Thread:
        """The run, named by the candidate that began it; by its id where none did."""
        number = run.rpartition("-")[2]
        return self._born.get(int(number), (run,)) if number.isdigit() else (run,)

    def standing(self, scene: str) -> Thread:
        """How a scene stands: the same on both sides when nothing of it differs."""
        stage = self.engine.stage
        life = stage.scenes.get(SceneId(scene), SceneLife())
        return (
            life.armed,
            tuple(sorted((key, until) for key, until in life.cooling.items() if until > stage.now)),
            tuple(self._going(stage.runs[one]) for one in life.runs),
            tuple((self._born.get(one.number), one.start, one.broken_at) for one in life.pending.values()),
            tuple(life.holding),
            tuple(life.again),
        )

    def _going(self, run: Run) -> Thread:
        """Where a run stands, and when what it waits for is due."""
        timers = self.engine.stage.timers
        strands = [
            (one.name, one.path, sorted(timers[it].due for it in one.waiting.timers.values() if it in timers))
            for one in run.strands.values()
            if one.waiting is not None
        ]
        limit = timers[run.limit].due if run.limit in timers else None
        return self.life_of(run.id), run.started, run.phase, run.suspended != "", limit, strands

    def showing(self, name: str) -> Thread:
        """What is asked of a device and known of it."""
        stage, device = self.engine.stage, self.engine.venue.devices.get(DeviceId(name))
        if device is None:
            return ()
        outputs = [stage.outputs.get(key_of(device.id, one.name)) for one in device.kind.properties]
        asked = [one.wanted if one is not None else None for one in outputs]
        return asked, [stage.values.get(f"{device.id}.{one}") for one in device.kind.states]

    def value(self, key: str) -> Scalar:
        """What is known under that name."""
        return self.engine.stage.values.get(key)

    def has(self, life: Thread) -> bool:
        """Whether that run goes on here."""
        return any(self.life_of(one) == life for one in self.engine.stage.runs)

    def _thread(self, note: Note) -> Thread | None:
        run = self.life_of(note.run) if note.run is not None else ()
        match note.what:
            case "pending" if note.candidate is not None:
                self._bear(note.candidate, note.scene, note.at)
            case "verdict":
                number = note.candidate or 0
                if number not in self._born:
                    self._bear(number, note.scene, note.at)
                return "verdict", *self._born[number]
            case "wanted" | "substituted":
                return note.what, note.device, note.details.get("property"), *run
            case "told":
                return "told", note.device, note.details.get("command"), *run
            case "phase" | "said" | "suspended" | "resumed":
                return note.what, note.scene, *run
            case "ended":
                return "ended", *run
            case "order":
                return "order", note.details.get("id")
            case "safety" | "hours":
                return (note.what,)
            case "variable" | "fact":
                return note.what, note.details.get("name")
            case "stands_in" | "stands_back":
                return note.what, note.device
        return None

    def _bear(self, number: int, scene: str | None, at: int) -> None:
        born = (scene or "", at)
        self._same[born] = self._same.get(born, 0) + 1
        self._born[number] = (*born, self._same[born])


def _content(note: Note) -> str:
    """What was decided, without what numbers it."""
    details = {key: value for key, value in note.details.items() if key not in ("id", "lasted_us")}
    if note.what == "verdict":
        return str(note.verdict)
    if note.what in ("variable", "fact"):
        return str(note.details.get("value"))
    shown = details if note.what in ("wanted", "substituted", "told") else _parts(note)
    return _RUN.sub(r"\1", ", ".join(f"{key} {value}" for key, value in shown.items()))


def _parts(note: Note) -> dict[str, object]:
    return dict(_some_of(note))


def _some_of(note: Note) -> Iterator[tuple[str, object]]:
    for key in ("phase", "why", "text", "answer", "state"):
        if note.details.get(key) is not None:
            yield key, note.details[key]
