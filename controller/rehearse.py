"""Rehearsal: the real configuration and the real engine with simulated devices and visitors, on a clock that jumps.

No loop, no broker: a heap of (at, number, bytes). What leaves the engine becomes bytes, reaches the models of the
devices, and their answers come back as bytes. The same seed gives the same hash; so does every process.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from controller.cast import Cast
from devices.vocabulary import DeviceId
from link.port import Arrival, Outgoing
from scenes.effects import Effect, Note, Set, Tell
from scenes.engine import Engine
from scenes.inputs import Input, LinkUp, Restarted
from scenes.model import Venue
from scenes.stage import Stage
from scenes.verdicts import Verdict
from simulators.models.acts import Act
from simulators.models.model import Model

Understand = Callable[[Venue, Arrival, int, int], Input]
Letter = Callable[[Set | Tell], Outgoing]


@dataclass(slots=True)
class Report:
    """What a rehearsal saw. ``hash`` is over every verdict and every output value with its engine time, in order."""

    acts: int = 0
    messages: int = 0
    candidates: int = 0
    pending: int = 0
    started: Counter[str] = field(default_factory=Counter)
    lasted: Counter[str] = field(default_factory=Counter)
    stopped: dict[str, Counter[str]] = field(default_factory=dict)
    because: dict[tuple[str, str], Note] = field(default_factory=dict)
    failed: Counter[str] = field(default_factory=Counter)
    sets: int = 0
    commands: int = 0
    hash: str = ""


class Rehearsal:
    """One rehearsal. ``understand`` and ``letter`` are the same functions that a running controller uses.

    ``look`` is given the stage after each decision, and may not change it.
    """

    def __init__(
        self,
        venue: Venue,
        models: Mapping[DeviceId, Model],
        understand: Understand,
        letter: Letter,
        seed: int,
        *,
        look: Callable[[Stage], None] | None = None,
    ) -> None:
        self._engine = Engine(venue)
        self._cast = Cast(models, letter)
        self._understand = understand
        self._seed = seed
        self._look = look
        self._inputs = 0
        self._hash = hashlib.sha256()
        self.report = Report()

    def run(self, visits: Iterator[Act], *, begin: int, until: int) -> Report:
        """From ``begin`` to ``until`` (engine time, microseconds)."""
        self._see(self._engine.take(Restarted(begin, self._next(), f"rehearsal {self._seed}", 1, 0)))
        self._cast.begin(begin)
        self._see(self._engine.take(LinkUp(begin, self._next())))
        visit = next(visits, None)
        while True:
            due, said = self._engine.due(), self._cast.due()
            at = min(
                until if due is None else due, until if said is None else said, until if visit is None else visit.at
            )
            if at >= until:
                break
            if due == at:
                self._see(self._engine.advance(at))
            elif said == at:
                line = self._cast.next_line()
                if line is not None:
                    self._hear(line.arrival, at)
            elif visit is not None:
                self.report.acts += 1
                self._cast.walk(visit)
                visit = next(visits, None)
        self._see(self._engine.advance(until))
        stage = self._engine.stage
        self.report.candidates, self.report.pending = stage.candidates, stage.pending()
        self.report.hash = self._hash.hexdigest()[:32]
        return self.report

    def _hear(self, arrival: Arrival, at: int) -> None:
        self.report.messages += 1
        self._see(self._engine.take(self._understand(self._engine.venue, arrival, at, self._next())))

    def _see(self, effects: list[Effect]) -> None:
        for effect in effects:
            match effect:
                case Set() | Tell():
                    self._send(effect)
                case Note():
                    self._note(effect)
                case _:
                    pass
        if self._look is not None:
            self._look(self._engine.stage)

    def _send(self, effect: Set | Tell) -> None:
        if isinstance(effect, Set):
            self.report.sets += 1
            said = ("set", effect.device, effect.property, sorted(effect.value.items()), effect.fade)
        else:
            self.report.commands += 1
            said = ("tell", effect.device, effect.command, sorted(effect.fields.items()), 0)
        self._hash.update(f"{effect.at} {said}\n".encode())
        self._cast.told(effect)

    def _note(self, note: Note) -> None:
        if note.what == "verdict" and note.verdict is not None and note.scene is not None:
            self._hash.update(f"{note.at} {note.scene} {note.verdict}\n".encode())
            if note.verdict is Verdict.STARTED:
                self.report.started[note.scene] += 1
            else:
                self.report.stopped.setdefault(note.scene, Counter())[note.verdict] += 1
                self.report.because.setdefault((note.scene, note.verdict), note)
        elif note.what == "ended" and note.scene is not None:
            lasted = note.details.get("lasted_us")
            self.report.lasted[note.scene] += lasted if isinstance(lasted, int) else 0
        elif note.what in ("failed", "unknown") and note.device is not None:
            self.report.failed[note.device] += 1

    def _next(self) -> int:
        self._inputs += 1
        return self._inputs
