"""Orders to a tour: go, back, hold, skip. Each is done at once or refused with a reason."""

from collections.abc import Callable, Mapping

from devices.vocabulary import NOTHING
from scenes import phases, runs
from scenes.decision import Decision
from scenes.inputs import Ordered
from scenes.model import ENDS, Scene
from scenes.reasons import span
from scenes.stage import Answered, Run


def take(decision: Decision, scene: Scene, order: Ordered) -> Answered:
    """One of ``VERBS``, for the tour that goes on."""
    run = _run(decision, scene)
    if run is not None and run.suspended:
        return Answered("refused", f"{run.id} is suspended: {run.suspended} covers it", run.id)
    return VERBS[order.verb](decision, run, order.way) if run is not None else _not_running(scene)


def _go(decision: Decision, run: Run, way: str) -> Answered:
    """To the next cue in order, or the way that is named; behind the last one the tour ends."""
    scene = decision.venue.scenes[run.scene]
    if not way:
        return _on(decision, run, phases.next_cue(scene, run.phase))
    cue = scene.phase(run.phase).cue
    ways = cue.ways if cue is not None else NOTHING
    to = ways.get(way)
    if not isinstance(to, str):
        there_is = f"there is {', '.join(ways)}" if ways else "there is none"
        return Answered("refused", f"{run.phase} has no way {way!r} ({there_is})", run.id)
    return _on(decision, run, to)


def _skip(decision: Decision, run: Run, way: str) -> Answered:  # noqa: ARG001 - the shape of an order to a tour
    """Leaves the next cue out; the last one cannot be left out."""
    scene = decision.venue.scenes[run.scene]
    to = phases.next_cue(scene, run.phase, skipped=1)
    if to is None:
        last = phases.next_cue(scene, run.phase) or run.phase
        return Answered("refused", f"there is no cue behind {last}; go or stop", run.id)
    return _on(decision, run, to)


def _back(decision: Decision, run: Run, way: str) -> Answered:  # noqa: ARG001
    """To the cue that the tour came from."""
    if len(run.trail) < 2:
        return Answered("refused", f"{run.phase} is the first cue of this tour", run.id)
    runs.go_back(decision, run)
    return Answered("done", f"back at {run.phase}", run.id)


def _hold(decision: Decision, run: Run, way: str) -> Answered:  # noqa: ARG001
    """Keeps the cue as it is; go, back and skip go on from there."""
    runs.hold(decision, run)
    until = runs.limit_of(decision, run)
    longest = f" for {span(until - decision.at)} at most (at_most of the tour)" if until is not None else ""
    return Answered("done", f"{run.phase} is kept as it is{longest}", run.id)


VERBS: Mapping[str, Callable[[Decision, Run, str], Answered]] = {
    "go": _go,
    "back": _back,
    "hold": _hold,
    "skip": _skip,
}


def _on(decision: Decision, run: Run, to: str | None) -> Answered:
    is_there = to == run.phase
    runs.go_to(decision, run, to, "the tour came to its end" if to is None else "")
    if is_there:
        return Answered("done", f"{to} is there already: it shows on, and its time begins anew", run.id)
    return Answered("done", f"on to {to}" if to is not None else "that was the last cue: the tour ends", run.id)


def _run(decision: Decision, scene: Scene) -> Run | None:
    """The tour that goes on; one that is ending takes no orders."""
    return next(
        (run for run in decision.running(scene) if run.phase != ENDS and scene.phase(run.phase).cue is not None), None
    )


def _not_running(scene: Scene) -> Answered:
    if not any(phase.cue is not None for phase in scene.phases):
        return Answered("refused", f"{scene.id} has no cues")
    return Answered("refused", f"{scene.id} is not running; start it first")


def tours(decision: Decision) -> list[Scene]:
    """The scenes with cues that are running."""
    begun = (scene for scene in decision.venue.scenes.values() if scene.id in decision.stage.scenes)
    return [scene for scene in begun if _run(decision, scene) is not None]
