"""What the disk costs without us: 4 KiB written and synced, so many times a second, by nobody else's code."""

import os
import time
from dataclasses import dataclass
from pathlib import Path

BLOCK = b"\0" * 4096


@dataclass(frozen=True, slots=True)
class Disk:
    """Write and fdatasync together, in milliseconds."""

    writes: int
    p50_ms: float
    p99_ms: float
    max_ms: float


def measure_disk(folder: Path, *, rate: float, seconds: float) -> Disk:
    """A file in ``folder`` grows by one block at a time; it is removed afterwards."""
    path = folder / "disk.bin"
    took: list[float] = []
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        began = time.monotonic()
        for number in range(round(rate * seconds)):
            time.sleep(max(0.0, began + number / rate - time.monotonic()))
            before = time.perf_counter()
            os.write(file, BLOCK)
            os.fdatasync(file)
            took.append((time.perf_counter() - before) * 1000)
    finally:
        os.close(file)
        path.unlink()
    took.sort()
    return Disk(len(took), took[len(took) // 2], took[int((len(took) - 1) * 0.99)], took[-1])
