"""Fakes for the controller's rooms: a link that keeps what is published, a clock that stands until it is moved."""

from collections.abc import Sequence

from link.port import Outgoing, Receipt, Session, Sink, Ticket, TicketId


class FakeLink:
    """A link without a network. ``outcome`` is what becomes of everything that is published."""

    def __init__(self) -> None:
        self.outcome = "sent"
        self.published: list[Outgoing] = []
        self.acknowledged: list[Receipt] = []
        self.paused = False
        self.filters: list[str] = []

    async def run(self, session: Session, sink: Sink) -> None:
        raise NotImplementedError

    def publish(self, message: Outgoing) -> Ticket:
        if self.outcome == "sent":
            self.published.append(message)
        return Ticket(TicketId(len(self.published)), self.outcome)

    def acknowledge(self, receipts: Sequence[Receipt]) -> None:
        self.acknowledged += receipts

    def listen(self, filters: Sequence[tuple[str, int]]) -> None:
        self.filters = [name for name, _ in filters]

    def pause(self) -> None:
        self.paused = True

    def resume(self) -> None:
        self.paused = False

    def topics(self) -> list[str]:
        return [one.topic for one in self.published]


class FakeClock:
    """Time that a test moves, in microseconds."""

    def __init__(self, now: int = 1_000_000) -> None:
        self.time = now
        self.offset = 0

    def now(self) -> int:
        return self.time

    def wall(self) -> int:
        return self.time + self.offset
