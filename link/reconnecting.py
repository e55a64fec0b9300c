"""A link made of one connection after another: what every transport does alike around its own way of connecting.

Rules
- A connection is used once. Its number is part of each receipt, so that nothing is acknowledged on a later one.
- ``down`` is told once for a lost connection, and once for the first attempt that failed; not for those that follow.
- A broker that refuses a version of MQTT is asked with the next one; the one that worked is used from then on.
- The session is what ``run`` was given, with the filters that ``listen`` said last. Every filter that was heard and is
  no more is a former one, of which each later connection rids a kept session.
- Cancelled means a goodbye, after which the broker does not speak our will. Every other end is a cut, after which it
  does.
"""

import asyncio
import itertools
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal, Protocol

from link.comeback import Comeback
from link.port import Outgoing, Receipt, Session, Sink, TakenOver, Ticket, TicketId

Version = Literal["5", "3.1.1"]

MOST_BYTES_OF_TOPIC = 65_535


class Connection(Protocol):
    """One connection from dialling to its end. What ended it is in the attributes once ``ended`` is set.

    ``accepted``: the broker took our CONNECT. ``dropped``: it closed the connection and gave no reason. ``failure``:
    our own code or the sink raised.
    """

    up: bool
    accepted: bool
    ended: asyncio.Event
    reason: str
    failure: Exception | None
    dropped: bool
    taken_over: bool
    version_refused: bool
    session_present: bool

    async def dial(self) -> bool:
        """Connect and subscribe. False: it did not come to that, and ``reason`` says why."""
        ...

    def stand(self, *, paused: bool) -> None:
        """Say ``up``, then hand over, beginning with what came meanwhile."""
        ...

    def publish(self, message: Outgoing, ticket: TicketId) -> Literal["sent", "down", "full"]: ...
    def acknowledge(self, receipts: Sequence[Receipt]) -> None: ...

    def listen(self, session: Session) -> None:
        """Hear the filters of ``session`` and none of its former ones; told while it dials, as soon as it stands."""
        ...

    def pause(self) -> None: ...
    def resume(self) -> None: ...

    def hang_up(self, reason: str) -> None:
        """End it at once, if it has not ended. The broker will speak our will."""
        ...

    async def leave(self) -> None:
        """End it so that the broker does not speak our will, in bounded time."""
        ...


class Connect(Protocol):
    """Makes a connection; it is dialled later."""

    def __call__(self, session: Session, sink: Sink, *, number: int, version: Version) -> Connection: ...


