"""Which changes of a folder are told. Each expectation waits for the change itself, bounded."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

from controller.watching import changes

WAIT_SECONDS = 8.0


def told_after(folder: Path, *edits: Callable[[], object]) -> None:
    """Each edit is told, after the one before it was."""

    async def go() -> None:
        found = changes(folder, since=time.time() + 3600)  # told by the operating system alone
        async with asyncio.TaskGroup() as tasks:
            news: asyncio.Queue[None] = asyncio.Queue()

            async def listen() -> None:
                async for _ in found:
                    news.put_nowait(None)

            listening = tasks.create_task(listen())
            for edit in (lambda: (folder / "first.yaml").write_text("x"), *edits):
                async with asyncio.timeout(WAIT_SECONDS):
                    while True:  # the watch begins at some time: until then the first edit is made again
                        edit()
                        try:
                            async with asyncio.timeout(0.4):
                                await news.get()
                        except TimeoutError:
                            continue
                        break
                while not news.empty():
                    news.get_nowait()
            listening.cancel()

    asyncio.run(go())


def test_a_file_that_is_renamed_over_another_is_told(tmp_path):
    def rename() -> None:
        (tmp_path / ".draft~").write_text("new")
        (tmp_path / ".draft~").replace(tmp_path / "scenes.yaml")

    (tmp_path / "scenes.yaml").write_text("old")
    told_after(tmp_path, rename)


def test_tables_folders_below_and_deletions_are_told(tmp_path):
    (tmp_path / "below").mkdir()

    def comes_and_goes() -> None:
        (tmp_path / "below" / "guests.csv").write_text("a,b")
        (tmp_path / "below" / "guests.csv").unlink()

    told_after(tmp_path, comes_and_goes)


def test_a_folder_that_is_exchanged_is_watched_anew(tmp_path, monkeypatch):
    monkeypatch.setattr("controller.watching.LOOK_MILLISECONDS", 100)
    folder = tmp_path / "venue"
    folder.mkdir()

    def exchange() -> None:
        if not (tmp_path / "old").exists():
            (tmp_path / "next").mkdir()
            folder.rename(tmp_path / "old")
            (tmp_path / "next").rename(folder)

    told_after(folder, exchange, lambda: (folder / "venue.yaml").write_text("x"))


def test_what_was_changed_before_the_watch_began_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr("controller.watching.LOOK_MILLISECONDS", 50)
    (tmp_path / "venue.yaml").write_text("x")

    async def first(since: float) -> None:
        async with asyncio.timeout(WAIT_SECONDS):
            found = changes(tmp_path, since=since)
            await anext(found)
            await found.aclose()

    asyncio.run(first(time.time() - 60))
