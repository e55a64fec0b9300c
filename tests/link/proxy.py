"""A small TCP proxy in a thread of its own, to cut a connection from outside while both ends live."""

import contextlib
import selectors
import socket
import struct
import threading
from collections.abc import Iterator

from tests.brokers import HOST, RunningBroker

RESET = struct.pack("ii", 1, 0)


class Proxy:
    """``port`` leads to the broker. What it cannot pass on it drops, on both sides."""

    def __init__(self, broker: RunningBroker) -> None:
        self._broker = broker
        self._door = socket.create_server((HOST, 0))
        self.port: int = self._door.getsockname()[1]
        self._bell, self._ring = socket.socketpair()
        self._others: dict[socket.socket, socket.socket] = {}
        self._cut_done = threading.Event()
        self._closing = self._closed = False
        self._ready = selectors.DefaultSelector()
        for listening in (self._door, self._bell):
            self._ready.register(listening, selectors.EVENT_READ)
        self._thread = threading.Thread(target=self._work, name="proxy")
        self._thread.start()

    def cut(self) -> None:
        """Reset what goes through it now, on both sides; new connections are taken at once."""
        self._cut_done.clear()
        self._ring.send(b"!")
        assert self._cut_done.wait(5)

    def close(self) -> None:
        """Cut, take no more, and end the thread."""
        self._closing = True
        self.cut()
        self._thread.join(5)

    def _work(self) -> None:
        while not self._closed:
            for key, _ in self._ready.select():
                if key.fileobj is self._bell:
                    self._drop_all()
                elif key.fileobj is self._door:
                    self._join()
                elif isinstance(key.fileobj, socket.socket) and key.fileobj in self._others:
                    self._pass_on(key.fileobj)
        self._ready.close()
        for end in (self._door, self._bell, self._ring):
            end.close()

    def _join(self) -> None:
        near, _ = self._door.accept()
        try:
            far = socket.create_connection((self._broker.host, self._broker.port), timeout=5)
        except OSError:
            near.close()
            return
        for end, other in ((near, far), (far, near)):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._others[end] = other
            self._ready.register(end, selectors.EVENT_READ)

    def _pass_on(self, end: socket.socket) -> None:
        try:
            data = end.recv(65536)
            if data:
                self._others[end].sendall(data)
                return
        except OSError:
            pass
        self._drop(end, self._others[end])

    def _drop_all(self) -> None:
        self._bell.recv(16)
        for end in tuple(self._others):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        self._drop(*self._others)
        self._closed = self._closing
        self._cut_done.set()

    def _drop(self, *ends: socket.socket) -> None:
        for end in ends:
            self._others.pop(end)
            self._ready.unregister(end)
            end.close()


@contextlib.contextmanager
def proxy(broker: RunningBroker) -> Iterator[Proxy]:
    between = Proxy(broker)
    try:
        yield between
    finally:
        between.close()
