"""Our own marker on a topic of our own: what comes before it in a resumed session waited while we were away.

Rules
- The marker is published once a connection, after its subscriptions. It proves the whole way, out and back.
- Only the nonce of this connection counts. Markers of earlier connections may still be queued; they are swallowed.
- Markers are acknowledged by the transport, each in its place: not before every receipt that came before it. A broker
  that gets acknowledgements out of order sends far more than its window.
"""

import secrets
from collections import deque
from collections.abc import Callable

from link.port import Outgoing


class Canary:
    """The marker of one connection. ``acknowledge(packet)`` sends an acknowledgement.

    ``backlog`` is true from a resumed session's beginning until the marker is back; ``back`` once it is.
    """

    def __init__(self, topic: str | None, acknowledge: Callable[[int], object]) -> None:
        self.topic = topic
        self.back = topic is None
        self.backlog = False
        self._acknowledge = acknowledge
        self._nonce = secrets.token_bytes(12)
        self._received = 0
        self._acknowledged = 0
        self._markers: deque[tuple[int, int]] = deque()  # how many receipts stand before it, its packet id

    def session(self, *, present: bool) -> None:
        """The broker said whether it kept our session."""
        self.backlog = present and not self.back

    def marker(self) -> Outgoing | None:
        """The message to publish, if there is a topic for it."""
        return None if self.topic is None else Outgoing(self.topic, self._nonce)

    def swallow(self, payload: bytes, packet: int | None) -> None:
        """A message on our topic came; ``packet`` is None for QoS 0. It is never handed on."""
        if payload == self._nonce:
            self.back = True
            self.backlog = False
        if packet is not None:
            self._markers.append((self._received, packet))

    def received(self) -> None:
        """A message with a receipt came that is the house's to acknowledge."""
        self._received += 1

    def acknowledged(self) -> None:
        """The house acknowledged one."""
        self._acknowledged += 1

    def acknowledge_markers(self) -> None:
        """Those whose turn it is."""
        while self._markers and self._markers[0][0] <= self._acknowledged:
            self._acknowledge(self._markers.popleft()[1])
