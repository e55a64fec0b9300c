"""Says when files of a venue change, for ``run --watch``. Imported only when asked for: it costs 30 ms of a start.

The whole folder is watched, not its files: most editors write another file and rename it, and a watched file would be
the one that is gone. When the folder itself is exchanged, as a deployment does, it is watched anew. Every two seconds
it is looked at as well: not every file system tells (a share of another machine does not), and a change may have been
made between reading and watching.
"""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import structlog
from watchfiles import Change, awatch

from controller.reloads import SUFFIXES, last_change

LOOK_MILLISECONDS = 2_000
GONE_SECONDS = 0.5

log = structlog.get_logger()


async def changes(folder: Path, *, since: float) -> AsyncIterator[None]:
    """Something changed after ``since`` (epoch seconds); again and again.

    Ends when this machine cannot watch, and says so.
    """
    seen = since
    while True:
        watched = _identity(folder)
        if watched is None:
            await asyncio.sleep(GONE_SECONDS)
            continue
        try:
            async for found in awatch(
                folder,
                watch_filter=_is_ours,
                debounce=200,
                step=20,
                rust_timeout=LOOK_MILLISECONDS,
                yield_on_timeout=True,
                ignore_permission_denied=True,
            ):
                newest = await asyncio.to_thread(last_change, folder)
                if found or newest > seen:
                    seen = max(seen, newest)
                    yield
                if _identity(folder) != watched:
                    break
        except FileNotFoundError:
            continue  # it went between looking and watching
        except (OSError, RuntimeError) as error:
            log.warning("watch_ended", reason=str(error), hint="`ringmaster reload` still works")
            return
        yield  # another folder stands there now


def _is_ours(_: Change, path: str) -> bool:
    return path.endswith(SUFFIXES)


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
