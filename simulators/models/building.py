"""What visitors find in a house, derived from the ids and kinds of its devices: halls in an order, and in each hall its
doors, its zones, and what is to be pressed, touched and played there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from devices.vocabulary import DeviceId

WHOLE_HOUSE = "house"  # no hall: its counters are the front doors, its buttons belong to staff

Use = Literal["door", "zone", "button", "screen", "station", "remote", "nothing"]
USES: Mapping[str, Use] = {
    "counter": "door",
    "presence": "zone",
    "button": "button",
    "voting": "button",
    "screen": "screen",
    "rig": "station",
    "painting": "station",
    "quiz": "station",
    "remote": "remote",
    **dict.fromkeys(("light", "player", "relay", "speaker", "projector", "weather", "contact"), "nothing"),
}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a visitor stands: a zone, if a sensor sees it, and the things within reach."""

    zone: DeviceId | None
    buttons: tuple[DeviceId, ...] = ()
    screens: tuple[DeviceId, ...] = ()
    stations: tuple[DeviceId, ...] = ()


@dataclass(frozen=True, slots=True)
class Hall:
    """One hall: ``doors`` in the order in which they are passed, ``spots`` in the order of a walk."""

    id: str
    doors: tuple[DeviceId, ...]
    spots: tuple[Spot, ...]
    remotes: tuple[DeviceId, ...]


@dataclass(frozen=True, slots=True)
class Building:
    """A house as visitors see it. ``strange``: kinds that they do not know and pass by; somebody should be told."""

    doors: tuple[DeviceId, ...]
    remotes: tuple[DeviceId, ...]
    halls: tuple[Hall, ...]
    strange: tuple[str, ...]

    def zones(self) -> tuple[DeviceId, ...]:
        """All zones, in the order of a walk."""
        return tuple(spot.zone for hall in self.halls for spot in hall.spots if spot.zone is not None)

    def is_empty(self) -> bool:
        """Whether there is nothing that a visitor could do."""
        return not self.doors and not self.halls


def building_of(kinds: Mapping[DeviceId, str], halls: Sequence[str] = ()) -> Building:
    """``kinds``: the name of each device's kind. ``halls``: the order of the halls; others follow as devices come."""
    order = dict.fromkeys((*halls, *(device.partition(".")[0] for device in kinds)))
    order.pop(WHOLE_HOUSE, None)
    found = [_hall(hall, kinds) for hall in order]
    return Building(
        doors=_of("door", WHOLE_HOUSE, kinds),
        remotes=_of("remote", WHOLE_HOUSE, kinds),
        halls=tuple(hall for hall in found if hall.doors or hall.spots),
        strange=tuple(sorted({kind for kind in kinds.values() if kind not in USES})),
    )


def _of(use: Use, hall: str, kinds: Mapping[DeviceId, str]) -> tuple[DeviceId, ...]:
    return tuple(one for one, kind in kinds.items() if USES.get(kind) == use and one.partition(".")[0] == hall)


def _hall(hall: str, kinds: Mapping[DeviceId, str]) -> Hall:
    zones: list[DeviceId | None] = [*_of("zone", hall, kinds)]
    buttons, screens, stations = (_of(use, hall, kinds) for use in ("button", "screen", "station"))
    if not zones and (buttons or screens or stations):
        zones = [None]
    beside = {thing: _beside(thing, number, zones) for number, thing in enumerate((*buttons, *screens, *stations))}
    spots = tuple(
        Spot(zone, *(tuple(one for one in things if beside[one] == place) for things in (buttons, screens, stations)))
        for place, zone in enumerate(zones)
    )
    return Hall(hall, _of("door", hall, kinds), spots, _of("remote", hall, kinds))


def _beside(thing: DeviceId, number: int, zones: Sequence[DeviceId | None]) -> int:
    """Which zone a thing stands in: the one whose name begins with the same words, else they are spread evenly."""
    alike = [_words_alike(thing, zone) if zone is not None else 0 for zone in zones]
    return alike.index(max(alike)) if any(alike) else number % len(zones)


def _words_alike(one: DeviceId, other: DeviceId) -> int:
    count = 0
    for mine, theirs in zip(one.partition(".")[2].split("_"), other.partition(".")[2].split("_"), strict=False):
        if mine != theirs:
            break
        count += 1
    return count
