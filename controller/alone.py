"""One controller a venue: the lock on the state folder, and the address that other commands find there."""

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import structlog

from controller.presence import ADDRESS, LOCK, Address, read_address


class AlreadyRunning(Exception):  # noqa: N818 - nothing failed: somebody else is there
    """Another controller holds this state folder."""


@contextmanager
def alone(folder: Path, address: Address) -> Iterator[None]:
    """Holds the folder's lock; the operating system lets it go even after kill -9. Raises ``AlreadyRunning``."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            other = read_address(folder)
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
