"""What becomes of what would start a scene that is running already."""

from dataclasses import dataclass, field
from typing import Literal

from scenes.step import Micros, Place, Want


@dataclass(frozen=True, slots=True)
class Queue:
    """``busy: {queue, wait, waiting, full}``: who finds the scene running waits his turn, at most ``wait``.

    ``waiting`` is asked while somebody waits, ``full`` for a while when somebody found the queue full.
    """

    length: int
    wait: Micros
    place: Place = field(compare=False)  # where ``wait`` stands
    waiting: tuple[Want, ...] = ()
    full: tuple[Want, ...] = ()


@dataclass(frozen=True, slots=True)
class Parallel:
    """``busy: {parallel}``: so many runs side by side."""

    most: int


Busy = Literal["ignore", "extend", "restart"] | Queue | Parallel
