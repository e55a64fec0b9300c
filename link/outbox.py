"""What the broker has not taken yet: bounded, in order, and never more on the wire than the broker allows."""

from collections import deque
from collections.abc import Callable

from link.port import Outgoing, TicketId

UNDELIVERED = 10_000  # above this nothing more is taken in
IN_FLIGHT = 1_000  # QoS 1 messages on the wire; a broker may allow fewer (MQTT 5, receive maximum)


class Outbox:
    """The messages of one connection on their way out; what is left when it ends is lost.

    ``send`` puts one message on the wire and returns its packet id, or None while its packet id is still taken.
    """

    def __init__(self, send: Callable[[Outgoing], int | None]) -> None:
        self.limit = IN_FLIGHT
        self._send = send
        self._waiting: deque[tuple[Outgoing, TicketId]] = deque()
        self._in_flight: dict[int, TicketId] = {}
        self._unwritten = 0

    def put(self, message: Outgoing, ticket: TicketId) -> bool:
        """Send it, or as soon as those before it are taken. False: full, not taken in."""
        if len(self._waiting) + len(self._in_flight) + self._unwritten >= UNDELIVERED:
            return False
        self._waiting.append((message, ticket))
        self.send_waiting()
        return True

    def written(self) -> None:
        """A QoS 0 message went out."""
        self._unwritten -= 1

    def taken(self, packet: int) -> TicketId | None:
        """The broker answered for a QoS 1 message. Its ticket; None if it is none of ours."""
        return self._in_flight.pop(packet, None)

    def send_waiting(self) -> None:
        """Send what may go now, in order: QoS 0 waits behind QoS 1 that waits."""
        while self._waiting:
            message, ticket = self._waiting[0]
            if message.qos and len(self._in_flight) >= self.limit:
                return
            packet = self._send(message)
            if packet is None:
                return
            self._waiting.popleft()
            if message.qos:
                self._in_flight[packet] = ticket
            else:
                self._unwritten += 1
