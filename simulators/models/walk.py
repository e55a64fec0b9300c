"""One party's walk through a house, told moment by moment, because what it finds depends on who came before it.

A walk is a generator of moments in order of time. A moment without an act is a look around: by then everybody who came
earlier has made up their mind, so that a station is free or is not.
"""

from collections.abc import Generator, Iterator

from devices.vocabulary import DeviceId
from simulators.models.acts import Act
from simulators.models.building import Building, Hall, Spot
from simulators.models.chance import Chance
from simulators.models.model import Deed
from simulators.models.parties import SECOND, Manner

Moment = tuple[int, Act | None]
Stretch = Generator[Moment, None, int]  # returns when it is over

SHADOW = (200_000, 600_000)  # shorter than any dwell
STEPS_OUT_PER_MILLE = 125
OUT_AFTER, BACK_AFTER = (300_000, 2 * SECOND), (100_000, 250_000)  # out of the zone by one step, and back
SHORTEST_STAY = 3 * SECOND
PLAYS = 60 * SECOND  # the median of a game
GIVES_UP = 20 * SECOND  # so long a station waits for somebody who is gone
HOLDS_PER_MILLE = 120
MOST_PRESSES = 5  # of one noisy member, one after the other


class Walk:
    """``busy``: until when each station is taken; all walks of a house share it."""

    def __init__(
        self, name: str, manner: Manner, building: Building, busy: dict[DeviceId, int], chance: Chance
    ) -> None:
        self._manner = manner
        self._building = building
        self._busy = busy
        self._chance = chance
        size = chance.between(manner.least, manner.most)
        self._members = [name] if size == 1 else [f"{name}.{number + 1}" for number in range(size)]
        self._began = False  # nobody comes and sees nothing: the first spot is never left out
        self._gone = False

    def moments(self, at: int) -> Iterator[Moment]:
        """From the front door at ``at`` to the way out."""
        match self._manner.name:
            case "shadow":
                yield from self._shadow(at)
            case "doorway":
                yield from self._in_the_door(at)
            case _:
                at = yield from self._pass(self._building.doors[:1], "enter", at)
                for hall in self._building.halls:
                    at = yield from self._through(hall, at)
                    if self._gone:
                        break
                    at += self._chance.between(SECOND, 15 * SECOND)
                yield from self._pass(self._building.doors[-1:], "leave", at)

    def _shadow(self, at: int) -> Iterator[Moment]:
        zones = self._building.zones()
        if zones:
            zone = self._chance.choose(zones)
            yield self._act(at, zone, "enter")
            yield self._act(at + self._chance.between(*SHADOW), zone, "leave")

    def _in_the_door(self, at: int) -> Iterator[Moment]:
        """Stands where the sensor just sees it and does not, and now and then steps over the counter's line."""
        zones, chance = self._building.zones(), self._chance
        doors = self._building.doors[:1] or tuple(door for hall in self._building.halls for door in hall.doors[:1])[:1]
        places = (*zones[:1], *zones[:1], *doors)
        for _ in range(chance.between(4, 14) if places else 0):
            place = chance.choose(places)
            yield self._act(at, place, "enter")
            at += chance.between(150_000, 1_200_000)
            yield self._act(at, place, "leave")
            at += chance.between(100_000, 900_000)

    def _through(self, hall: Hall, at: int) -> Stretch:
        at = yield from self._pass(hall.doors[:1], "enter", at)
        for spot in hall.spots:
            if self._began and self._chance.happens(self._manner.skips_per_mille):
                continue
            self._began = True
            at = yield from self._at(spot, hall, at)
            if self._gone:
                break
            at += self._chance.between(SECOND, 8 * SECOND)
        return (yield from self._pass(hall.doors[-1:], "leave", at))

    def _at(self, spot: Spot, hall: Hall, at: int) -> Stretch:
        """Everybody comes in, looks, presses and touches; then who wants to plays; then everybody goes."""
        came = self._one_after_another(at)
        stay = max(self._chance.long_tail(self._manner.stay), came[-1] - at + SHORTEST_STAY)
        moments: list[Moment] = []
        for who, when in zip(self._members, came, strict=True):
            moments += self._comes(spot, who, when)
            moments += self._fingers(spot, who, when, at + stay)
        moments += self._leads(hall, at, at + stay)
        yield from sorted(moments, key=_when)
        at += stay
        for station in spot.stations:
            for who in self._members:
                if not self._gone and self._chance.happens(self._manner.plays_per_mille):
                    at = yield from self._play(station, who, at)
        went = self._one_after_another(at)
        if spot.zone is not None:
            for who, when in zip(self._members, went, strict=True):
                yield self._act(when, spot.zone, "leave", who)
        return went[-1]

    def _comes(self, spot: Spot, who: str, at: int) -> Iterator[Moment]:
        if spot.zone is None:
            return
        yield self._act(at, spot.zone, "enter", who)
        if self._chance.happens(STEPS_OUT_PER_MILLE):
            at += self._chance.between(*OUT_AFTER)
            yield self._act(at, spot.zone, "leave", who)
            yield self._act(at + self._chance.between(*BACK_AFTER), spot.zone, "enter", who)

    def _fingers(self, spot: Spot, who: str, since: int, until: int) -> Iterator[Moment]:
        """What one member presses and touches meanwhile. Who likes to press presses more than once."""
        chance, manner = self._chance, self._manner
        for button in spot.buttons:
            if chance.happens(manner.presses_per_mille):
                at = chance.between(since, until - SECOND)
                deed: Deed = "hold" if chance.happens(HOLDS_PER_MILLE) else "press"
                yield self._act(at, button, deed, who)
                for _ in range(chance.below(1 + MOST_PRESSES * manner.presses_per_mille // 1000)):
                    at = min(at + chance.between(80_000, 400_000), until)
                    yield self._act(at, button, "press", who)
        for screen in spot.screens:
            if chance.happens(manner.touches_per_mille):
                yield self._act(chance.between(since, until), screen, "touch", who)

    def _leads(self, hall: Hall, since: int, until: int) -> Iterator[Moment]:
        """A guide says go when the guests stand, and now and then holds the button down."""
        remotes = hall.remotes or self._building.remotes
        if self._manner.leads and remotes:
            deed: Deed = "hold" if self._chance.happens(HOLDS_PER_MILLE) else "press"
            yield self._act(self._chance.between(since, until), self._chance.choose(remotes), deed)

    def _play(self, station: DeviceId, who: str, at: int) -> Stretch:
        """One session at a time; whoever would wait longer than patience lasts goes on without."""
        yield at, None
        begin = max(at, self._busy.get(station, at))
        if begin - at > self._manner.patience:
            return at + self._manner.patience
        plays = self._chance.long_tail(PLAYS)
        if self._manner.ends_early:
            plays = self._chance.between(4 * SECOND, 20 * SECOND)
            self._gone = True
        self._busy[station] = begin + plays + (GIVES_UP if self._gone else SECOND)
        yield self._act(begin, station, "touch", who)
        if self._gone:
            yield self._act(begin + plays, station, "leave", who)
        return begin + plays

    def _pass(self, doors: tuple[DeviceId, ...], deed: Deed, at: int) -> Stretch:
        for door in doors:
            for who, when in zip(self._members, self._one_after_another(at), strict=True):
                yield self._act(when, door, deed, who)
                at = when
            at += self._chance.between(500_000, 2 * SECOND)
        return at

    def _one_after_another(self, at: int) -> list[int]:
        """When each member is there."""
        found = [at]
        for _ in self._members[1:]:
            found.append(found[-1] + self._chance.between(50_000, 700_000))
        return found

    def _act(self, at: int, device: DeviceId, deed: Deed, who: str = "") -> Moment:
        return at, Act(at, device, deed, who or self._members[0])


def _when(moment: Moment) -> int:
    return moment[0]
