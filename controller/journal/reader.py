"""What a restart needs from the journal: the newest usable snapshot and everything after it."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from controller.journal.schema import InputRow


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The stage after input ``seq``, under configuration ``config``."""

    seq: int
    at: int
    config: str
    blob: bytes


def newest_snapshot(connection: sqlite3.Connection, engine: str) -> Snapshot | None:
    """The newest one of this engine version."""
    row = connection.execute(
        "SELECT seq, at, config, blob FROM snapshots WHERE engine = ? ORDER BY seq DESC, rowid DESC LIMIT 1", (engine,)
    ).fetchone()
    return Snapshot(*row) if row else None


def snapshot_before(connection: sqlite3.Connection, engine: str, at: int) -> Snapshot | None:
    """The newest one of this engine version that was taken at engine time ``at`` or earlier."""
    row = connection.execute(
        "SELECT seq, at, config, blob FROM snapshots "
        "WHERE engine = ? AND at <= ? ORDER BY seq DESC, rowid DESC LIMIT 1",
        (engine, at),
    ).fetchone()
    return Snapshot(*row) if row else None


def oldest_snapshot(connection: sqlite3.Connection) -> tuple[Snapshot, str] | None:
    """The oldest one that is left, and the engine version that took it."""
    row = connection.execute(
        "SELECT seq, at, config, blob, engine FROM snapshots ORDER BY seq, rowid LIMIT 1"
    ).fetchone()
    return (Snapshot(*row[:4]), row[4]) if row else None


def config_after(connection: sqlite3.Connection, seq: int) -> str | None:
    """The configuration that held right after input ``seq``, where a snapshot was taken then."""
    row = connection.execute(
        "SELECT config FROM snapshots WHERE seq = ? ORDER BY rowid DESC LIMIT 1", (seq,)
    ).fetchone()
    return row[0] if row else None


def engine_time(connection: sqlite3.Connection, wall: int) -> int | None:
    """Which engine time it was when the clock showed ``wall``; None: before anything was kept."""
    row = connection.execute(
        "SELECT at, wall FROM (SELECT at, wall FROM inputs UNION ALL SELECT at, wall FROM marks) "
        "WHERE wall <= ? ORDER BY at DESC LIMIT 1",
        (wall,),
    ).fetchone()
    return row[0] + wall - row[1] if row else None


def last_wall(connection: sqlite3.Connection) -> int | None:
    """What the clock showed when something was kept last."""
    row = connection.execute(
        "SELECT wall FROM (SELECT at, wall FROM inputs UNION ALL SELECT at, wall FROM marks) ORDER BY at DESC LIMIT 1"
    ).fetchone()
    return row[0] if row else None


def inputs_after(connection: sqlite3.Connection, seq: int) -> Iterator[InputRow]:
    """Every input after ``seq``, in order."""
    for row in connection.execute(
        "SELECT seq, at, wall, source, kind, topic, body, flags, packet, reply FROM inputs WHERE seq > ? ORDER BY seq",
        (seq,),
    ):
        yield InputRow(*row)


def last_instant(connection: sqlite3.Connection) -> int | None:
    """The last engine time that was kept; None in an empty journal."""
    found: int | None = connection.execute(
        "SELECT max(at) FROM (SELECT max(at) AS at FROM inputs UNION ALL SELECT max(at) FROM marks)"
    ).fetchone()[0]
    return found


def last_seq(connection: sqlite3.Connection) -> int:
    """The number of the last input."""
    found: int | None = connection.execute("SELECT max(seq) FROM inputs").fetchone()[0]
    return found or 0


def config_texts(connection: sqlite3.Connection, digest: str) -> Mapping[str, str] | None:
    """The texts of a configuration."""
    row = connection.execute("SELECT files FROM configs WHERE hash = ?", (digest,)).fetchone()
    return dict(json.loads(row[0])) if row else None


def newest_texts(connection: sqlite3.Connection) -> Mapping[str, str]:
    """The texts of the venue that ran last; none where nothing ever ran."""
    row = connection.execute("SELECT config FROM snapshots ORDER BY rowid DESC LIMIT 1").fetchone()
    return (config_texts(connection, row[0]) if row else None) or {}


def set_aside(connection: sqlite3.Connection) -> Mapping[tuple[str, int], int]:
    """How often the engine raised, by (``input`` or ``timer``, number)."""
    return {
        (kind, number): tries for kind, number, tries in connection.execute("SELECT kind, number, tries FROM aside")
    }


def recent_receipts(connection: sqlite3.Connection, most: int) -> Iterator[tuple[int, str, bytes]]:
    """Packet id, topic and body of the last QoS 1 messages of the broker's present session, oldest first."""
    rows = connection.execute(
        "SELECT packet, topic, body FROM inputs WHERE packet IS NOT NULL AND seq > coalesce("
        "(SELECT max(seq) FROM inputs WHERE kind = 'LinkUp'"
        " AND CAST(body AS TEXT) LIKE '%\"session_present\":false%'), 0)"
        " ORDER BY seq DESC LIMIT ?",
        (most,),
    ).fetchall()
    yield from reversed(rows)


def is_answered(connection: sqlite3.Connection, order_id: str) -> bool:
    """Whether the broker had the answer to this order."""
    return connection.execute("SELECT 1 FROM answered WHERE id = ?", (order_id,)).fetchone() is not None


def journal_id(connection: sqlite3.Connection) -> str:
    """The journal's own name: no id of an earlier journal comes again."""
    name: str = connection.execute("SELECT value FROM meta WHERE key = 'journal'").fetchone()[0]
    return name


def venue_id(connection: sqlite3.Connection) -> str:
    """The venue that was run last on this journal; empty before the first start."""
    return _meta(connection, "venue")


def traces(connection: sqlite3.Connection) -> str:
    """What was left at the broker, as it was kept; empty when nothing was."""
    return _meta(connection, "traces")


def last_reload(connection: sqlite3.Connection) -> str:
    """What became of the last reload, as it was kept; empty when there was none."""
    return _meta(connection, "reload")


def safety(connection: sqlite3.Connection) -> str:
    """How the latch of the evacuation stands, for an engine that cannot read the rest; empty: it was never closed."""
    return _meta(connection, "safety")


def _meta(connection: sqlite3.Connection, key: str) -> str:
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else ""


def starts_so_far(connection: sqlite3.Connection) -> int:
    """How often a controller started on this journal."""
    count: int = connection.execute("SELECT count(*) FROM inputs WHERE kind = 'Restarted'").fetchone()[0]
    return count
