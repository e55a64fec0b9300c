"""Where a run stands, and how it comes from one step to the next.

A path alternates the index of a step and the number of a branch within it: ``(2,)`` is the third step of the phase,
``(2, 1, 0)`` the first step of the third one's second branch; of a repeat, the branch counts the times. A run has a
strand that goes through its phases, and where it plays several branches together one more for each of them, named by
the way to its branch (``2.1``). Between two decisions every strand of every run waits.
"""

from scenes.decision import Decision
from scenes.model import Phase, Scene, Step
from scenes.stage import MAIN, Run, Strand, TimerAction
from scenes.step import Repeat, Together, branch


def step_at(scene: Scene, run: Run, strand: Strand) -> Step | None:
    """The step at which the strand stands; None behind the last one of its branch, or of the phase."""
    return _step(scene, run, strand.path)


def waits_for(scene: Scene, run: Run, strand: Strand) -> Step | Phase:
    """The step, or the phase, in which the strand waits."""
    return step_at(scene, run, strand) or scene.phase(run.phase)


def ready(run: Run) -> Strand | None:
    """The first strand that has something to play."""
    return next((one for one in run.strands.values() if one.waiting is None), None)


def waiting(run: Run) -> list[Strand]:
    """The strands that wait."""
    return [one for one in run.strands.values() if one.waiting is not None]


def go_on(strand: Strand) -> None:
    """To the step behind this one."""
    strand.path = (*strand.path[:-1], strand.path[-1] + 1)


def go_into(strand: Strand, number: int) -> None:
    """To the first step of a branch of this step."""
    strand.path = (*strand.path, number, 0)


def go_out(scene: Scene, run: Run, strand: Strand) -> bool:
    """Behind the last step of a branch: once more, or behind the step that it belongs to. False: no branch is left."""
    if len(strand.path) <= strand.name.count(".") + (2 if strand.name else 1):
        return False
    *above, index, number, _ = strand.path
    step = _step(scene, run, (*above, index))
    is_left = not isinstance(step, Repeat) or number + 1 == step.times
    strand.path = (*above, index + 1) if is_left else (*above, index, number + 1, 0)
    return True


def divide(run: Run, strand: Strand, step: Together) -> None:
    """A strand for each branch; this one waits until they are over."""
    for number in range(len(step.branches)):
        path = (*strand.path, number)
        name = ".".join(map(str, path))
        run.strands[name] = Strand(name, (*path, 0))


def join(run: Run, strand: Strand) -> Strand | None:
    """The strand is over. The one that waited for it and the others, when it was the last; else None."""
    del run.strands[strand.name]
    above = strand.name.rpartition(".")[0]
    if any(name.startswith(f"{above}.") for name in run.strands):
        return None
    return next(one for one in run.strands.values() if ".".join(map(str, one.path)) == above)


def subject(run: Run, strand: Strand) -> str:
    """How timers and waiting calls name a strand."""
    return f"{run.id} {strand.name}"


def wake(decision: Decision, run: Run, strand: Strand, action: TimerAction, at: int) -> None:
    """A timer for the waiting strand, in place of a former one of that name."""
    if strand.waiting is not None:
        decision.timers.stop(strand.waiting.timers.pop(action, None))
        strand.waiting.timers[action] = decision.timers.start(at, action, subject(run, strand))


def abandon(decision: Decision, scene: Scene, run: Run, strand: Strand) -> None:
    """The strand waits no more."""
    if strand.waiting is not None:
        for timer in strand.waiting.timers.values():
            decision.timers.stop(timer)
        strand.waiting = None
        decision.index.unwatch(run.id, strand.name, waits_for(scene, run, strand))


def abandon_all(decision: Decision, scene: Scene, run: Run) -> None:
    """Nothing of the run waits any more; it has one strand, before the first step."""
    for strand in run.strands.values():
        abandon(decision, scene, run, strand)
    run.strands = {MAIN: Strand()}


def _step(scene: Scene, run: Run, path: tuple[int, ...]) -> Step | None:
    steps = scene.phase(run.phase).steps
    for index, number in zip(path[:-1:2], path[1::2], strict=True):
        steps = branch(steps[index], number)
    return steps[path[-1]] if path[-1] < len(steps) else None
