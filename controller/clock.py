"""The venue clock: whole microseconds, going on across restarts, never running backwards."""

import time
from typing import Protocol


class Clock(Protocol):
    """Engine time and wall time, both in microseconds; wall time counts from 1970."""

    def now(self) -> int: ...
    def wall(self) -> int: ...


class VenueClock:
    """Engine time carried on by the machine's monotonic clock, from an instant that was given at the start."""

    def __init__(self, start: int) -> None:
        self._start = start
        self._began = time.monotonic_ns()

    def now(self) -> int:
        """Engine time."""
        return self._start + (time.monotonic_ns() - self._began) // 1000

    def wall(self) -> int:
        """What the machine's clock shows."""
        return wall_now()


def wall_now() -> int:
    """Microseconds since 1970 by the machine's clock, which people may set."""
    return time.time_ns() // 1000


def first_instant(*, died_at: int | None, offset: int, wall: int) -> int:
    """Where engine time starts: by the wall, but never before what was kept last."""
    return wall if died_at is None else max(died_at + 1, wall - offset)
