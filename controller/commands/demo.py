"""``ringmaster demo``: broker, controller, simulated devices and visitors; the terminal shows what happens."""

import asyncio
import os
import shutil
import signal
import sys
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Literal

import uvloop
from rich.console import Console
from rich.markup import escape

from controller.broker import HOST, Choice, NoBroker, broker_command, free_port
from controller.commands.complaints import NOT_STARTED, complain_of
from controller.commands.feed import Feed, is_up
from controller.commands.lines import Since, Tail, newest
from controller.commands.live import House, LiveView, hints_of
from controller.commands.parts import PartEnded, part
from controller.commands.shipped import demo_venue
from controller.commands.simulated import after_opening, models_of, opening, visitors_of
from controller.commands.spans import seconds_of
from controller.commands.tricks import FaultyLink, Guests
from controller.commands.watch import coloured
from controller.exits import Exit
from controller.journal.schema import JournalError, open_to_read
from controller.presence import SHOW, NoController, is_running
from controller.settings import SettingsError, read_settings
from controller.venue.findings import VenueError
from controller.venue.load import Loaded, load
from controller.venue.source.files import read_folder
from controller.view import keys
from link.over_aiomqtt import AiomqttLink
from link.port import Broker
from simulators.live import Live

START_SECONDS = 15.0
LOOK_SECONDS = 0.05
FIRST_VISITOR = 20_000_000  # microseconds; the opening shows everything once, for who looks the first time


@dataclass(frozen=True, slots=True)
class Show:
    """One demo: what is shown, where its journal is, and how. ``picture``: where the last frame is drawn to."""

    loaded: Loaded
    folder: Path
    state: Path
    seconds: float | None
    seed: int
    broker: Choice
    form: Literal["live", "lines", "json"]
    picture: Path | None = None


def demo(
    venue: Path | None = None,
    *,
    for_: str | None = None,
    seed: int = 1,
    broker: Choice = "any",
    plain: bool = False,
    picture: Path | None = None,
    format: Literal["human", "json"] = "human",  # noqa: A002 - the option's name
) -> Exit:
    """Show it working: broker, controller, simulated devices and visitors in one terminal, until q or Ctrl-C.

    Parameters
    ----------
    venue
        A venue's folder; without it the demo venue.
    for_
        How long, such as 30s.
    seed
        Other visitors.
    broker
        Mosquitto if it is installed, else the NATS server that came with the package; or one of them by name.
    plain
        Lines instead of the live view; without a terminal there are only lines.
    picture
        A file to which the live view is drawn at the end, as SVG; needs no terminal. After four seconds the
        controller is killed once, to be seen.
    format
        For people or for programs: one JSON object a line.
    """
    folder = venue or demo_venue()
    try:
        settings = read_settings()
        loaded = load(read_folder(folder))
        form = _form(format, plain=plain, drawn=picture is not None)
        state = settings.state_folder(f"{loaded.venue.id}{SHOW}")
        show = Show(loaded, folder, state, seconds_of(for_) if for_ else None, seed, broker, form, picture)
        return _run(show, anew=settings.state is None)
    except VenueError as error:
        return complain_of(error, format, folder, NOT_STARTED)
    except (NoBroker, NoController) as error:
        print(error, file=sys.stderr)
        return Exit.UNAVAILABLE
    except SettingsError as error:
        print(error, file=sys.stderr)
        return Exit.CONFIG
    except ValueError as error:
        print(error, file=sys.stderr)
        return Exit.USAGE


def _run(show: Show, *, anew: bool) -> Exit:
    """``anew``: each show begins anew; a venue in service has a folder of its own."""
    if is_running(show.state):
        print(f"a controller runs on {show.state} already; `ringmaster watch` shows it", file=sys.stderr)
        return Exit.TAKEN
    if anew:
        shutil.rmtree(show.state, ignore_errors=True)
    show.state.mkdir(parents=True, exist_ok=True)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_show(show))


def _form(asked: str, *, plain: bool, drawn: bool) -> Literal["live", "lines", "json"]:
    if asked == "json":
        return "json"
    return "live" if not plain and (drawn or keys.is_ours()) else "lines"


