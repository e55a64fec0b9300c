"""A people counter at a door."""

from typing import ClassVar

from simulators.models.device import DeviceModel
from simulators.models.model import Act, Said


class CounterModel(DeviceModel):
    """One event a person. Who enters its door's zone passes in, who leaves passes out."""

    acts: ClassVar[tuple[Act, ...]] = ("enter", "leave")

    def visited(self, act: Act, at: int) -> Said:
        """Somebody passes."""
        match act:
            case "enter":
                return [self.event(at, "entered", {})]
            case "leave":
                return [self.event(at, "left", {})]
        return []


MODEL = CounterModel
