"""Covering: what becomes of runs when a higher band takes what they use, and when it gives that back.

Who is covered follows from the claims alone, so after every change of them all runs are looked at anew.
"""

from scenes import claims, queues, runs, starts, suspension
from scenes.condition import Condition
from scenes.decision import Decision
from scenes.model import ENDS, Band, Scene, When, While
from scenes.stage import Run


def look(decision: Decision) -> None:
    """Claims changed: who waits for one tries again, who is covered gives way, who is free again goes on."""
    decision.claimed = False
    stage = decision.stage
    for candidate in claims.waiting(stage):
        if candidate.number in stage.scenes[candidate.scene].pending:
            starts.taken_up(decision, candidate)
    for scene_id in list(stage.scenes):
        life = stage.scenes[scene_id]
        scene = decision.venue.scenes.get(scene_id)
        if scene is not None and not life.runs and (life.again or queues.waiting(decision, scene)):
            starts.closed(decision, scene)
    for run in list(stage.runs.values()):
        if run.id in stage.runs and run.phase != ENDS:
            found = claims.over(decision, run)
            if found is not None:
                _cover(decision, run, *found)
            elif run.suspended:
                _uncover(decision, run)


def _cover(decision: Decision, run: Run, thing: str, by: Run) -> None:
    """The run gives way, as its scene declares; a visitor's session, as the scene that takes its hall does."""
    scene, taker = decision.venue.scenes[run.scene], decision.venue.scenes[by.scene]
    details = claims.details(decision, thing, by)
    why = f"{by.id} holds {details['held_en']} (band {details['band']})"
    if scene.loses == "stop" or (scene.loses == "suspend" and scene.band is Band.SESSION and taker.sessions == "stop"):
        _stop(decision, scene, run, why)
    elif scene.loses == "suspend" and scene.band is Band.SESSION:
        runs.finish_phase(decision, run, why)
    elif scene.loses == "suspend" and not run.suspended:
        suspension.suspend(decision, run, by, details)
    elif run.suspended:
        run.suspended = by.id


def _stop(decision: Decision, scene: Scene, run: Run, why: str) -> None:
    """What should last begins anew when its hall is free."""
    if isinstance(scene.starts[run.start], While):
        decision.scene_life(scene).again.append(run.start)
    runs.finish(decision, run, why)


def _uncover(decision: Decision, run: Run) -> None:
    """The run goes on where it was, if what started it still holds; else it ends unseen."""
    by = run.suspended
    if not _has_reason(decision, run):
        runs.end_unseen(decision, run, f"what started it was over while {by} covered it")
        return
    suspension.lift(decision, run)
    decision.note("resumed", scene=run.scene, run=run.id, details={"holder": by})
    for name in list(run.strands):  # what happened meanwhile it did not hear: what it waits for is looked at anew
        if run.id in decision.stage.runs:
            runs.news(decision, run, name, "")


def _has_reason(decision: Decision, run: Run) -> bool:
    """A state must hold now; what happened, or was ordered, has happened."""
    match decision.venue.scenes[run.scene].starts[run.start]:
        case When(trigger=Condition() as condition) | While(condition=condition):
            return condition.holds(decision.stage.values) is True
        case _:
            return True
