"""The models played over a broker: devices that answer there, and visitors that walk."""

import asyncio
import heapq
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence

from devices.vocabulary import DeviceId
from link.port import Arrival, Link, Outgoing, Session, TicketId, Up
from simulators.models.device import DeviceModel
from simulators.models.model import ALARM, Said, Spoken
from simulators.models.visitors import Visit

MOST_UNSENT = 100  # events that a device keeps while it has no connection


class Live:
    """All devices of a house on one connection. A sink of the link; all of it runs on the loop."""

    def __init__(
        self,
        link: Link,
        models: Mapping[DeviceId, DeviceModel],
        visits: Iterator[Visit],
        now: Callable[[], int] = lambda: time.monotonic_ns() // 1000,
    ) -> None:
        """``visits`` count from 0; ``now`` gives microseconds."""
        self._link = link
        self._models = models
        self._visits = visits
        self._now = now
        self._began = 0
        self._hearing: dict[str, list[DeviceModel]] = {}
        for model in models.values():
            for topic in model.filters:
                self._hearing.setdefault(topic, []).append(model)
        self._heap: list[tuple[int, int, DeviceModel, Spoken]] = []
        self._number = 0
        self._unsent: deque[Spoken] = deque(maxlen=MOST_UNSENT)
        self._visit: Visit | None = None
        self._timer: asyncio.TimerHandle | None = None

    async def run(self, venue: str, client: str = "devices") -> None:
        """Until it is cancelled; comes back by itself after the broker did."""
        self._began = self._now()
        self._visit = next(self._visits, None)
        session = Session(
            client_id=f"{venue}-{client}", filters=tuple((topic, 1) for topic in self._hearing), keep_seconds=3600
        )
        try:
            await self._link.run(session, self)
        finally:
            if self._timer is not None:
                self._timer.cancel()

    def up(self, up: Up) -> None:  # noqa: ARG002 - the shape of a sink
        """Every device says that it is there and what it shows; then what could not be said before."""
        at = self._now()
        for model in self._models.values():
            self._push(model, model.begin(at))
        unsent = list(self._unsent)
        self._unsent.clear()
        for spoken in unsent:
            self._say(spoken)
        self._play()

    def down(self, reason: str) -> None:
        """States are said again on ``up``; events wait for it."""

    def arrived(self, batch: Sequence[Arrival]) -> None:
        """Somebody tells a device something."""
        at = self._now()
        for arrival in batch:
            for model in self._hearing.get(arrival.topic, ()):
                self._push(model, model.told(arrival.topic, arrival.payload, at))
        self._link.acknowledge([arrival.receipt for arrival in batch if arrival.receipt is not None])
        self._play()

    def delivered(self, ticket: TicketId) -> None:
        """Said and heard."""

    def _push(self, model: DeviceModel, said: Said) -> None:
        for at, spoken in said:
            self._number += 1
            heapq.heappush(self._heap, (at, self._number, model, spoken))

    def _play(self) -> None:
        """Everything that is due, then a timer for what comes next."""
        now = self._now()
        while self._visit is not None and self._began + self._visit[0] <= now:
            self._walk(self._visit)
            self._visit = next(self._visits, None)
        while self._heap and self._heap[0][0] <= now:
            at, _, model, spoken = heapq.heappop(self._heap)
            if spoken == ALARM:
                self._push(model, model.woken(at))
            else:
                self._say(spoken)
        times = [self._heap[0][0]] if self._heap else []
        if self._visit is not None:
            times.append(self._began + self._visit[0])
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if times:
            delay = max(0, min(times) - self._now()) / 1_000_000
            self._timer = asyncio.get_running_loop().call_later(delay, self._play)

    def _walk(self, visit: Visit) -> None:
        at, device, act = visit
        model = self._models.get(device)
        if model is not None:
            self._push(model, model.visited(act, self._began + at))

    def _say(self, spoken: Spoken) -> None:
        outcome = self._link.publish(Outgoing(spoken.topic, spoken.payload, retain=spoken.retain)).outcome
        if outcome != "sent" and not spoken.retain:
            self._unsent.append(spoken)
