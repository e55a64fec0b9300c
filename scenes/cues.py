"""Orders to a tour: go, back, hold, skip. Each is done at once or refused with a reason."""

from devices.vocabulary import NOTHING
from scenes import phases, runs
from scenes.decision import Decision
from scenes.inputs import Ordered
from scenes.model import ENDS, Scene
from scenes.reasons import span
from scenes.stage import Answered, Run


def go(decision: Decision, scene: Scene, order: Ordered) -> Answered:
    """To the next cue in order, or the way that is named; behind the last one the tour ends."""
    run = _run(decision, scene)
    if run is None:
        return _not_running(scene)
    cue = scene.phase(run.phase).cue
    ways = cue.ways if cue is not None else NOTHING
    if not order.way:
        return _on(decision, run, phases.next_cue(scene, run.phase))
    to = ways.get(order.way)
    if not isinstance(to, str):
        there_is = f"there is {', '.join(ways)}" if ways else "there is none"
        return Answered("refused", f"{run.phase} has no way {order.way!r} ({there_is})", run.id)
    return _on(decision, run, to)


def skip(decision: Decision, scene: Scene, order: Ordered) -> Answered:  # noqa: ARG001 - the shape of an order
    """Leaves the next cue out; the last one cannot be left out."""
    run = _run(decision, scene)
    if run is None:
        return _not_running(scene)
    to = phases.next_cue(scene, run.phase, skipped=1)
    if to is None:
        last = phases.next_cue(scene, run.phase) or run.phase
        return Answered("refused", f"there is no cue behind {last}; go or stop", run.id)
    return _on(decision, run, to)


def back(decision: Decision, scene: Scene, order: Ordered) -> Answered:  # noqa: ARG001
    """To the cue that the tour came from."""
    run = _run(decision, scene)
    if run is None:
        return _not_running(scene)
    if len(run.trail) < 2:
        return Answered("refused", f"{run.phase} is the first cue of this tour", run.id)
    runs.go_back(decision, run)
    return Answered("done", f"back at {run.phase}", run.id)


def hold(decision: Decision, scene: Scene, order: Ordered) -> Answered:  # noqa: ARG001
    """Keeps the cue as it is; go, back and skip go on from there."""
    run = _run(decision, scene)
    if run is None:
        return _not_running(scene)
    runs.hold(decision, run)
    until = runs.limit_of(decision, run)
    longest = f" for {span(until - decision.at)} at most (at_most of the tour)" if until is not None else ""
    return Answered("done", f"{run.phase} is kept as it is{longest}", run.id)


def _on(decision: Decision, run: Run, to: str | None) -> Answered:
    is_there = to == run.phase
    runs.go_to(decision, run, to, "the tour came to its end" if to is None else "")
    if is_there:
        return Answered("done", f"{to} is there already: it shows on, and its time begins anew", run.id)
    return Answered("done", f"on to {to}" if to is not None else "that was the last cue: the tour ends", run.id)


def _run(decision: Decision, scene: Scene) -> Run | None:
    """The tour that goes on; one that is ending takes no orders."""
    running = [decision.stage.runs[one] for one in decision.scene_life(scene).runs.values()]
    return next((run for run in running if run.phase != ENDS and scene.phase(run.phase).cue is not None), None)


def _not_running(scene: Scene) -> Answered:
    if not any(phase.cue is not None for phase in scene.phases):
        return Answered("refused", f"{scene.id} has no cues")
    return Answered("refused", f"{scene.id} is not running; start it first")


def tours(decision: Decision) -> list[Scene]:
    """The scenes with cues that are running."""
    return [scene for scene in decision.venue.scenes.values() if _run_exists(decision, scene)]


def _run_exists(decision: Decision, scene: Scene) -> bool:
    return scene.id in decision.stage.scenes and _run(decision, scene) is not None
