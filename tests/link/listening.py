"""How the tests of transports listen: a sink that remembers, a link that runs meanwhile, and bounded waits."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Sequence
from typing import Any

import uvloop

from link.port import Arrival, Link, Receipt, Session, TicketId, Up

WAIT_SECONDS = 8.0


class Ear:
    """A sink that remembers everything, in ``story`` in order. ``on_arrival`` may answer at once."""

    def __init__(self, on_arrival: Callable[[Sequence[Arrival]], None] | None = None) -> None:
        self.ups: list[Up] = []
        self.downs: list[str] = []
        self.batches: list[list[Arrival]] = []
        self.arrivals: list[Arrival] = []
        self.tickets: list[TicketId] = []
        self.story: list[str] = []
        self._on_arrival = on_arrival
        self._ending: Exception | None = None
        self._news = asyncio.Event()

    def up(self, up: Up) -> None:
        self.ups.append(up)
        self._tell("up")

    def down(self, reason: str) -> None:
        self.downs.append(reason)
        self._tell("down")

    def arrived(self, batch: Sequence[Arrival]) -> None:
        self.batches.append(list(batch))
        self.arrivals.extend(batch)
        self._tell(*(arrival.payload.decode(errors="replace") for arrival in batch))
        if self._on_arrival is not None:
            self._on_arrival(batch)

    def delivered(self, ticket: TicketId) -> None:
        self.tickets.append(ticket)
        self._tell("delivered")

    @property
    def payloads(self) -> list[str]:
        return [arrival.payload.decode() for arrival in self.arrivals]

    def forget(self) -> None:
        """Begin to remember anew; ups and downs stay."""
        for memory in (self.batches, self.arrivals, self.tickets, self.story):
            memory.clear()

    async def until(self, condition: Callable[[], object], *, seconds: float = WAIT_SECONDS) -> None:
        """Wait until something that we are told makes ``condition`` true."""
        try:
            async with asyncio.timeout(seconds):
                while not condition():
                    if self._ending is not None:
                        raise self._ending
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            heard = {"ups": self.ups, "downs": self.downs, "story": self.story[-20:]}
            raise AssertionError(f"waited {seconds} s in vain; heard {heard}") from None

    async def until_up(self, times: int = 1, *, seconds: float = WAIT_SECONDS) -> None:
        await self.until(lambda: len(self.ups) >= times, seconds=seconds)

    def ended(self, error: Exception) -> None:
        """The link raised; nothing more will be told."""
        self._ending = error
        self._news.set()

    def _tell(self, *words: str) -> None:
        self.story.extend(words)
        self._news.set()


class Life:
    """A link that runs. ``ending`` is what it raised; a test that expects that takes it with ``raised``."""

    def __init__(self) -> None:
        self.ending: Exception | None = None
        self.task: asyncio.Task[None] | None = None
        self._over = asyncio.Event()

    async def live(self, link: Link, session: Session, ear: Ear) -> None:
        try:
            await link.run(session, ear)
        except Exception as error:  # noqa: BLE001 - kept for the test
            self.ending = error
            ear.ended(error)
        finally:
            self._over.set()

    async def raised(self, *, seconds: float = WAIT_SECONDS) -> Exception:
        """Wait until the link raised, and take what it raised."""
        async with asyncio.timeout(seconds):
            await self._over.wait()
        assert self.ending is not None
        ending, self.ending = self.ending, None
        return ending

    async def end(self) -> float:
        """Cancel it. The seconds it took to end."""
        assert self.task is not None
        began = time.monotonic()
        self.task.cancel()
        async with asyncio.timeout(WAIT_SECONDS):
            await self._over.wait()
        return time.monotonic() - began


@contextlib.asynccontextmanager
async def running(link: Link, session: Session, ear: Ear) -> AsyncIterator[Life]:
    """The link runs while the body does. What it raised without being expected is raised here."""
    life = Life()
    try:
        async with asyncio.TaskGroup() as group:
            life.task = group.create_task(life.live(link, session, ear), name="link")
            try:
                yield life
            finally:
                life.task.cancel()
    except ExceptionGroup as failures:
        raise failures.exceptions[0] from None
    if life.ending is not None:
        raise life.ending


async def eventually(condition: Callable[[], object], *, seconds: float = WAIT_SECONDS) -> None:
    """Wait for something nobody tells us."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.005)


async def side_by_side(scenes: Iterable[Coroutine[Any, Any, None]]) -> None:
    async with asyncio.TaskGroup() as group:
        for scene in scenes:
            group.create_task(scene)


def receipts(arrivals: Sequence[Arrival]) -> list[Receipt]:
    return [arrival.receipt for arrival in arrivals if arrival.receipt is not None]


def play(scene: Coroutine[Any, Any, None], *, on_uvloop: bool = False) -> None:
    """Run a test's coroutine. Whatever the loop would only have logged fails it."""
    complaints: list[dict[str, Any]] = []
    with asyncio.Runner(loop_factory=uvloop.new_event_loop if on_uvloop else None) as runner:
        runner.get_loop().set_exception_handler(lambda _, context: complaints.append(context))
        runner.run(scene)
    assert not complaints, complaints
