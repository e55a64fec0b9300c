"""Keys, one at a time and unseen, and the terminal as it was afterwards, whatever happens.

The terminal is opened anew for reading: a loop makes what it reads from non-blocking, and that would stay so for the
shell, and for what we write, if they shared it.
"""

import asyncio
import os
import re
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any

IFLAG, LFLAG, CC = 0, 3, 6
_ESCAPED = re.compile(r"\x1b(\[[0-?]*[ -/]*[@-~]|O.|.)?")  # an arrow, a function key: none of ours


def is_ours() -> bool:
    """Whether there is a terminal to draw on and to read keys from, and we are not in its background."""
    try:
        given = all(one is not None and one.isatty() for one in (sys.stdin, sys.stdout))
        return given and os.environ.get("TERM") not in (None, "", "dumb") and _is_in_front(sys.stdin)
    except (OSError, ValueError):  # closed
        return False


def _is_in_front(terminal: IO[Any]) -> bool:
    return os.tcgetpgrp(terminal.fileno()) == os.getpgrp()


@contextmanager
def reading(fd: int, pressed: asyncio.Queue[str]) -> Iterator[None]:
    """Puts each key into ``pressed``, as long as there is room; ``""`` when the terminal is gone. Raises ``OSError``.

    Ctrl-C stays what it is. Ctrl-Z and Ctrl-S are taken away for the while: either would stop what draws, and with it
    the house that is played here.
    """
    loop = asyncio.get_running_loop()
    own = os.open(os.ttyname(fd), os.O_RDONLY | os.O_NOCTTY)
    try:
        before = termios.tcgetattr(fd)
        quiet = termios.tcgetattr(fd)
        quiet[IFLAG] &= ~termios.IXON
        quiet[LFLAG] &= ~(termios.ICANON | termios.ECHO)
        quiet[CC] = list(before[CC])
        quiet[CC][termios.VMIN], quiet[CC][termios.VTIME] = 1, 0
        quiet[CC][termios.VSUSP] = b"\0"
        try:
            termios.tcsetattr(fd, termios.TCSADRAIN, quiet)
            loop.add_reader(own, _read, loop, own, pressed)
            yield
        finally:
            loop.remove_reader(own)
            with suppress(termios.error):  # the terminal is gone
                termios.tcsetattr(fd, termios.TCSANOW, before)
    finally:
        os.close(own)


def _read(loop: asyncio.AbstractEventLoop, fd: int, pressed: asyncio.Queue[str]) -> None:
    try:
        data = os.read(fd, 64)
    except BlockingIOError:
        return
    except OSError:
        data = b""
    if not data:
        loop.remove_reader(fd)
        _put(pressed, "")
    for key in _ESCAPED.sub("", data.decode("ascii", "ignore")):
        _put(pressed, key)


def _put(pressed: asyncio.Queue[str], key: str) -> None:
    with suppress(asyncio.QueueFull):
        pressed.put_nowait(key)
