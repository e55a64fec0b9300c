"""``ringmaster demo``: broker, controller, simulated devices and visitors; the terminal tells what happens."""

import asyncio
import os
import shutil
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import uvloop
from rich.console import Console

from controller.broker import HOST, Choice, NoBroker, broker_command, free_port
from controller.commands.complaints import NOT_STARTED, complain_of
from controller.commands.lines import Since, Tail, newest
from controller.commands.shipped import demo_venue
from controller.commands.simulated import models_of, visitors_of
from controller.commands.spans import seconds_of
from controller.commands.watch import coloured
from controller.exits import Exit
from controller.journal.schema import JournalError, open_to_read
from controller.presence import NoController, find_controller, is_running
from controller.settings import SettingsError, read_settings
from controller.venue.findings import VenueError
from controller.venue.load import Loaded, load
from controller.venue.source.files import read_folder
from link.over_aiomqtt import AiomqttLink
from link.port import Broker
from simulators.live import Live

START_SECONDS = 15.0
LOOK_SECONDS = 0.05
HINT = "Ctrl-C ends. In a second terminal: [bold]ringmaster order start hello[/], [bold]ringmaster why welcome[/]"
FIRST_VISITOR = 2_000_000  # microseconds
VISITOR_MEAN = 12_000_000  # microseconds between arrivals: a demo is short


@dataclass(frozen=True, slots=True)
class Show:
    """One demo: what is shown, where its journal is, and how."""

    loaded: Loaded
    folder: Path
    state: Path
    seconds: float | None
    seed: int
    broker: Choice
    as_json: bool


def demo(
    venue: Path | None = None,
    *,
    for_: str | None = None,
    seed: int = 1,
    broker: Choice = "any",
    format: Literal["human", "json"] = "human",  # noqa: A002 - the option's name
) -> Exit:
    """Show it working: broker, controller, simulated devices and visitors in one terminal, until Ctrl-C.

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
    format
        For people or for programs: one JSON object a line.
    """
    folder = venue or demo_venue()
    try:
        settings = read_settings()
        loaded = load(read_folder(folder))
        state = settings.state_folder(f"{loaded.venue.id}-show")
        seconds = seconds_of(for_) if for_ else None
        if is_running(state):
            print(f"a controller runs on {state} already; `ringmaster watch` shows it", file=sys.stderr)
            return Exit.TAKEN
        if settings.state is None:  # each show begins anew; a venue in service has a folder of its own
            shutil.rmtree(state, ignore_errors=True)
        state.mkdir(parents=True, exist_ok=True)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(_show(Show(loaded, folder, state, seconds, seed, broker, format == "json")))
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


async def _show(show: Show) -> Exit:
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    console = Console(highlight=False, soft_wrap=True, quiet=show.as_json)
    venue, state, port = show.loaded.venue, show.state, free_port()
    since = _so_far(state)
    environment = {**os.environ, "RINGMASTER_BROKER": f"mqtt://{HOST}:{port}", "RINGMASTER_STATE": str(state)}
    console.print(f"[bold]{venue.title['zh']} · {venue.title['en']}[/]  on {HOST}:{port}")
    service = [sys.executable, "-m", "controller", "run", str(show.folder)]
    async with (
        _process("broker", broker_command(state / "broker", port, show.broker), state, environment) as broker,
        _process("controller", service, state, environment) as controller,
    ):
        tail = await _opened(state, controller, since)
        console.print(HINT)
        models = models_of(show.loaded, show.seed)
        visitors = visitors_of(venue, show.seed, 0, mean=VISITOR_MEAN, first=FIRST_VISITOR)
        house = Live(AiomqttLink(Broker(HOST, port)), models, iter(visitors))
        async with asyncio.TaskGroup() as tasks:
            playing = tasks.create_task(house.run(venue.id), name="devices")
            telling = tasks.create_task(_tell(tail, None if show.as_json else console), name="telling")
            code = await _wait(stop, show.seconds, [broker, controller])
            playing.cancel()
            telling.cancel()
    return code


def _so_far(state: Path) -> Since:
    """Where the journal stands before this demo adds to it."""
    try:
        return newest(open_to_read(state))
    except JournalError:
        return Since()


async def _tell(tail: Tail, console: Console | None) -> None:
    while True:
        for line in tail.more():
            if console is None:
                print(line.json(), flush=True)
            else:
                console.print(coloured(line))
        await asyncio.sleep(LOOK_SECONDS)


async def _wait(stop: asyncio.Event, seconds: float | None, processes: list[asyncio.subprocess.Process]) -> Exit:
    """Until somebody says stop, time is up, or a process dies that should not."""
    deadline = time.monotonic() + seconds if seconds is not None else None
    while not stop.is_set():
        if deadline is not None and time.monotonic() >= deadline:
            return Exit.OK
        for process in processes:
            if process.returncode is not None:
                print(
                    f"a part of the demo ended with {process.returncode}; its log is beside the journal",
                    file=sys.stderr,
                )
                return Exit.BUG
        await asyncio.sleep(LOOK_SECONDS)
    return Exit.OK


async def _opened(state: Path, controller: asyncio.subprocess.Process, since: Since) -> Tail:
    """The journal, as soon as the controller has begun it. Raises ``NoController``."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and controller.returncode is None:
        try:
            find_controller(state)
            return Tail(open_to_read(state), since)
        except (NoController, JournalError):
            await asyncio.sleep(LOOK_SECONDS)
    raise NoController(f"the controller did not start; see {state / 'controller.log'}")


@asynccontextmanager
async def _process(
    name: str, command: list[str], folder: Path, environment: dict[str, str]
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process in a session of its own, so that Ctrl-C reaches the demo alone, which then ends it."""
    with (folder / f"{name}.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *command, stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log, env=environment, start_new_session=True
        )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
            try:
                async with asyncio.timeout(3):
                    await process.wait()
            except TimeoutError:
                process.kill()
                await process.wait()
