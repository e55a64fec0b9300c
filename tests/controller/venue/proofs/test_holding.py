"""Whether conditions can hold, alone or together: exact for what authors write, and soon known."""

import pytest

from controller.venue.language.names import VenueNames
from controller.venue.proofs.holding import can_hold
from devices.registry import all_kinds
from devices.vocabulary import DeviceId
from scenes.condition import Condition, read_condition
from scenes.model import Device, Place

KINDS = {"wall": "player", "screen": "player", "beamer": "player", "door": "presence", "gate": "presence"}
DEVICES = {
    DeviceId(f"hall.{name}"): Device(DeviceId(f"hall.{name}"), all_kinds()[kind], Place("venue.yaml", 1, 1))
    for name, kind in KINDS.items()
}


def condition(text: str) -> Condition:
    return read_condition(text, VenueNames(DEVICES))


@pytest.mark.parametrize(
    "text",
    [
        "hall.wall.play != hall.screen.play",
        "hall.wall.play != hall.screen.play and hall.wall.play != 'a' and hall.screen.play != 'a'",
        "hall.wall.play != hall.screen.play and hall.screen.play != hall.beamer.play and hall.wall.play != 'a'",
        "hall.door.count > 3 and hall.door.count < 4",
        "hall.door.count > hall.gate.count and hall.gate.count > 0",
        "hall.door.occupied or hall.door.empty",
    ],
)
def test_what_can_hold_is_not_refused(text):
    assert can_hold(condition(text))


@pytest.mark.parametrize(
    "text",
    [
        "hall.door.occupied and hall.door.empty",
        "hall.wall.play == 'a' and hall.wall.play == 'b'",
        "hall.wall.play == hall.screen.play and hall.wall.play == 'a' and hall.screen.play != 'a'",
        "hall.door.count > 3 and hall.door.count < 2",
    ],
)
def test_what_can_never_hold_is_found(text):
    assert not can_hold(condition(text))


@pytest.mark.timeout(5)
def test_conditions_of_many_scenes_are_soon_compared():
    several = [
        condition(
            f"hall.door.count == {number} and hall.gate.count > {number} "
            f"and hall.wall.play != 'a{number}' and hall.screen.play != 'b{number}' and hall.gate.occupied"
        )
        for number in range(60)
    ]
    assert not any(can_hold(one, other) for one in several for other in several if one is not other)
