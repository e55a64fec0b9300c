"""Another configuration while the house runs: one at a time, off the loop, and what is refused changes nothing."""

import asyncio
import json
import os
import shutil
import threading
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from controller.journal.reader import config_texts, last_reload
from controller.journal.schema import open_to_read
from controller.reloads import Outcome, Reloads, _until_quiet, last_change, read_outcome
from controller.status import Status
from controller.venue.findings import VenueError
from controller.venue.load import load_venue
from controller.venue.source.files import read_folder
from scenes.engine import Engine
from scenes.inputs import Reloaded
from tests.controller.test_house import DEMO, ENTRY, Building

Act = Callable[["Site"], Awaitable[None]]


class Site:
    """A house whose folder a test edits."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "venue"
        self.building = Building(folder / "state", load_venue(read_folder(self.folder)))
        self.house = self.building.house
        self.complaints: list[VenueError] = []
        self.swaps = 0
        status = Status("demo", "house", self.building.link.publish, since=0)
        self.reloads = Reloads(self.folder, self.house, status, complain=self.complaints.append, swapped=self._swapped)

    def _swapped(self) -> None:
        self.swaps += 1

    def edits(self, old: str, new: str, file: str = "scenes.yaml") -> None:
        path = self.folder / file
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new))

    def outcome(self) -> Outcome:
        self.building.commit()
        found = read_outcome(last_reload(open_to_read(self.building.folder)))
        assert found is not None
        return found

    def status(self) -> dict[str, object]:
        published = self.building.link.published
        return json.loads([one for one in published if one.topic.endswith("/status")][-1].payload)

    def notes(self, what: str) -> list[tuple[str | None, dict[str, object]]]:
        self.building.commit()
        rows = open_to_read(self.building.folder).execute(
            "SELECT place, details FROM notes WHERE what = ? ORDER BY number", (what,)
        )
        return [(place, json.loads(details)) for place, details in rows]


@pytest.fixture
def on_site(tmp_path: Path) -> Callable[[Act], None]:
    shutil.copytree(DEMO, tmp_path / "venue")

    def play(act: Act) -> None:
        async def go() -> None:
            site = Site(tmp_path)
            try:
                await act(site)
            finally:
                site.house.stop()
                site.building.journal.close()

        asyncio.run(go())

    return play


def test_a_changed_folder_is_swapped_in_and_said(on_site):
    async def act(site: Site) -> None:
        site.edits("wait: 4s", "wait: 5s")
        (site.folder / "more.yaml").write_text("more:\n  starts: {by: staff}\n  does: [{wait: 1s}]\n")
        await site.reloads.reload()
        outcome = site.outcome()
        assert (outcome.word, outcome.changed, outcome.new, outcome.gone) == ("loaded", 1, 1, 0)
        assert site.house.engine.venue.config == outcome.config == site.status()["config"]
        assert config_texts(open_to_read(site.building.folder), outcome.config) == read_folder(site.folder)
        assert (site.swaps, len(site.notes("reloaded"))) == (1, 1)

    on_site(act)


def test_the_same_texts_change_nothing_and_that_is_said(on_site):
    async def act(site: Site) -> None:
        running, seq = site.house.engine.venue, site.house._seq
        (site.folder / "scenes.yaml").touch()
        await site.reloads.reload()
        assert (site.outcome().word, site.house.engine.venue, site.house._seq) == ("unchanged", running, seq)
        assert (site.swaps, len(site.notes("reload_unchanged"))) == (0, 1)

    on_site(act)


def test_a_broken_folder_changes_nothing_and_is_shown_everywhere(on_site):
    async def act(site: Site) -> None:
        running, filters = site.house.engine.venue, site.building.link.filters
        site.building.hears(ENTRY, b'{"occupied": true}')
        site.edits("opening_film", "opning_film")
        site.edits("dim over 2s", "dmi over 2s")
        await site.reloads.reload()
        assert (site.house.engine.venue, site.building.link.filters, site.swaps) == (running, filters, 0)
        assert site.house.engine.stage.pending() == 1
        outcome = site.outcome()
        assert (outcome.word, outcome.mistakes, outcome.config) == ("refused", 2, running.config)
        assert site.status()["reload"]["refused"] == 2
        assert [len(one.findings) for one in site.complaints] == [2]
        (place, details), *more = site.notes("reload_refused")
        assert (place[:12], details["findings"], more) == ("scenes.yaml:", 2, [])

    on_site(act)


def test_what_was_refused_is_taken_back_when_the_folder_is_as_it_runs(on_site):
    async def act(site: Site) -> None:
        site.edits("opening_film", "opning_film")
        await site.reloads.reload()
        site.edits("opning_film", "opening_film")
        await site.reloads.reload()
        assert (site.outcome().word, "reload" in site.status()) == ("unchanged", False)

    on_site(act)


def test_another_venue_is_refused_at_the_line_that_names_it(on_site):
    async def act(site: Site) -> None:
        site.edits("venue: demo", "venue: opera", "venue.yaml")
        await site.reloads.reload()
        assert site.outcome().why.startswith("venue.yaml:3:1: the venue is called 'opera' now")
        assert site.house.engine.venue.id == "demo"

    on_site(act)


@pytest.mark.parametrize("error", [OSError("gone"), RuntimeError("planted")])
def test_whatever_the_loader_does_the_house_goes_on(on_site, monkeypatch, error):
    def fails(_: object) -> None:
        raise error

    async def act(site: Site) -> None:
        monkeypatch.setattr("controller.reloads.read_folder", fails)
        await site.reloads.reload()
        assert (site.outcome().word, str(error) in site.outcome().why) == ("refused", True)

    on_site(act)


def test_a_configuration_on_which_the_engine_raises_is_refused_and_the_former_one_stays(on_site, monkeypatch):
    true_take = Engine.take

    def take(self, one):
        if isinstance(one, Reloaded):
            raise RuntimeError("planted")  # noqa: TRY004 - a fault, not a type
        return true_take(self, one)

    async def act(site: Site) -> None:
        before = site.house.engine.venue.config
        site.edits("wait: 4s", "wait: 5s")
        monkeypatch.setattr(Engine, "take", take)
        await site.reloads.reload()
        assert (site.outcome().word, site.house.engine.venue.config) == ("refused", before)
        site.building.hears(ENTRY, b'{"occupied": true}')
        assert site.house.engine.stage.pending() == 1

    on_site(act)


def test_the_loop_goes_on_while_it_loads_and_what_is_asked_meanwhile_is_done_after_it(on_site, monkeypatch):
    loading, go_on = threading.Event(), threading.Event()
    reads: list[str] = []

    def slow(folder: Path) -> object:
        assert threading.current_thread() is not threading.main_thread()
        reads.append((folder / "scenes.yaml").read_text())
        loading.set()
        assert go_on.wait(5)
        return read_folder(folder)

    async def act(site: Site) -> None:
        monkeypatch.setattr("controller.reloads.read_folder", slow)
        async with asyncio.TaskGroup() as tasks:
            serving = tasks.create_task(site.reloads.serve())
            site.reloads.ask()
            await asyncio.to_thread(loading.wait, 5)
            site.building.hears(ENTRY, b'{"occupied": true}')  # the loop is free
            assert site.house.engine.stage.pending() == 1
            site.edits("wait: 4s", "wait: 5s")
            for _ in range(3):
                site.reloads.ask()
            go_on.set()
            async with asyncio.timeout(5):
                while len(reads) < 2 or site.reloads._asked.is_set():  # noqa: ASYNC110
                    await asyncio.sleep(0.005)
                while site.swaps < 1:  # noqa: ASYNC110
                    await asyncio.sleep(0.005)
            serving.cancel()
        assert ("wait: 5s" in reads[-1], len(reads)) == (True, 2)

    on_site(act)


def test_nothing_is_read_before_the_files_are_quiet(on_site, monkeypatch):
    order: list[str] = []

    async def quiet(_: Path) -> None:
        order.append("quiet")

    def read(folder: Path) -> object:
        order.append("read")
        return read_folder(folder)

    async def act(site: Site) -> None:
        monkeypatch.setattr("controller.reloads._until_quiet", quiet)
        monkeypatch.setattr("controller.reloads.read_folder", read)
        async with asyncio.TaskGroup() as tasks:
            serving = tasks.create_task(site.reloads.serve())
            site.reloads.ask()
            async with asyncio.timeout(5):
                while not site.notes("reload_unchanged"):  # noqa: ASYNC110
                    await asyncio.sleep(0.005)
            serving.cancel()
        assert order == ["quiet", "read"]

    on_site(act)


def looks_until_quiet(monkeypatch: pytest.MonkeyPatch, *ages: float) -> int:
    """How often the folder is looked at when its newest change is so old each time; the last age holds on."""
    looks: list[float] = []

    def last_change(_: Path) -> float:
        looks.append(ages[min(len(looks), len(ages) - 1)])
        return time.time() - looks[-1]

    async def go() -> None:
        async with asyncio.timeout(10):
            await _until_quiet(Path())

    monkeypatch.setattr("controller.reloads.QUIET_SECONDS", 0.05)
    monkeypatch.setattr("controller.reloads.PATIENCE_SECONDS", 0.3)
    monkeypatch.setattr("controller.reloads.last_change", last_change)
    asyncio.run(go())
    return len(looks)


def test_files_that_are_being_written_are_left_to_settle(monkeypatch):
    assert looks_until_quiet(monkeypatch, 0.0, 0.01, -0.001, 3600.0) == 4


def test_files_that_never_settle_are_read_after_a_while(monkeypatch):
    assert 2 <= looks_until_quiet(monkeypatch, 0.0) <= 8


def test_a_change_of_the_far_future_holds_nothing_up(monkeypatch):
    assert looks_until_quiet(monkeypatch, -3600.0) == 1


def test_a_change_is_seen_even_when_the_times_of_the_file_lie(tmp_path):
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "venue.yaml").write_text("x")
    os.utime(tmp_path / "below" / "venue.yaml", (1, 1))
    (tmp_path / ".#scenes.yaml").symlink_to("nowhere")  # the lock of an editor
    assert abs(time.time() - last_change(tmp_path)) < 5
