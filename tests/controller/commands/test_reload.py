"""``ringmaster reload``: what became of the reload that was asked for, and of no other."""

import fcntl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from controller.commands.reload import _outcome, _refused, _words
from controller.exits import Exit
from controller.journal.schema import open_to_read
from controller.journal.writer import JournalWriter
from controller.reloads import Outcome
from tests.journeys.playing import DEMO

EARLIER = Outcome("unchanged", 100, "abc")
OURS = Outcome("refused", 200, "abc", "venue.yaml:1:1: no", 2)


@contextmanager
def controller(folder: Path) -> Iterator[JournalWriter]:
    """Something that holds the lock and writes the journal, as a controller does."""
    journal = JournalWriter(folder, lambda *_: None, print, print)
    try:
        with (folder / "lock").open("a+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield journal
    finally:
        journal.close()


def test_it_waits_for_a_reload_that_began_after_it_asked(tmp_path):
    with controller(tmp_path) as journal:
        journal.add_reload(EARLIER.text())
        assert journal.flush()
        later = threading.Timer(0.05, lambda: journal.add_reload(OURS.text()))
        later.start()
        assert _outcome(open_to_read(tmp_path), tmp_path, 150) == OURS
        later.join()


def test_it_does_not_wait_for_ever(tmp_path, monkeypatch):
    monkeypatch.setattr("controller.commands.reload.OUTCOME_SECONDS", 0.05)
    with controller(tmp_path):
        assert _outcome(open_to_read(tmp_path), tmp_path, 150) is None


def test_it_does_not_wait_for_a_controller_that_is_gone(tmp_path):
    with controller(tmp_path):
        pass
    assert _outcome(open_to_read(tmp_path), tmp_path, 150) is None


def test_the_controllers_own_words_are_printed_where_this_process_finds_nothing_wrong(capsys):
    assert _refused(OURS, DEMO, "human") == Exit.NO
    assert "venue.yaml:1:1: no" in capsys.readouterr().err


@pytest.mark.parametrize(("outcome", "words"), [
    (Outcome("loaded", 0, "abc", changed=1, new=2), "loaded (scenes changed: 1, new: 2, gone: 0)"),
    (EARLIER, "unchanged: nothing in the folder differs from what runs"),
])  # fmt: skip
def test_what_became_of_it_is_said(outcome, words):
    assert _words(outcome) == words
