"""What can be proved wrong with a venue whose every word is right, before anything runs.

What these prove is about the whole: scenes that can never start, that fight over one property, that flash.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise, product

from controller.venue.findings import Also, VenueError, say, wrong
from controller.venue.source.nodes import Table
from devices.vocabulary import Scalar, ValueType
from scenes.condition import Condition
from scenes.model import (
    SECOND,
    Ask,
    Happening,
    Micros,
    Pause,
    Scene,
    SceneId,
    Stay,
    Step,
    Tell,
    Trigger,
    Venue,
    Wait,
    Want,
    When,
    While,
)

MOST_CASES = 20_000  # of values tried for one condition; beyond that nothing is proved
SHORT: Micros = 3600 * SECOND  # what is asked of `power` for less than this is switched off again with the run
MOST_CHANGES = 6  # of one light within a second: three flashes


def prove(venue: Venue, spelled: Mapping[SceneId, Table]) -> Iterator[VenueError]:
    """What is wrong with single scenes and with pairs of them. ``spelled``: the scenes as they are written."""
    for scene in venue.scenes.values():
        yield from _never(scene, spelled[scene.id])
        yield from _short_power(scene)
        yield from _flashes(scene)
    yield from _rivals(venue)


def prove_used(venue: Venue) -> Iterator[VenueError]:
    """Devices that no scene uses, and those that are said to be unused and are not."""
    users: dict[str, Scene] = {}
    for scene in venue.scenes.values():
        for device in _devices_of(scene):
            users.setdefault(device, scene)
    for found in venue.devices.values():
        if found.unused is not None and found.id in users:
            scene = users[found.id]
            yield wrong(found.unused, "{} is said to be unused, and is used", found.id,
                        also=(Also(scene.place, say("by this scene")),))  # fmt: skip
        elif not found.unused and not found.emergency and found.id not in users:
            yield wrong(found.place, "no scene uses {}", found.id, hint="remove it, or write unused: true")


def can_hold(*conditions: Condition) -> bool:
    """Whether all of these can be true at once; True also where that is too much to try out."""
    types: dict[str, ValueType] = {}
    for one in conditions:
        types |= dict(zip(one.keys, one.types, strict=True))
    constants = [constant for one in conditions for constant in one.constants]
    values = {key: _tried(type_, constants, len(types)) for key, type_ in types.items()}
    cases = 1
    for several in values.values():
        cases *= len(several)
    if cases > MOST_CASES:
        return True
    return any(
        all(one.holds(dict(zip(values, case, strict=True))) for one in conditions) for case in product(*values.values())
    )


def _tried(type_: ValueType, constants: list[Scalar], keys: int) -> list[Scalar]:
    """Values of which at least one stands for each way a comparison with these constants can end."""
    if type_ == "bool":
        return [True, False]
    if type_ == "text":
        return [*dict.fromkeys(one for one in constants if isinstance(one, str)), "another text"]
    numbers = sorted({float(one) for one in constants if isinstance(one, int | float) and not isinstance(one, bool)})
    if not numbers:
        return [float(one) for one in range(keys)]
    between = [low + (high - low) * part / (keys + 1) for low, high in pairwise(numbers) for part in range(1, keys + 1)]
    below = [numbers[0] - part for part in range(1, keys + 1)]
    above = [numbers[-1] + part for part in range(1, keys + 1)]
    return [*below, *numbers, *between, *above]


def _never(scene: Scene, spelled: Table) -> Iterator[VenueError]:
    gate = spelled.entries["if"].place if "if" in spelled.keys else scene.place
    if scene.condition is not None and not can_hold(scene.condition):
        yield wrong(gate, "this can never hold, so {} can never start", scene.id, hint=_CONTRADICTS)
        return
    for start in scene.starts:
        condition = start.condition if isinstance(start, While) else start.trigger if isinstance(start, When) else None
        if not isinstance(condition, Condition):
            continue
        if not can_hold(condition):
            yield wrong(start.place, "this can never hold, so {} can never start", scene.id, hint=_CONTRADICTS)
        elif scene.condition is not None and not can_hold(condition, scene.condition):
            yield wrong(gate, "this can never hold together with '{}', which starts {}", condition.text, scene.id,
                        also=(Also(start.place, say("this starts it")),))  # fmt: skip


_CONTRADICTS = "it contradicts itself"


def _short_power(scene: Scene) -> Iterator[VenueError]:
    if scene.at_most is None or scene.at_most >= SHORT:
        return
    for want in _wants_of(scene.phases[0].steps):
        if any(ask.of == "switch" and ask.key in want.asked for ask in want.property.asks):
            yield wrong(want.place, "{} asks {} for its power, and ends within {} min: it would be switched back then",
                        scene.id, want.device, scene.at_most // (60 * SECOND) or 1,
                        hint="ask for power in a scene that lasts the day")  # fmt: skip


def _flashes(scene: Scene) -> Iterator[VenueError]:
    """By the pauses between the asks; a wait or a stay may last, so it is a break."""
    changes: dict[str, list[Micros]] = {}
    at: Micros = 0
    for step in (*scene.phases[0].steps, *scene.ends.steps):
        match step:
            case Pause(time=time):
                at += time
            case Wait() | Stay():
                at += 2 * SECOND
            case Ask(wants=wants):
                for want in wants:
                    if want.device in changes or any(ask.of in ("look", "level") for ask in want.property.asks):
                        instants = changes.setdefault(want.device, [])
                        instants.append(at)
                        if len([one for one in instants if one > at - SECOND]) > MOST_CHANGES:
                            yield wrong(want.place, "{} changes more than {} times in a second: flashing above 3 Hz "
                                        "can make people ill", want.device, MOST_CHANGES,
                                        hint="wait longer between the asks")  # fmt: skip
                            return
            case _:
                pass


def _rivals(venue: Venue) -> Iterator[VenueError]:
    """Two scenes of one band that last as long as something is true, over one property."""
    holders: dict[tuple[int, str, str], list[tuple[Scene, While]]] = {}
    told: set[tuple[str, str]] = set()
    for scene in venue.scenes.values():
        lasting = [start for start in scene.starts if isinstance(start, While)]
        for want in _wants_of(scene.phases[0].steps) if lasting else ():
            others = holders.setdefault((scene.band, want.device, want.property.name), [])
            for start in lasting:
                for other, theirs in others:
                    pair = (other.id, scene.id)
                    if other is not scene and pair not in told and can_hold(start.condition, theirs.condition):
                        told.add(pair)
                        yield wrong(start.place, "{} and {} can both last, and both ask for the {} of {} in one band",
                                    other.id, scene.id, want.property.name, want.device,
                                    hint="give one of them another band, or conditions that exclude each other",
                                    also=(Also(theirs.place, say("the other")),))  # fmt: skip
            others += [(scene, start) for start in lasting]


def _wants_of(steps: tuple[Step, ...]) -> Iterator[Want]:
    for step in steps:
        match step:
            case Ask(wants=wants):
                yield from wants
            case Wait(otherwise=otherwise) if otherwise != "end":
                yield from _wants_of((otherwise,))
            case _:
                pass


def _devices_of(scene: Scene) -> Iterator[str]:
    """Every device that a scene names, in asks, tells and conditions."""
    for start in scene.starts:
        if isinstance(start, When):
            yield from _heard(start.trigger)
        elif isinstance(start, While):
            yield from _heard(start.condition)
    if scene.condition is not None:
        yield from _heard(scene.condition)
    for phase in (*scene.phases, scene.ends):
        yield from _touched(phase.steps)


def _touched(steps: tuple[Step, ...]) -> Iterator[str]:
    for step in steps:
        match step:
            case Ask(wants=wants):
                yield from (want.device for want in wants)
            case Tell(device=device):
                yield device
            case Stay(until=until):
                yield from _heard(until)
            case Wait(until=until, otherwise=otherwise):
                yield from _heard(until) if until is not None else ()
                yield from _touched((otherwise,)) if otherwise != "end" else ()
            case _:
                pass


def _heard(trigger: Trigger) -> Iterator[str]:
    names = (trigger.name,) if isinstance(trigger, Happening) else trigger.keys
    yield from (name.rpartition(".")[0] for name in names)
