"""A remote: somebody presses one of its first four buttons. Visitors do not: only who holds it."""

from typing import ClassVar

from simulators.models.device import SECOND, DeviceModel
from simulators.models.model import Act, Said

BUTTONS = 4
HOLD = 2 * SECOND


class RemoteModel(DeviceModel):
    """Which button is left to chance. It lists no ``acts``: no visitor comes upon it."""

    acts: ClassVar[tuple[Act, ...]] = ()
    _button = 1

    def visited(self, act: Act, at: int) -> Said:
        """A finger on one of its buttons."""
        if act not in ("press", "hold"):
            return []
        self._button = self.chance.between(1, BUTTONS)
        self.forget("hold")
        said: Said = [self.event(at, "pressed", {"button": self._button})]
        return [*said, self.later(at + HOLD, "hold")] if act == "hold" else said

    def happens(self, what: str, at: int) -> Said:
        """It is still down."""
        del what
        return [self.event(at, "held", {"button": self._button})]


MODEL = RemoteModel
