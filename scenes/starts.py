"""Candidates: an event, a lasting condition or an order that could start a scene, from its coming to its one verdict.

At every instant: ended + pending = candidates. A report that takes up a dwell again after a forgiven interruption, or
repeats what must last while it lasts, is no new candidate: it is the one that waits, speaking again.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from devices.vocabulary import NOTHING, Fields, Scalar
from scenes import claims, phases, queues, runs
from scenes.condition import plain
from scenes.decision import Decision
from scenes.gates import AT_BUSY, AT_DWELL, Stopped, Waits, hold_back, walk
from scenes.given import look_up
from scenes.index import Listener, returned_to
from scenes.model import Queue, Scene, When, While
from scenes.reasons import verdict_words
from scenes.stage import Candidate, CandidateSource, Run
from scenes.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Conclusion:
    """How a candidate ended, or that it still waits (``verdict`` None)."""

    verdict: Verdict | None
    run: str | None
    details: Fields


def lasting(decision: Decision, listeners: list[Listener]) -> None:
    """``while``: starts what holds from now on, ends what holds no more."""
    for listener in listeners:
        start = listener.scene.starts[listener.start]
        holds = isinstance(start, While) and start.condition.holds(decision.stage.values)
        life = decision.stage.scenes.get(listener.scene.id)
        held = life is not None and listener.start in life.holding
        if holds and not held:
            decision.scene_life(listener.scene).holding.append(listener.start)
            _last(decision, listener.scene, listener.start)
        elif held and not holds and life is not None:
            life.holding.remove(listener.start)
            life.again = [one for one in life.again if one != listener.start]
            _give_up_waiting(decision, listener)
            for run in decision.running(listener.scene):
                if run.start == listener.start and life.holding:
                    run.start = life.holding[0]  # another reason keeps it
                elif run.start == listener.start and not run.suspended:  # else it ends when nothing covers it
                    runs.finish(decision, run, f"no longer: {_text(listener)}")


def closed(decision: Decision, scene: Scene) -> None:
    """A run is over: who waited longest has his turn; what became true while it ran, and still is, starts now."""
    for candidate in queues.waiting(decision, scene):
        if queues.is_next(decision, scene, candidate):
            _call(decision, scene, candidate)
    life = decision.scene_life(scene)
    again, life.again = life.again, []
    for start in again:
        _last(decision, scene, start)


def armed(decision: Decision, scene: Scene) -> None:
    """What should have been running starts now, or when what runs is over."""
    life = decision.scene_life(scene)
    for start in life.holding[:]:
        if not life.runs:
            _last(decision, scene, start)
        elif start not in life.again and all(run.start != start for run in decision.running(scene)):
            life.again.append(start)


def _last(decision: Decision, scene: Scene, start: int) -> None:
    end = open_candidate(decision, scene, start, "while")
    if end.verdict in (Verdict.BUSY, Verdict.EXTENDED, Verdict.CLAIM_DENIED):
        decision.scene_life(scene).again.append(start)


def open_candidate(
    decision: Decision,
    scene: Scene,
    start: int,
    source: CandidateSource,
    *,
    stale: str = "",
    edge: bool = True,
    params: Mapping[str, Scalar] = NOTHING,
    caller: str = "",
) -> Conclusion:
    """A new candidate; walks as far as it comes."""
    stage = decision.stage
    stage.candidates += 1
    candidate = Candidate(
        number=stage.next_number(),
        scene=scene.id,
        start=start,
        source=source,
        key=_key(decision, scene, params),
        since=decision.at,
        stale=stale,
        edge=edge,
        params=dict(params),
        caller=caller,
        session=phases.speaking(decision, scene),
    )
    return _walk(decision, scene, candidate)


def _key(decision: Decision, scene: Scene, params: Mapping[str, Scalar]) -> str:
    """By what busy and cooldown of the scene are counted; empty: everything together."""
    value = look_up(decision, params, scene.per) if scene.per is not None else None
    return plain(value) if value is not None else ""


def due(decision: Decision, scene: Scene, number: int, action: str) -> None:
    """A dwell is over, an interruption lasted too long, or somebody waited too long for his turn."""
    candidate = decision.scene_life(scene).pending[number]
    candidate.timers.pop(action, None)
    if action == "gap":
        _break_dwell(decision, scene, candidate)
    elif action == "dwell":
        _walk(decision, scene, candidate)
    elif isinstance(scene.busy, Queue):
        details = {"of_us": scene.busy.wait}
        _conclude(decision, scene, candidate, Stopped(Verdict.WAITED_TOO_LONG, scene.busy.place, details))


def withdraw(decision: Decision, scene: Scene, why: str) -> int:
    """Ends all pending candidates of a scene; returns how many."""
    pending = list(decision.scene_life(scene).pending.values())
    for candidate in pending:
        _conclude(decision, scene, candidate, Stopped(Verdict.WITHDRAWN, scene.place, {"why": why}))
    return len(pending)


def held(decision: Decision, scene: Scene) -> None:
    """The house is evacuated: what waits at a gate does not start."""
    life = decision.scene_life(scene)
    for candidate in list(life.pending.values()):
        answer = hold_back(decision, scene)
        if isinstance(answer, Stopped):
            _conclude(decision, scene, candidate, answer)
    life.again.clear()


def subject(candidate: Candidate) -> str:
    """How timers name a pending candidate."""
    return f"{candidate.number} {candidate.scene}"


def _walk(decision: Decision, scene: Scene, candidate: Candidate) -> Conclusion:
    answer = walk(decision, scene, candidate)
    if answer == "wait":
        return _hold(decision, scene, candidate)
    if isinstance(answer, Waits):
        _wait(decision, scene, candidate, answer)
        return Conclusion(None, None, answer.details)
    if isinstance(answer, Stopped):
        _conclude(decision, scene, candidate, answer)
        run_id = answer.details.get("run")
        if answer.verdict is Verdict.EXTENDED and isinstance(run_id, str):
            runs.extend(decision, decision.stage.runs[run_id])
        elif answer.verdict is Verdict.QUEUE_FULL and isinstance(scene.busy, Queue):
            queues.refused(decision, scene, scene.busy)
        return Conclusion(answer.verdict, run_id if isinstance(run_id, str) else None, answer.details)
    run_name = f"{scene.id}-{candidate.number}"
    _conclude(decision, scene, candidate, Stopped(Verdict.STARTED, scene.starts[candidate.start].place))
    given = (candidate.key, candidate.session, candidate.params, candidate.caller)
    runs.begin(decision, scene, candidate.start, run_name, *given)
    return Conclusion(Verdict.STARTED, run_name, {})


def taken_up(decision: Decision, candidate: Candidate) -> None:
    """What it waits for may be free: it passes every gate again."""
    candidate.gate = 0
    _walk(decision, decision.venue.scenes[candidate.scene], candidate)


def given_up(decision: Decision, scene: Scene, number: int) -> None:
    """It has waited long enough for what somebody else holds."""
    candidate = decision.scene_life(scene).pending[number]
    details = {"waited_us": claims.PATIENCE, **(claims.obstacle(decision, scene) or {})}
    _conclude(decision, scene, candidate, Stopped(Verdict.CLAIM_DENIED, scene.where("takes"), details))
    if candidate.source == "while":
        decision.scene_life(scene).again.append(candidate.start)


def _give_up_waiting(decision: Decision, listener: Listener) -> None:
    """What should last lasts no more, and has not begun: it waited for what somebody else holds."""
    for candidate in claims.waiting(decision.stage, listener.scene):
        if (candidate.start, candidate.source) == (listener.start, "while"):
            start = listener.scene.starts[listener.start]
            values = start.condition.because(decision.stage.values) if isinstance(start, While) else ""
            end = Stopped(Verdict.CONDITION_FALSE, start.place, {"if": _text(listener), "values": values})
            _conclude(decision, listener.scene, candidate, end)


def _wait(decision: Decision, scene: Scene, candidate: Candidate, answer: Waits) -> None:
    """The candidate waits for what somebody else holds, for a while."""
    if "claim" in candidate.timers:
        return
    decision.scene_life(scene).pending[candidate.number] = candidate
    candidate.timers["claim"] = decision.timers.start(decision.at + claims.PATIENCE, "claim", subject(candidate))
    details = {"at_most_us": claims.PATIENCE, **answer.details}
    decision.note("pending", scene=scene.id, candidate=candidate.number, place=answer.place, details=details)


def _hold(decision: Decision, scene: Scene, candidate: Candidate) -> Conclusion:
    """The candidate waits at its gate."""
    if candidate.gate == AT_BUSY:
        return _queue(decision, scene, candidate)
    life = decision.scene_life(scene)
    if candidate.number not in life.pending:
        start = _when(Listener(scene, candidate.start))
        life.pending[candidate.number] = candidate
        name = subject(candidate)
        candidate.timers["dwell"] = decision.timers.start(candidate.since + start.dwell, "dwell", name)
        decision.note(
            "pending",
            scene=scene.id,
            candidate=candidate.number,
            place=start.dwell_place,
            details={"for_us": start.dwell},
        )
    return Conclusion(None, None, {})


def _queue(decision: Decision, scene: Scene, candidate: Candidate) -> Conclusion:
    """It waits for its turn. With ``restart`` it replaces those who waited, and ends what runs."""
    former, candidate.queue = queues.waiting(decision, scene, candidate.key), "waits"
    decision.scene_life(scene).pending[candidate.number] = candidate
    if isinstance(scene.busy, Queue):
        if "queue" not in candidate.timers:
            due = decision.at + scene.busy.wait
            candidate.timers["queue"] = decision.timers.start(due, "queue", subject(candidate))
        queues.changed(decision, scene)
    else:
        for one in former:
            _conclude(decision, scene, one, Stopped(Verdict.REPLACED, scene.where("busy"), {"why": "by a later one"}))
        for run in decision.running(scene, candidate.key):
            _replace(decision, scene, run)
        if not decision.running(scene, candidate.key):
            return _call(decision, scene, candidate)
    behind = decision.running(scene, candidate.key)
    details = {"turn": queues.turn(decision, scene, candidate), "run": behind[0].id if behind else None}
    decision.note("pending", scene=scene.id, candidate=candidate.number, place=scene.where("busy"), details=details)
    return Conclusion(None, None, details)


def _replace(decision: Decision, scene: Scene, run: Run) -> None:
    """It ends for a later start; what lasts comes back behind that."""
    life = decision.scene_life(scene)
    if run.start in life.holding and run.start not in life.again:
        life.again.append(run.start)
    runs.finish(decision, run, "another start replaced it")


def _call(decision: Decision, scene: Scene, candidate: Candidate) -> Conclusion:
    """Its turn has come: it passes the gates anew that can have changed meanwhile."""
    candidate.queue, candidate.gate = "called", 0
    return _walk(decision, scene, candidate)


def interrupt(decision: Decision, scene: Scene, candidate: Candidate) -> None:
    """What must last is gone; it may come back within the gap."""
    start = _when(Listener(scene, candidate.start))
    if candidate.broken_at is not None:
        return
    candidate.broken_at = decision.at
    if start.gap:
        candidate.timers["gap"] = decision.timers.start(decision.at + start.gap, "gap", subject(candidate))
    else:
        _break_dwell(decision, scene, candidate)


def take_up(decision: Decision, scene: Scene, candidate: Candidate) -> None:
    """It is back within the gap; the dwell goes on as if nothing had been."""
    decision.timers.stop(candidate.timers.pop("gap", None))
    candidate.broken_at = None
    _walk(decision, scene, candidate)


def _break_dwell(decision: Decision, scene: Scene, candidate: Candidate) -> None:
    start = _when(Listener(scene, candidate.start))
    lasted = (candidate.broken_at if candidate.broken_at is not None else decision.at) - candidate.since
    place = start.dwell_place or start.place
    details = {"lasted_us": lasted, "for_us": start.dwell, "gap_us": start.gap}
    _conclude(decision, scene, candidate, Stopped(Verdict.DWELL_BROKEN, place, details))


def _conclude(decision: Decision, scene: Scene, candidate: Candidate, end: Stopped) -> None:
    """The candidate's one verdict."""
    decision.stage.ended += 1
    decision.scene_life(scene).pending.pop(candidate.number, None)
    for timer in candidate.timers.values():
        decision.timers.stop(timer)
    if candidate.queue:
        queues.changed(decision, scene)
        if candidate.queue == "called" and end.verdict is not Verdict.STARTED:
            decision.closed[scene.id] = None  # the next one may have his turn
    if candidate.caller and end.verdict is not Verdict.STARTED:
        _tell_caller(decision, scene, candidate, end)
    decision.note(
        "verdict",
        scene=scene.id,
        verdict=end.verdict,
        place=end.place,
        candidate=candidate.number,
        details={"by": candidate.source, **end.details},
    )


def _tell_caller(decision: Decision, scene: Scene, candidate: Candidate, end: Stopped) -> None:
    """What was called does not start: its caller waits no more."""
    run = decision.stage.runs.get(candidate.caller.partition(" ")[0])
    if run is not None:
        why = f"{scene.id} did not start: {verdict_words(end.verdict, end.details)}"
        decision.note("step", scene=run.scene, run=run.id, place=end.place, details={"why": why})
    decision.news[returned_to(candidate.caller)] = None


def dwelling(decision: Decision, listener: Listener) -> Candidate | None:
    """The candidate of this start that must last a while yet."""
    pending = decision.scene_life(listener.scene).pending.values()
    return next((one for one in pending if one.start == listener.start and one.gate == AT_DWELL), None)


def _when(listener: Listener) -> When:
    start = listener.scene.starts[listener.start]
    if not isinstance(start, When):
        raise TypeError(f"{listener.scene.id} start {listener.start} is no `when`")
    return start


def _text(listener: Listener) -> str:
    start = listener.scene.starts[listener.start]
    return start.text if isinstance(start, When | While) else "an order"
