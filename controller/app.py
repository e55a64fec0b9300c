"""The composition root: the only module that knows the concrete classes. Wires a controller and runs it to its end."""

import asyncio
import gc
import json
import signal
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import structlog
import uvloop

from controller.alone import alone, announce
from controller.clock import VenueClock, first_instant, wall_now
from controller.exits import Exit
from controller.house import House
from controller.journal.reader import journal_id, recent_receipts, starts_so_far, traces
from controller.journal.schema import open_to_read
from controller.journal.writer import JournalWriter
from controller.presence import Address, own_pid
from controller.reloads import Reloads
from controller.resume import EngineFault, Resumed, resume
from controller.settings import Settings
from controller.status import Status
from controller.terminal import Terminal
from controller.traces import filters_of, read_traces
from controller.venue.findings import VenueError
from controller.venue.load import load_venue
from controller.venue.source.files import Texts
from devices.contracts.house import BEAT_SECONDS
from devices.topics import house_topic
from link.over_aiomqtt import AiomqttLink
from link.port import Session, TakenOver
from scenes.inputs import Restarted
from scenes.model import Venue

GOODBYE_SECONDS = 0.5
KEEP_SESSION_SECONDS = 24 * 3600
MOST_RECEIPTS = 4_000  # twice what can be on its way without an acknowledgement

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Source:
    """Where a venue comes from, now and later: its folder; ``changes`` says when to look again, without it nobody does.

    ``complain`` prints all mistakes of a configuration that a reload refused.
    """

    folder: Path
    complain: Callable[[VenueError], object]
    changes: Callable[[Path], AsyncIterator[None]] | None = None


def run(texts: Texts, settings: Settings, source: Source) -> Exit:
    """Runs the venue until SIGTERM or SIGINT. Raises ``VenueError``, ``JournalError``, ``AlreadyRunning``."""
    early: list[int] = []
    signal.signal(signal.SIGHUP, lambda number, _: early.append(number))  # a reload asked for while we start
    gc.disable()  # loading makes hundreds of thousands of objects that stay
    venue = load_venue(texts)
    folder = settings.state_folder(venue.id)
    address = Address(venue.id, settings.broker, settings.cell, own_pid(), str(source.folder.absolute()))
    with alone(folder, address), asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_serve(venue, texts, _Post(folder, address, settings, source, early)))


@dataclass(frozen=True, slots=True)
class _Post:
    """What a controller's life hangs on: its state folder, its address, and what it was started with."""

    state: Path
    address: Address
    settings: Settings
    source: Source
    early: list[int]


async def _serve(venue: Venue, texts: Texts, post: _Post) -> Exit:
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    houses: list[House] = []

    def on_commit(position: int, took: float) -> None:
        loop.call_soon_threadsafe(_committed, houses, position, took)

    def on_late(reason: str) -> None:
        log.error("journal_late", reason=reason, hint="the disk does not take the journal; nothing is acknowledged")

    def on_broken(reason: str) -> None:
        log.error("journal_broken", reason=reason)
        loop.call_soon_threadsafe(stop.set)

    journal = JournalWriter(post.state, on_commit, on_late, on_broken)
    try:
        link = AiomqttLink(post.settings.broker_address())
        house = _house(venue, texts, post.state, journal, link)
        houses.append(house)
        ended = await _carry(house, link, post, stop)
        house.stop()
        house.snapshot()
        return ended if journal.flush(timeout_seconds=1.0) else Exit.BUG
    finally:
        journal.close()


def _committed(houses: list[House], position: int, took: float) -> None:
    for house in houses:
        house.committed(position, took)


