"""What every transport offers and what it needs: the port between the house and the broker.

Rules of the port
- Batch in: a transport hands the sink everything that one read of the socket brought, in order of arrival.
- The sink is called on the loop, synchronously, and must not raise for anything the network can bring.
- ``publish`` never awaits. What became of a message is told later, to ``Sink.delivered``.
- A receipt belongs to one connection. The house acknowledges receipts in the order of arrival, after it has kept the
  message; receipts of an earlier connection are dropped, because the broker may give the same packet id to another message.
- ``run`` lives until it is cancelled and reconnects by itself. It ends by itself only with ``TakenOver``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NewType, Protocol

TicketId = NewType("TicketId", int)


class TakenOver(Exception):  # noqa: N818 - not a failure of ours: another controller holds this session now
    """Another client connected with our client id; coming back would start a tug of war."""


@dataclass(frozen=True, slots=True)
class Broker:
    """Where the broker is."""

    host: str
    port: int = 1883
    username: str | None = None
    password: str | None = None


@dataclass(frozen=True, slots=True)
class Will:
    """What the broker says for us when we vanish."""

    topic: str
    payload: bytes
    retain: bool = True


@dataclass(frozen=True, slots=True)
class Session:
    """Who we are to the broker: client id, what we hear (topic filter → QoS), and what is kept while we are away.

    ``keep_seconds`` 0 means a clean session. ``canary`` is a topic of our own: after each subscription the transport
    publishes a marker there, and what arrives before that marker is backlog.
    """

    client_id: str
    filters: tuple[tuple[str, int], ...]
    will: Will | None = None
    keep_seconds: int = 0
    canary: str | None = None
    window: int = 1000


@dataclass(frozen=True, slots=True)
class Receipt:
    """The broker's claim on an answer: which connection, which packet."""

    connection: int
    packet: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """One message as it came. ``receipt`` is None for QoS 0. ``backlog``: it waited while we were away.

    ``repeat``: the broker says it may have sent this before (DUP).
    """

    topic: str
    payload: bytes
    retained: bool = False
    backlog: bool = False
    repeat: bool = False
    receipt: Receipt | None = None
    reply_to: str | None = None
    correlation: bytes | None = None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to send. ``expires_seconds`` and ``correlation`` are used where the broker speaks MQTT 5."""

    topic: str
    payload: bytes
    qos: int = 1
    retain: bool = False
    expires_seconds: int | None = None
    correlation: bytes | None = None


@dataclass(frozen=True, slots=True)
class Ticket:
    """What became of ``publish`` at once: ``sent`` means handed to the connection; QoS 1 is told again when delivered."""

    number: TicketId
    outcome: Literal["sent", "down", "full"]


@dataclass(frozen=True, slots=True)
class Up:
    """A connection stands and its subscriptions are acknowledged. ``connection`` counts from 1 in this process."""

    connection: int
    mqtt5: bool
    session_present: bool


class Sink(Protocol):
    """The house's ear. Called on the loop, synchronously, in the order in which things happened."""

    def up(self, up: Up) -> None: ...
    def down(self, reason: str) -> None: ...
    def arrived(self, batch: Sequence[Arrival]) -> None: ...
    def delivered(self, ticket: TicketId) -> None:
        """The broker has taken a QoS 1 message (PUBACK). Not told for QoS 0, nor for what a broken connection swallowed."""
        ...


class Link(Protocol):
    """One connection after another to one broker. Never raises for the network."""

    async def run(self, session: Session, sink: Sink) -> None:
        """Connect, subscribe, carry; reconnect with jittered back-off. Raises ``TakenOver``."""
        ...

    def publish(self, message: Outgoing) -> Ticket: ...
    def acknowledge(self, receipts: Sequence[Receipt]) -> None: ...
    def pause(self) -> None:
        """Cease to read the socket, so that the broker keeps what we cannot take."""
        ...

    def resume(self) -> None: ...
