"""A broker that does exactly what a test tells it, byte by byte, in threads of its own."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator

from tests.brokers import HOST
from tests.link.plain import framed, unframed

CONNECT, PUBLISH, PUBACK, SUBSCRIBE, PINGREQ, DISCONNECT = 1, 3, 4, 8, 12, 14


class Caller:
    """One connection as the broker sees it. ``level``: 4 is MQTT 3.1.1, 5 is MQTT 5."""

    def __init__(self, wire: socket.socket) -> None:
        self.level = 0
        self._wire = wire
        self._buffer = b""

    def read(self) -> tuple[int, bytes]:
        """The next packet: kind and body. Raises ``ConnectionError`` at the end of the connection."""
        while (packet := unframed(self._buffer)) is None:
            more = self._wire.recv(65536)
            if not more:
                raise ConnectionError("the caller went")
            self._buffer += more
        head, body, self._buffer = packet
        if head >> 4 == CONNECT:
            self.level = body[6]
        return head >> 4, body

    def raw(self, data: bytes) -> None:
        self._wire.sendall(data)

    def connack(self, code: int = 0, *, session_present: bool = False, properties: bytes = b"") -> None:
        extra = bytes([len(properties)]) + properties if self.level == 5 else b""
        self.raw(framed(0x20, bytes([session_present, code]) + extra))

    def suback(self, body: bytes, code: int = 1) -> None:
        """Answer a SUBSCRIBE, every filter with ``code``."""
        filters, rest = 0, body[3:] if self.level == 5 else body[2:]
        while rest:
            rest = rest[2 + int.from_bytes(rest[:2]) + 1 :]
            filters += 1
        self.raw(framed(0x90, body[:2] + (b"\0" if self.level == 5 else b"") + bytes([code]) * filters))

    def puback(self, body: bytes, code: int = 0) -> None:
        end = 2 + int.from_bytes(body[:2])
        self.raw(framed(0x40, body[end : end + 2] + (bytes([code]) if code else b"")))

    def publish(self, payload: bytes, *, topic: bytes = b"hall/door", packet: int = 0) -> None:
        number = packet.to_bytes(2) if packet else b""
        extra = b"\0" if self.level == 5 else b""
        head = 0x32 if packet else 0x30
        self.raw(framed(head, len(topic).to_bytes(2) + topic + number + extra + payload))

    def welcome(self, *, session_present: bool = False, properties: bytes = b"") -> None:
        """CONNECT and SUBSCRIBE, both granted."""
        self.read()
        self.connack(session_present=session_present, properties=properties)
        self.suback(self.read()[1])

    def serve(self) -> None:
        """Answer until the caller goes."""
        while True:
            kind, body = self.read()
            if kind == PINGREQ:
                self.raw(b"\xd0\x00")
            elif kind == SUBSCRIBE:
                self.suback(body)
            elif kind == PUBLISH:
                self.puback(body)

    def echo(self, body: bytes) -> None:
        """Send back a PUBLISH (QoS 1) as QoS 0."""
        end = 2 + int.from_bytes(body[:2])
        self.raw(framed(0x30, body[:end] + body[end + 2 :]))


Script = Callable[[Caller], None]


class ScriptedBroker:
    """Each connection gets the next script, the last script all that follow. ``levels``: the versions that were
    asked."""

    def __init__(self, *scripts: Script) -> None:
        self.levels: list[int] = []
        self.calls = 0
        self.failures: list[Exception] = []
        self._scripts = scripts
        self._door = socket.create_server((HOST, 0))
        self.port: int = self._door.getsockname()[1]
        self._wires: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept, name="scripted broker")]
        self._threads[0].start()

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._threads[0].join(5)
        for wire in self._wires:
            with contextlib.suppress(OSError):
                wire.shutdown(socket.SHUT_RDWR)
        for thread in self._threads[1:]:
            thread.join(5)
        self._door.close()
        assert not self.failures, self.failures

    def _accept(self) -> None:
        while True:
            try:
                wire, _ = self._door.accept()
            except OSError:
                return
            wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            script = self._scripts[min(self.calls, len(self._scripts) - 1)]
            self.calls += 1
            self._wires.append(wire)
            thread = threading.Thread(target=self._play, args=(script, wire), name="scripted call")
            self._threads.append(thread)
            thread.start()

    def _play(self, script: Script, wire: socket.socket) -> None:
        caller = Caller(wire)
        try:
            script(caller)
        except OSError:
            pass  # the caller went: the usual end
        except Exception as error:  # noqa: BLE001 - raised when the broker is closed
            self.failures.append(error)
        finally:
            self.levels.append(caller.level)
            wire.close()


@contextlib.contextmanager
def scripted(*scripts: Script) -> Iterator[ScriptedBroker]:
    broker = ScriptedBroker(*scripts)
    try:
        yield broker
    finally:
        broker.close()


def good(caller: Caller) -> None:
    """A broker as it should be, but for messages, which it only takes."""
    caller.welcome()
    caller.serve()
