"""Conditions that can never hold, alone or together: by trying a value for each way a comparison can end."""

from collections.abc import Iterator
from itertools import pairwise

from controller.venue.findings import Also, VenueError, say, wrong
from controller.venue.source.nodes import Table
from devices.vocabulary import Scalar, ValueType
from scenes.condition import Condition
from scenes.model import Choose, Place, Scene, Several, Start, When, While
from scenes.step import every

MOST_CASES = 20_000  # tried for one condition or pair; beyond that nothing is proved


def can_hold(*conditions: Condition) -> bool:
    """Whether all of these can be true at once; True also where that is too much to try out.

    Value by value, those first that most of them read: what is false while the rest is unknown stays false.
    """
    types: dict[str, ValueType] = {}
    for one in conditions:
        types |= dict(zip(one.keys, one.types, strict=True))
    constants = [constant for one in conditions for constant in one.constants]
    keys = sorted(types, key=lambda key: -sum(key in one.keys for one in conditions))
    values = {type_: _tried(type_, constants, len(types)) for type_ in types.values()}
    ahead: list[dict[str, Scalar]] = [{}]
    for _ in range(MOST_CASES):
        if not ahead:
            return False
        case = ahead.pop()
        held = [one.holds(case) for one in conditions]
        if all(held):
            return True
        if False not in held and len(case) < len(keys):
            key = keys[len(case)]
            ahead += [{**case, key: value} for value in values[types[key]]]
    return True


def _tried(type_: ValueType, constants: list[Scalar], keys: int) -> list[Scalar]:
    """Values of which at least one stands for each way a comparison with these constants can end."""
    if type_ == "bool":
        return [True, False]
    if type_ == "text":
        others = (f"another text, number {number}" for number in range(1, keys + 1))
        return [*dict.fromkeys(one for one in constants if isinstance(one, str)), *others]
    numbers = sorted({float(one) for one in constants if isinstance(one, int | float) and not isinstance(one, bool)})
    if not numbers:
        return [float(one) for one in range(keys)]
    between = [low + (high - low) * part / (keys + 1) for low, high in pairwise(numbers) for part in range(1, keys + 1)]
    below = [numbers[0] - part for part in range(1, keys + 1)]
    above = [numbers[-1] + part for part in range(1, keys + 1)]
    return [*below, *numbers, *between, *above]


def never_chosen(scene: Scene) -> Iterator[VenueError]:
    """Branches that can never be taken."""
    for phase in (*scene.phases, scene.ends):
        for step in every(phase.steps):
            for one in step.branches if isinstance(step, Choose) else ():
                if not isinstance(one.holds, str) and not can_hold(one.holds):
                    yield wrong(one.place, "this can never hold, so it is never chosen", hint=_CONTRADICTS)


def never_holds(scene: Scene, spelled: Table | None) -> Iterator[VenueError]:
    """A scene that can never start, because of one condition or of two that exclude each other."""
    gate = spelled.entries["if"].place if spelled is not None and "if" in spelled.keys else scene.where("if")
    if scene.condition is not None and not can_hold(scene.condition):
        yield wrong(gate, "this can never hold, so {} can never start", scene.id, hint=_CONTRADICTS)
        return
    for start in scene.starts:
        for condition, place in _wanted(start):
            if not can_hold(condition):
                yield wrong(place, "this can never hold, so {} can never start", scene.id, hint=_CONTRADICTS)
            elif isinstance(start, When | While) and _is_excluded(condition, scene):
                yield _excluded(scene, condition, gate, place)


def _wanted(start: Start) -> Iterator[tuple[Condition, Place]]:
    """The conditions that must have held for it, with their places; of silence, none."""
    match start:
        case When(trigger=Condition() as condition, place=place) | While(condition=condition, place=place):
            yield condition, place
        case Several(items=items, places=places):
            yield from ((one, place) for one, place in zip(items, places, strict=True) if isinstance(one, Condition))
        case _:
            pass


def _is_excluded(condition: Condition, scene: Scene) -> bool:
    return scene.condition is not None and not can_hold(condition, scene.condition)


def _excluded(scene: Scene, condition: Condition, gate: Place, place: Place) -> VenueError:
    said = "{} can never start: it starts when '{}', and this cannot hold then"
    return wrong(gate, said, scene.id, condition.text, hint="change one of the two, or delete this line",
                 also=(Also(place, say("this starts it")),))  # fmt: skip


_CONTRADICTS = "it contradicts itself"
