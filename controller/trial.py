"""A test of scenes, played: the real engine, devices that answer as in a rehearsal, and a clock that jumps.

The house has been open for a minute when the test begins. Everything due at an instant happens before what is expected
at that instant is looked at.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import assert_never

from controller.cast import Cast, Line
from controller.inbox import understand
from controller.venue.trials.model import (
    Claim,
    Expectation,
    HadVerdict,
    Holds,
    Moment,
    Order,
    Presence,
    Saying,
    SceneIs,
    Started,
    Trial,
    Wanted,
    WasSaid,
    WasTold,
)
from controller.whatif import saying, session_at
from devices.topics import device_topic, house_topic
from link.port import Arrival
from scenes.effects import Effect, Note, Set, Tell
from scenes.engine import Engine
from scenes.inputs import LinkUp, Restarted
from scenes.layers import key_of, strongest_of, top_of
from scenes.model import SceneId, Venue, Want
from scenes.reading import scene_state
from scenes.stage import Stage
from scenes.verdicts import Verdict

SETTLES = 60 * 1_000_000  # how long the house has been open at 0 s


@dataclass(frozen=True, slots=True)
class Failure:
    """What was expected and was not so: what was instead, and the notes that tell why."""

    expectation: Expectation
    instead: str
    why: tuple[Note, ...]


@dataclass(slots=True)
class _Seen:
    """What has happened since 0 s."""

    notes: list[Note] = field(default_factory=list)
    told: list[Tell] = field(default_factory=list)


class Playing:
    """One test, from a minute before its 0 s to its last expectation."""

    def __init__(self, venue: Venue, trial: Trial, cast: Cast) -> None:
        self.engine = Engine(venue)
        self._trial = trial
        self._cast = cast
        self._seen = _Seen()
        self._number = 0

    def play(self) -> list[Failure]:
        """What was not as expected, in the order of time."""
        self._begin()
        begins, expects, moments = self._trial.begins, list(self._trial.expects), list(self._trial.moments)
        failures: list[Failure] = []
        since = 0  # how much had happened when the last expectation was met
        while expects:
            times = [moments[0].at if moments else None, expects[0].time, self._due()]
            at = min(one for one in times if one is not None)
            self._advance(begins + at)
            while moments and moments[0].at == at:
                self._happen(moments.pop(0), begins + at)
                self._advance(begins + at)
            while expects:
                one = expects[0]
                if one.time > at and (one.word == "at" or not self._holds(one, since)):
                    break
                if not self._holds(one, since):
                    failures.append(self._failure(one))
                expects.pop(0)
                since = len(self._seen.notes)
        return failures

    def _due(self) -> int | None:
        """From 0 s on."""
        times = [one for one in (self.engine.due(), self._cast.due()) if one is not None]
        return max(0, min(times) - self._trial.begins) if times else None

    def _begin(self) -> None:
        at = self._trial.begins - SETTLES
        self._took(self.engine.take(Restarted(at, self._next(), f"test {self._trial.name}", 1, 0)))
        self._cast.begin(at)
        self._advance(at)
        for one in self._trial.given:
            arrival = self._said(one)
            self._hear(Arrival(arrival.topic, arrival.payload, retained=True), at)
        self._took(self.engine.take(LinkUp(at, self._next())))
        self._advance(self._trial.begins - 1)
        self._seen = _Seen()

    def _happen(self, moment: Moment, at: int) -> None:
        for act in moment.acts:
            match act:
                case Saying():
                    arrival = self._said(act)
                    if _is_of_a_visit(arrival):
                        session, seq = session_at(self.engine.stage, act.device)
                        self._cast.visited(act.device, "" if act.word == "gone" else session, seq)
                    self._hear(arrival, at)
                case Presence(device, online):
                    topic = device_topic(self.engine.venue.id, device, "status")
                    self._hear(Arrival(topic, b"online" if online else b"offline"), at)
                case Order(verb, target, body):
                    topic = house_topic(self.engine.venue.id, "order", verb, *([target] if target else []))
                    self._hear(Arrival(topic, json.dumps(body).encode()), at)
                case _ as never:
                    assert_never(never)

    def _said(self, one: Saying) -> Arrival:
        session = session_at(self.engine.stage, one.device)
        return saying(self.engine.venue, one.device, one.word, one.value, one.fields or {}, session)

    def _advance(self, to: int) -> None:
        """What is due by then happens, in the order of time: timers before what devices say at the same instant."""
        while True:
            line, timer = self._cast.due(), self.engine.due()
            at = min(one for one in (line, timer, to + 1) if one is not None)
            if at > to:
                break
            if timer is not None and timer <= at:
                self._took(self.engine.advance(at))
            else:
                said = self._cast.next_line()
                if said is not None and not self._is_the_tests(said, at):
                    self._hear(said.arrival, at)
        self._took(self.engine.advance(to))

    def _is_the_tests(self, line: Line, at: int) -> bool:
        """What sensors and visitors say stands in the test; a sensor says of itself only how it is when it wakes."""
        kind = self.engine.venue.devices[line.device].kind
        is_sensor = not kind.properties and not kind.commands
        return _is_of_a_visit(line.arrival) or (is_sensor and at > self._trial.begins - SETTLES)

    def _hear(self, arrival: Arrival, at: int) -> None:
        self._took(self.engine.take(understand(self.engine.venue, arrival, at, self._next())))

    def _took(self, effects: list[Effect]) -> None:
        for effect in effects:
            match effect:
                case Set():
                    self._cast.told(effect)
                case Tell():
                    self._seen.told.append(effect)
                    self._cast.told(effect)
                case Note():
                    self._seen.notes.append(effect)
                case _:
                    pass

    def _next(self) -> int:
        self._number += 1
        return self._number

    # what is expected

    def _holds(self, expectation: Expectation, since: int) -> bool:
        """``since``: where looking for what happens begins; an expectation ``at`` an instant looks at all of it."""
        notes = self._seen.notes[since if expectation.word == "by" else 0 :]
        match expectation.claim:
            case SceneIs(scene, word):
                return scene_state(self.engine.stage, self.engine.venue.scenes[scene]).state == word
            case HadVerdict(scene, verdict):
                found = [one for one in notes if one.what == "verdict" and one.scene == scene]
                looked_at = found if expectation.word == "by" else found[-1:]
                return any(one.verdict == verdict for one in looked_at)
            case Started(scene, count):
                return self._starts(scene) == count
            case Wanted() as wanted:
                return is_wanted(self.engine.stage, wanted)
            case WasTold(device, command):
                return any((one.device, one.command) == (device, command) for one in self._seen.told)
            case WasSaid(text):
                return any(one.what == "said" and one.details.get("text") == text for one in notes)
            case Holds(condition):
                return condition.holds(self.engine.stage.values) is True
            case _ as never:
                assert_never(never)

    def _starts(self, scene: SceneId) -> int:
        return sum(one.scene == scene and one.verdict is Verdict.STARTED for one in self._seen.notes)

    def _failure(self, expectation: Expectation) -> Failure:
        instead = self._instead(expectation.claim)
        return Failure(expectation, instead, tuple(_reasons(expectation.claim, self._seen.notes)))

    def _instead(self, claim: Claim) -> str:
        stage, venue = self.engine.stage, self.engine.venue
        match claim:
            case SceneIs(scene, _):
                return f"it is {scene_state(stage, venue.scenes[scene]).state}"
            case HadVerdict(scene, _):
                last = [one.verdict for one in self._seen.notes if one.what == "verdict" and one.scene == scene]
                return f"its last verdict is {last[-1]}" if last else "nothing could have started it"
            case Started(scene, _):
                return f"it started {self._starts(scene)} times"
            case Wanted(devices, _, shown, _):
                return "; ".join(f"{one} {_shown(stage, one) if shown else _asked(stage, one)}" for one in devices)
            case WasTold(device, _):
                told = [one.command for one in self._seen.told if one.device == device]
                return f"it was told {', '.join(told) or 'nothing'}"
            case WasSaid():
                lines = [str(one.details.get("text")) for one in self._seen.notes if one.what == "said"]
                return f"staff were told: {'; '.join(lines) or 'nothing'}"
            case Holds(condition):
                return condition.because(stage.values)
            case _ as never:
                assert_never(never)


def _is_of_a_visit(arrival: Arrival) -> bool:
    """Of a station's session: the test speaks for the visitor, and for what the machine made."""
    return "/session/" in arrival.topic


