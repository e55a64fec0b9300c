"""Watches one socket for a client library that only parses: reads it dry, holds it back, keeps it alive, sees it die.

Rules
- One turn reads what is there, up to ``TURN_PACKETS`` packets, and then tells ``after_turn`` once: a batch.
- Paused means: the socket is not read. The broker's bytes stay in the kernel, and TCP holds the broker.
- A sign of life goes out every quarter of the keepalive, paused or not, so that the broker does not give us up.
- The broker is dead when nothing at all came for one keepalive. paho's own test, that the answer to its ping was not
  *read* in time, kills a good connection while we do not read on purpose, and in a flood, when the answer stands behind
  thousands of messages; it is not used. While paused nobody can know more than what sending tells.
"""

import asyncio
import contextlib
import socket
from collections.abc import Callable, Iterator
from typing import Protocol

TURN_PACKETS = 256  # about 10 ms of parsing: other work on the loop waits no longer
DISCARDED_BYTES = 1 << 20
PINGREQ = b"\xc0\x00"


class Speaker(Protocol):
    """What the library offers: one packet in, all packets out, and whether some still have to go out."""

    def loop_read(self) -> object: ...
    def loop_write(self) -> object: ...
    def want_write(self) -> bool: ...


class Watch:
    """One socket from ``open`` to ``close``. ``lost(reason)``: it is of no use; ``failed(bug)``: our code raised."""

    def __init__(
        self,
        speaker: Speaker,
        *,
        keepalive_seconds: float,
        after_turn: Callable[[], None],
        lost: Callable[[str], None],
        failed: Callable[[Exception], None],
    ) -> None:
        self._speaker = speaker
        self._keepalive_seconds = keepalive_seconds
        self._after_turn = after_turn
        self._lost = lost
        self._failed = failed
        self._loop = asyncio.get_running_loop()
        self._socket: socket.socket | None = None
        self._beat: asyncio.TimerHandle | None = None
        self._paused = False
        self._reading = False
        self._waiting_to_write = False
        self._all_out = asyncio.Event()
        self._heard_at = 0.0

    @property
    def reading(self) -> bool:
        """Is the library reading just now? What it tells then, it has read."""
        return self._reading

    @property
    def paused(self) -> bool:
        return self._paused

    def open(self, sock: socket.socket) -> None:
        self._socket = sock
        self._loop.add_reader(sock.fileno(), self._read)

    def keep_alive(self) -> None:
        """Begin with signs of life, and to expect some."""
        self._heard_at = self._loop.time()
        if self._socket is not None:
            self._beat = self._loop.call_later(self._keepalive_seconds / 4, self._on_beat)

    def close(self) -> None:
        """Let go of the socket; to be called before it is closed."""
        if self._beat is not None:
            self._beat.cancel()
        if self._socket is not None:
            self._loop.remove_reader(self._socket.fileno())
            self.stop_writing()
        self._socket = None

    def pause(self) -> None:
        if self._socket is not None and not self._paused:
            self._loop.remove_reader(self._socket.fileno())
        self._paused = True

    def resume(self) -> None:
        """Read again; a turn is told even if nothing comes, for what was kept over the pause."""
        if self._socket is not None and self._paused:
            self._heard_at = self._loop.time()
            self._loop.add_reader(self._socket.fileno(), self._read)
            self._loop.call_soon(self._tell)
        self._paused = False

    def write(self) -> None:
        """Send what the library has ready; what does not fit goes out when the socket takes it."""
        if self._socket is None:
            return
        with self._loud():
            self._speaker.loop_write()
        if self._socket is not None and self._speaker.want_write() and not self._waiting_to_write:
            self._waiting_to_write = True
            self._all_out.clear()
            self._loop.add_writer(self._socket.fileno(), self.write)

    def stop_writing(self) -> None:
        """The library has nothing more to send."""
        if self._waiting_to_write and self._socket is not None:
            self._loop.remove_writer(self._socket.fileno())
        self._waiting_to_write = False
        self._all_out.set()

    async def part(self, last_word: bytes) -> None:
        """Send what is ready, then ``last_word``, and return once the broker has closed its side.

        What comes meanwhile is read and thrown away. To close with something unread resets the connection, and a broker
        that meets the reset before it has read the last word speaks our will (it did in 12 of 360 tries).
        """
        gone = asyncio.Event()
        if self._beat is not None:
            self._beat.cancel()  # a sign of life after the last word would find the way closed, and cut everything
        if self._socket is not None:
            self._loop.add_reader(self._socket.fileno(), self._discard, self._socket, gone)
        self.write()
        while self._socket is not None and self._speaker.want_write():
            await self._all_out.wait()
        if self._socket is not None:
            try:
                self._socket.sendall(last_word)
                self._socket.shutdown(socket.SHUT_WR)
            except OSError:
                return
            await gone.wait()

    def _discard(self, sock: socket.socket, gone: asyncio.Event) -> None:
        try:
            if sock.recv(DISCARDED_BYTES):
                return
        except BlockingIOError:
            return
        except OSError:
            pass
        self._loop.remove_reader(sock.fileno())
        gone.set()

    def _read(self) -> None:
        self._heard_at = self._loop.time()
        self._reading = True
        with self._loud():
            for _ in range(TURN_PACKETS):
                self._speaker.loop_read()
                if self._socket is None or not _has_more(self._socket):
                    break
        self._reading = False
        self._tell()

    def _tell(self) -> None:
        with self._loud():
            self._after_turn()

    @contextlib.contextmanager
    def _loud(self) -> Iterator[None]:
        try:
            yield
        except Exception as bug:  # noqa: BLE001 - a loop would only log it; the one who runs the link raises it
            self._failed(bug)

    def _on_beat(self) -> None:
        if self._socket is None:
            return
        self._beat = self._loop.call_later(self._keepalive_seconds / 4, self._on_beat)
        silent = self._loop.time() - self._heard_at >= self._keepalive_seconds
        # After our own process stood still the answers are there, only unread.
        if silent and not self._paused and not _has_more(self._socket):
            self._lost(f"nothing was heard from the broker for {self._keepalive_seconds:g} s")
        elif not self._speaker.want_write():  # never into the middle of a packet; and what waits is a sign of life too
            self._ping(self._socket)

    def _ping(self, sock: socket.socket) -> None:
        try:
            if sock.send(PINGREQ) < len(PINGREQ):
                self._lost("the connection took half a packet")  # nothing sensible can follow
        except BlockingIOError:
            pass  # the buffer is full of what the broker has not taken yet
        except OSError as error:
            self._lost(f"the connection broke: {error.strerror or error}")


def _has_more(sock: socket.socket) -> bool:
    """Is there something to read? The end of the connection and an error count: the library shall meet them."""
    try:
        sock.recv(1, socket.MSG_PEEK)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True
