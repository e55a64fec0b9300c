"""A projector: it warms up and cools down in real minutes, and does one after the other whatever it is told between."""

from collections.abc import Mapping
from typing import Any

from devices.vocabulary import DeviceId, Kind
from simulators.models.device import SECOND, DeviceModel
from simulators.models.model import Said

WARMING = (70 * SECOND, 200 * SECOND)
COOLING = (60 * SECOND, 110 * SECOND)


class ProjectorModel(DeviceModel):
    """Stands by at first. What it is told while it warms up or cools down it does when it has."""

    answers_after = 400_000  # its network card is slow

    def __init__(self, venue: str, device: DeviceId, kind: Kind, seed: int, lengths: Mapping[str, int]) -> None:
        super().__init__(venue, device, kind, seed, lengths)
        self.state = {"power": False, "warming": False, "ready": False, "cooling": False, "source": "hdmi1"}
        self._wanted = False

    def want(self, body: dict[str, Any], at: int) -> Said:
        """``{power}`` or ``{source}``."""
        at += self.answers_after
        if isinstance(body.get("source"), str):
            return self.change(at, source=body["source"])
        if not isinstance(body.get("power"), bool):
            return []
        self._wanted = body["power"]
        if self.state["warming"] or self.state["cooling"]:
            return self.change(at)  # as it is: busy
        return self._go(at)

    def happens(self, what: str, at: int) -> Said:
        """It is warm, or cold; then it does what it was told meanwhile."""
        is_warm = what == "warm"
        said = self.change(at, warming=False, ready=True) if is_warm else self.change(at, cooling=False)
        return said + (self._go(at) if self._wanted != self.state["power"] else [])

    def _go(self, at: int) -> Said:
        if self._wanted == self.state["power"]:
            return self.change(at)
        if self._wanted:
            said = self.change(at, power=True, warming=True)
            return [*said, self.later(at + self.chance.between(*WARMING), "warm")]
        said = self.change(at, power=False, ready=False, cooling=True)
        return [*said, self.later(at + self.chance.between(*COOLING), "cold")]


MODEL = ProjectorModel
