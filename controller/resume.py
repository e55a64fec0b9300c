"""A stage from the journal: the newest snapshot, then every input since, then time to the last mark.

A deterministic engine with a replayed journal is a deterministic crash loop: what raised twice is set aside, with a
note, and the house goes on.
"""

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2s
from pathlib import Path

from controller.inbox import Own, read_own, understand
from controller.journal.reader import (
    Snapshot,
    config_texts,
    inputs_after,
    is_answered,
    last_instant,
    last_seq,
    newest_snapshot,
    safety,
    set_aside,
    snapshot_before,
)
from controller.journal.schema import InputRow
from controller.venue.findings import VenueError
from controller.venue.load import read_venue
from link.port import Arrival
from scenes.effects import Answer, Effect
from scenes.engine import Engine, TimerFault
from scenes.inputs import Input, Reloaded
from scenes.model import Venue
from scenes.stage import Stage, from_bytes, latch_of

# What decides; another text of these is another engine. Outside its own rooms: what makes scenes of the kept texts and
# inputs of the kept messages.
ROOMS = ("devices", "scenes", "controller/venue", "controller/inbox.py")


class EngineFault(Exception):  # noqa: N818 - wraps whatever the engine raised, to name the cause
    """The engine raised. ``kind`` is ``input`` or ``timer``; set aside, the cause does no harm any more."""

    def __init__(self, kind: str, number: int, reason: str) -> None:
        super().__init__(f"{kind} {number}: {reason}")
        self.kind = kind
        self.number = number
        self.reason = reason


@dataclass(slots=True)
class Resumed:
    """Where the house stood. ``died_at`` None: this journal is new. ``fresh``: of another version, known by ``why``.

    ``answers``: of orders whose answer the broker may not have had.
    """

    engine: Engine
    died_at: int | None
    seq: int
    fresh: bool = False
    why: str = ""
    answers: list[Answer] = field(default_factory=list)


def resume(connection: sqlite3.Connection, venue: Venue) -> Resumed:
    """The stage as it was at the last instant that was kept. ``venue`` is used where the journal has no other.

    A configuration that an earlier version took and this one refuses is one of another version: the venue in the folder
    is right, and must not be kept from starting. Raises ``EngineFault`` when the engine raised on something that is not
    yet set aside.
    """
    died_at, seq = last_instant(connection), last_seq(connection)
    snapshot = newest_snapshot(connection, engine_version())
    if snapshot is None:  # a new journal, or one of another version: every start begins with a snapshot
        return _anew(connection, venue, died_at, seq, "another program wrote it")
    try:
        return _replayed(connection, venue, snapshot, Resumed(Engine(venue), died_at, seq))
    except VenueError as error:
        return _anew(connection, venue, died_at, seq, f"its configuration is refused today: {error.findings[0]}")


def resume_at(connection: sqlite3.Connection, venue: Venue, at: int) -> Resumed | None:
    """The stage as it was at engine time ``at``; None where nothing that old can be built again by this version."""
    snapshot = snapshot_before(connection, engine_version(), at)
    try:
        return None if snapshot is None else _replayed(connection, venue, snapshot, Resumed(Engine(venue), at, 0), at)
    except VenueError:
        return None


def _anew(connection: sqlite3.Connection, venue: Venue, died_at: int | None, seq: int, why: str) -> Resumed:
    """Runs and cooldowns begin anew; an evacuation does not end by an update of the program."""
    latch = latch_of(safety(connection))
    engine = Engine(venue, Stage(now=died_at or 0, number=died_at or 0, safety=latch))
    return Resumed(engine, died_at, seq, fresh=died_at is not None, why=why)


def _replayed(
    connection: sqlite3.Connection, venue: Venue, snapshot: Snapshot, found: Resumed, until: int | None = None
) -> Resumed:
    """``until``: engine time behind which nothing is taken any more."""
    aside = {cause for cause, tries in set_aside(connection).items() if tries > 1}
    timers = frozenset(number for kind, number in aside if kind == "timer")
    engine = found.engine = Engine(venue_of(connection, snapshot.config, venue), from_bytes(snapshot.blob), timers)
    for row in inputs_after(connection, snapshot.seq):
        if until is not None and row.at > until:
            break
        if ("input", row.seq) not in aside:
            one = read_row(row, engine.venue, lambda name: venue_of(connection, name, venue))
            effects = guarded(engine, one)
            found.answers += [
                effect for effect in effects if isinstance(effect, Answer) and not is_answered(connection, effect.id)
            ]
    guarded_advance(engine, found.died_at or 0)
    return found


def guarded(engine: Engine, one: Input) -> list[Effect]:
    """``take``; what the engine raises becomes ``EngineFault``."""
    try:
        return engine.take(one)
    except TimerFault as error:
        raise EngineFault("timer", error.timer, repr(error.__cause__)) from error
    except Exception as error:
        raise EngineFault("input", one.number, repr(error)) from error


def guarded_advance(engine: Engine, to: int) -> list[Effect]:
    """``advance``; what the engine raises becomes ``EngineFault``."""
    try:
        return engine.advance(to)
    except TimerFault as error:
        raise EngineFault("timer", error.timer, repr(error.__cause__)) from error


def read_row(row: InputRow, venue: Venue, venue_named: Callable[[str], Venue]) -> Input:
    """The input that a row of the journal holds."""
    if row.kind == "Message":
        reply_to, _, correlation = (row.reply or "").partition("\n")
        arrival = Arrival(
            topic=row.topic,
            payload=row.body,
            retained=row.source == "retained",
            backlog=row.source == "backlog",
            reply_to=reply_to or None,
            correlation=bytes.fromhex(correlation) if correlation else None,
        )
        return understand(venue, arrival, row.at, row.seq, int(row.flags) if row.flags else None)
    if row.kind == "Reloaded":
        return Reloaded(row.at, row.seq, venue_named(row.body.decode()))
    own: Own = read_own(row.kind, row.body)
    return own


@cache
def engine_version() -> str:
    """A digest of everything that decides. Only the version that wrote a journal replays it for recovery."""
    root = Path(__file__).resolve().parent.parent
    digest = blake2s(digest_size=8)
    for room in ROOMS:
        whole = root / room
        for path in [whole] if whole.suffix == ".py" else sorted(whole.rglob("*.py")):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def venue_of(connection: sqlite3.Connection, digest: str, fallback: Venue) -> Venue:
    """The configuration of that name, as the journal keeps it; ``fallback`` where it keeps none."""
    if digest == fallback.config:
        return fallback
    texts: Mapping[str, str] | None = config_texts(connection, digest)
    return read_venue(texts) if texts is not None else fallback
