"""Calls: a run starts another scene and waits for its end. What was called lives by itself, whatever its caller does.

A call is taken behind the step that asks for it, when nothing else is being played: its candidate may stop the very run
that called.
"""

from devices.vocabulary import Scalar
from scenes import starts, strands
from scenes.decision import Decision
from scenes.given import look_up
from scenes.index import returned_to
from scenes.model import Call, Called
from scenes.params import Misfit, check_known, fitting
from scenes.stage import Run


def take(decision: Decision, caller: str) -> None:
    """A strand came to a call. Where the scene does not start, the strand goes on, and why is noted."""
    run_id, _, name = caller.partition(" ")
    run = decision.stage.runs.get(run_id)
    strand = run.strands.get(name) if run is not None else None
    if run is None or strand is None or strand.waiting is None:
        return
    step = strands.step_at(decision.venue.scenes[run.scene], run, strand)
    if not isinstance(step, Call):
        return
    scene = decision.venue.scenes[step.scene]
    start = next(number for number, one in enumerate(scene.starts) if isinstance(one, Called))
    try:
        given = _given(decision, run, step)
        check_known(scene.needs, given)
        params = fitting(decision.venue, scene.needs, given)
    except Misfit as misfit:
        why = f"{scene.id} is not called: {misfit}"
        decision.note("step", scene=run.scene, run=run.id, place=step.place, details={"why": why})
        decision.news[returned_to(caller)] = None
        return
    starts.open_candidate(decision, scene, start, "call", params=params, caller=caller)


def _given(decision: Decision, run: Run, step: Call) -> dict[str, Scalar]:
    return {
        name: one if one is None or isinstance(one, bool | int | float | str) else look_up(decision, run.params, one)
        for name, one in step.params
    }
