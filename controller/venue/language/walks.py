"""Walks through the phases of a session: where they can lead, whether they end, and how long the longest takes."""

from collections.abc import Mapping

from scenes.model import Call, Micros, Pause, Phase, Repeat, SceneId, Stay, Step, Timeline, Wait
from scenes.step import branches

_NOBODY: Mapping[SceneId, Micros] = {}


def ways_of(phase: Phase) -> tuple[str, ...]:
    """Where a run can go from there, in a fixed order."""
    return tuple(dict.fromkeys([*(way.to for way in phase.ways), *([phase.otherwise] if phase.otherwise else [])]))


def reached(phases: Mapping[str, Phase], start: str) -> set[str]:
    """Every one of these phases that a run can come to from there through them, itself among them."""
    found, ahead = {start}, [start]
    while ahead:
        for to in ways_of(phases[ahead.pop()]):
            if to not in found and to in phases:
                found.add(to)
                ahead.append(to)
    return found


def round_at(phases: Mapping[str, Phase]) -> str | None:
    """A phase to which a run could come back for ever: on a round without a phase whose visits are counted."""
    free = {name: phase for name, phase in phases.items() if phase.visits is None}
    for name, phase in free.items():
        ahead, seen = [to for to in ways_of(phase) if to in free], set[str]()
        while ahead:
            here = ahead.pop()
            if here == name:
                return name
            if here not in seen:
                seen.add(here)
                ahead += [to for to in ways_of(free[here]) if to in free]
    return None


def longest_of(body: tuple[Phase, ...], called: Mapping[SceneId, Micros] = _NOBODY) -> Micros:
    """The longest that a run of this body can take, microseconds. A tour can go back: its cues are counted twice.

    Exact along what has no rounds; a round counts as often as its visits allow, whatever way is taken through it.
    ``called``: how long the scenes take that it calls.
    """
    if not any(phase.ways or phase.lasts() for phase in body):
        return sum(longest(phase.steps, called) for phase in body)
    if body[0].cue is not None:
        return 2 * sum(phase.at_most or 0 for phase in body)
    phases = {phase.name: phase for phase in body}
    if round_at(phases) is not None:
        return 0  # shown as a mistake of its own
    there = {name: reached(phases, name) for name in phases}
    total: dict[str, Micros] = {}
    for name in sorted(phases, key=lambda one: len(there[one])):  # what lies behind comes first
        if name not in total:
            around = {one for one in there[name] if name in there[one]}
            behind = (total[to] for one in around for to in ways_of(phases[one]) if to not in around)
            total |= dict.fromkeys(around, _longest_around(phases, around, body[0].name) + max(behind, default=0))
    return total[body[0].name]


def _longest_around(phases: Mapping[str, Phase], around: set[str], start: str) -> Micros:
    """In phases of which each can come to each: before and between those with visits, the others follow one another."""
    counted = {name: phases[name].visits or 0 for name in around if phases[name].visits is not None}
    free = {name: phases[name] for name in around if name not in counted}
    if len(around) == 1 and not any(name in ways_of(phases[name]) for name in around):
        return sum(_longest_in(phases[name]) for name in around)
    entered = {start, *(to for name, phase in phases.items() if name not in around for to in ways_of(phase))}
    stretches = sum(counted.values()) + (1 if entered & set(free) else 0)
    return sum(visits * _longest_in(phases[name]) for name, visits in counted.items()) + stretches * _longest_along(
        free
    )


def _longest_along(phases: Mapping[str, Phase]) -> Micros:
    """In phases without a round."""
    there = {name: len(reached(phases, name)) for name in phases}
    total: dict[str, Micros] = {}
    for name in sorted(phases, key=lambda one: there[one]):
        behind = (total[to] for to in ways_of(phases[name]) if to in phases)
        total[name] = _longest_in(phases[name]) + max(behind, default=0)
    return max(total.values(), default=0)


def _longest_in(phase: Phase) -> Micros:
    return longest(phase.steps) + (phase.at_most or 0)


def longest(steps: tuple[Step, ...], called: Mapping[SceneId, Micros] = _NOBODY) -> Micros:
    """The longest that these steps can take, microseconds."""
    return sum(_longest_of_step(step, called) for step in steps)


def _longest_of_step(step: Step, called: Mapping[SceneId, Micros]) -> Micros:
    within = max((longest(one, called) for one in branches(step)), default=0)
    match step:
        case Call(scene=scene):
            return called.get(scene, 0)
        case Pause(time=time):
            return time
        case Wait(at_most=time) | Stay(at_most=time) | Timeline(at_most=time):
            return time + within
        case Repeat(times=times):
            return times * within
        case _:
            return within
