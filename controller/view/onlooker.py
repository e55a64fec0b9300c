"""Who looks: an ear at the broker and an eye on the journal, holding the newest sight."""

import time
from collections.abc import Callable, Sequence

from controller.view import hearing
from controller.view.sight import Sight, Trick, TrickWord
from link.port import Arrival, Link, Session, TicketId, Up
from scenes.effects import Note
from scenes.model import Venue


def wall_clock() -> int:
    """Microseconds since 1970."""
    return time.time_ns() // 1000


class Onlooker:
    """A sink of the link; says nothing. ``now`` gives wall time in microseconds."""

    def __init__(self, venue: Venue, link: Link, now: Callable[[], int] = wall_clock) -> None:
        self.sight = Sight()
        self._venue = venue
        self._link = link
        self._now = now

    async def run(self, client: str) -> None:
        """Until it is cancelled; comes back by itself after the broker did."""
        await self._link.run(Session(client_id=client, filters=hearing.filters_of(self._venue)), self)

    def use(self, venue: Venue) -> None:
        """The venue was loaded anew."""
        self._venue = venue
        self._link.listen(hearing.filters_of(venue))

    def noted(self, note: Note, at: int) -> None:
        """The journal has a new note, made at wall time ``at``."""
        self.sight = hearing.noted(self.sight, self._venue, note, at)

    def tricked(self, word: TrickWord, subject: str = "") -> None:
        """A key did something."""
        self.sight = hearing.tricked(self.sight, Trick(self._now(), word, subject))

    def up(self, up: Up) -> None:  # noqa: ARG002 - the shape of a sink
        """What is retained comes now."""
        self.sight = hearing.linked(self.sight, up=True)

    def down(self, reason: str) -> None:  # noqa: ARG002 - the shape of a sink
        """What was seen last stays, and it is said that it is old."""
        self.sight = hearing.linked(self.sight, up=False)

    def arrived(self, batch: Sequence[Arrival]) -> None:
        """All at QoS 0: there is nothing to acknowledge."""
        at = self._now()
        for arrival in batch:
            self.sight = hearing.heard(self.sight, self._venue, arrival, at)

    def delivered(self, ticket: TicketId) -> None:
        """It said nothing."""
