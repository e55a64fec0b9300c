"""Where two engines decide differently, and by what that came about.

A difference follows from an earlier one when its run, its scene, its device, or a value that its scene reads has
differed since; it belongs to the first cause of that. Where none of these has, and its own scene was not edited, it
belongs to the nearest first cause whose consequences still go on. All else is a first cause.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass

from controller.replay.side import ONCE, Decided, Side, Thread
from scenes.condition import Condition
from scenes.effects import Note
from scenes.model import Happening

Subject = tuple[str, object]  # a run, a scene or a device that differs


@dataclass(eq=False, slots=True)
class Difference:
    """``then``: what was decided; ``now``: what is decided with the edited venue. None: nothing."""

    then: Decided | None
    now: Decided | None
    follows: list["Difference"] = field(default_factory=list)
    cause: "Difference | None" = None  # None: it is a first cause

    @property
    def first(self) -> Decided:
        """What was decided of the two, earlier where both were."""
        both = [one for one in (self.then, self.now) if one is not None]
        return min(both, key=lambda one: one.note.at)

    @property
    def moved(self) -> int | None:
        """By how many microseconds the same decision comes later; None: it is another."""
        if self.then is None or self.now is None or self.then.content != self.now.content:
            return None
        return self.now.note.at - self.then.note.at

    def all(self) -> Iterator["Difference"]:
        """It and what follows."""
        yield self
        yield from self.follows


class Differences:
    """Compares two sides step by step. ``edited``: scenes, variables and facts that are not what they were."""

    def __init__(self, then: Side, now: Side, edited: Collection[str]) -> None:
        self.causes: list[Difference] = []
        self._then = then
        self._now = now
        self._edited = edited
        self._open: dict[Thread, Difference] = {}
        self._latest: dict[Thread, Difference] = {}  # of a property: what differed last
        self._differs: dict[Subject, Difference] = {}  # what differs → by which first cause
        self._read: dict[int, tuple[Subject, ...]] = {}

    def compare(self, then: list[Decided], now: list[Decided]) -> None:
        """What both sides decided at one instant."""
        for thread in dict.fromkeys(one.thread for one in _in_order(then, now)):
            mine = [one for one in then if one.thread == thread]
            other = [one for one in now if one.thread == thread]
            for number in range(max(len(mine), len(other))):
                was = mine[number] if number < len(mine) else None
                is_ = other[number] if number < len(other) else None
                self._pair(thread, was, is_)

    def settle(self, foreign: Iterable[str]) -> None:
        """What differs no more is forgotten. ``foreign``: devices whose answers are not those of the journal."""
        alien = set(foreign)
        for subject in list(self._differs):
            what, name = subject
            match what:
                case "run":
                    over = self._is_same_run(name)  # type: ignore[arg-type]
                case "scene":
                    over = self._then.standing(str(name)) == self._now.standing(str(name))
                case "value":
                    over = self._then.value(str(name)) == self._now.value(str(name))
                case _:
                    same = self._then.showing(str(name)) == self._now.showing(str(name))
                    over = same and str(name) not in alien
            if over:
                del self._differs[subject]

    def _is_same_run(self, life: Thread) -> bool:
        """Over on both sides, or just where it is on the other."""
        both = self._then.has(life), self._now.has(life)
        return not any(both) or (all(both) and self._then.standing(str(life[0])) == self._now.standing(str(life[0])))

    def _pair(self, thread: Thread, then: Decided | None, now: Decided | None) -> None:
        if then is not None and now is not None:
            self._open.pop(thread, None)
            self._latest.pop(now.about(), None)
            if (then.content, then.note.at) != (now.content, now.note.at):
                self._add(Difference(then, now))
            return
        half = self._open.get(thread)
        one = then if then is not None else now
        other = None if half is None else half.now if then is not None else half.then
        if half is not None and one is not None and other is not None and self._fits(half, one, other):
            half.then, half.now = half.then or then, half.now or now
            del self._open[thread]
            self._taint(half)
            return
        found = Difference(then, now)
        self._open[thread] = self._latest[found.first.about()] = found
        self._add(found)

    def _fits(self, half: Difference, one: Decided, other: Decided) -> bool:
        """Whether the two are one decision of both sides, that fell differently or at another instant."""
        if one.thread[0] in ONCE:
            return True
        return one.content == other.content and self._latest.get(one.about()) is half

    def _add(self, one: Difference) -> None:
        one.cause = self._cause(one)
        if one.cause is None:
            self.causes.append(one)
        else:
            one.cause.follows.append(one)
        self._taint(one)

    def _taint(self, one: Difference) -> None:
        for decided, side in ((one.then, self._then), (one.now, self._now)):
            if decided is not None:
                for subject in _subjects(decided.note, side):
                    self._differs.setdefault(subject, one.cause or one)

    def _cause(self, one: Difference) -> Difference | None:
        """The first cause from which it follows; None: it is one."""
        for decided, side in ((one.then, self._then), (one.now, self._now)):
            if decided is None:
                continue
            for subject in _subjects(decided.note, side):
                if subject in self._differs:
                    return self._differs[subject]
            for subject in self._reads(decided.note, side):
                if subject in self._differs:
                    return self._differs[subject]
        note = one.first.note
        name = note.scene or str(note.details.get("name", ""))
        return None if name in self._edited else next(reversed(self._differs.values()), None)

    def _reads(self, note: Note, side: Side) -> tuple[Subject, ...]:
        """What the scene, variable or fact of a note listens to."""
        venue, name = side.engine.venue, str(note.details.get("name", ""))
        found: object = venue.scenes.get(note.scene) if note.scene is not None else None
        if note.what in ("variable", "fact"):
            found = venue.facts.get(name) or venue.variables.get(name.partition(".")[0])
        if found is None:
            return ()
        if id(found) not in self._read:
            self._read[id(found)] = tuple(dict.fromkeys(read_by(found)))
        return self._read[id(found)]


def _subjects(note: Note, side: Side) -> Iterator[Subject]:
    if note.run is not None:
        yield "run", side.life_of(note.run)
    if note.scene is not None:
        yield "scene", note.scene
    if note.device is not None:
        yield "device", note.device
    if note.what in ("variable", "fact"):
        yield "value", str(note.details.get("name"))


def _in_order(then: list[Decided], now: list[Decided]) -> list[Decided]:
    return sorted([*then, *now], key=lambda one: one.note.at)


def read_by(found: object) -> Iterator[Subject]:
    """What the conditions and starts of a scene, variable or fact listen to: devices, values, and modes, as scenes."""
    for key in _keys(found):
        yield "value", key
        yield ("scene", key.removeprefix("mode.")) if key.startswith("mode.") else ("device", key.rpartition(".")[0])


def _keys(value: object) -> Iterator[str]:
    match value:
        case Condition():
            yield from value.keys
        case Happening():
            yield value.name
        case tuple():
            for one in value:
                yield from _keys(one)
        case _ if is_dataclass(value) and not isinstance(value, type):
            for one in fields(value):
                yield from _keys(getattr(value, one.name))
