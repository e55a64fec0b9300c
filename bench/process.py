"""A program that runs beside the bench: ended by its own id, whatever happens; what it used, as the kernel counts."""

import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

TICKS = os.sysconf("SC_CLK_TCK")
END_SECONDS = 10.0
KEPT_OF_LOG = 2_000


class ProcessFailed(Exception):  # noqa: N818 - the message says who and why
    """A program ended, or did not answer."""


class Process:
    """A running program."""

    def __init__(self, popen: subprocess.Popen[str], log: Path) -> None:
        self.popen = popen
        self.log = log

    @property
    def input(self) -> IO[str]:
        """Its stdin, where it was asked for."""
        if self.popen.stdin is None:
            raise TypeError("started without a pipe")
        return self.popen.stdin

    @property
    def output(self) -> IO[str]:
        """Its stdout, where it was asked for."""
        if self.popen.stdout is None:
            raise TypeError("started without a pipe")
        return self.popen.stdout

    def cpu_seconds(self) -> float:
        """User and system time of all its threads so far; the kernel counts in hundredths."""
        stat = Path(f"/proc/{self.popen.pid}/stat").read_text(encoding="ascii")
        fields = stat.rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory_mib(self) -> float:
        """Resident now."""
        status = Path(f"/proc/{self.popen.pid}/status").read_text(encoding="ascii")
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        if found is None:
            raise ProcessFailed("it is gone")
        return int(found[1]) / 1024

    def last_words(self) -> str:
        """The end of what it logged."""
        return self.log.read_text(encoding="utf-8", errors="replace")[-KEPT_OF_LOG:]


@contextmanager
def running(
    command: Sequence[str | Path], log: Path, *, environment: Mapping[str, str] | None = None, pipes: bool = False
) -> Iterator[Process]:
    """The program, until the block is left: told to end, then killed. ``log`` takes stderr, and stdout if unpiped."""
    with log.open("w", encoding="utf-8") as said:
        popen = subprocess.Popen(
            list(map(str, command)),
            stdin=subprocess.PIPE if pipes else subprocess.DEVNULL,
            stdout=subprocess.PIPE if pipes else said,
            stderr=said,
            env={**os.environ, **(environment or {})},
            text=True,
            start_new_session=True,  # Ctrl-C reaches the bench alone, which ends what it started in order
        )
        try:
            yield Process(popen, log)
        finally:
            _end(popen)


def _end(popen: subprocess.Popen[str]) -> None:
    popen.terminate()
    try:
        popen.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        popen.kill()
        popen.wait()
    finally:
        for pipe in (popen.stdin, popen.stdout):
            if pipe is not None:
                pipe.close()


def busy_seconds() -> float:
    """What all cores of this machine together have worked since it started, for whomever."""
    fields = Path("/proc/stat").read_text(encoding="ascii").splitlines()[0].split()[1:]
    user, nice, system, _, _, irq, softirq, *_ = map(int, fields)
    return (user + nice + system + irq + softirq) / TICKS
