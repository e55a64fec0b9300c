"""``ringmaster run``: the service."""

import sys
import time
from collections.abc import AsyncIterator, Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Literal

from controller.alone import AlreadyRunning
from controller.app import Source
from controller.app import run as run_app
from controller.commands.complaints import GOES_ON, NOT_STARTED, complain_of
from controller.exits import Exit
from controller.journal.schema import JournalError
from controller.logs import set_up_logs
from controller.settings import SettingsError, read_settings
from controller.venue.findings import VenueError
from controller.venue.source.files import read_folder


def run(
    venue: Path,
    *,
    watch: bool = False,
    format: Literal["human", "json"] = "human",  # noqa: A002 - the option's name
) -> Exit:
    """Run a venue until SIGTERM or Ctrl-C. SIGHUP, or `ringmaster reload`, reads its folder again.

    A changed folder is checked first: what is refused changes nothing and is shown. Scenes that did not change go on.

    Parameters
    ----------
    venue
        The venue's folder, such as config/venues/demo.
    watch
        Read the folder again whenever one of its files changes.
    format
        How mistakes of the configuration are printed. Logs are JSON unless they go to a terminal.
    """
    try:
        settings = read_settings()
        set_up_logs(settings.log)
        changes = _changes_since(time.time()) if watch else None
        complain = partial(complain_of, form=format, folder=venue, then=GOES_ON)
        return run_app(read_folder(venue), settings, Source(venue, complain, changes))
    except VenueError as error:
        return complain_of(error, format, venue, NOT_STARTED)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return Exit.CONFIG
    except AlreadyRunning as error:
        print(error, file=sys.stderr)
        return Exit.TAKEN
    except JournalError as error:
        print(error, file=sys.stderr)
        return Exit.BUG


def _changes_since(since: float) -> Callable[[Path], AsyncIterator[None]]:
    """Imported only when asked for: it costs 30 ms of each start."""
    return partial(import_module("controller.watching").changes, since=since)
