"""A remote in a guide's hand: a visit begins with its last button and goes on with its first."""

from typing import ClassVar

from simulators.models.device import SECOND, DeviceModel
from simulators.models.model import Deed, Said

START, GO, BACK, HOLD_ON, STOP = 5, 1, 2, 3, 4  # as remotes are mostly laid out: what a button does, a venue says
NEXT_VISIT = 20 * 60 * SECOND  # who presses after so long a pause begins anew
HOLD = 2 * SECOND


class RemoteModel(DeviceModel):
    """Which button comes next is left to chance, mostly the first. It lists no ``acts``: no visitor comes upon it."""

    acts: ClassVar[tuple[Deed, ...]] = ()
    _button = START
    _last: int | None = None

    def visited(self, act: Deed, at: int) -> Said:
        """A finger on one of its buttons."""
        if act not in ("press", "hold"):
            return []
        begins = self._last is None or at - self._last > NEXT_VISIT
        usual = STOP if act == "hold" else self.chance.choose((GO, GO, GO, GO, BACK, HOLD_ON))
        self._button = START if begins else usual
        self._last = at
        self.forget("hold")
        said: Said = [self.event(at, "pressed", {"button": self._button})]
        return [*said, self.later(at + HOLD, "hold")] if act == "hold" else said

    def happens(self, what: str, at: int) -> Said:
        """It is still down."""
        del what
        return [self.event(at, "held", {"button": self._button})]


MODEL = RemoteModel
