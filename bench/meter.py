"""The meter in C, spoken to line by line: `meter.c` says what its commands mean."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.process import Process, ProcessFailed, running
from bench.programs import program
from bench.venues import HALL, VENUE


@dataclass(frozen=True, slots=True)
class Timing:
    """One measurement. ``rate``: answers a second; ``unexpected``: sets that belong to no event."""

    seconds: float
    sent: int
    answered: int
    lost: int
    unexpected: int
    rate: float
    p50_ms: float
    p99_ms: float
    p999_ms: float
    max_ms: float


@dataclass(frozen=True, slots=True)
class Prepared:
    """What came before measuring. ``first_sets``: what lights were told unasked, ``quiet_after`` so many seconds."""

    first_sets: int
    quiet_after: float
    sent: int
    lost: int
    unexpected: int


class Meter:
    """All sensors and all lights of a venue."""

    def __init__(self, process: Process) -> None:
        self.process = process

    def wait_until_online(self, seconds: float) -> bool:
        """Whether a controller said within this time that it is there."""
        return bool(self._do(f"await {VENUE}/controller/house/status online {seconds:g}")["came"])

    def prepare(self) -> Prepared:
        """Half of the sensors on, and everything warm."""
        return Prepared(**self._do("prepare"))

    def latency(self, *, qos: int, rate: float, seconds: float) -> Timing:
        """Open loop."""
        return Timing(**self._do(f"open {qos} {rate:g} {seconds:g}"))

    def throughput(self, *, qos: int, window: int, seconds: float) -> Timing:
        """Closed loop."""
        return Timing(**self._do(f"closed {qos} {window} {seconds:g}"))

    def _do(self, command: str) -> dict[str, Any]:
        self.process.input.write(command + "\n")
        self.process.input.flush()
        answer = self.process.output.readline()
        found: dict[str, Any] = json.loads(answer) if answer else {"error": "it is gone"}
        if "error" in found:
            raise ProcessFailed(f"the meter at {command!r}: {found['error']}\n{self.process.last_words()}")
        return found


@contextmanager
def meter(port: int, scenes: int, folder: Path) -> Iterator[Meter]:
    """A meter with so many sensors, until the block is left."""
    command = [program("meter"), str(port), VENUE, HALL, str(scenes)]
    with running(command, folder / "meter.log", pipes=True) as process:
        yield Meter(process)
