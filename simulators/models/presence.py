"""A presence sensor: people enter and leave its zone; it says so when the first comes and when the last goes."""

from collections.abc import Mapping
from typing import ClassVar

from devices.vocabulary import DeviceId, Kind, Scalar
from simulators.models.device import DeviceModel
from simulators.models.model import Deed, Said

COMES_NEAR = 800  # of a thousand who enter
ARM = (4, 12)  # tenths of a metre: how close they come


class PresenceModel(DeviceModel):
    """Counts who is inside. It feels one person at a time: who came first is near, or is not."""

    acts: ClassVar[tuple[Deed, ...]] = ("enter", "leave")

    def __init__(self, venue: str, device: DeviceId, kind: Kind, seed: int, lengths: Mapping[str, int]) -> None:
        super().__init__(venue, device, kind, seed, lengths)
        self.inside = 0
        self.state = {"occupied": False, "near": False}

    def visited(self, act: Deed, at: int) -> Said:
        """Somebody comes in or goes; nobody can leave an empty zone."""
        if act == "enter":
            self.inside += 1
            return self._say(at) if self.inside == 1 else []
        if act != "leave" or self.inside == 0:
            return []
        self.inside -= 1
        return self._say(at) if self.inside == 0 else []

    def _say(self, at: int) -> Said:
        occupied = self.inside > 0
        near = occupied and self.chance.happens(COMES_NEAR)
        fields: dict[str, Scalar] = {"occupied": occupied, "near": near}
        self.state.pop("distance", None)
        if near:
            fields["distance"] = self.chance.between(*ARM) / 10
        return [self.event(at, "presence", fields), *self.change(at, **fields)]


MODEL = PresenceModel
