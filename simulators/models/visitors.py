"""Visitors that walk through a house: a seeded stream of who does what to which device when."""

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from devices.vocabulary import DeviceId
from simulators.models.acts import Act
from simulators.models.building import building_of
from simulators.models.chance import Chance
from simulators.models.parties import CROWDS, HOURS, MANNERS, Crowd
from simulators.models.walk import Moment, Walk

HOUR = 3_600_000_000


class Visitors:
    """Endless and in order of time; empty where nobody comes or nothing is to be done.

    ``kinds``: the name of each device's kind, or only the zones. ``halls``: the order in which they are walked.
    ``begin``: where time starts; ``hour``: of the day, then. ``mean``: between parties at the busiest hour, instead of
    the crowd's. ``first``: when the first party comes, if that is not left to chance. Times in microseconds.
    """

    def __init__(
        self,
        seed: int,
        kinds: Mapping[DeviceId, str] | Sequence[DeviceId],
        begin: int,
        *,
        halls: Sequence[str] = (),
        crowd: Crowd = CROWDS["few"],
        mean: int | None = None,
        first: int | None = None,
        hour: int = 10,
    ) -> None:
        named = kinds if isinstance(kinds, Mapping) else dict.fromkeys(kinds, "presence")
        self.building = building_of(named, halls)
        self._seed = seed
        self._begin = begin
        self._crowd = crowd
        self._mean = mean if mean is not None else crowd.mean
        self._first = first
        self._hour = hour

    def __iter__(self) -> Iterator[Act]:
        if self._mean is None or self.building.is_empty():
            return
        heap: list[tuple[int, int, Act | None, Iterator[Moment]]] = []
        number = 0
        for arrival, walk in self._walks(self._mean):
            while heap and heap[0][0] < arrival:
                _, _, act, going = heap[0]
                if act is not None:
                    yield act
                after = next(going, None)
                if after is None:
                    heapq.heappop(heap)
                else:
                    number += 1
                    heapq.heapreplace(heap, (after[0], number, after[1], going))
            number += 1
            heapq.heappush(heap, (arrival, number, None, walk.moments(arrival)))

    def _walks(self, mean: int) -> Iterator[tuple[int, Walk]]:
        """Who sets out when, for ever."""
        busy: dict[DeviceId, int] = {}
        lots = [name for name, share in self._crowd.per_mille.items() for _ in range(share)]
        chance = Chance(self._seed, "visitors")
        at, number = self._begin, 0
        while True:
            if number == 0 and self._first is not None:
                at, name = at + self._first, self._crowd.first
            else:
                at = self._next(at, mean, chance)
                name = chance.choose(lots)
            number += 1
            manner = replace(MANNERS[name], stay=MANNERS[name].stay // self._crowd.hurry)
            walk = Walk(f"{name}-{number}", manner, self.building, busy, Chance(self._seed, "party", str(number)))
            yield at, walk

    def _next(self, at: int, mean: int, chance: Chance) -> int:
        """A Poisson stream thinned to the hour of the day."""
        while True:
            at += chance.exponential(mean)
            if chance.happens(HOURS[(self._hour + (at - self._begin) // HOUR) % 24]):
                return at
