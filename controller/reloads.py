"""Another configuration while the house runs: read, load, check, swap. What is refused changes nothing, and is shown.

Rules
- Reading and loading happen in a thread: lights and film do not wait for a file.
- One at a time. What is asked for meanwhile is done after it, once, however often it was asked.
- Files may be half-written: nothing is read until nothing was written for 200 ms, but no longer than 3 s.
- What became of it stands in the journal with the instant at which reading began. Whoever asked waits for one that
  began after he asked.
"""

import asyncio
import gc
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec
import structlog

from controller.clock import wall_now
from controller.house import House
from controller.status import Refusal, Status
from controller.venue.findings import VenueError, wrong
from controller.venue.load import load_venue
from controller.venue.source.files import Texts, read_folder
from scenes.model import Place, Venue

QUIET_SECONDS = 0.2
PATIENCE_SECONDS = 3.0
FUTURE_SECONDS = 1.0  # a change that lies farther ahead was made under another clock: nobody waits for it
SUFFIXES = (".yaml", ".csv")

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a reload. ``began``: wall time in microseconds, when reading began; ``why``: the first mistake."""

    word: Literal["loaded", "unchanged", "refused"]
    began: int
    config: str
    why: str = ""
    mistakes: int = 0
    changed: int = 0
    new: int = 0
    gone: int = 0

    def text(self) -> str:
        """As the journal keeps it."""
        return msgspec.json.encode(self).decode()


def read_outcome(text: str) -> Outcome | None:
    """From the journal; None: there was no reload yet."""
    return msgspec.json.decode(text, type=Outcome) if text else None


class Reloads:
    """``complain`` prints all mistakes of a refused configuration; ``swapped`` is called after each swap."""

    def __init__(
        self,
        folder: Path,
        house: House,
        status: Status,
        *,
        complain: Callable[[VenueError], object],
        swapped: Callable[[], None] = lambda: None,
    ) -> None:
        self._folder = folder
        self._house = house
        self._status = status
        self._complain = complain
        self._swapped = swapped
        self._asked = asyncio.Event()

    def ask(self) -> None:
        """Somebody wants the folder to be read again. Called on the loop."""
        self._asked.set()

    async def serve(self) -> None:
        """Does what is asked for, for as long as the house runs."""
        while True:
            await self._asked.wait()
            await _until_quiet(self._folder)
            self._asked.clear()
            await self.reload()

    async def reload(self) -> None:
        """Once, whatever comes of it."""
        began = wall_now()
        gc.disable()  # loading makes many objects that stay: to look among them for garbage would stop the loop
        try:
            venue, texts = await asyncio.to_thread(_load, self._folder, self._house.engine.venue.id)
            self._swap(venue, texts, began)
        except VenueError as error:
            self._refuse(error, began)
        except OSError as error:
            self._refuse(wrong(_place(self._folder), "this folder cannot be read: {}", error), began)
        except Exception as bug:  # a bug of the loader must not end a house that runs
            log.exception("reload_failed")
            self._refuse(wrong(_place(self._folder), "our own loader failed on it: {}", repr(bug)), began)
        finally:
            gc.enable()

    def _swap(self, venue: Venue, texts: str, began: int) -> None:
        house = self._house
        former = house.engine.venue
        if venue.config == former.config:
            log.info("reload_unchanged", config=venue.config)
            house.note("reload_unchanged")
            self._tell(Outcome("unchanged", began, venue.config))
            return
        house.journal.add_config(venue.config, texts)
        house.reload(venue)
        if house.engine.venue.config != venue.config:
            hint = "keep the state folder: it holds what is needed to see it again"
            raise wrong(_place(self._folder), "the engine failed on it and keeps the former one", hint=hint)
        gc.freeze()  # the new venue stays, too
        self._swapped()
        outcome = _difference(former, venue, began)
        log.info("reloaded", config=venue.config, changed=outcome.changed, new=outcome.new, gone=outcome.gone)
        self._tell(outcome)

    def _refuse(self, error: VenueError, began: int) -> None:
        first, count = error.findings[0], len(error.findings)
        log.error("reload_refused", mistakes=count, first=str(first), hint="what ran before goes on; mend it, reload")
        self._complain(error)
        self._house.note("reload_refused", place=first.place, details={"why": _words(error), "findings": count})
        self._tell(Outcome("refused", began, self._house.engine.venue.config, str(first), count))

    def _tell(self, outcome: Outcome) -> None:
        refused = outcome.word == "refused"
        self._house.journal.add_reload(outcome.text())
        self._status.refusal = Refusal(outcome.mistakes, wall_now(), outcome.why) if refused else None
        self._status.online(config=self._house.engine.venue.config, epoch=self._house.engine.stage.epoch)


async def _until_quiet(folder: Path) -> None:
    """Until the files of a venue were left alone for a while, or patience ends."""
    deadline = asyncio.get_running_loop().time() + PATIENCE_SECONDS
    while asyncio.get_running_loop().time() < deadline:
        ago = wall_now() / 1_000_000 - await asyncio.to_thread(last_change, folder)
        if not -FUTURE_SECONDS < ago < QUIET_SECONDS:
            return
        await asyncio.sleep(min(QUIET_SECONDS, QUIET_SECONDS - ago))


def last_change(folder: Path) -> float:
    """When a file of the venue was written, made, renamed or deleted last; epoch seconds."""
    changes = [0.0]
    for path in (folder, *folder.rglob("*")):
        if path.suffix in SUFFIXES or path == folder:
            try:
                changes.append(path.stat().st_ctime)
                changes.append(path.parent.stat().st_ctime if path != folder else 0.0)
            except OSError:
                continue  # gone again, or a lock of an editor that points nowhere
    return max(changes)


def _load(folder: Path, venue_id: str) -> tuple[Venue, str]:
    """In a thread. The venue, and its texts as the journal keeps them. Raises ``VenueError``."""
    texts = read_folder(folder)
    venue = load_venue(texts)
    if venue.id != venue_id:
        raise wrong(_place_of_id(texts), "the venue is called '{}' now, and the one that runs '{}'", venue.id, venue_id,
                    hint="another venue cannot be reloaded: stop the controller and run the new one")  # fmt: skip
    return venue, json.dumps(sorted(texts.items()))


def _place_of_id(texts: Texts) -> Place:
    for file, text in texts.items():
        for number, line in enumerate(text.splitlines(), 1):
            if line.startswith("venue:"):
                return Place(file, number, 1)
    return Place(next(iter(texts)), 1, 1)


def _place(folder: Path) -> Place:
    return Place(str(folder), 1, 1)


def _words(error: VenueError) -> str:
    first = error.findings[0]
    return first.message.text() + (f" ({first.hint.text()})" if first.hint else "")


def _difference(former: Venue, venue: Venue, began: int) -> Outcome:
    both = former.scenes.keys() & venue.scenes.keys()
    return Outcome(
        "loaded",
        began,
        venue.config,
        changed=sum(former.scenes[one] != venue.scenes[one] for one in both),
        new=len(venue.scenes) - len(both),
        gone=len(former.scenes) - len(both),
    )
