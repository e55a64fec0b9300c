"""Walks through the phases of a session: where they can lead, whether they end, and how long the longest takes."""

from collections.abc import Mapping
from functools import cache

from scenes.model import Micros, Pause, Phase, Stay, Step, Wait


def ways_of(phase: Phase) -> tuple[str, ...]:
    """Where a run can go from there, in a fixed order."""
    return tuple(dict.fromkeys([*(way.to for way in phase.ways), *([phase.otherwise] if phase.otherwise else [])]))


def reached(phases: Mapping[str, Phase], start: str) -> set[str]:
    """Every phase that a run can come to from there, itself among them."""
    found, ahead = {start}, [start]
    while ahead:
        for to in ways_of(phases[ahead.pop()]):
            if to not in found:
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


def longest_of(body: tuple[Phase, ...]) -> Micros:
    """The longest that a run of this body can take, microseconds. A tour can go back: its cues are counted twice."""
    if body[0].cue is not None:
        return 2 * sum(phase.at_most or 0 for phase in body)
    phases = {phase.name: phase for phase in body}
    if round_at(phases) is not None:
        return 0  # shown as a mistake of its own
    counted = [name for name, phase in phases.items() if phase.visits is not None]

    @cache
    def walk(name: str, visits: tuple[int, ...]) -> Micros:
        phase = phases[name]
        if phase.visits is not None:
            number = counted.index(name)
            if visits[number] >= phase.visits:
                return 0
            visits = (*visits[:number], visits[number] + 1, *visits[number + 1 :])
        here = longest(phase.steps) + (phase.at_most or 0)
        return here + max((walk(to, visits) for to in ways_of(phase)), default=0)

    return walk(body[0].name, (0,) * len(counted))


def longest(steps: tuple[Step, ...]) -> Micros:
    """The longest that these steps can take, microseconds."""
    total = 0
    for step in steps:
        match step:
            case Pause(time=time):
                total += time
            case Wait(at_most=time, otherwise=otherwise):
                total += time + (longest((otherwise,)) if otherwise != "end" else 0)
            case Stay(at_most=time):
                total += time
            case _:
                pass
    return total