async def _show(show: Show) -> Exit:
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, stop.set)
    state, address, since = show.state, Broker(HOST, free_port()), _so_far(show.state)
    url = f"mqtt://{address.host}:{address.port}"
    environment = {**os.environ, "RINGMASTER_BROKER": url, "RINGMASTER_STATE": str(state)}
    service = [sys.executable, "-m", "controller", "run", str(show.folder)]
    command = broker_command(state / "broker", address.port, show.broker)
    code = Exit.OK
    try:
        async with AsyncExitStack() as stack:
            broker = await stack.enter_async_context(part("broker", command, state, environment))
            controller = await stack.enter_async_context(part("controller", service, state, environment))
            devices, guests, faults = _devices(show, address)
            stack.callback(guests.stop)
            stack.callback(faults.stop)
            house = House(show.folder, show.loaded, address, Path(command[0]).name, controller, guests, faults)
            async with asyncio.TaskGroup() as tasks:
                working = [
                    tasks.create_task(broker.keep(), name="broker"),
                    tasks.create_task(controller.keep(), name="controller"),
                    tasks.create_task(_play(devices, show, since), name="devices"),
                    tasks.create_task(_tell(show, house, since, stop), name="telling"),
                ]
                await _until(stop, show.seconds)
                for task in working:
                    task.cancel()
    except* PartEnded as ended:
        print(ended.exceptions[0], file=sys.stderr)
        code = Exit.BUG
    except* NoController as missing:
        print(missing.exceptions[0], file=sys.stderr)
        code = Exit.UNAVAILABLE
    if show.form == "live" and show.picture is None:
        print(f"the demo ended; its journal stays in {state} until the next one")
    return code


def _devices(show: Show, address: Broker) -> tuple[Live, Guests, FaultyLink]:
    """The simulated house, and what keys do to it."""
    models = models_of(show.loaded, show.seed)
    venue = show.loaded.venue
    walking = iter(visitors_of(venue, show.seed, 0, crowd="demo", first=FIRST_VISITOR))
    visits = after_opening(opening(venue, 0), walking)
    link = FaultyLink(AiomqttLink(address), venue)
    return Live(link, models, visits), Guests(models, link), link


async def _play(devices: Live, show: Show, since: Since) -> None:
    """The devices and their visitors, as soon as somebody hears them. Raises ``NoController``."""
    deadline = time.monotonic() + START_SECONDS
    while not is_up(show.state, since):
        if time.monotonic() >= deadline:
            raise NoController(f"the controller did not start; see {show.state / 'controller.log'}")
        await asyncio.sleep(LOOK_SECONDS)
    await devices.run(show.loaded.venue.id)


async def _tell(show: Show, house: House, since: Since, stop: asyncio.Event) -> None:
    """Until it is cancelled: a live view, or lines."""
    if show.form != "live":
        await _tell_lines(show, house, since)
        return
    view = LiveView(house, Feed(show.state, since), stop.set, drawn_on=StringIO() if show.picture else None)
    try:
        await view.run()
    finally:
        if show.picture is not None:
            view.screen.picture(show.picture)


async def _tell_lines(show: Show, house: House, since: Since) -> None:
    venue = show.loaded.venue
    console = Console(highlight=False, soft_wrap=True, quiet=show.form == "json")
    titles = " · ".join(escape(venue.title[one]) for one in ("zh", "en") if venue.title.get(one))
    console.print(f"[bold]{titles or venue.id}[/]  on {house.broker.host}:{house.broker.port}")
    tail = None
    while tail is None:
        try:
            tail = Tail(open_to_read(show.state), since)
        except JournalError:
            await asyncio.sleep(LOOK_SECONDS)
    hints = ", ".join(f"[bold]{escape(one)}[/]" for one in hints_of(venue))
    console.print(f"Ctrl-C ends. In a second terminal: {hints}")
    while True:
        for line in tail.more():
            if show.form == "json":
                print(line.json(), flush=True)
            else:
                console.print(coloured(line))
        await asyncio.sleep(LOOK_SECONDS)


def _so_far(state: Path) -> Since:
    """Where the journal stands before this demo adds to it."""
    try:
        return newest(open_to_read(state))
    except JournalError:
        return Since()


async def _until(stop: asyncio.Event, seconds: float | None) -> None:
    """Until somebody says stop, or time is up."""
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return
