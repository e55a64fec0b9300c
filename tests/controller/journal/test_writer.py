"""Group commit in a thread of its own: in order, nothing dropped, a full disk told and waited for."""

import sqlite3
import threading

import pytest

from controller.journal import writer as writer_module
from controller.journal.reader import (
    inputs_after,
    last_instant,
    last_seq,
    newest_snapshot,
    recent_receipts,
    set_aside,
    snapshot_before,
)
from controller.journal.schema import FILE, InputRow, JournalError, open_to_read, open_to_write
from controller.journal.writer import JournalWriter
from scenes.effects import Note


class Told:
    """What a writer's thread told, with a bounded wait for it."""

    def __init__(self) -> None:
        self.positions: list[int] = []
        self.late: list[str] = []
        self.broken: list[str] = []
        self.was_late = threading.Event()
        self.was_broken = threading.Event()

    def commit(self, position: int, _took: float) -> None:
        self.positions.append(position)

    def be_late(self, reason: str) -> None:
        self.late.append(reason)
        self.was_late.set()

    def break_(self, reason: str) -> None:
        self.broken.append(reason)
        self.was_broken.set()


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def journal(tmp_path, told):
    made = JournalWriter(tmp_path, told.commit, told.be_late, told.break_)
    yield made
    made.close()


def row(seq: int, packet: int | None = None) -> InputRow:
    return InputRow(seq, seq * 10, seq * 10, "live", "Message", f"t/{seq}", b"{}", packet=packet)


def test_what_is_added_is_on_disk_after_a_flush_in_order(journal, tmp_path, told):
    for seq in range(1, 501):
        journal.add_input(row(seq))
    assert journal.flush()
    reader = open_to_read(tmp_path)
    assert [one.seq for one in inputs_after(reader, 0)] == list(range(1, 501))
    assert last_seq(reader) == 500
    assert told.positions == sorted(told.positions)


def test_a_commit_is_told_for_the_position_that_add_returned(journal, told):
    position = journal.add_input(row(1))
    assert journal.flush()
    assert position in told.positions or max(told.positions) > position


def test_the_last_instant_is_a_mark_or_an_input_whichever_is_later(journal, tmp_path):
    journal.add_input(row(5))
    journal.add_mark(77, 77)
    assert journal.flush()
    assert last_instant(open_to_read(tmp_path)) == 77


def test_the_newest_snapshot_of_this_engine_is_found_and_old_ones_go(journal, tmp_path):
    for seq in range(1, 9):
        journal.add_snapshot(seq, seq, "c", "one" if seq % 2 else "other", b"x%d" % seq)
        assert journal.flush()
    reader = open_to_read(tmp_path)
    found = newest_snapshot(reader, "one")
    assert found is not None
    assert (found.seq, found.blob) == (7, b"x7")
    assert reader.execute("SELECT count(*) FROM snapshots").fetchone()[0] == 5  # three, and the first of each engine


def test_of_snapshots_the_last_three_stay_and_the_first_of_each_hour(journal, tmp_path):
    quarter = 15 * 60 * 1_000_000
    for seq in range(12):
        journal.add_snapshot(seq, seq * quarter, "c", "one", b"x")
        assert journal.flush()
    reader = open_to_read(tmp_path)
    assert [seq for (seq,) in reader.execute("SELECT seq FROM snapshots ORDER BY seq")] == [0, 4, 8, 9, 10, 11]
    found = snapshot_before(reader, "one", 6 * quarter)
    assert found is not None
    assert found.seq == 4


def test_receipts_come_back_oldest_first(journal, tmp_path):
    for seq in (1, 2, 3):
        journal.add_input(row(seq, packet=seq + 10 if seq != 2 else None))
    assert journal.flush()
    assert [packet for packet, _, _ in recent_receipts(open_to_read(tmp_path), 10)] == [11, 13]


def test_an_input_that_raised_is_counted(journal, tmp_path):
    journal.add_aside("input", 4, "boom")
    journal.add_aside("input", 4, "boom")
    assert journal.flush()
    assert set_aside(open_to_read(tmp_path)) == {("input", 4): 2}


def test_a_disk_that_refuses_is_told_and_waited_for_and_nothing_is_dropped(journal, tmp_path, told, monkeypatch):
    monkeypatch.setattr(writer_module, "_RETRY_SECONDS", 0.01)
    blocker = sqlite3.connect(tmp_path / FILE, isolation_level=None, timeout=0)
    journal._connection.execute("PRAGMA busy_timeout=0")
    blocker.execute("BEGIN EXCLUSIVE")
    journal.add_input(row(1))
    assert told.was_late.wait(5)
    blocker.execute("ROLLBACK")
    blocker.close()
    assert journal.flush()
    assert last_seq(open_to_read(tmp_path)) == 1


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_bug_in_the_writer_is_loud(journal, told):
    journal.add_notes([Note(0, "said", details={"x": object()})], 1, 0)
    assert told.was_broken.wait(5)


def test_a_journal_of_another_version_is_refused(tmp_path):
    connection = open_to_write(tmp_path)
    connection.execute("UPDATE meta SET value = '99' WHERE key = 'version'")
    connection.close()
    with pytest.raises(JournalError, match="version 99"):
        open_to_write(tmp_path)


def test_a_file_that_is_no_journal_is_refused_with_what_to_do(tmp_path):
    (tmp_path / FILE).write_bytes(b"this is not a database, and long enough to be told from one" * 20)
    with pytest.raises(JournalError, match="move the folder aside"):
        open_to_write(tmp_path)
