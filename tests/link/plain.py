"""A plain MQTT client with bytes of its own and blocking calls: the other side of the transport's tests."""

import socket
import struct
import time
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Self

WAIT_SECONDS = 5.0


@dataclass(frozen=True)
class Heard:
    """A PUBLISH as it came; ``properties`` are the raw bytes of MQTT 5."""

    topic: str
    payload: bytes
    qos: int
    retained: bool
    packet: int
    properties: bytes


class PlainClient:
    """A clean session unless ``keep``. Every call waits for the broker's answer, five seconds at most."""

    def __init__(self, port: int, client_id: str = "plain", *, mqtt5: bool = False, keep: bool = False) -> None:
        self._mqtt5 = mqtt5
        self._buffer = b""
        self._packet = 0
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=WAIT_SECONDS)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        properties = b"\x05\x11\x00\x00\x00\x3c" if mqtt5 else b""
        start = text("MQTT") + bytes([5 if mqtt5 else 4, 0 if keep else 2]) + struct.pack("!H", 60)
        self._send(0x10, start + properties + text(client_id))
        self._expect(2)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()

    def subscribe(self, *filters: str, qos: int = 1) -> None:
        self._packet += 1
        wanted = b"".join(text(name) + bytes([qos]) for name in filters)
        self._send(0x82, struct.pack("!H", self._packet) + (b"\0" if self._mqtt5 else b"") + wanted)
        self._expect(9)

    def publish(
        self, topic: str, payload: bytes = b"", *, qos: int = 1, retain: bool = False, properties: bytes = b""
    ) -> None:
        """Returns when the broker has taken it (QoS 1)."""
        self._packet = self._packet % 65535 + 1
        number = struct.pack("!H", self._packet) if qos else b""
        extra = bytes([len(properties)]) + properties if self._mqtt5 else b""
        self._send(0x30 | qos << 1 | retain, text(topic) + number + extra + payload)
        if qos:
            self._expect(4)

    def hear(self) -> Heard:
        """The next message; acknowledged at once."""
        return self._read_publish(self._expect(3))

    def _read_publish(self, packet: tuple[int, bytes]) -> Heard:
        head, body = packet
        qos, end = head >> 1 & 3, 2 + int.from_bytes(body[:2])
        topic, number, properties = body[2:end].decode(), 0, b""
        if qos:
            number, end = int.from_bytes(body[end : end + 2]), end + 2
            self._send(0x40, struct.pack("!H", number))
        if self._mqtt5:
            size = body[end]
            properties, end = body[end + 1 : end + 1 + size], end + 1 + size
        return Heard(topic, body[end:], qos, bool(head & 1), number, properties)

    def _send(self, head: int, body: bytes) -> None:
        self._socket.sendall(framed(head, body))

    def _expect(self, kind: int) -> tuple[int, bytes]:
        deadline = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < deadline:
            for packet in self._packets():
                if packet[0] >> 4 == kind:
                    return packet
            more = self._socket.recv(65536)
            if not more:
                raise ConnectionError("the broker closed the connection of the plain client")
            self._buffer += more
        raise TimeoutError(f"no packet of kind {kind}")

    def _packets(self) -> Iterator[tuple[int, bytes]]:
        while (packet := unframed(self._buffer)) is not None:
            head, body, self._buffer = packet
            yield head, body


def text(value: str) -> bytes:
    return struct.pack("!H", len(value.encode())) + value.encode()


def framed(head: int, body: bytes) -> bytes:
    size, left = b"", len(body)
    while True:
        left, digit = left >> 7, left & 127
        size += bytes([digit | (128 if left else 0)])
        if not left:
            return bytes([head]) + size + body


def unframed(buffer: bytes) -> tuple[int, bytes, bytes] | None:
    """First byte, body and what follows; None while it is not complete."""
    for end in range(2, min(len(buffer), 5) + 1):
        if buffer[end - 1] < 128:
            size = sum((digit & 127) << 7 * place for place, digit in enumerate(buffer[1:end]))
            return (buffer[0], buffer[end : end + size], buffer[end + size :]) if len(buffer) >= end + size else None
    return None
