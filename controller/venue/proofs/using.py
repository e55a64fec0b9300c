"""Devices that no scene uses, and those that are said to be unused and are not."""

from collections.abc import Iterator

from controller.venue.findings import Also, VenueError, say, wrong
from controller.venue.proofs.asking import all_wants, triggers_of, wants_beside
from scenes.model import (
    Ask,
    Choose,
    Fact,
    Happening,
    Place,
    Scene,
    Stay,
    Step,
    Tell,
    Timeline,
    Trigger,
    Variable,
    Venue,
    Wait,
)
from scenes.step import every


def prove_used(venue: Venue) -> Iterator[VenueError]:
    """Devices that no scene uses, and those that are said to be unused and are not."""
    users: dict[str, Place] = {}
    for scene in venue.scenes.values():
        for device in _devices_of(scene):
            users.setdefault(device, scene.place)
    for one in venue.devices.values():
        if one.spare is not None and one.id in users:
            users.setdefault(one.spare.device, one.spare.place)
    for remote in venue.remotes.values():
        users.setdefault(remote.device, remote.place)
    several: tuple[Variable | Fact, ...] = (*venue.variables.values(), *venue.facts.values())
    for named in several:
        for device in _devices_of_named(named):
            users.setdefault(device, named.place)
    saved = set(_devices_of_evacuation(venue))
    for found in venue.devices.values():
        if found.unused is not None and found.id in users:
            yield wrong(found.unused, "{} is said to be unused, and is used", found.id,
                        also=(Also(users[found.id], say("by this")),))  # fmt: skip
        elif not found.unused and not found.emergency and found.id not in (*users, *saved):
            yield wrong(found.place, "no scene uses {}", found.id, hint="remove it, or write unused: true")


def _devices_of_evacuation(venue: Venue) -> Iterator[str]:
    """What gives the alarm, and what speaks and shows the way out; not the lights, which it asks in any case."""
    evacuation = venue.evacuation
    if evacuation is not None:
        yield from _heard(evacuation.input)
        yield from (want.device for want in (*evacuation.speech, *evacuation.screens))


def _devices_of_named(named: Variable | Fact) -> Iterator[str]:
    """What a variable counts, or a fact is about."""
    heard: tuple[Trigger | None, ...]
    if isinstance(named, Fact):
        heard = (named.begins, named.ends)
    else:
        heard = (*named.plus, *named.minus, named.counts, named.heard)
    for trigger in heard:
        yield from _heard(trigger) if trigger is not None else ()


def _devices_of(scene: Scene) -> Iterator[str]:
    """Every device that a scene names, in asks, tells and conditions."""
    for trigger, _ in triggers_of(scene):
        yield from _heard(trigger)
    if scene.condition is not None:
        yield from _heard(scene.condition)
    if scene.station is not None:
        yield scene.station
    yield from (want.device for want in (*all_wants(scene), *wants_beside(scene)))
    for phase in (*scene.phases, scene.ends):
        yield from _touched(phase.steps)


def _touched(steps: tuple[Step, ...]) -> Iterator[str]:
    for step in every(steps):
        match step:
            case Ask(wants=wants):
                yield from (want.device for want in wants)
            case Tell(device=device) | Timeline(player=device):
                yield device
            case Stay(until=until) | Wait(until=until):
                yield from _heard(until) if until is not None else ()
            case Choose(branches=branches):
                yield from (name for one in branches if not isinstance(one.holds, str) for name in _heard(one.holds))
            case _:
                pass


def _heard(trigger: Trigger) -> Iterator[str]:
    names = (trigger.name,) if isinstance(trigger, Happening) else trigger.keys
    yield from (name.rpartition(".")[0] for name in names)
