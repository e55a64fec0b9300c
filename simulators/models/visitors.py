"""Visitors that walk through a house: a seeded stream of who does what to which device when."""

import heapq
from collections.abc import Iterator, Mapping, Sequence

from devices.vocabulary import DeviceId
from simulators.models.chance import Chance
from simulators.models.device import DeviceModel
from simulators.models.model import Act

SECOND = 1_000_000
USES = 300  # of a thousand visitors: a thing that stands in their way
Visit = tuple[int, DeviceId, Act]


class Visitors:
    """Endless and in order of time. Each walks through the zones in their order and stays a while in each.

    One in six is a shadow, gone before anybody would call it a visit; one in eight steps out of the door and back.
    ``begin``: where time starts; ``mean``: between arrivals; ``first``: when the first one comes, if that is not left
    to chance. Microseconds. ``things``: what can be pressed, held or touched; a visitor tries some of those in the
    halls that the zones are in, and on the way out some of the others.
    """

    def __init__(
        self,
        seed: int,
        zones: Sequence[DeviceId],
        begin: int,
        *,
        mean: int = 45 * SECOND,
        first: int | None = None,
        things: Mapping[DeviceId, Sequence[Act]] | None = None,
    ) -> None:
        self._chance = Chance(seed, "visitors")
        self._zones = tuple(zones)
        self._begin = begin
        self._mean = mean
        self._first = first
        halls = {_hall(zone): zone for zone in reversed(self._zones)}  # the first zone of a hall stands for it
        self._beside: dict[DeviceId | None, list[DeviceId]] = {}
        self._things = dict(things or {})
        for thing in self._things:
            self._beside.setdefault(halls.get(_hall(thing)), []).append(thing)

    def __iter__(self) -> Iterator[Visit]:
        heap: list[tuple[int, int, DeviceId, Act]] = []
        number = 0
        first = self._chance.exponential(self._mean) if self._first is None else self._first
        arrival = self._begin + first
        while self._zones or self._things:
            while heap and heap[0][0] <= arrival:
                at, _, device, act = heapq.heappop(heap)
                yield at, device, act
            for at, device, act in self._walk(arrival):
                number += 1
                heapq.heappush(heap, (at, number, device, act))
            arrival += self._chance.exponential(self._mean)

    def _walk(self, at: int) -> Iterator[Visit]:
        if self._zones and self._chance.happens(167):
            zone = self._chance.choose(self._zones)
            yield at, zone, "enter"
            yield at + self._chance.between(200_000, 600_000), zone, "leave"
            return
        for zone in self._zones:
            yield at, zone, "enter"
            if self._chance.happens(125):
                out = at + self._chance.between(300_000, 2 * SECOND)
                yield out, zone, "leave"
                at = out + self._chance.between(100_000, 250_000)
                yield at, zone, "enter"
            came = at
            at += self._chance.between(3 * SECOND, 40 * SECOND)
            yield from self._try(zone, came, at)
            yield at, zone, "leave"
            at += self._chance.between(1 * SECOND, 20 * SECOND)
        yield from self._try(None, at, at + 10 * SECOND)

    def _try(self, zone: DeviceId | None, soonest: int, latest: int) -> Iterator[Visit]:
        for thing in self._beside.get(zone, ()):
            if self._chance.happens(USES):
                yield self._chance.between(soonest, latest), thing, self._chance.choose(self._things[thing])


def zones_of(models: Mapping[DeviceId, DeviceModel]) -> list[DeviceId]:
    """The devices that feel who comes and goes."""
    return [device for device, model in models.items() if "enter" in model.acts]


def things_of(models: Mapping[DeviceId, DeviceModel]) -> dict[DeviceId, tuple[Act, ...]]:
    """The devices that visitors can do something to, and what."""
    found = {
        device: tuple(act for act in model.acts if act not in ("enter", "leave")) for device, model in models.items()
    }
    return {device: acts for device, acts in found.items() if acts}


def _hall(device: DeviceId) -> str:
    return device.partition(".")[0]
