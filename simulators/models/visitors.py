"""Visitors that walk through a house: a seeded stream of who enters and leaves which zone when."""

import heapq
from collections.abc import Iterator, Sequence
from typing import Literal

from devices.vocabulary import DeviceId
from simulators.models.chance import Chance

SECOND = 1_000_000
Visit = tuple[int, DeviceId, Literal["enter", "leave"]]


class Visitors:
    """Endless and in order of time. Each walks through the zones in their order and stays a while in each.

    One in six is a shadow, gone before anybody would call it a visit; one in eight steps out of the door and back.
    ``begin``: where time starts; ``mean``: between arrivals; ``first``: when the first one comes, if that is not left
    to chance. Microseconds.
    """

    def __init__(
        self, seed: int, zones: Sequence[DeviceId], begin: int, *, mean: int = 45 * SECOND, first: int | None = None
    ) -> None:
        self._chance = Chance(seed, "visitors")
        self._zones = tuple(zones)
        self._begin = begin
        self._mean = mean
        self._first = first

    def __iter__(self) -> Iterator[Visit]:
        heap: list[tuple[int, int, DeviceId, Literal["enter", "leave"]]] = []
        number = 0
        first = self._chance.exponential(self._mean) if self._first is None else self._first
        arrival = self._begin + first
        while self._zones:
            while heap and heap[0][0] <= arrival:
                at, _, zone, way = heapq.heappop(heap)
                yield at, zone, way
            for at, zone, way in self._walk(arrival):
                number += 1
                heapq.heappush(heap, (at, number, zone, way))
            arrival += self._chance.exponential(self._mean)

    def _walk(self, at: int) -> Iterator[Visit]:
        if self._chance.happens(167):
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
            at += self._chance.between(3 * SECOND, 40 * SECOND)
            yield at, zone, "leave"
            at += self._chance.between(1 * SECOND, 20 * SECOND)
