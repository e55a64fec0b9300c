"""The gates between an event and a run, in order. Each passes, waits, or ends the candidate with one verdict.

Not every way to start goes through every gate: the table says which.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from devices.vocabulary import Fields
from scenes import claims, queues
from scenes.decision import Decision
from scenes.model import ENDS, At, Parallel, Place, Queue, Scene, When
from scenes.named import disarmed_by
from scenes.stage import Candidate, CandidateSource, Run
from scenes.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Stopped:
    """The candidate ends here: the rule that stopped it and the values that decided."""

    verdict: Verdict
    place: Place
    details: Fields = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Waits:
    """The candidate waits for what somebody else holds."""

    place: Place
    details: Fields


GateAnswer = Stopped | Waits | Literal["pass", "wait"]
Gate = Callable[[Decision, Scene, Candidate], GateAnswer]
Column = CandidateSource | Literal["called"]  # out of the queue, whatever its source was


def hold_back(decision: Decision, scene: Scene) -> GateAnswer:
    """Nothing starts while the house is evacuated."""
    safety = decision.stage.safety
    if not safety.holds():
        return "pass"
    evacuation = decision.venue.evacuation
    place = evacuation.place if evacuation is not None else scene.place
    return Stopped(Verdict.HELD_BY_SAFETY, place, {"state": safety.state, "why": safety.why})


def _safety(decision: Decision, scene: Scene, _: Candidate) -> GateAnswer:
    return hold_back(decision, scene)


def _fresh(_: Decision, scene: Scene, candidate: Candidate) -> GateAnswer:
    if not candidate.stale:
        return "pass"
    verdict = Verdict.RETAINED if candidate.stale == "retained" else Verdict.STALE
    return Stopped(verdict, scene.starts[candidate.start].place, {"why": candidate.stale})


def _in_time(_: Decision, scene: Scene, candidate: Candidate) -> GateAnswer:
    start = scene.starts[candidate.start]
    if not candidate.stale or not isinstance(start, At):
        return "pass"
    return Stopped(Verdict.MISSED, start.place, {"at": candidate.stale, "late": start.late})


def _edge(_: Decision, scene: Scene, candidate: Candidate) -> GateAnswer:
    if candidate.edge:
        return "pass"
    start = scene.starts[candidate.start]
    what = start.text if isinstance(start, When) else "it"
    return Stopped(Verdict.NO_EDGE, start.place, {"what": what, "why": "it was true before"})


def _dwell(decision: Decision, scene: Scene, candidate: Candidate) -> GateAnswer:
    start = scene.starts[candidate.start]
    if not isinstance(start, When) or not start.dwell:
        return "pass"
    if decision.at >= candidate.since + start.dwell and candidate.broken_at is None:
        return "pass"
    return "wait"


def _armed(decision: Decision, scene: Scene, _: Candidate) -> GateAnswer:
    if not decision.scene_life(scene).armed:
        return Stopped(Verdict.DISARMED, scene.place)
    mode = disarmed_by(decision.venue.modes.values(), decision.stage.values, scene.id)
    if mode is None:
        return "pass"
    return Stopped(Verdict.DISARMED, mode.place, {"mode": mode.name})


def _hours(decision: Decision, scene: Scene, _: Candidate) -> GateAnswer:
    hours = decision.venue.hours
    if scene.hours is None:
        return "pass"
    wall = decision.at + decision.stage.offset
    if scene.hours == "open":
        is_inside = decision.stage.values.get("venue.open") is True
    else:
        is_inside = hours is not None and scene.hours.holds(hours.minute(wall))
    if is_inside:
        return "pass"
    time = f"{hours.local(wall):%H:%M}" if hours is not None else None
    return Stopped(Verdict.CLOSED, scene.where("hours"), {"hours": str(scene.hours), "time": time})


def _cooldown(decision: Decision, scene: Scene, candidate: Candidate) -> GateAnswer:
    until = decision.scene_life(scene).cooling.get(candidate.key, 0)
    if until <= decision.at:
        return "pass"
    return Stopped(Verdict.COOLING, scene.where("cools"), {"left_us": until - decision.at, "of_us": scene.cools})


def _condition(decision: Decision, scene: Scene, _: Candidate) -> GateAnswer:
    if scene.condition is None:
        return "pass"
    values = decision.stage.values
    holds = scene.condition.holds(values)
    if holds:
        return "pass"
    verdict = Verdict.CONDITION_UNKNOWN if holds is None else Verdict.CONDITION_FALSE
    details = {"if": scene.condition.text, "values": scene.condition.because(values)}
    return Stopped(verdict, scene.where("if"), details)


def _busy(decision: Decision, scene: Scene, candidate: Candidate) -> GateAnswer:
    busy, running = scene.busy, decision.running(scene, candidate.key)
    waiting = queues.waiting(decision, scene, candidate.key)
    is_free = len(running) < busy.most if isinstance(busy, Parallel) else not running
    if is_free and (candidate.queue == "called" or not queues.is_ahead(decision, scene, candidate.key)):
        return "pass"
    run = running[-1] if running else None
    if candidate.source != "while" and (busy == "restart" or isinstance(busy, Queue)):
        if isinstance(busy, Queue) and len(waiting) >= busy.length:
            return Stopped(Verdict.QUEUE_FULL, scene.where("busy"), {"waiting": len(waiting), **_whom(run)})
        return "wait"
    is_deaf = run is None or run.phase == ENDS or run.suspended != ""
    verdict = Verdict.EXTENDED if busy == "extend" and not is_deaf else Verdict.BUSY
    return Stopped(verdict, scene.where("busy"), _whom(run))


def _whom(run: Run | None) -> Fields:
    """The run that it found."""
    return {"run": run.id} if run is not None else {}


def _claim(decision: Decision, scene: Scene, candidate: Candidate) -> GateAnswer:
    details = claims.obstacle(decision, scene)
    if details is None:
        return "pass"
    others = [one for one in claims.waiting(decision.stage, scene) if one is not candidate]
    if scene.takes and not others:
        return Waits(scene.where("takes"), details)
    return Stopped(Verdict.CLAIM_DENIED, scene.where("takes"), details)


_EVENT: CandidateSource = "event"
_CALENDAR: CandidateSource = "calendar"
_EVERY: tuple[Column, ...] = (_EVENT, "order", "while", _CALENDAR, "called")

_CALLED_TOO: tuple[Column, ...] = (*_EVERY, "call")

GATES: tuple[tuple[Gate, tuple[Column, ...]], ...] = (
    (_safety, _CALLED_TOO),
    (_fresh, (_EVENT,)),
    (_in_time, (_CALENDAR,)),
    (_edge, (_EVENT,)),
    (_dwell, (_EVENT,)),
    (_armed, _EVERY),
    (_hours, _EVERY),
    (_cooldown, (_EVENT,)),
    (_condition, _EVERY),
    (_busy, _CALLED_TOO),
    (_claim, _CALLED_TOO),
)
AT_DWELL, AT_BUSY = (next(n for n, (one, _) in enumerate(GATES) if one is gate) for gate in (_dwell, _busy))


def _column(candidate: Candidate) -> Column:
    """Out of the queue it passes anew what can have changed; what another scene calls, no more than before."""
    return "called" if candidate.queue == "called" and candidate.source != "call" else candidate.source


def walk(decision: Decision, scene: Scene, candidate: Candidate) -> GateAnswer:
    """Through the gates from where the candidate stands; ``wait`` keeps it standing there."""
    for number in range(candidate.gate, len(GATES)):
        gate, sources = GATES[number]
        if _column(candidate) in sources:
            answer = gate(decision, scene, candidate)
            if answer != "pass":
                candidate.gate = number
                return answer
    return "pass"
