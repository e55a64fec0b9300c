"""Times of day on the command line: which instant of the journal they name."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?")
_SECOND = 1_000_000
AROUND = 60 * _SECOND


@dataclass(frozen=True, slots=True)
class Instant:
    """``wall``: microseconds since 1970. ``lasts``: a minute where no seconds were named, else a second."""

    wall: int
    lasts: int

    @property
    def first(self) -> int:
        """Where looking around it begins."""
        return self.wall - AROUND

    @property
    def last(self) -> int:
        """Where looking around it ends."""
        return self.wall + self.lasts + AROUND


def instant(text: str, newest: int) -> Instant:
    """``14:32`` or ``14:32:05``, local time, of the last day that has it before ``newest``. Raises ``ValueError``."""
    found = _TIME.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no time of day; write it as 14:32 or 14:32:05")
    hour, minute, second = (int(one or 0) for one in found.groups())
    last = datetime.fromtimestamp(newest / _SECOND).astimezone()
    named = last.replace(hour=hour, minute=minute, second=second, microsecond=0)
    if named > last:
        named -= timedelta(days=1)
    return Instant(round(named.timestamp()) * _SECOND, _SECOND if found[3] else AROUND)
