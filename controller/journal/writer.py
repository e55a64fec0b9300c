"""The journal's one writer: group commit in a thread of its own.

``add_*`` never wait; each returns a position. When everything up to a position is on disk, ``on_commit(position)`` is
called. What is added while a commit runs goes with the next one, so batches grow with the load. When the disk refuses,
nothing is dropped: the batch is tried again every second and ``on_late`` is told.
"""

import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from controller.journal.notes import COLUMNS, note_row
from controller.journal.schema import InputRow, open_to_write
from scenes.effects import Note

_RETRY_SECONDS = 1.0
_INSERT = {
    "inputs": "INSERT INTO inputs VALUES (?,?,?,?,?,?,?,?,?,?)",
    "marks": "INSERT OR REPLACE INTO marks VALUES (?,?)",
    "configs": "INSERT OR IGNORE INTO configs VALUES (?,?)",
    "snapshots": "INSERT INTO snapshots VALUES (?,?,?,?,?)",
    "notes": f"INSERT INTO notes ({COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?)",  # noqa: S608 - a constant
    "meta": "INSERT OR REPLACE INTO meta VALUES (?,?)",
    "aside": "INSERT INTO aside VALUES (?,?,1,?) ON CONFLICT DO UPDATE SET tries = tries + 1",
    "answered": "INSERT OR IGNORE INTO answered VALUES (?)",
}
# The last three for a restart; the first of each hour and configuration, so that what was can be looked at again.
_KEEP_SNAPSHOTS = (
    "DELETE FROM snapshots WHERE seq < (SELECT seq FROM snapshots ORDER BY seq DESC LIMIT 1 OFFSET 2) AND rowid NOT IN "
    "(SELECT min(rowid) FROM snapshots GROUP BY engine, config, at / 3600000000)"
)


class JournalWriter:
    """Open from construction to ``close``. Callbacks come in the writer's thread: carry them to the loop."""

    def __init__(
        self,
        folder: Path,
        on_commit: Callable[[int, float], None],
        on_late: Callable[[str], None],
        on_broken: Callable[[str], None],
    ) -> None:
        self._connection = open_to_write(folder)
        self._on_commit = on_commit
        self._on_late = on_late
        self._on_broken = on_broken
        self._lock = threading.Lock()
        self._rows: list[tuple[str, Any]] = []
        self._position = 0
        self._committed = 0
        self._wake = threading.Event()
        self._settled = threading.Condition(self._lock)
        self._closing = False
        self._thread = threading.Thread(target=self._write, name="journal", daemon=True)
        self._thread.start()

    @property
    def position(self) -> int:
        """The position of what was added last."""
        return self._position

    @property
    def waiting(self) -> int:
        """How much is added and not yet on disk."""
        return self._position - self._committed

    def add_input(self, row: InputRow) -> int:
        """An input, before it is decided upon."""
        return self._add("inputs", row)

    def add_notes(self, notes: Sequence[Note], seq: int, offset: int) -> None:
        """What was decided; goes with the commit of its cause, holds nobody up."""
        if notes:
            self._add("notes", (notes, seq, offset))

    def add_mark(self, at: int, wall: int) -> int:
        """Time was advanced to ``at``."""
        return self._add("marks", (at, wall))

    def add_venue(self, venue: str) -> None:
        """Whose journal this is."""
        self._add("meta", ("venue", venue))

    def add_traces(self, text: str) -> None:
        """What is left at the broker."""
        self._add("meta", ("traces", text))

    def add_safety(self, text: str) -> None:
        """How the latch of the evacuation stands."""
        self._add("meta", ("safety", text))

    def add_reload(self, text: str) -> None:
        """What became of the last reload."""
        self._add("meta", ("reload", text))

    def add_config(self, digest: str, files: str) -> int:
        """A configuration's texts, as JSON."""
        return self._add("configs", (digest, files))

    def add_snapshot(self, seq: int, at: int, config: str, engine: str, blob: bytes) -> int:
        """The stage after input ``seq``; the last three are kept, and the first of each hour."""
        return self._add("snapshots", (seq, at, config, engine, blob))

    def add_aside(self, kind: str, number: int, reason: str) -> int:
        """An input or a timer on which the engine raised."""
        return self._add("aside", (kind, number, reason))

    def add_answered(self, order_id: str) -> None:
        """The broker has the answer to an order."""
        self._add("answered", (order_id,))

    def flush(self, timeout_seconds: float = 5.0) -> bool:
        """Waits until everything is on disk; False when time was up."""
        deadline = time.monotonic() + timeout_seconds
        with self._settled:
            while self._committed < self._position:
                left = deadline - time.monotonic()
                if left <= 0 or not self._settled.wait(left):
                    return self._committed >= self._position
        return True

    def close(self) -> None:
        """Writes what is there and closes the file."""
        self._closing = True
        self._wake.set()
        self._thread.join(timeout=2.0)

    def _add(self, table: str, values: Any) -> int:  # noqa: ANN401 - one row of that table
        with self._lock:
            self._rows.append((table, values))
            self._position += 1
            position = self._position
        self._wake.set()
        return position

    def _write(self) -> None:
        try:
            self._write_until_closed()
        except Exception as error:  # a bug: without its journal the house must not go on as if it had one
            self._on_broken(repr(error))
            raise

    def _write_until_closed(self) -> None:
        while True:
            self._wake.wait()
            self._wake.clear()
            with self._lock:
                rows, self._rows = self._rows, []
                position = self._position
            if rows:
                took = self._commit(rows)
                with self._settled:
                    self._committed = position
                    self._settled.notify_all()
                self._on_commit(position, took)
            elif self._closing:
                self._connection.close()
                return
            if self._closing:
                self._wake.set()

    def _commit(self, rows: list[tuple[str, Any]]) -> float:
        """Seconds that it took. Does not give up before the disk takes it, unless the journal is being closed."""
        began = time.monotonic()
        tables = _by_table(rows)
        while True:
            try:
                self._connection.execute("BEGIN")
                for table, values in tables.items():
                    self._connection.executemany(_INSERT[table], values)
                if "snapshots" in tables:
                    self._connection.execute(_KEEP_SNAPSHOTS)
                self._connection.execute("COMMIT")
            except sqlite3.OperationalError as error:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                self._on_late(str(error))
                if self._closing:
                    return time.monotonic() - began
                time.sleep(_RETRY_SECONDS)
            else:
                return time.monotonic() - began


def _by_table(rows: list[tuple[str, Any]]) -> dict[str, list[tuple[Any, ...]]]:
    """Rows made and sorted by table, each in its order: this runs in the writer's thread, off the hot path."""
    tables: dict[str, list[tuple[Any, ...]]] = {}
    for table, value in rows:
        found = tables.setdefault(table, [])
        if table == "inputs":
            found.append(value.values())
        elif table == "notes":
            notes, seq, offset = value
            found += [note_row(note, seq, offset) for note in notes]
        else:
            found.append(value)
    return tables
