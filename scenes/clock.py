"""The body ``clock``: what is asked for by the time of day, from the run's start until its end.

A run that begins shows the picture of its day so far: every entry that was due since midnight, later ones over earlier
ones; before the first of the day, what came last before. So a house that starts at noon looks like one that was there
in the morning. Fades are kept.
"""

from scenes import layers
from scenes.decision import Decision
from scenes.hours import Hours
from scenes.model import ClockEntry, Scene, Want
from scenes.stage import Run


def show(decision: Decision, scene: Scene, run: Run) -> None:
    """The run begins."""
    hours = decision.venue.hours
    if hours is None:
        return
    wall = decision.at + decision.stage.offset
    entries = scene.phases[0].clock
    today = _due(decision, hours, entries, hours.midnight(wall) - 1, wall)
    _ask(decision, scene, run, today or _due(decision, hours, entries, 0, wall)[-1:])


def turn(decision: Decision, run: Run, since: int, wall: int) -> None:
    """What became due behind ``since``, in its order, for a run that goes on."""
    scene, hours = decision.venue.scenes[run.scene], decision.venue.hours
    entries = scene.phase(run.phase).clock
    if hours is not None and entries:
        _ask(decision, scene, run, _due(decision, hours, entries, since, wall))


def _due(decision: Decision, hours: Hours, entries: tuple[ClockEntry, ...], since: int, wall: int) -> list[ClockEntry]:
    later = decision.stage.calendar.later
    found = [(hours.last_time(one.time, since, wall, later=later), number) for number, one in enumerate(entries)]
    return [entries[number] for _, number in sorted((at, number) for at, number in found if at is not None)]


def _ask(decision: Decision, scene: Scene, run: Run, due: list[ClockEntry]) -> None:
    """One picture: of what several ask of one property, the last."""
    wanted: dict[tuple[str, bool], Want] = {}
    for entry in due:
        wanted |= {layers.slot_of(want): want for want in entry.wants}
    if not due:
        return
    latest = due[-1]
    decision.touched[scene.id] = None
    decision.note("phase", scene=scene.id, run=run.id, place=latest.place, details={"phase": latest.time.text})
    for want in wanted.values():
        layers.ask(decision, run, scene.band, want)
