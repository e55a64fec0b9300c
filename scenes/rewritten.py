"""A run in another text of its scene: whether it can go on there, and where."""

from scenes.model import ENDS, Phase, Scene, While
from scenes.stage import Run


def goes_on(former: Scene, scene: Scene, run: Run) -> bool:
    """Whether the run can go on in another text of its scene: where it stands, the same is done, for the same reason.

    Titles, times, ways and other phases do not matter.
    """
    there = next((phase for phase in (*scene.phases, scene.ends) if phase.name == run.phase), None)
    here = former.phase(run.phase)
    if there is None or _what(there) != _what(here) or (scene.takes and scene.band != former.band):
        return False
    return run.phase == ENDS or (scene.station == former.station and start_in(former, scene, run) is not None)


def adopt(former: Scene, scene: Scene, run: Run) -> None:
    """The run goes on in another text of its scene; deadlines that are running stay as they are."""
    run.start = start_in(former, scene, run) or 0
    names = [phase.name for phase in scene.phases]
    run.trail = [name for name in run.trail if name in names]


def _what(phase: Phase) -> tuple[object, ...]:
    """What a phase does, without what it is called and where it leads."""
    return phase.steps, phase.cue.wants if phase.cue is not None else None, phase.clock, phase.lasts()


def start_in(former: Scene, scene: Scene, run: Run) -> int | None:
    """Where the run's way to start stands in another text; what happened once may be any that does not last."""
    start = former.starts[run.start]
    if start in scene.starts:
        return scene.starts.index(start)
    others = [number for number, one in enumerate(scene.starts) if not isinstance(one, While)]
    return others[0] if others and not isinstance(start, While) else None
