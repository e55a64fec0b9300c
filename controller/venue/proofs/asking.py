"""What the steps of a scene ask for, those of its ways on included."""

from collections.abc import Iterator

from scenes.model import Ask, Place, Queue, Scene, Several, Step, Trigger, Want, When, While, Without
from scenes.step import every


def all_wants(scene: Scene) -> Iterator[Want]:
    """Every want of a scene before its ends, in the order of phases, steps, cues and times of day."""
    for phase in scene.phases:
        yield from wants_of(phase.steps)
        if phase.cue is not None:
            yield from phase.cue.wants
        for entry in phase.clock:
            yield from entry.wants


def wants_beside(scene: Scene) -> Iterator[Want]:
    """What is asked beside its runs: of those who wait, of one who finds the queue full, while it is out of order."""
    if isinstance(scene.busy, Queue):
        yield from (*scene.busy.waiting, *scene.busy.full)
    yield from scene.resting


def triggers_of(scene: Scene) -> Iterator[tuple[Trigger, Place]]:
    """What its starts wait for, with the place of each."""
    for start in scene.starts:
        match start:
            case When(trigger=trigger) | Without(trigger=trigger):
                yield trigger, start.place
            case While(condition=condition):
                yield condition, start.place
            case Several(items=items, places=places):
                yield from zip(items, places, strict=True)
            case _:
                pass


def wants_of(steps: tuple[Step, ...]) -> Iterator[Want]:
    """Every want, in the order of the steps."""
    for step in every(steps):
        if isinstance(step, Ask):
            yield from step.wants