def _house(venue: Venue, texts: Texts, folder: Path, journal: JournalWriter, link: AiomqttLink) -> House:
    """The house as it stood, and what the restart makes of it."""
    reader = open_to_read(folder)
    rebuild = _rebuilding(lambda: resume(reader, venue), journal)
    resumed = rebuild()
    if resumed.fresh:
        hint = "runs and cooldowns begin anew; `ringmaster why` still reads it"
        log.warning("journal_of_another_version", why=resumed.why, hint=hint)
    stage = resumed.engine.stage
    wall = wall_now()
    clock = VenueClock(first_instant(died_at=resumed.died_at, offset=stage.offset, wall=wall))
    receipts, left = recent_receipts(reader, MOST_RECEIPTS), read_traces(traces(reader))
    house = House(resumed, journal, link, clock, rebuild, receipts, left)
    at = clock.now()
    journal.add_venue(venue.id)
    journal.add_config(venue.config, json.dumps(sorted(texts.items())))
    restarted = Restarted(
        at=at,
        number=resumed.seq + 1,
        journal=journal_id(reader),
        epoch=starts_so_far(reader) + 1,
        offset=wall - at if resumed.died_at is None else wall_now() - clock.now(),
        died_at=resumed.died_at,
        outage_known=resumed.died_at is None or wall - stage.offset > resumed.died_at,
    )
    house.take_restart(restarted)
    if house.engine.venue.config != venue.config:
        house.reload(venue)
    else:
        house.settle_in()
    house.snapshot()
    return house


def _rebuilding(rebuild: Callable[[], Resumed], journal: JournalWriter) -> Callable[[], Resumed]:
    """Builds the stage from the journal; what makes the engine raise again is set aside for good."""

    def until_it_stands() -> Resumed:
        while True:
            try:
                return rebuild()
            except EngineFault as fault:
                log.warning("set_aside", cause=fault.kind, number=fault.number, reason=fault.reason)
                journal.add_aside(fault.kind, fault.number, fault.reason)
                if not journal.flush():
                    raise

    return until_it_stands


async def _carry(house: House, link: AiomqttLink, post: _Post, stop: asyncio.Event) -> Exit:
    """One connection after another, a beat and a reload now and then, until somebody says stop."""
    venue, cell, source = house.engine.venue, post.settings.cell, post.source
    status = Status(venue.id, cell, link.publish, since=wall_now())
    house.on_up = lambda: status.online(config=house.engine.venue.config, epoch=house.engine.stage.epoch)
    reloads = Reloads(
        source.folder,
        house,
        status,
        complain=source.complain,
        swapped=lambda: announce(post.state, post.address),  # it may have found no room when we started
    )
    _hear_hangups(reloads, stop, post.early)
    gc.freeze()  # the venue stays for good: no collection walks through it again
    gc.enable()
    log.info(
        "running", venue=venue.id, scenes=len(venue.scenes), devices=len(venue.devices), broker=post.settings.broker
    )
    ended = Exit.OK
    try:
        async with asyncio.TaskGroup() as tasks:
            working = [
                tasks.create_task(link.run(_session(house, status, cell), house), name="link"),
                tasks.create_task(_beat(house, status), name="beat"),
                tasks.create_task(reloads.serve(), name="reloads"),
            ]
            if source.changes is not None:
                working.append(tasks.create_task(_watch(source.changes(source.folder), reloads), name="watch"))
            await stop.wait()
            log.info("stopping")
            status.offline()
            for task in working:
                task.cancel()
    except* TakenOver as taken:
        log.warning("taken_over", reason=str(taken.exceptions[0]), hint="another controller has this venue and cell")
        ended = Exit.TAKEN
    return ended


def _session(house: House, status: Status, cell: str) -> Session:
    venue = house.engine.venue
    return Session(
        client_id=f"ringmaster-{venue.id}-{cell}",
        filters=filters_of(venue),
        will=status.will(),
        keep_seconds=KEEP_SESSION_SECONDS,
        canary=house_topic(venue.id, "controller", cell, "canary"),
        former=house.traces.former(venue),
    )


def _hear_hangups(reloads: Reloads, stop: asyncio.Event, early: list[int]) -> None:
    """SIGHUP asks for a reload, unless our terminal says it by going."""
    terminal = Terminal()

    def hung_up() -> None:
        if terminal.is_gone():
            stop.set()
        else:
            reloads.ask()

    asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, hung_up)
    if early:
        hung_up()


async def _watch(changes: AsyncIterator[None], reloads: Reloads) -> None:
    async for _ in changes:
        reloads.ask()


async def _beat(house: House, status: Status) -> None:
    while True:
        house.beat()
        status.beat(at=wall_now(), epoch=house.engine.stage.epoch)
        await asyncio.sleep(BEAT_SECONDS)
