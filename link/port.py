"""What every transport offers and what it needs: the port between the house and the broker.

Rules of the port
- Batch in: a transport hands the sink everything that one read of the socket brought, in order of arrival.
- The sink is called on the loop, synchronously, and must not raise for anything the network can bring. What it raises
  is a bug: it ends ``run``, and the connection is cut.
- ``arrived`` comes only between ``up`` and ``down``. Of one read, what was delivered is told first, then what arrived.
- ``publish`` never awaits. What became of a message is told later, to ``Sink.delivered``.
- A receipt belongs to one connection. The house acknowledges receipts in the order of arrival, after it has kept the
  message; receipts of an earlier connection are dropped, because the broker may give the same packet id to another
  message.
- ``run`` lives until it is cancelled, which is a goodbye: the broker does not speak the will. It reconnects by itself,
  and ends by itself only with ``TakenOver`` or with a bug.
- ``listen`` changes what is heard without a new connection: what is new is subscribed, and what the broker had retained
  there comes, as retained; what is no more is unsubscribed. What the broker had sent already may still arrive. Later
  connections hear the same; a kept session is rid of what was heard before.
- ``down`` is told once for a lost connection and once for a first attempt that failed, not for each attempt.
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
    """Who we are to the broker: client id, what we hear (topic filter → QoS 0 or 1), what is kept while we are away.

    ``keep_seconds`` 0 means a clean session. ``canary`` is a topic of our own: after each subscription the transport
    publishes a marker there, and what a kept session brings before that marker is back is backlog. ``window``: how many
    messages come before the first acknowledgement (MQTT 5); after it Mosquitto 2.0 sends more, so it is no bound.
    ``former``: filters that an earlier life may have left in the kept session. A broker keeps a subscription until it
    is told otherwise and cannot be asked which it has; to unsubscribe once too often does no harm.
    """

    client_id: str
    filters: tuple[tuple[str, int], ...]
    will: Will | None = None
    keep_seconds: int = 0
    canary: str | None = None
    window: int = 1000
    former: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """The broker's claim on an answer: which connection, which packet."""

    connection: int
    packet: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """One message as it came. ``receipt`` is None for QoS 0. ``backlog``: it waited while we were away.

    ``repeat``: the broker says it may have sent this before (DUP). Mosquitto says it exactly for what it has sent and
    was not acknowledged, under the packet id of then, after its restart too; new messages go on counting from there.
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
    """What became of ``publish`` at once: ``sent`` is handed to the connection; QoS 1 is told again when delivered."""

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
        """The broker has taken a QoS 1 message (PUBACK).

        Not told for QoS 0, for what a broken connection swallowed, nor for what the broker refused by code (MQTT 5).
        """
        ...


class Link(Protocol):
    """One connection after another to one broker. Never raises for the network."""

    async def run(self, session: Session, sink: Sink) -> None:
        """Connect, subscribe, carry; reconnect with jittered back-off. Raises ``TakenOver``."""
        ...

    def publish(self, message: Outgoing) -> Ticket:
        """Hand it to the connection, in order. "down": there is none. "full": the broker takes too little."""
        ...

    def acknowledge(self, receipts: Sequence[Receipt]) -> None:
        """In the order of arrival. Receipts of other connections are dropped."""
        ...

    def listen(self, filters: Sequence[tuple[str, int]]) -> None:
        """Hear these from now on, in place of the session's, on this connection and on later ones.

        Never awaits. A broker that refuses one of them loses the connection, as when it refuses one at the beginning.
        """
        ...

    def pause(self) -> None:
        """Cease to read the socket, so that the broker keeps what we cannot take. It holds over a reconnect."""
        ...

    def resume(self) -> None:
        """Read again; what was already read comes first, in the next turn of the loop."""
        ...
