"""The demo as a live view with keys: wires the view to the journal, the broker, the keys and the demo's parts."""

import asyncio
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TextIO

from rich.console import Console

from controller.commands.complaints import default_language
from controller.commands.feed import Feed
from controller.commands.parts import Part
from controller.commands.tricks import FaultyLink, Guests
from controller.venue.findings import VenueError
from controller.venue.load import Loaded, load
from controller.venue.source.files import read_folder
from controller.view import keys
from controller.view.onlooker import Onlooker
from controller.view.screen import Screen
from controller.view.sight import Poster
from devices.speech import encode
from devices.topics import house_topic
from link.over_aiomqtt import AiomqttLink
from link.port import Broker, Outgoing
from scenes.model import Band, By, Scene, SceneId, Venue, When

MOST_KEYS = 16  # pressed and not yet obeyed; more are dropped
PICTURE_SIZE = (120, 36)
KILL_SECONDS = 4.0  # after the beginning of a picture: the film runs by then


@dataclass(frozen=True, slots=True)
class House:
    """What the view looks at, and what its keys reach."""

    folder: Path
    loaded: Loaded
    broker: Broker
    broker_name: str
    controller: Part
    guests: Guests
    faults: FaultyLink


class LiveView:
    """Shows the house until it is cancelled. ``leave``: the person wants to go."""

    def __init__(self, house: House, feed: Feed, leave: Callable[[], None], *, drawn_on: TextIO | None) -> None:
        """``drawn_on`` None: on the terminal, with its keys."""
        self._house = house
        self._feed = feed
        self._leave = leave
        self._link = AiomqttLink(house.broker)
        venue = house.loaded.venue
        self._onlooker = Onlooker(venue, self._link)
        self._has_keys = drawn_on is None
        width, height = PICTURE_SIZE if drawn_on is not None else (None, None)
        console = Console(
            file=drawn_on, width=width, height=height, highlight=False, force_terminal=True if drawn_on else None
        )
        self.screen = Screen(self._onlooker, poster_of(house), console, self._read)

    async def run(self) -> None:
        """Draws, listens and takes keys, until it is cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._onlooker.run(f"{self._house.loaded.venue.id}-view"), name="onlooker")
            tasks.create_task(self.screen.show(), name="screen")
            tasks.create_task(self._obey() if self._has_keys else self._pose(), name="keys")

    async def _obey(self) -> None:
        pressed: asyncio.Queue[str] = asyncio.Queue(MOST_KEYS)
        with keys.reading(sys.stdin.fileno(), pressed):
            while True:
                self.press(await pressed.get())

    async def _pose(self) -> None:
        """For a picture: what there is to show happens once by itself."""
        await asyncio.sleep(KILL_SECONDS)
        self.press("k")

    def press(self, key: str) -> None:
        """A key; ``""``: the terminal is gone."""
        house, look = self._house, self._onlooker
        match key.lower():
            case "v":
                crowded = house.guests.come()
                if crowded is not None:
                    look.tricked("one more" if crowded else "visitor", crowded)
            case "k":
                if house.controller.kill():
                    look.tricked("kill")
            case "f":
                fault = house.faults.fault(lambda device: look.tricked("well", device))
                if fault is not None:
                    look.tricked(fault[1], fault[0])
            case "t":
                self._tour()
            case "e":
                self._evacuate()
            case "q" | "" | "\x04":
                self._leave()
            case _:
                pass

    def _tour(self) -> None:
        """Starts the tour; goes on with it when it runs."""
        scene = tour_of(self._house.loaded.venue)
        if scene is None:
            return
        body = self._onlooker.sight.scenes.get(scene)
        verb = "go" if body is not None and body.state == "running" else "start"
        self._order("demo", verb, scene)
        self._onlooker.tricked("go" if verb == "go" else "start", scene)

    def _evacuate(self) -> None:
        """Evacuates; lifts it when the house is evacuated, as the two people that this takes."""
        if self._house.loaded.venue.evacuation is None:
            return
        body = self._onlooker.sight.safety
        if body is None or body.state == "normal":
            self._order("demo", "evacuate")
            self._onlooker.tricked("evacuate")
        else:
            self._order("demo", "lift")
            self._order("demo-2", "confirm_lift")
            self._onlooker.tricked("lift")

    def _order(self, by: str, *words: str) -> None:
        topic = house_topic(self._house.loaded.venue.id, "order", *words)
        self._link.publish(Outgoing(topic, encode({"by": by})))

    def _read(self) -> None:
        for kept in self._feed.more():
            if kept.note.what == "reloaded":
                self._reload()
            self._onlooker.noted(kept.note, kept.wall)

    def _reload(self) -> None:
        """The controller took changed files: what is shown has their names."""
        try:
            loaded = load(read_folder(self._house.folder))
        except VenueError:  # changed again meanwhile
            return
        self._house = replace(self._house, loaded=loaded)
        self._onlooker.use(loaded.venue)
        self.screen.poster = poster_of(self._house)


def poster_of(house: House) -> Poster:
    """What the view knows of the venue beforehand."""
    venue = house.loaded.venue
    keys_of = {"v": True, "t": tour_of(venue), "k": True, "f": True, "e": venue.evacuation, "q": True}
    return Poster(
        venue=venue,
        broker=f"{house.broker_name} {house.broker.host}:{house.broker.port}",
        language=default_language(),
        lengths=lengths_of(house.loaded),
        keys="".join(key for key, does in keys_of.items() if does),
        hints=hints_of(venue),
    )


def lengths_of(loaded: Loaded) -> dict[str, int]:
    """Microseconds by file, where a clip says how long it lasts."""
    clips = loaded.palette.clips.values()
    return {file: one.lasts for one in clips if one.lasts is not None for file in one.files.values()}


def hints_of(venue: Venue) -> tuple[str, ...]:
    """Commands that do something in this venue."""
    ordered = _first(venue, lambda one: any(isinstance(start, By) for start in one.starts))
    started = _first(venue, lambda one: any(isinstance(start, When) for start in one.starts))
    found = [f"ringmaster order start {ordered}"] if ordered else []
    return (*found, *([f"ringmaster why {started}"] if started else []), "ringmaster watch")


def tour_of(venue: Venue) -> SceneId | None:
    """The scene that the key for a tour starts."""
    return _first(venue, lambda one: one.band is Band.TOUR)


def _first(venue: Venue, fits: Callable[[Scene], bool]) -> SceneId | None:
    return next((one.id for one in venue.scenes.values() if fits(one)), None)
