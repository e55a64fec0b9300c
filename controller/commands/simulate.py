"""``ringmaster simulate``: all devices of a venue, or some of them, and its visitors, over any broker at any speed."""

import asyncio
import contextlib
import hashlib
import json
import signal
import sys
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import uvloop

from controller.commands.complaints import NOT_STARTED, complain_of
from controller.commands.faults import named, read_faults
from controller.commands.simulated import models_of, visitors_of
from controller.commands.spans import seconds_of
from controller.exits import Exit
from controller.settings import SettingsError, read_settings
from controller.venue.findings import VenueError
from controller.venue.load import Loaded, load
from controller.venue.source.files import read_folder
from devices.vocabulary import DeviceId
from link.address import parse_broker
from link.over_aiomqtt import AiomqttLink
from link.port import Broker, TakenOver
from simulators.live import Live
from simulators.models.faults import Faulty, with_faults
from simulators.models.model import Model
from simulators.models.parties import CrowdName
from simulators.models.visitors import Visitors

LOOK_SECONDS = 1.0
PATIENCE_SECONDS = 5.0  # for the broker to be there at all
OUTAGE_SECONDS = 60.0  # for a broker that was there to come back
FIRST_VISITOR = 2_000_000  # microseconds of the visitors' time
SLOWEST, FASTEST = 0.01, 1000.0


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays in a venue, and how fast."""

    models: Mapping[DeviceId, Model]
    visitors: Visitors
    crowd: CrowdName
    seed: int
    speed: float


@dataclass(frozen=True, slots=True)
class Play:
    """Where a cast plays and for how long. ``seconds``: by the wall; None: until somebody says stop."""

    venue: str
    broker: Broker
    seconds: float | None
    waits: bool
    as_json: bool


@dataclass(frozen=True, slots=True)
class Moment:
    """What went on until ``seconds`` (of the wall). ``behind``: how late they are, seconds of their own time."""

    seconds: float
    link: str
    people: int
    acts: int
    said: int
    heard: int
    behind: float
    away: dict[str, str]
    faults: dict[str, int]

    def human(self) -> str:
        """One line; what is as it should be is left out."""
        parts = [f"{self.seconds:6.0f} s   people {self.people:4}   acts {self.acts:6}"]
        parts.append(f"said {self.said:6}   heard {self.heard:6}")
        if self.behind > 0:
            parts.append(f"{self.behind:.1f} s behind")
        if self.away:
            parts.append(", ".join(f"{device} {how}" for device, how in self.away.items()))
        if self.faults:
            parts.append(", ".join(f"{word} {count}" for word, count in self.faults.items()))
        if self.link:
            parts.append(self.link)
        return "   ".join(parts)


def simulate(
    venue: Path,
    *devices: str,
    broker: str | None = None,
    seed: int = 1,
    speed: float = 1.0,
    faults: str = "",
    visitors: CrowdName = "few",
    for_: str | None = None,
    wait: bool = False,
    format: Literal["human", "json"] = "human",  # noqa: A002 - the option's name
) -> Exit:
    """Play a venue's devices and its visitors over a broker, until Ctrl-C: for a house whose hardware is not there yet.

    Parameters
    ----------
    venue
        The venue's folder.
    devices
        Only these, such as preface.wall or "preface.*"; without any, all of them.
    broker
        Where it is, as mqtt://host:port; without it where RINGMASTER_BROKER says.
    seed
        Other visitors, other faults.
    speed
        How many times faster than the wall they live; 0.1 is slow motion.
    faults
        What devices do wrong, such as "preface.wall: lies 10% and drops 2%, preface.*: vanishes 30s every 5min".
    visitors
        How many come; a school is twenty at once who press everything.
    for_
        How long, such as 30s, by the wall.
    wait
        For a broker that is not there, as long as it takes.
    format
        For people or for programs: one JSON object a line.
    """
    try:
        settings = read_settings()
        loaded = load(read_folder(venue))
        address = parse_broker(broker) if broker is not None else settings.broker_address()
        cast = cast_of(loaded, devices, crowd=visitors, faults=faults, seed=seed, speed=speed)
        seconds = seconds_of(for_) if for_ is not None else None
    except VenueError as error:
        return complain_of(error, format, venue, NOT_STARTED)
    except (SettingsError, ValueError) as error:
        print(error, file=sys.stderr)
        return Exit.CONFIG if isinstance(error, SettingsError) else Exit.USAGE
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_play(cast, Play(loaded.venue.id, address, seconds, wait, format == "json")))


def cast_of(
    loaded: Loaded, devices: tuple[str, ...], *, crowd: CrowdName, faults: str, seed: int, speed: float
) -> Cast:
    """The devices that are named, or all, with their faults. Visitors walk through the whole house: what is not played
    here is real, or played elsewhere. Raises ``ValueError``."""
    if not SLOWEST <= speed <= FASTEST:
        raise ValueError(f"--speed {speed:g}: from {SLOWEST:g} to {FASTEST:g}")
    venue = loaded.venue
    played = {device for one in devices or ("*",) for device in named(one, venue.devices)}
    models = with_faults(models_of(loaded, seed, played), read_faults(faults, played), seed)
    visitors = visitors_of(venue, seed, 0, crowd=crowd, first=FIRST_VISITOR)
    return Cast(models, visitors, crowd, seed, speed)


async def _play(cast: Cast, play: Play) -> Exit:
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    live = Live(AiomqttLink(play.broker), cast.models, iter(cast.visitors), speed=cast.speed)
    _say_what_begins(cast, play)
    ended = Exit.OK
    try:
        async with asyncio.TaskGroup() as tasks:
            playing = tasks.create_task(live.run(play.venue, f"simulate-{_digest(cast)}"), name="devices")
            ended = await _tell(cast, play, live, stop)
            if not await live.goodbye() and ended is Exit.OK:
                print("the broker did not take that the devices are gone", file=sys.stderr)
            playing.cancel()
    except* TakenOver as taken:
        print(f"somebody else plays these devices now: {taken.exceptions[0]}", file=sys.stderr)
        ended = Exit.TAKEN
    return ended


async def _tell(cast: Cast, play: Play, live: Live, stop: asyncio.Event) -> Exit:
    """Says once a second what goes on, until somebody says stop, time is up, or the broker stays away."""
    began = time.monotonic()
    look, stood, was_up = began, began, False
    while not stop.is_set():
        now = time.monotonic()
        over = play.seconds is not None and now - began >= play.seconds
        if live.why_down is None:
            stood, was_up = now, True
        elif over or (not play.waits and now - stood >= (OUTAGE_SECONDS if was_up else PATIENCE_SECONDS)):
            print(_no_broker(play.broker, now - stood, live.why_down or "no answer"), file=sys.stderr)
            return Exit.UNAVAILABLE
        if over:
            break
        look = max(look + LOOK_SECONDS, now)
        until = look if play.seconds is None else min(look, began + play.seconds)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(until - now):
                await stop.wait()
        if not stop.is_set():
            _show(_moment(cast, live, time.monotonic() - began), as_json=play.as_json)
    return Exit.OK


def _no_broker(broker: Broker, seconds: float, why: str) -> str:
    there = f"no broker at mqtt://{broker.host}:{broker.port} for {seconds:.0f} s: {why}"
    start = f"start one (`mosquitto -p {broker.port}`), or say where it is with --broker or RINGMASTER_BROKER"
    return f"{there}\n{start}; `ringmaster demo` brings its own, with controller and devices"


def _moment(cast: Cast, live: Live, seconds: float) -> Moment:
    tally = live.tally
    faulty = {device: model for device, model in cast.models.items() if isinstance(model, Faulty)}
    late = tally.behind / 1_000_000
    return Moment(
        seconds=round(seconds, 1),
        link="" if live.why_down is None else f"no broker: {live.why_down or 'no answer yet'}",
        people=len(tally.inside),
        acts=tally.acts.total(),
        said=tally.said,
        heard=tally.heard,
        behind=round(late, 1) if late > cast.speed else 0.0,  # a second of the wall
        away={device: model.away for device, model in faulty.items() if model.away is not None},
        faults=dict(sorted(sum((model.tally for model in faulty.values()), Counter[str]()).items())),
    )


def _show(moment: Moment, *, as_json: bool) -> None:
    print(json.dumps(asdict(moment), ensure_ascii=False) if as_json else moment.human(), flush=True)


def _say_what_begins(cast: Cast, play: Play) -> None:
    strange = cast.visitors.building.strange
    if play.as_json:
        head = {"venue": play.venue, "devices": sorted(cast.models), "speed": cast.speed, "seed": cast.seed}
        print(json.dumps({**head, "visitors": cast.crowd, "passed_by": strange}), flush=True)
        return
    pace = f", {cast.speed:g} times as fast as the wall" if cast.speed != 1 else ""
    where = f"mqtt://{play.broker.host}:{play.broker.port}"
    print(f"{len(cast.models)} devices of {play.venue} on {where}{pace}; visitors: {cast.crowd}, seed {cast.seed}")
    if strange:
        print(f"visitors pass by what they do not know: {', '.join(strange)}")
    print("Ctrl-C ends; every device then says that it is offline", flush=True)


def _digest(cast: Cast) -> str:
    """Who plays the same devices is the same client, and ends the one before; others are others."""
    return hashlib.sha256(" ".join(sorted(cast.models)).encode()).hexdigest()[:8]
