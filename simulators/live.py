"""The models played over a broker: devices that answer there, and visitors that walk, as fast as one likes."""

import asyncio
import heapq
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from devices.vocabulary import DeviceId
from link.port import Arrival, Link, Outgoing, Session, TicketId, Up, Will
from simulators.models.acts import Act
from simulators.models.model import ALARM, Model, Said, Spoken
from simulators.models.spoiled import body_of, written

MOST_UNSENT = 100  # events that a device keeps while it has no connection
GOODBYE_SECONDS = 2.0


def wall() -> int:
    """Microseconds of a clock that never jumps."""
    return time.monotonic_ns() // 1000


@dataclass(slots=True)
class Tally:
    """What went on so far. ``inside``: who is there; ``behind``: how many microseconds the last word was late."""

    acts: Counter[str] = field(default_factory=Counter)
    said: int = 0
    heard: int = 0
    inside: set[str] = field(default_factory=set)
    behind: int = 0


class Live:
    """All devices of a house on one connection. A sink of the link; all of it runs on the loop.

    ``tally``: what went on. ``why_down``: None while the connection stands, else the reason, "" before the first try.
    """

    def __init__(
        self,
        link: Link,
        models: Mapping[DeviceId, Model],
        visits: Iterator[Act],
        now: Callable[[], int] = wall,
        *,
        speed: float = 1.0,
        epoch: Callable[[], float] = time.time,
    ) -> None:
        """``visits`` count from 0; ``now`` gives microseconds of the wall; ``speed``: how many times faster models and
        visitors live. Where that is not 1, what they say carries no ``ts``: it would be nobody's time."""
        self.tally = Tally()
        self.why_down: str | None = ""
        self._link = link
        self._models = models
        self._visits = visits
        self._speed = speed
        self._epoch = epoch
        self._wall = now
        self._wall_began = now()
        self._began: int | None = None  # when the first connection stood: nobody comes before
        self._hearing: dict[str, list[Model]] = {}
        for model in models.values():
            for topic in model.filters:
                self._hearing.setdefault(topic, []).append(model)
        self._heap: list[tuple[int, int, Model, Spoken]] = []
        self._number = 0
        self._unsent: deque[Spoken] = deque(maxlen=MOST_UNSENT)
        self._visit: Act | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._leaving = False
        self._untaken: set[TicketId] = set()
        self._all_taken = asyncio.Event()

    async def run(self, venue: str, client: str = "devices") -> None:
        """Until it is cancelled; comes back by itself after the broker did.

        A connection has one will, so a house of one device has it; of several none, and ``goodbye`` says it for all.
        """
        self._visit = next(self._visits, None)
        wills = [model.will for model in self._models.values()]
        session = Session(
            client_id=f"{venue}-{client}",
            filters=tuple((topic, 1) for topic in self._hearing),
            will=Will(wills[0].topic, wills[0].payload, wills[0].retain) if len(wills) == 1 else None,
            keep_seconds=3600,
        )
        try:
            await self._link.run(session, self)
        finally:
            self._stop()

    async def goodbye(self) -> bool:
        """Every device goes offline; ends when the broker has taken that, or after 2 s. False: it has not."""
        self._leaving = True
        self._stop()
        if self.why_down is not None:
            return False
        for model in self._models.values():
            will = model.will
            ticket = self._link.publish(Outgoing(will.topic, will.payload, retain=will.retain))
            if ticket.outcome == "sent":
                self._untaken.add(ticket.number)
        if not self._untaken:
            return True
        try:
            async with asyncio.timeout(GOODBYE_SECONDS):
                await self._all_taken.wait()
        except TimeoutError:
            return False
        return True

    def up(self, up: Up) -> None:  # noqa: ARG002 - the shape of a sink
        """Every device says that it is there and what it shows; then what could not be said before."""
        self.why_down = None
        if self._leaving:
            return
        at = self._now()
        if self._began is None:
            self._began = at
        for model in self._models.values():
            self._push(model, model.begin(at))
        unsent = list(self._unsent)
        self._unsent.clear()
        for spoken in unsent:
            self._say(spoken)
        self._play()

    def down(self, reason: str) -> None:
        """States are said again on ``up``; events wait for it."""
        self.why_down = reason

    def arrived(self, batch: Sequence[Arrival]) -> None:
        """Somebody tells a device something."""
        at = self._now()
        self.tally.heard += len(batch)
        for arrival in batch:
            payload = (
                arrival.payload if b'"start_at"' not in arrival.payload else self._in_own_time(arrival.payload, at)
            )
            for model in self._hearing.get(arrival.topic, ()):
                self._push(model, model.told(arrival.topic, payload, at))
        self._link.acknowledge([arrival.receipt for arrival in batch if arrival.receipt is not None])
        if not self._leaving:
            self._play()

    def delivered(self, ticket: TicketId) -> None:
        """Said and heard."""
        if self._leaving:
            self._untaken.discard(ticket)
            if not self._untaken:
                self._all_taken.set()

    def _now(self) -> int:
        passed = self._wall() - self._wall_began
        return self._wall_began + (passed if self._speed == 1 else round(passed * self._speed))

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _push(self, model: Model, said: Said) -> None:
        for at, spoken in said:
            self._number += 1
            heapq.heappush(self._heap, (at, self._number, model, spoken))

    def _play(self) -> None:
        """Everything that is due, in the order of its time, then a timer for what comes next."""
        now = self._now()
        while (next_at := self._next_at()) is not None and next_at <= now:
            self.tally.behind = now - next_at
            if self._heap and self._heap[0][0] == next_at:
                at, _, model, spoken = heapq.heappop(self._heap)
                if spoken == ALARM:
                    self._push(model, model.woken(at))
                else:
                    self._say(spoken)
            elif self._visit is not None:
                self._walk(self._visit, next_at)
                self._visit = next(self._visits, None)
        self._stop()
        if next_at is not None:
            delay = max(0, next_at - self._now()) / 1_000_000 / self._speed
            self._timer = asyncio.get_running_loop().call_later(delay, self._play)

    def _next_at(self) -> int | None:
        said = self._heap[0][0] if self._heap else None
        walked = self._began + self._visit.at if self._visit is not None and self._began is not None else None
        if said is None or walked is None:
            return walked if said is None else said
        return min(said, walked)

    def _walk(self, act: Act, at: int) -> None:
        model = self._models.get(act.device)
        if model is None:
            return
        self.tally.acts[act.act] += 1
        if act.act == "enter":
            self.tally.inside.add(act.who)
        elif act.act == "leave":
            self.tally.inside.discard(act.who)
        self._push(model, model.visited(act.act, at))

    def _in_own_time(self, payload: bytes, at: int) -> bytes:
        """An instant of everybody's clock as one of the models': so long from now."""
        body = body_of(payload)
        start_at = body.get("start_at")
        if not isinstance(start_at, int | float):
            return payload
        ahead = (start_at - self._epoch()) * self._speed
        return written({**body, "start_at": at / 1_000_000 + ahead})

    def _say(self, spoken: Spoken) -> None:
        payload = spoken.payload
        if self._speed != 1 and b'"ts"' in payload:
            payload = _without_ts(payload)
        outcome = self._link.publish(Outgoing(spoken.topic, payload, retain=spoken.retain)).outcome
        if outcome == "sent":
            self.tally.said += 1
        elif not spoken.retain:
            self._unsent.append(spoken)


def _without_ts(payload: bytes) -> bytes:
    body = body_of(payload)
    return written({key: value for key, value in body.items() if key != "ts"}) if "ts" in body else payload
