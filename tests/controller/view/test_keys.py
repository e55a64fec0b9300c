"""Keys through a pseudo-terminal, and the terminal as it was afterwards."""

import asyncio
import contextlib
import fcntl
import os
import pty
import termios
from collections.abc import Iterator

import pytest
import uvloop

from controller.view import keys


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    master, slave = pty.openpty()
    yield master, slave
    for one in (master, slave):
        with contextlib.suppress(OSError):
            os.close(one)


def as_it_is(fd: int) -> tuple[list[object], int]:
    return termios.tcgetattr(fd), fcntl.fcntl(fd, fcntl.F_GETFL)


async def pressed(terminal: tuple[int, int], data: bytes, count: int) -> list[str]:
    master, slave = terminal
    found: asyncio.Queue[str] = asyncio.Queue(16)
    with keys.reading(slave, found):
        quiet = termios.tcgetattr(slave)
        assert not quiet[keys.LFLAG] & (termios.ECHO | termios.ICANON)
        assert quiet[keys.LFLAG] & termios.ISIG  # Ctrl-C stays what it is
        os.write(master, data)
        async with asyncio.timeout(5):
            return [await found.get() for _ in range(count)]


@pytest.mark.parametrize("loop", [asyncio.new_event_loop, uvloop.new_event_loop])
def test_keys_come_one_by_one_and_leave_no_trace(terminal, loop):
    before = as_it_is(terminal[1])
    with asyncio.Runner(loop_factory=loop) as runner:
        assert runner.run(pressed(terminal, b"v\x1b[A\x1b[15~\x1bOPk\xffq", 3)) == ["v", "k", "q"]
    assert as_it_is(terminal[1]) == before


def test_an_exception_leaves_the_terminal_as_it_was(terminal):
    before = as_it_is(terminal[1])

    async def fails() -> None:
        with keys.reading(terminal[1], asyncio.Queue(1)):
            assert as_it_is(terminal[1])[0] != before[0]
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        asyncio.run(fails())
    assert as_it_is(terminal[1]) == before


def test_a_terminal_that_goes_is_told_once_and_more_keys_than_fit_are_dropped(terminal):
    async def goes() -> list[str]:
        found: asyncio.Queue[str] = asyncio.Queue(2)
        with keys.reading(terminal[1], found):
            os.write(terminal[0], b"vkf")
            async with asyncio.timeout(5):
                first = [await found.get(), await found.get()]
                os.close(terminal[0])
                return [*first, await found.get()]

    assert asyncio.run(goes()) == ["v", "k", ""]


def test_without_a_terminal_there_are_lines(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    assert not keys.is_ours()  # a test's standard input is none
