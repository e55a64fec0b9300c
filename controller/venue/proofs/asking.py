"""What the steps of a scene ask for, those of its ways on included."""

from collections.abc import Iterator

from scenes.model import Ask, Scene, Step, Want
from scenes.step import every


def all_wants(scene: Scene) -> Iterator[Want]:
    """Every want of a scene before its ends, in the order of phases, steps, cues and times of day."""
    for phase in scene.phases:
        yield from wants_of(phase.steps)
        if phase.cue is not None:
            yield from phase.cue.wants
        for entry in phase.clock:
            yield from entry.wants


def wants_of(steps: tuple[Step, ...]) -> Iterator[Want]:
    """Every want, in the order of the steps."""
    for step in every(steps):
        if isinstance(step, Ask):
            yield from step.wants
