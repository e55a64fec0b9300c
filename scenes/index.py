"""Which scene listens to what, by the key of a value or the name of an event. Derived from venue and stage."""

from collections.abc import Iterator
from dataclasses import dataclass

from devices.contracts.playing import ENDED, PLAY, PLAYING, POSITION
from scenes.condition import Condition
from scenes.model import (
    At,
    Call,
    Phase,
    Scene,
    Several,
    Stay,
    Step,
    Timeline,
    Trigger,
    Venue,
    Wait,
    When,
    While,
    Without,
)
from scenes.named import Fact, Variable
from scenes.using import devices_of


@dataclass(frozen=True, slots=True)
class Listener:
    """One start of one scene; of a start that wants several, one of these."""

    scene: Scene
    start: int
    item: int = 0

    @property
    def trigger(self) -> Trigger:
        """What it listens for."""
        match self.scene.starts[self.start]:
            case When(trigger=trigger) | Without(trigger=trigger):
                return trigger
            case Several(items=items):
                return items[self.item]
            case _:
                raise TypeError(f"{self.scene.id} start {self.start} listens to nothing that becomes true")


class Index:
    """The starts of a venue's scenes by what they listen to, and the waiting runs by what they wait for."""

    def __init__(self, venue: Venue) -> None:
        self.becoming: dict[str, list[Listener]] = {}
        self.happening: dict[str, list[Listener]] = {}
        self.lasting: dict[str, list[Listener]] = {}
        self.whiles: list[Listener] = []
        self.counting: dict[str, list[Variable]] = {}
        self.quiet: dict[str, list[Variable]] = {}  # those that a silence resets
        self.facts: dict[str, list[Fact]] = {}
        self.silences: list[Listener] = []
        self.silent: dict[str, list[Listener]] = {}
        self.timed: list[Listener] = []
        self.clocks = [scene for scene in venue.scenes.values() if scene.phases[0].clock]
        self.restricted: list[Scene] = []  # those that should run as long as something holds, within their own hours
        self.uses = {scene.id: devices_of(scene) for scene in venue.scenes.values()}
        self._waiting: dict[str, dict[tuple[str, str], None]] = {}
        for scene in venue.scenes.values():
            for number, start in enumerate(scene.starts):
                self._add(Listener(scene, number), start)
        self._name(venue)

    def _name(self, venue: Venue) -> None:
        for variable in venue.variables.values():
            counted = (*variable.plus, *variable.minus, *((variable.counts,) if variable.counts is not None else ()))
            for name in dict.fromkeys(one.name for one in counted):
                self.counting.setdefault(name, []).append(variable)
            for key in trigger_keys(variable.heard) if variable.heard is not None else ():
                self.quiet.setdefault(key, []).append(variable)
        for fact in venue.facts.values():
            for key in dict.fromkeys((*fact.begins.keys, *fact.ends.keys)):
                self.facts.setdefault(key, []).append(fact)

    def _add(self, listener: Listener, start: object) -> None:
        match start:
            case When():
                self._listen(listener)
            case Several(items=items):
                for item in reversed(range(len(items))):  # what happens once counts once, in the furthest sequence
                    self._listen(Listener(listener.scene, listener.start, item))
            case Without(trigger=trigger):
                self.silences.append(listener)
                for key in trigger_keys(trigger):
                    self.silent.setdefault(key, []).append(listener)
            case At():
                self.timed.append(listener)
            case While(condition=condition):
                self.whiles.append(listener)
                if listener.scene.hours is not None and listener.scene not in self.restricted:
                    self.restricted.append(listener.scene)
                for key in condition.keys:
                    self.lasting.setdefault(key, []).append(listener)

    def _listen(self, listener: Listener) -> None:
        match listener.trigger:
            case Condition(keys=keys):
                for key in keys:
                    self.becoming.setdefault(key, []).append(listener)
            case happening:
                self.happening.setdefault(happening.name, []).append(listener)

    def watch(self, run: str, strand: str, step: Step | Phase) -> None:
        """From now on news of what ``step`` waits for concern this strand of the run."""
        for key in awaited(run, strand, step):
            self._waiting.setdefault(key, {})[run, strand] = None

    def unwatch(self, run: str, strand: str, step: Step | Phase) -> None:
        """The step waits no more."""
        for key in awaited(run, strand, step):
            waiting = self._waiting.get(key)
            if waiting is not None:
                waiting.pop((run, strand), None)
                if not waiting:
                    del self._waiting[key]

    def waiting_for(self, key: str) -> list[tuple[str, str]]:
        """The runs and their strands that wait for news of ``key``, the longest waiting first."""
        return list(self._waiting.get(key, ()))


def awaited(run: str, strand: str, step: Step | Phase) -> Iterator[str]:
    """The keys whose news can move a waiting step, or a phase that lasts, on."""
    match step:
        case Phase(ways=ways):
            yield from dict.fromkeys(way.trigger.name for way in ways)
        case Wait(until=None):
            yield confirmations_of(run)
        case Call():
            yield returned_to(f"{run} {strand}")
        case Timeline(player=player):
            yield confirmations_of(run)  # where a spare plays in place of the player
            yield from (f"{player}.{word}" for word in (PLAY, PLAYING, POSITION, ENDED))
        case Wait(until=trigger) | Stay(until=trigger):
            yield from trigger_keys(trigger)  # type: ignore[arg-type]


def trigger_keys(trigger: Trigger) -> tuple[str, ...]:
    """The values or the event that a trigger reads."""
    return trigger.keys if isinstance(trigger, Condition) else (trigger.name,)


def returned_to(caller: str) -> str:
    """The key under which the news travel that what a run's strand called is over."""
    return f"returned {caller}"


def confirmations_of(run: str) -> str:
    """The key under which news of a run's confirmations travel; no value has a name with a space."""
    return f"confirmed {run}"
