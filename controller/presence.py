"""Where a running controller is: the address that it left in its state folder, and the lock that says it lives."""

import fcntl
import json
import os
from dataclasses import dataclass
from pathlib import Path

ADDRESS = "controller.json"
LOCK = "lock"
SHOW = "-show"  # behind the venue's id: the folder of `ringmaster demo`, which begins anew each time


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

    That is ``RINGMASTER_STATE``, or the venue's (an id, or a folder that is run), or the one whose controller runs, or
    the only one.
    """
    if state is not None:
        return state
    folders = sorted(path.parent for path in root.glob("*/journal.db"))
    if not folders:
        raise NoController(f"no venue was run from here ({root.resolve()} is empty); start `ringmaster run VENUE`")
    if venue is not None:
        return _of_venue(venue, folders)
    running = [folder for folder in folders if is_running(folder)]
    candidates = running or folders
    if len(candidates) == 1:
        return candidates[0]
    raise NoController(f"several venues are here; say which: {_choices(candidates)}")


def find_running(state: Path | None, venue: str | None, root: Path = Path(".ringmaster")) -> Path:
    """The same for what needs a controller that runs: where none does, there is nothing to choose from."""
    folders = sorted(path.parent for path in root.glob("*/journal.db"))
    if state is None and venue is None and folders and not any(is_running(one) for one in folders):
        ran = ", ".join(one.name for one in folders)
        raise NoController(f"no controller runs here (there ran: {ran}); start `ringmaster run VENUE`")
    return find_state(state, venue, root)


def _of_venue(venue: str, folders: list[Path]) -> Path:
    """Where the venue's controller runs, or ran: in a folder of its name, in that of its show, or wherever it says."""
    its = [folder for folder in folders if venue in (folder.name, folder.name.removesuffix(SHOW))]
    its += [folder for folder in folders if folder not in its and _runs_on(folder, venue)]
    if not its:
        raise NoController(f"no venue {venue!r} was run from here; there is: {_choices(folders)}")
    return min(its, key=lambda folder: (not is_running(folder), folder.name != venue))


def _runs_on(folder: Path, venue: str) -> bool:
    """Whether a controller runs there with the venue of that id, or with that venue's folder."""
    found = read_address(folder)
    if found is None or not is_running(folder):
        return False
    return found.venue == venue or Path(found.config).resolve() == Path(venue).resolve()


def _choices(folders: list[Path]) -> str:
    return ", ".join(f"--venue {folder.name}" + (" (runs)" if is_running(folder) else "") for folder in folders)


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
