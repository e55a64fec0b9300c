"""A button: pressed at once, held when it has been down for two seconds."""

from typing import ClassVar

from simulators.models.device import SECOND, DeviceModel
from simulators.models.model import Act, Said

HOLD = 2 * SECOND


class ButtonModel(DeviceModel):
    """A plain button."""

    acts: ClassVar[tuple[Act, ...]] = ("press", "hold")

    def visited(self, act: Act, at: int) -> Said:
        """A finger; a touch is a press."""
        if act not in ("press", "hold", "touch"):
            return []
        self.forget("hold")
        said: Said = [self.event(at, "pressed", {})]
        return [*said, self.later(at + HOLD, "hold")] if act == "hold" else said

    def happens(self, what: str, at: int) -> Said:
        """It is still down."""
        del what
        return [self.event(at, "held", {})]


MODEL = ButtonModel
