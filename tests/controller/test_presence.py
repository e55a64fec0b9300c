"""Which state folder a command means."""

import fcntl
import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from controller.presence import ADDRESS, LOCK, NoController, find_running, find_state


class Folders:
    """State folders below one root; some have a running controller."""

    def __init__(self, root: Path, stack: ExitStack) -> None:
        self.root, self._stack = root, stack

    def ran(self, name: str, venue: str = "") -> None:
        (self.root / name).mkdir(parents=True)
        (self.root / name / "journal.db").touch()
        address = {
            "venue": venue or name,
            "broker": "mqtt://127.0.0.1:1",
            "cell": "house",
            "pid": 1,
            "config": f"config/venues/{name}",
        }
        (self.root / name / ADDRESS).write_text(json.dumps(address))

    def runs(self, name: str, venue: str = "") -> None:
        self.ran(name, venue)
        lock = self._stack.enter_context((self.root / name / LOCK).open("a+"))
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def found(self, venue: str | None = None) -> str:
        return find_state(None, venue, self.root).name

    def refused(self, venue: str | None = None) -> str:
        with pytest.raises(NoController) as raised:
            self.found(venue)
        return str(raised.value)


@pytest.fixture
def folders(tmp_path: Path) -> Iterator[Folders]:
    with ExitStack() as stack:
        yield Folders(tmp_path, stack)


def test_the_demos_controller_is_found_by_the_venues_id_beside_an_older_journal(folders):
    folders.ran("harbour")
    folders.runs("demo-show", venue="demo")
    assert folders.found("demo") == "demo-show"


def test_the_running_one_goes_before_the_one_that_ran(folders):
    folders.ran("demo")
    folders.runs("demo-show", venue="demo")
    assert folders.found("demo") == "demo-show"


def test_of_two_that_run_each_has_its_name(folders):
    folders.runs("demo")
    folders.runs("demo-show", venue="demo")
    assert (folders.found("demo"), folders.found("demo-show")) == ("demo", "demo-show")


def test_a_venue_in_a_folder_of_another_name_is_found_while_it_runs(folders):
    folders.ran("harbour")
    folders.runs("elsewhere", venue="demo")
    assert folders.found("demo") == "elsewhere"


def test_a_venue_that_runs_is_found_by_its_folder(folders):
    folders.runs("demo")
    folders.runs("harbour")
    assert folders.found("config/venues/harbour/") == "harbour"
    assert "no venue 'config/venues/hut'" in folders.refused("config/venues/hut")


def test_where_nothing_runs_the_venues_own_folder_goes_before_its_shows(folders):
    folders.ran("demo-show", venue="demo")
    assert folders.found("demo") == "demo-show"
    folders.ran("demo")
    assert folders.found("demo") == "demo"


def test_a_venue_that_was_never_run_is_answered_with_those_that_were(folders):
    folders.ran("harbour")
    folders.runs("demo-show", venue="demo")
    assert folders.refused("hut") == (
        "no venue 'hut' was run from here; there is: --venue demo-show (runs), --venue harbour"
    )


def test_several_are_told_with_what_to_type(folders):
    folders.ran("demo")
    folders.ran("harbour")
    assert folders.refused() == "several venues are here; say which: --venue demo, --venue harbour"


def test_where_nothing_was_ever_run_that_is_said(folders):
    assert folders.refused() == folders.refused("demo")
    assert "start `ringmaster run VENUE`" in folders.refused()


def test_what_needs_a_running_controller_has_nothing_to_choose_from_where_none_runs(folders):
    folders.ran("demo")
    folders.ran("harbour")
    with pytest.raises(NoController, match=r"no controller runs here \(there ran: demo, harbour\); start"):
        find_running(None, None, folders.root)
    folders.runs("third")
    assert find_running(None, None, folders.root).name == "third"