class ReconnectingLink:
    """The port, over connections that ``connect`` makes. ``chance()`` draws the jitter from 0-1."""

    def __init__(self, connect: Connect, *, chance: Callable[[], float], versions: Sequence[Version]) -> None:
        self._connect = connect
        self._chance = chance
        self._versions = deque(versions)
        self._tickets = itertools.count(1)
        self._ups = 0
        self._paused = False
        self._running = False
        self._connection: Connection | None = None
        self._session: Session | None = None

    async def run(self, session: Session, sink: Sink) -> None:
        """Connect, subscribe, carry; reconnect. Raises ``TakenOver``, and ``ValueError`` for a session that cannot be.

        What the sink raises ends it too; the connection is then cut, and the will speaks.
        """
        _check_session(session)
        if self._running:
            raise RuntimeError("this link runs already; a second session needs a second link")
        self._running = True
        self._session = session
        try:
            await self._run(session, sink)
        finally:
            self._running = False
            self._session = None

    def publish(self, message: Outgoing) -> Ticket:
        """Hand a message to the connection, in order. "full": the broker has not taken the last 10,000 yet.

        Raises ``ValueError`` for a topic or QoS that no broker takes. What a broker refuses by code (MQTT 5) is never
        told as delivered.
        """
        _check_message(message)
        ticket = TicketId(next(self._tickets))
        return Ticket(ticket, self._connection.publish(message, ticket) if self._connection else "down")

    def acknowledge(self, receipts: Sequence[Receipt]) -> None:
        """Acknowledge, in the order given. Receipts of other connections are dropped."""
        if self._connection is not None:
            self._connection.acknowledge(receipts)

    def listen(self, filters: Sequence[tuple[str, int]]) -> None:
        """Hear these from now on. Before ``run`` it changes nothing: ``run`` begins with its session's filters.

        Raises ``ValueError`` for a QoS that this transport does not carry.
        """
        if self._session is None:
            return
        heard = {name for name, _ in filters}
        gone = dict.fromkeys((*self._session.former, *(name for name, _ in self._session.filters)))
        former = tuple(name for name in gone if name not in heard)
        session = replace(self._session, filters=tuple(filters), former=former)
        _check_session(session)
        self._session = session
        if self._connection is not None:
            self._connection.listen(session)

    def pause(self) -> None:
        """Cease to read, for as long as need be: signs of life go on. It holds over a reconnect.

        While paused, a broker that vanishes without a word is noticed only after ``resume``. NATS ends a connection
        that takes nothing for 10 s.
        """
        self._paused = True
        if self._connection is not None:
            self._connection.pause()

    def resume(self) -> None:
        """Read again. What was read before the pause took hold is handed over first, in the next turn of the loop."""
        self._paused = False
        if self._connection is not None:
            self._connection.resume()

    async def _run(self, session: Session, sink: Sink) -> None:
        comeback = Comeback(self._chance)
        down_told = False
        refusals = 0
        while True:
            session = self._session or session  # its filters as they were said last
            connection = self._connect(session, sink, number=self._ups + 1, version=self._versions[0])
            pause_seconds = await self._live(connection, session, comeback)
            if connection.failure is not None:
                raise connection.failure
            refusals = refusals + 1 if connection.version_refused else 0
            if refusals:
                self._versions.rotate(-1)
            down_told = down_told and not connection.up
            if not down_told and not 0 < refusals < len(self._versions):
                down_told = True
                sink.down(connection.reason)
            if connection.taken_over:
                raise TakenOver(f"another client connected as {session.client_id!r}")
            if comeback.at_war:
                raise TakenOver(f"thrown out again and again: does another client connect as {session.client_id!r}?")
            await asyncio.sleep(pause_seconds)

    async def _live(self, connection: Connection, session: Session, comeback: Comeback) -> float:
        """One connection from dialling to its end. Seconds to wait before the next."""
        loop = asyncio.get_running_loop()
        self._connection = connection
        try:
            stands = await connection.dial()
            accepted_at = loop.time()
            if connection.accepted:
                comeback.accepted(session_forgotten=session.keep_seconds > 0 and not connection.session_present)
            if stands:
                self._ups += 1
                connection.stand(paused=self._paused)
                await connection.ended.wait()
            elif not (connection.accepted and connection.dropped):
                return comeback.failed()
            now = loop.time()
            return comeback.lost(at=now, lived_seconds=now - accepted_at, dropped=connection.dropped)
        except asyncio.CancelledError:
            await connection.leave()
            raise
        finally:
            self._connection = None
            connection.hang_up("cut")


def _check_session(session: Session) -> None:
    if not session.client_id:
        raise ValueError("a session needs a client id")
    if not 1 <= session.window <= 65_535:
        raise ValueError(f"a window of {session.window} messages is not possible; it is 1 to 65535")
    for name, qos in session.filters:
        if qos not in (0, 1):
            raise ValueError(f"{name} is subscribed with QoS {qos}; this transport carries 0 and 1")
    for topic in (session.canary, session.will.topic if session.will else None):
        if topic is not None:
            _check_topic(topic)


def _check_message(message: Outgoing) -> None:
    if message.qos not in (0, 1):
        raise ValueError(f"a message to {message.topic} has QoS {message.qos}; this transport carries 0 and 1")
    _check_topic(message.topic)


def _check_topic(topic: str) -> None:
    if not topic or any(sign in topic for sign in "+#\0") or len(topic.encode()) > MOST_BYTES_OF_TOPIC:
        raise ValueError(f"{topic[:80]!r} is not a topic one can publish to")
