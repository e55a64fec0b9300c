"""Light that changes faster than people can bear: more than three flashes, six changes, within a second.

What counts between two asks is the time that is certain: a pause, and the time for which a wait or a stay must hold.
Phases and cues cannot follow faster by their time-outs than ``language.phases.SHORTEST``, which is slow enough; so each
is proved by itself, with the ends of the scene behind it.
"""

from collections.abc import Iterator, Mapping
from functools import reduce

from controller.venue.findings import Also, VenueError, say, wrong
from controller.venue.proofs.asking import wants_of
from scenes.model import (
    SECOND,
    Ask,
    Choose,
    Micros,
    Pause,
    Phase,
    Place,
    Repeat,
    Scene,
    Stay,
    Step,
    Timeline,
    Together,
    Wait,
    Want,
)
from scenes.step import branches

MOST_CHANGES = 6

Lately = Mapping[str, tuple[tuple[Micros, Place], ...]]  # by light: how long ago it changed and where, the latest first


def flashes(scene: Scene) -> Iterator[VenueError]:
    """The first ask of each light that comes too soon, on any walk through the steps."""
    told: dict[str, VenueError] = {}
    for phase in scene.phases:
        lately = _after(_steps_of(phase), scene.ends.steps, {}, told)
        _after(scene.ends.steps, (), lately, told)
    yield from told.values()


def _steps_of(phase: Phase) -> tuple[Step, ...]:
    if phase.cue is None or phase.place is None:
        return phase.steps
    return (Ask(phase.cue.wants, phase.place),)


def _after(steps: tuple[Step, ...], ends: tuple[Step, ...], lately: Lately, told: dict[str, VenueError]) -> Lately:
    """What changed lately when these steps are over. ``ends``: what follows where a wait ends the run.

    ``told`` gains what comes too soon.
    """
    for step in steps:
        match step:
            case Pause(time=time):
                lately = _later(lately, time)
            case Stay():
                lately = _later(lately, min(step.lasting, step.at_most))
            case Wait(otherwise=otherwise):
                late = _later(lately, step.at_most)
                lately = _later(lately, min(step.lasting, step.at_most))
                if otherwise == "end":
                    _after(ends, (), late, told)
                else:
                    lately = _either(lately, _after((otherwise,), ends, late, told))
            case Ask(wants=wants):
                lately = _asked(wants, lately, told)
            case Repeat(times=times, steps=again):
                for _ in range(min(times, MOST_CHANGES + 1)):  # more often tells no more
                    lately = _after(again, ends, lately, told)
            case Choose():
                lately = reduce(_either, (_after(one, ends, lately, told) for one in branches(step)))
            case Timeline():
                lately = _along(step, ends, lately, told)
            case Together(branches=several):
                lately = _all_of(several, [_after(one, ends, lately, told) for one in several])
            case _:
                pass
    return lately


def _along(step: Timeline, ends: tuple[Step, ...], lately: Lately, told: dict[str, VenueError]) -> Lately:
    """A timeline is over, or its time is up, behind any of its moments."""
    found, before = lately, step.moments[0].at
    for moment in step.moments:
        lately = _asked(moment.ask.wants, _later(lately, moment.at - before), told)
        found, before = _either(found, lately), moment.at
    if step.otherwise == "end":
        _after(ends, (), found, told)
        return found
    return _either(found, _after((step.otherwise,), ends, found, told))


def _all_of(several: tuple[tuple[Step, ...], ...], after: list[Lately]) -> Lately:
    """What changed lately when all branches are over: a light is asked for by one of them at the most."""
    found = reduce(_either, after)
    for branch, lately in zip(several, after, strict=True):
        asked = {want.device for want in wants_of(branch)}
        found = {**found, **{light: changes for light, changes in lately.items() if light in asked}}
    return found


def _asked(wants: tuple[Want, ...], lately: Lately, told: dict[str, VenueError]) -> Lately:
    found = dict(lately)
    for want in wants:
        if not any(ask.of in ("look", "level") for ask in want.property.asks):
            continue
        changes = found.get(want.device, ())
        if len(changes) == MOST_CHANGES:
            told.setdefault(want.device, _too_fast(want, *changes[-1]))
        found[want.device] = ((0, want.place), *changes)[:MOST_CHANGES]
    return found


def _later(lately: Lately, time: Micros) -> Lately:
    """The same, so much later; what is a second ago is forgotten."""
    return {
        light: tuple((ago + time, place) for ago, place in changes if ago + time < SECOND)
        for light, changes in lately.items()
    }


def _either(one: Lately, other: Lately) -> Lately:
    """For each light the nearest last change of both, the nearest but one, and so on: no walk is faster."""
    return {light: _nearest(one.get(light, ()), other.get(light, ())) for light in {**one, **other}}


def _nearest(
    one: tuple[tuple[Micros, Place], ...], other: tuple[tuple[Micros, Place], ...]
) -> tuple[tuple[Micros, Place], ...]:
    shared = min(len(one), len(other))
    both = zip(one, other, strict=False)
    return (*(min(pair, key=lambda change: change[0]) for pair in both), *one[shared:], *other[shared:])


def _too_fast(want: Want, ago: Micros, first: Place) -> VenueError:
    said = "{} changes {} times within {} s, at most {} a second are safe: faster flashing can trigger seizures"
    return wrong(want.place, said, want.device, MOST_CHANGES + 1, f"{ago / SECOND:g}", MOST_CHANGES,
                 hint="wait at least 200ms between all of them",
                 also=(Also(first, say("the first of them")),))  # fmt: skip
