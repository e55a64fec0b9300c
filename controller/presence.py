"""One controller a venue: the lock on the state folder, and the address that other commands find there."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import structlog

ADDRESS = "controller.json"
LOCK = "lock"


class AlreadyRunning(Exception):  # noqa: N818 - nothing failed: somebody else is there
    """Another controller holds this state folder."""


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


@contextmanager
def alone(folder: Path, address: Address) -> Iterator[None]:
    """Holds the folder's lock; the operating system lets it go even after kill -9. Raises ``AlreadyRunning``."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            other = _read(folder)
            who = f" (process {other.pid})" if other is not None else ""
            raise AlreadyRunning(
                f"another controller{who} runs on {folder}; stop it, or set RINGMASTER_STATE"
            ) from None
        announce(folder, address)
        try:
            yield
        finally:
            (folder / ADDRESS).unlink(missing_ok=True)


def announce(folder: Path, address: Address) -> None:
    """Writes the address. It is a convenience: a full disk does not keep the house from running."""
    path = folder / ADDRESS
    draft = path.with_suffix(".new")
    try:
        draft.write_text(json.dumps(asdict(address)), encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        structlog.get_logger().warning("address_not_written", path=str(path), reason=str(error))


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
    found = _read(folder)
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


def _read(folder: Path) -> Address | None:
    try:
        return Address(**json.loads((folder / ADDRESS).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def own_pid() -> int:
    """This process."""
    return os.getpid()
