"""The composition root: the only module that knows the concrete classes. Wires a controller and runs it to its end."""

import asyncio
import gc
import json
import signal
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import structlog
import uvloop

from controller.clock import VenueClock, first_instant, wall_now
from controller.exits import Exit
from controller.house import House
from controller.journal.reader import journal_id, recent_receipts, starts_so_far
from controller.journal.schema import open_to_read
from controller.journal.writer import JournalWriter
from controller.presence import Address, alone, own_pid
from controller.resume import EngineFault, Resumed, resume
from controller.settings import Settings
from controller.venue.load import load_venue
from controller.venue.source.files import Texts
from devices.contracts.house import BEAT_SECONDS, BeatBody, StatusBody
from devices.topics import heard_filters, house_topic
from link.over_aiomqtt import AiomqttLink
from link.port import Outgoing, Session, TakenOver, Will
from scenes.inputs import Restarted
from scenes.model import Venue

GOODBYE_SECONDS = 0.5
KEEP_SESSION_SECONDS = 24 * 3600
MOST_RECEIPTS = 4_000  # twice what can be on its way without an acknowledgement

log = structlog.get_logger()


def run(texts: Texts, settings: Settings, config: Path) -> Exit:
    """Runs the venue until SIGTERM or SIGINT. Raises ``VenueError``, ``JournalError``, ``AlreadyRunning``."""
    gc.disable()  # loading makes hundreds of thousands of objects that stay
    venue = load_venue(texts)
    folder = settings.state_folder(venue.id)
    address = Address(venue.id, settings.broker, settings.cell, own_pid(), str(config))
    with alone(folder, address), asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_serve(venue, texts, folder, settings))


async def _serve(venue: Venue, texts: Texts, folder: Path, settings: Settings) -> Exit:
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

    journal = JournalWriter(folder, on_commit, on_late, on_broken)
    try:
        link = AiomqttLink(settings.broker_address())
        house = _house(venue, texts, folder, journal, link)
        houses.append(house)
        ended = await _carry(house, link, venue, settings, stop)
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
        log.warning("journal_of_another_version", hint="runs and cooldowns begin anew; `ringmaster why` still reads it")
    stage = resumed.engine.stage
    wall = wall_now()
    clock = VenueClock(first_instant(died_at=resumed.died_at, offset=stage.offset, wall=wall))
    house = House(resumed, journal, link, clock, rebuild, recent_receipts(reader, MOST_RECEIPTS))
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


async def _carry(house: House, link: AiomqttLink, venue: Venue, settings: Settings, stop: asyncio.Event) -> Exit:
    """One connection after another, and a beat, until somebody says stop."""
    status = house_topic(venue.id, "controller", settings.cell, "status")
    since = wall_now()

    def online() -> None:
        body = StatusBody(
            state="online",
            version=version("ringmaster"),
            config=venue.config,
            epoch=house.engine.stage.epoch,
            since=since / 1_000_000,
        )
        link.publish(Outgoing(status, body.payload(), retain=True))

    house.on_up = online
    offline = StatusBody(state="offline").payload()
    session = Session(
        client_id=f"ringmaster-{venue.id}-{settings.cell}",
        filters=tuple((topic, 1) for topic in heard_filters(venue.id, venue.halls())),
        will=Will(status, offline),
        keep_seconds=KEEP_SESSION_SECONDS,
        canary=house_topic(venue.id, "controller", settings.cell, "canary"),
    )
    gc.freeze()  # the venue stays for good: no collection walks through it again
    gc.enable()
    log.info("running", venue=venue.id, scenes=len(venue.scenes), devices=len(venue.devices), broker=settings.broker)
    ended = Exit.OK
    try:
        async with asyncio.TaskGroup() as tasks:
            carrying = tasks.create_task(link.run(session, house), name="link")
            beating = tasks.create_task(_beat(house, link, venue.id, settings.cell), name="beat")
            await stop.wait()
            log.info("stopping")
            link.publish(Outgoing(status, offline, retain=True))
            carrying.cancel()
            beating.cancel()
    except* TakenOver as taken:
        log.warning("taken_over", reason=str(taken.exceptions[0]), hint="another controller has this venue and cell")
        ended = Exit.TAKEN
    return ended


async def _beat(house: House, link: AiomqttLink, venue: str, cell: str) -> None:
    topic = house_topic(venue, "controller", cell, "beat")
    while True:
        house.beat()
        body = BeatBody(at=wall_now() / 1_000_000, epoch=house.engine.stage.epoch)
        link.publish(Outgoing(topic, body.payload(), qos=0))
        await asyncio.sleep(BEAT_SECONDS)
