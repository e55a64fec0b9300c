"""What every model of a device offers: what it hears, what it says when it wakes, what it answers and when."""

from dataclasses import dataclass
from typing import Literal, Protocol

Act = Literal["enter", "leave", "press", "hold", "touch"]  # what a visitor does to a device


@dataclass(frozen=True, slots=True)
class Spoken:
    """One message that a device says."""

    topic: str
    payload: bytes
    retain: bool = False


Said = list[tuple[int, Spoken]]  # at which instant, microseconds
ALARM = Spoken("", b"")  # said to nobody: at that instant the model is to be woken


class Model(Protocol):
    """A device. Pure: the same told bytes and visits at the same instants give the same answers."""

    @property
    def filters(self) -> tuple[str, ...]:
        """The topics it hears."""
        ...

    @property
    def will(self) -> Spoken:
        """What the broker says when it vanishes."""
        ...

    def begin(self, at: int) -> Said:
        """It wakes, or its connection stands again."""
        ...

    def told(self, topic: str, payload: bytes, at: int) -> Said:
        """It is told something; garbage is ignored."""
        ...

    def visited(self, act: Act, at: int) -> Said:
        """A visitor does something to it; what it cannot feel is ignored."""
        ...

    def woken(self, at: int) -> Said:
        """An alarm that it asked for has come."""
        ...
