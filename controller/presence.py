"""Where a running controller is: the address that it left in its state folder, and the lock that says it lives."""

import fcntl
import json
import os
from dataclasses import dataclass
from pathlib import Path

ADDRESS = "controller.json"
LOCK = "lock"


class NoController(Exception):  # noqa: N818 - a fact that commands tell
    """No running controller was found, or more than one."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a running controller is."""

    venue: str
    broker: str
    cell: str
    pid: int
    config: str  # the venue's folder


def find_state(state: Path | None, venue: str | None, root: Path = Path(".ringmaster")) -> Path:
    """The state folder that a command without arguments means. Raises ``NoController``.

    That is ``RINGMASTER_STATE``, or the venue's, or the one whose controller runs, or the only one.
    """
    if state is not None:
        return state
    if venue is not None:
        return root / venue
    folders = sorted(path.parent for path in root.glob("*/journal.db"))
    running = [folder for folder in folders if is_running(folder)]
    candidates = running or folders
    if len(candidates) == 1:
        return candidates[0]
    if not candidates:
        raise NoController(f"no venue was run from here ({root.resolve()} is empty); start `ringmaster run VENUE`")
    names = ", ".join(folder.name for folder in candidates)
    raise NoController(f"several venues are here ({names}); say which with --venue")


def find_controller(folder: Path) -> Address:
    """The controller that runs on ``folder``. Raises ``NoController``."""
    found = read_address(folder)
    if found is None or not is_running(folder):
        raise NoController(f"no controller runs on {folder}; start `ringmaster run VENUE`")
    return found


def is_running(folder: Path) -> bool:
    """Whether somebody holds the folder's lock."""
    path = folder / LOCK
    if not path.exists():
        return False
    with path.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


def read_address(folder: Path) -> Address | None:
    """What stands there, if it can be read."""
    try:
        return Address(**json.loads((folder / ADDRESS).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def own_pid() -> int:
    """This process."""
    return os.getpid()
