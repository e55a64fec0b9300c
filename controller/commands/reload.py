"""``ringmaster reload``: what was changed in the venue's folder holds from now on, or it is said why not."""

import os
import signal
import sqlite3
import sys
import time
from pathlib import Path
from typing import Literal

from controller.clock import wall_now
from controller.commands.complaints import GOES_ON, complain_of
from controller.exits import Exit
from controller.journal.reader import last_reload
from controller.journal.schema import JournalError, open_to_read
from controller.presence import NoController, find_controller, find_running, is_running
from controller.reloads import Outcome, read_outcome
from controller.settings import SettingsError, read_settings
from controller.venue.findings import VenueError
from controller.venue.load import load_venue
from controller.venue.source.files import read_folder

OUTCOME_SECONDS = 30.0  # files that are still being written, a reload that runs already, a venue of a thousand devices
LOOK_SECONDS = 0.02


def reload(
    venue: str | None = None,
    *,
    format: Literal["human", "json"] = "human",  # noqa: A002 - the option's name
) -> Exit:
    """Have the running controller read its venue's folder again, and say what became of it.

    Ends with 0 when it was loaded or nothing had changed, with 1 when it was refused: then the controller goes on as
    before, and every mistake is printed.

    Parameters
    ----------
    venue
        The venue's id or its folder, when several run here.
    format
        For people or for programs.
    """
    try:
        state = find_running(read_settings().state, venue)
        address = find_controller(state)
        connection = open_to_read(state)
        asked_at = wall_now()
        os.kill(address.pid, signal.SIGHUP)
    except (NoController, SettingsError, JournalError, OSError) as error:
        print(error, file=sys.stderr)
        return Exit.UNAVAILABLE
    outcome = _outcome(connection, state, asked_at)
    if outcome is None:
        print(f"process {address.pid} did not say what became of it; see its log", file=sys.stderr)
        return Exit.UNAVAILABLE
    if outcome.word == "refused":
        return _refused(outcome, Path(address.config), format)
    print(outcome.text() if format == "json" else _words(outcome))
    return Exit.OK


def _outcome(connection: sqlite3.Connection, state: Path, asked_at: int) -> Outcome | None:
    """What became of a reload that began after we asked; None when time is up or the controller is gone."""
    deadline = time.monotonic() + OUTCOME_SECONDS
    while time.monotonic() < deadline and is_running(state):
        found = read_outcome(last_reload(connection))
        if found is not None and found.began >= asked_at:
            return found
        time.sleep(LOOK_SECONDS)
    return None


def _refused(outcome: Outcome, folder: Path, form: Literal["human", "json"]) -> Exit:
    """All mistakes, as this process finds them too; the controller's own words where it finds none."""
    try:
        load_venue(read_folder(folder))
    except VenueError as error:
        complain_of(error, form, folder, GOES_ON)
    else:
        print(outcome.text() if form == "json" else outcome.why, file=sys.stdout if form == "json" else sys.stderr)
    return Exit.NO


def _words(outcome: Outcome) -> str:
    if outcome.word == "unchanged":
        return "unchanged: nothing in the folder differs from what runs"
    return f"loaded (scenes changed: {outcome.changed}, new: {outcome.new}, gone: {outcome.gone})"