def is_wanted(stage: Stage, claim: Wanted) -> bool:
    """Whether all of the devices are asked for that, or show it."""
    if not claim.wants:
        mine = [one for one in stage.outputs.values() if one.device in claim.devices]
        return not any(one.layers for one in mine)
    return all(_is_shown(stage, one) if claim.shown else _is_asked(stage, one) for one in claim.wants)


def _is_asked(stage: Stage, want: Want) -> bool:
    output = stage.outputs.get(key_of(want.device, want.property.name))
    if want.times is not None:
        strongest = strongest_of(stage, output) if output is not None else None
        return strongest is not None and strongest.times == want.times
    return output is not None and output.wanted is not None and dict(want.value).items() <= output.wanted.items()


def _is_shown(stage: Stage, want: Want) -> bool:
    reported = {name: stage.values.get(f"{want.device}.{name}") for name in want.property.reports}
    return want.property.confirmed(want.value, reported)


def _asked(stage: Stage, device: str) -> str:
    """What it is asked for, and by whom."""
    said = []
    for output in stage.outputs.values():
        if output.device == device and output.wanted is not None:
            top = top_of(stage, output)
            words = " ".join(str(output.wanted.get(key)) for key in ("look", "clip", "page") if output.wanted.get(key))
            value = words or ", ".join(f"{key} {value}" for key, value in output.wanted.items())
            said.append(f"{value} ({top.run if top is not None else 'nothing asks'})")
    return f"is asked for {'; '.join(said) or 'nothing'}"


def _shown(stage: Stage, device: str) -> str:
    mine = {key.rpartition(".")[2]: value for key, value in stage.values.items() if key.startswith(f"{device}.")}
    return f"shows {', '.join(f'{key} {value}' for key, value in mine.items()) or 'nothing'}"


def _reasons(claim: Claim, notes: list[Note]) -> Iterator[Note]:
    """The last notes about the scene or device of a claim: why it is as it is."""
    match claim:
        case SceneIs(scene, _) | HadVerdict(scene, _) | Started(scene, _):
            mine = _last(notes, lambda one: one.scene == scene and one.what in ("verdict", "pending", "ended"))
        case Wanted(devices, _, _, _):
            mine = _last(notes, lambda one: one.device in devices and one.what not in ("online", "offline"))
        case WasTold(device, _):
            mine = _last(notes, lambda one: one.device == device)
        case _:
            mine = _last(notes, lambda one: one.what == "verdict")
    yield from mine


def _last(notes: list[Note], fits: Callable[[Note], bool]) -> list[Note]:
    return [one for one in notes if fits(one)][-3:]
