"""One socket watched: turns, pauses, signs of life, and the last word."""

import asyncio
import contextlib
import socket
from collections.abc import Iterator

import pytest

from link.watch import PINGREQ, TURN_PACKETS, Watch
from tests.link.listening import eventually, play


class Bytes:
    """A library whose packets are single bytes."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.got = b""
        self.out: list[bytes] = []
        self.bug: Exception | None = None

    def loop_read(self) -> None:
        if self.bug is not None:
            raise self.bug
        self.got += self.sock.recv(1)

    def loop_write(self) -> None:
        while self.out:
            try:
                sent = self.sock.send(self.out[0])
            except BlockingIOError:
                return
            self.out[0] = self.out[0][sent:]
            if self.out[0]:
                return
            self.out.pop(0)

    def want_write(self) -> bool:
        return bool(self.out)


class Scene:
    """A watch on one end of a pair of sockets; the test has the other end."""

    def __init__(self, near: socket.socket, far: socket.socket, keepalive_seconds: float) -> None:
        near.setblocking(False)
        self.far = far
        self.library = Bytes(near)
        self.turns: list[int] = []
        self.lost: list[str] = []
        self.bugs: list[Exception] = []
        self.watch = Watch(
            self.library,
            keepalive_seconds=keepalive_seconds,
            after_turn=lambda: self.turns.append(len(self.library.got)),
            lost=self.lost.append,
            failed=self.bugs.append,
        )
        self.watch.open(near)


@contextlib.contextmanager
def watching(*, keepalive_seconds: float = 60.0) -> Iterator[Scene]:
    near, far = socket.socketpair()
    with near, far:
        far.settimeout(5)
        scene = Scene(near, far, keepalive_seconds)
        try:
            yield scene
        finally:
            scene.watch.close()


def test_one_turn_reads_what_is_there_and_no_more_than_its_share() -> None:
    async def scene() -> None:
        with watching() as here:
            here.far.send(b"x" * (TURN_PACKETS + 10))
            await eventually(lambda: len(here.turns) == 2)
            assert here.turns == [TURN_PACKETS, TURN_PACKETS + 10]

    play(scene())


def test_paused_it_reads_nothing_and_resumed_it_reads_all() -> None:
    async def scene() -> None:
        with watching() as here:
            here.watch.pause()
            here.far.send(b"abc")
            for _ in range(10):
                await asyncio.sleep(0.001)
            assert here.library.got == b""
            here.watch.resume()
            await eventually(lambda: here.library.got == b"abc")
            here.watch.resume()
            here.far.send(b"d")
            await eventually(lambda: here.library.got == b"abcd")

    play(scene(), on_uvloop=True)


def test_a_turn_is_told_after_a_pause_even_if_nothing_came() -> None:
    async def scene() -> None:
        with watching() as here:
            here.watch.pause()
            here.watch.resume()
            await eventually(lambda: here.turns == [0])

    play(scene())


def test_silence_for_one_keepalive_is_death_but_not_while_paused() -> None:
    async def scene() -> None:
        with watching(keepalive_seconds=0.08) as here:
            here.watch.keep_alive()
            here.watch.pause()
            await asyncio.sleep(0.2)  # more than two keepalives
            assert here.lost == []
            assert here.far.recv(100).startswith(PINGREQ * 4)
            here.watch.resume()
            await eventually(lambda: here.lost)
            assert here.lost[0] == "nothing was heard from the broker for 0.08 s"

    play(scene())


def test_what_is_there_unread_is_a_sign_of_life_after_we_stood_still(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene() -> None:
        with watching(keepalive_seconds=0.05) as here:
            here.watch.keep_alive()
            loop = asyncio.get_running_loop()
            loop.remove_reader(here.library.sock.fileno())  # as if this turn of the loop had not come to it yet
            here.far.send(b"x")
            await asyncio.sleep(0.15)
            assert here.lost == []

    play(scene())


def test_what_does_not_fit_goes_out_when_there_is_room() -> None:
    async def scene() -> None:
        with watching() as here:
            here.library.out = [b"x" * 3_000_000]
            here.watch.write()
            assert here.library.want_write()
            got = 0
            while got < 3_000_000:
                got += len(await asyncio.to_thread(here.far.recv, 1 << 20))
            await eventually(lambda: not here.library.want_write())
            here.watch.stop_writing()

    play(scene(), on_uvloop=True)


def test_no_sign_of_life_is_put_into_the_middle_of_a_packet() -> None:
    async def scene() -> None:
        with watching(keepalive_seconds=0.02) as here:
            here.watch.pause()
            here.library.out = [b"x" * 1_000_000]
            here.watch.keep_alive()
            here.watch.write()
            await asyncio.sleep(0.05)
            got = b""
            while here.library.want_write() or len(got) < 1_000_000:
                got += await asyncio.to_thread(here.far.recv, 1 << 20)
            assert got[:1_000_000] == b"x" * 1_000_000

    play(scene())


def test_the_last_word_comes_after_everything_and_what_is_unread_is_thrown_away() -> None:
    async def scene() -> None:
        with watching() as here:
            here.watch.pause()
            here.far.send(b"unread" * 1000)
            here.library.out = [b"first"]

            def broker() -> bytes:
                heard = b""
                while data := here.far.recv(100):
                    heard += data
                here.far.shutdown(socket.SHUT_WR)
                return heard

            async with asyncio.TaskGroup() as both:
                heard = both.create_task(asyncio.to_thread(broker))
                await here.watch.part(b"bye")
            assert heard.result() == b"firstbye"
            assert here.library.got == b""

    play(scene())


def test_after_the_last_word_there_is_no_sign_of_life() -> None:
    async def scene() -> None:
        with watching(keepalive_seconds=0.04) as here:
            here.watch.keep_alive()
            async with asyncio.TaskGroup() as both:
                parting = both.create_task(here.watch.part(b"bye"))
                await asyncio.sleep(0.1)  # more than two keepalives: the broker takes its time to close
                assert (here.lost, parting.done()) == ([], False)
                here.far.shutdown(socket.SHUT_WR)
            assert here.far.recv(100).removeprefix(PINGREQ) == b"bye"

    play(scene())


def test_what_our_code_raises_is_told_not_logged() -> None:
    async def scene() -> None:
        with watching() as here:
            here.library.bug = LookupError("bug")
            here.far.send(b"x")
            await eventually(lambda: here.bugs)
            here.watch.pause()
            assert here.bugs[0] is here.library.bug

    play(scene())
