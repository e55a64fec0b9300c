"""The journal as lines to read: what was said, what was decided and why. For ``why``, ``watch`` and the demo."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from controller.commands.instants import Instant
from controller.journal.notes import Kept, read_notes
from controller.journal.reader import venue_id
from controller.venue.language.evacuation import EVACUATION
from controller.whatif import Outcome
from devices.payload import DeviceError, parse_object
from devices.topics import DeviceTopic, read_topic
from scenes.reasons import sentence, span
from scenes.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened. ``wall`` in microseconds since 1970; ``kind`` groups it for colours."""

    wall: int
    kind: str
    text: str
    place: str = ""
    count: int | None = None

    def human(self) -> str:
        """``20:41:07.312  welcome starts  scenes.yaml:14:18``."""
        counted = f" ({self.count} so far)" if self.count is not None else ""
        return f"{clock_time(self.wall)}  {self.text}{counted}" + (f"  [{self.place}]" if self.place else "")

    def json(self) -> str:
        """One JSON object."""
        body = {
            "at": self.wall / 1_000_000,
            "kind": self.kind,
            "text": self.text,
            "place": self.place or None,
            "count": self.count,
        }
        return json.dumps({key: value for key, value in body.items() if value is not None}, ensure_ascii=False)


def clock_time(wall: int) -> str:
    """Local time to the millisecond."""
    return datetime.fromtimestamp(wall / 1_000_000).astimezone().strftime("%H:%M:%S.%f")[:-3]


class Tail:
    """Reads what came to the journal since it looked last."""

    def __init__(self, connection: sqlite3.Connection, since: "Since | None" = None) -> None:
        """From now on, or from ``since``."""
        found = since if since is not None else newest(connection)
        self._connection = connection
        self._note, self._input = found.note, found.seq
        counted = connection.execute("SELECT count(*) FROM notes WHERE what = 'refused' AND number <= ?", (found.note,))
        self.refused: int = counted.fetchone()[0]

    def more(self) -> list[Line]:
        """The new lines, in the order of time."""
        found: list[tuple[int, int, Line]] = []
        self._connection.execute("BEGIN")  # one view of both tables
        venue = venue_id(self._connection)
        for seq, wall, source, topic, body in self._connection.execute(
            "SELECT seq, wall, source, topic, body FROM inputs WHERE seq > ? AND kind = 'Message' ORDER BY seq",
            (self._input,),
        ):
            self._input = seq
            said = _said(venue, topic, body, source)
            if said:
                found.append((wall, 0, Line(wall, "said", said)))
        for kept in read_notes(self._connection, "number > ?", (self._note,)):
            self._note = kept.number
            if kept.note.what != "started":  # its verdict says so already
                found.append((kept.wall, 1, self._line(kept)))
        self._connection.execute("COMMIT")
        return [line for _, _, line in sorted(found, key=lambda one: one[:2])]

    def _line(self, kept: Kept) -> Line:
        count = None
        if kept.note.what == "refused":
            self.refused += 1
            count = self.refused
        return line_of(kept, count)


@dataclass(frozen=True, slots=True)
class Since:
    """A point in the journal: the last note and the last input that were there."""

    note: int = 0
    seq: int = 0


def newest(connection: sqlite3.Connection) -> Since:
    """The point after everything that is there now."""
    return Since(
        connection.execute("SELECT coalesce(max(number), 0) FROM notes").fetchone()[0],
        connection.execute("SELECT coalesce(max(seq), 0) FROM inputs").fetchone()[0],
    )


def line_of(kept: Kept, count: int | None = None) -> Line:
    """A note as a line."""
    note = kept.note
    kind = note.what if note.verdict is None else str(note.verdict)
    return Line(kept.wall, kind, sentence(note), str(note.place) if note.place else "", count)


def verdict_lines(connection: sqlite3.Connection, scene: str, last: int) -> Iterator[tuple[Kept, Line]]:
    """The last verdicts of a scene, how its runs gave way and ended, and what waits now; oldest first.

    Of the evacuation: what set it off and what ended it.
    """
    if scene == EVACUATION:
        yield from _told(read_notes(connection, "what = ?", ("safety",)), last)
        return
    rows = connection.execute(
        "SELECT number FROM notes WHERE scene = ? AND what IN ('verdict', 'pending', 'suspended', 'resumed', 'ended') "
        "ORDER BY number DESC LIMIT ?",
        (scene, last * 2),
    ).fetchall()
    if not rows:
        return
    kept = read_notes(connection, "scene = ? AND number >= ?", (scene, rows[-1][0]))
    yield from _decided(kept, last)


def verdict_lines_at(connection: sqlite3.Connection, scene: str, then: Instant) -> Iterator[tuple[Kept, Line]]:
    """The same, around an instant."""
    if scene == EVACUATION:
        yield from _told(read_notes(connection, "what = ? AND wall BETWEEN ? AND ?", ("safety", then.first, then.last)))
        return
    yield from _decided(read_notes(connection, "scene = ? AND wall BETWEEN ? AND ?", (scene, then.first, then.last)))


def _told(notes: Iterator[Kept], last: int = 0) -> Iterator[tuple[Kept, Line]]:
    for one in list(notes)[-last:]:
        yield one, line_of(one)


def _decided(notes: Iterator[Kept], last: int = 0) -> Iterator[tuple[Kept, Line]]:
    """Of each candidate its verdict, or that it waits; ``last``: how many, 0 for all."""
    kept = [one for one in notes if one.note.what in ("verdict", "pending", "suspended", "resumed", "ended")]
    decided = {one.note.candidate for one in kept if one.note.what == "verdict"}
    shown = [one for one in kept if one.note.what != "pending" or one.note.candidate not in decided]
    for one in shown[-last:]:
        yield one, line_of(one)


def conditional_lines(outcome: Outcome, began: int) -> Iterator[str]:
    """What would happen: each verdict, what waits, what would be asked and told; ``began`` in engine time."""
    for note in outcome.notes:
        if note.what in ("verdict", "pending", "wanted", "told", "said", "order"):
            after = f"after {span(note.at - began)} " if note.at > began else ""
            yield f"  {after}{sentence(note)}" + (f"  [{note.place}]" if note.place else "")
    if outcome.waits:
        yield f"  {outcome.waits} would still wait"


def is_red(kind: str) -> bool:
    """What a technician must see."""
    return kind in ("safety", "failed", "refused", "reload_refused", "unknown", "expired", "offline", Verdict.SET_ASIDE)


def _said(venue: str, topic: str, body: bytes, source: str) -> str:
    address = read_topic(venue, topic)
    if not isinstance(address, DeviceTopic) or address.channel not in ("event", "session", "state"):
        return ""
    try:
        fields = parse_object(body)
    except DeviceError:
        return ""  # a note says that it was refused
    shown = ", ".join(
        f"{key} {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items() if key not in ("id", "ts")
    )
    word = address.word or "state"
    kept = "" if source == "live" else f" ({source})"
    return f"{address.device} says {word}{': ' + shown if shown else ''}{kept}"
