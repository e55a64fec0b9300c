"""``ringmaster run``: the service."""

import sys
from pathlib import Path
from typing import Literal

from controller.app import run as run_app
from controller.commands.complaints import NOT_STARTED, complain_of
from controller.exits import Exit
from controller.journal.schema import JournalError
from controller.logs import set_up_logs
from controller.presence import AlreadyRunning
from controller.settings import SettingsError, read_settings
from controller.venue.findings import VenueError
from controller.venue.source.files import read_folder


def run(venue: Path, *, format: Literal["human", "json"] = "human") -> Exit:  # noqa: A002 - the option's name
    """Run a venue until SIGTERM or Ctrl-C.

    Parameters
    ----------
    venue
        The venue's folder, such as config/venues/demo.
    format
        How mistakes of the configuration are printed. Logs are JSON unless they go to a terminal.
    """
    try:
        settings = read_settings()
        set_up_logs(settings.log)
        return run_app(read_folder(venue), settings, venue)
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
