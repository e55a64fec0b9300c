"""Weather over the house: a day's light, showers now and then, wind; measured once a minute."""

import math
from collections.abc import Mapping

from devices.vocabulary import DeviceId, Kind
from simulators.models.device import SECOND, DeviceModel
from simulators.models.model import Said

MINUTE = 60 * SECOND
DAY = 1440 * MINUTE
BRIGHT = 60_000  # lux at noon
UNDER_CLOUDS = 8  # times darker while it rains
DRY_FOR, RAINS_FOR = 240 * MINUTE, 25 * MINUTE  # on average


class WeatherModel(DeviceModel):
    """The day begins dark, at an instant that is a whole number of days; rain begins and ends by chance."""

    def __init__(self, venue: str, device: DeviceId, kind: Kind, seed: int, lengths: Mapping[str, int]) -> None:
        super().__init__(venue, device, kind, seed, lengths)
        self._raining = False
        self._changes: int | None = None

    def begin(self, at: int) -> Said:
        """What it measures now, and again every minute."""
        if self._changes is None:
            self._changes = at + self.chance.exponential(DRY_FOR)
            self._measure(at)
        said = super().begin(at)
        return said if self.plans("measure") else [*said, self.later(at + MINUTE, "measure")]

    def happens(self, what: str, at: int) -> Said:
        """A minute is over."""
        del what
        self._measure(at)
        return [*self.change(at), self.later(at + MINUTE, "measure")]

    def _measure(self, at: int) -> None:
        if self._changes is not None and at >= self._changes:
            self._raining = not self._raining
            self._changes = at + self.chance.exponential(RAINS_FOR if self._raining else DRY_FOR)
        light = max(0.0, -math.cos(2 * math.pi * (at % DAY) / DAY)) * BRIGHT
        self.state = {
            "raining": self._raining,
            "lux": float(round(light / UNDER_CLOUDS if self._raining else light)),
            "wind": self.chance.between(0, 60) / 10,
        }


MODEL = WeatherModel
