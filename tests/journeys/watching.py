"""The demo on a terminal of its own: what a person sees there, and what they press."""

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

HOME = "\x1b[H"
_CODES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")
WAIT_SECONDS = 12.0
# The terminal becomes the new session's own, as a shell's is.
_TAKE_TERMINAL = """\
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""


def plain(text: str) -> str:
    """A text without its codes for colours and places."""
    return _CODES.sub("", text.replace(HOME, "\n")).replace("\r", "")


class Person:
    """Sits at a pseudo-terminal on which the demo draws. Every frame is a whole one, so the last is what is seen."""

    def __init__(self, folder: Path, *arguments: str, size: tuple[int, int] = (100, 30)) -> None:
        self._master, self._slave = pty.openpty()
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.before = termios.tcgetattr(self._slave)
        self.flags = fcntl.fcntl(self._slave, fcntl.F_GETFL)
        self.text = ""
        self.began = time.monotonic()
        environment = {key: value for key, value in os.environ.items() if not key.startswith("RINGMASTER_")}
        more = {"TERM": "xterm-256color", "PYTHONPATH": str(Path(__file__).parents[2]), "RINGMASTER_LANG": "en"}
        self.process = subprocess.Popen(
            [sys.executable, "-c", _TAKE_TERMINAL, "-m", "controller", "demo", *arguments],
            cwd=folder, env={**environment, **more}, stdin=self._slave, stdout=self._slave, stderr=self._slave,
            start_new_session=True,
        )  # fmt: skip

    @property
    def lines(self) -> list[str]:
        """What is seen now."""
        frames = self.text.split(HOME)
        whole = frames[-1] if frames[-1].count("\n") >= frames[-2].count("\n") else frames[-2]
        return [line.rstrip() for line in plain(whole).split("\n")]

    def row(self, word: str) -> str:
        """The first line with ``word`` in it."""
        return next((line for line in self.lines if word in line), "") if HOME in self.text else ""

    def sees(self, holds: Callable[[], Any], what: str, seconds: float = WAIT_SECONDS) -> Any:
        """Looks until ``holds``; fails with the screen when time is up."""
        deadline = time.monotonic() + seconds
        while not (found := holds()):
            assert time.monotonic() < deadline, f"after {seconds} s not seen: {what}\n" + "\n".join(self.lines)
            self.look(0.05)
        return found

    def look(self, seconds: float) -> None:
        """Reads what is drawn, for at most so long."""
        if select.select([self._master], [], [], seconds)[0]:
            with contextlib.suppress(OSError):  # nobody draws any more
                self.text += os.read(self._master, 1 << 16).decode("utf-8", "replace")

    def presses(self, key: str) -> None:
        os.write(self._master, key.encode())

    def ends(self, seconds: float = 10.0) -> int:
        """Its exit code; the terminal is read meanwhile, or it could not draw its last."""
        deadline = time.monotonic() + seconds
        while self.process.poll() is None:
            assert time.monotonic() < deadline, "it does not end"
            self.look(0.05)
        self.look(0.05)
        return self.process.returncode

    @property
    def after(self) -> tuple[Any, int]:
        """The terminal's settings and flags now."""
        return termios.tcgetattr(self._slave), fcntl.fcntl(self._slave, fcntl.F_GETFL)

    def closes_the_terminal(self) -> None:
        for one in (self._slave, self._master):
            os.close(one)
        self._master = self._slave = -1

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(5)
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(5)
        if self._master >= 0:
            self.closes_the_terminal()


@contextlib.contextmanager
def person(folder: Path, *arguments: str, size: tuple[int, int] = (100, 30)) -> Iterator[Person]:
    found = Person(folder, *arguments, size=size)
    try:
        yield found
    finally:
        found.close()
