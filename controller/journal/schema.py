"""The journal's tables, and how its file is opened. SQLite in WAL mode, ``synchronous=FULL``: committed is on disk."""

import secrets
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = "journal.db"
VERSION = 1

_TABLES = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS inputs (
  seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, wall INTEGER NOT NULL, source TEXT NOT NULL, kind TEXT NOT NULL,
  topic TEXT NOT NULL, body BLOB NOT NULL, flags TEXT NOT NULL, packet INTEGER, reply TEXT
);
CREATE TABLE IF NOT EXISTS marks (at INTEGER PRIMARY KEY, wall INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS configs (hash TEXT PRIMARY KEY, files TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS snapshots (
  seq INTEGER NOT NULL, at INTEGER NOT NULL, config TEXT NOT NULL, engine TEXT NOT NULL, blob BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS notes (
  number INTEGER PRIMARY KEY, seq INTEGER NOT NULL, at INTEGER NOT NULL, wall INTEGER NOT NULL, what TEXT NOT NULL,
  scene TEXT, run TEXT, device TEXT, verdict TEXT, place TEXT, candidate INTEGER, details TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS notes_by_scene ON notes (scene, number) WHERE scene IS NOT NULL;
CREATE TABLE IF NOT EXISTS aside (kind TEXT, number INTEGER, tries INTEGER, reason TEXT, PRIMARY KEY (kind, number));
CREATE TABLE IF NOT EXISTS answered (id TEXT PRIMARY KEY) WITHOUT ROWID;
"""


class JournalError(Exception):
    """The journal cannot be opened or read. The message says where it is and what to do."""


@dataclass(frozen=True, slots=True)
class InputRow:
    """One input as received. ``source``: live, retained or backlog.

    ``flags``: the size of a payload of which only the beginning is kept. ``packet`` is the broker's packet id of a
    QoS 1 message; ``reply`` holds an order's response topic and correlation.
    """

    seq: int
    at: int
    wall: int
    source: str
    kind: str
    topic: str
    body: bytes
    flags: str = ""
    packet: int | None = None
    reply: str | None = None

    def values(self) -> tuple[Any, ...]:
        """In the order of the table's columns."""
        return (
            self.seq, self.at, self.wall, self.source, self.kind, self.topic, self.body, self.flags, self.packet,
            self.reply,
        )  # fmt: skip


def open_to_write(folder: Path) -> sqlite3.Connection:
    """The journal in ``folder``, made if there is none. Raises ``JournalError``."""
    path = folder / FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.executescript(f"BEGIN;{_TABLES}COMMIT;")  # all or none: others may be reading already
        connection.execute("INSERT OR IGNORE INTO meta VALUES ('version', ?)", (str(VERSION),))
        connection.execute("INSERT OR IGNORE INTO meta VALUES ('journal', ?)", (secrets.token_hex(8),))
        version = connection.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()[0]
    except (sqlite3.Error, OSError) as error:
        raise JournalError(f"{path}: {error}; move the folder aside to begin a new journal") from error
    if version != str(VERSION):
        raise JournalError(f"{path} is a journal of version {version}, this is {VERSION}; move the folder aside")
    return connection


def open_to_read(folder: Path) -> sqlite3.Connection:
    """The journal in ``folder`` to read only, also while a controller writes it. Raises ``JournalError``."""
    path = folder / FILE
    if not path.exists():
        raise JournalError(f"there is no journal at {path}; was a controller started for this venue?")
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
        connection.execute("SELECT count(*) FROM meta").fetchone()
    except sqlite3.Error as error:
        raise JournalError(f"{path}: {error}") from error
    return connection
