"""Notes between the engine's value and the table's row, both ways."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args

import msgspec

from devices.vocabulary import DeviceId
from scenes.effects import Note, NoteWord
from scenes.model import Place, SceneId
from scenes.verdicts import Verdict

COLUMNS = "seq, at, wall, what, scene, run, device, verdict, place, candidate, details"
_WORDS: frozenset[str] = frozenset(get_args(NoteWord))
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(dict[str, bool | int | float | str | None]).decode


@dataclass(frozen=True, slots=True)
class Kept:
    """A note as it was kept: its number, the input it belongs to, and the wall time (microseconds since 1970)."""

    number: int
    seq: int
    wall: int
    note: Note


def note_row(note: Note, seq: int, offset: int) -> tuple[Any, ...]:
    """A row without its number; ``offset`` makes wall time of engine time."""
    place = f"{note.place.file}:{note.place.line}:{note.place.column}" if note.place is not None else None
    details = _encode(dict(note.details)).decode()
    return (
        seq, note.at, note.at + offset, note.what, note.scene, note.run, note.device, note.verdict, place,
        note.candidate, details,
    )  # fmt: skip


def read_notes(connection: sqlite3.Connection, where: str = "1", values: tuple[Any, ...] = ()) -> Iterator[Kept]:
    """Notes in the order in which they were made. ``where`` is SQL over the table's columns, never a user's text."""
    query = f"SELECT number, {COLUMNS} FROM notes WHERE {where} ORDER BY number"  # noqa: S608 - no user's text
    for row in connection.execute(query, values):
        number, seq, at, wall, what, scene, run, device, verdict, place, candidate, details = row
        if what not in _WORDS:
            continue  # of another version
        note = Note(
            at=at,
            what=what,
            scene=SceneId(scene) if scene else None,
            run=run,
            device=DeviceId(device) if device else None,
            verdict=Verdict(verdict) if verdict else None,
            place=_place(place),
            candidate=candidate,
            details=_decode(details),
        )
        yield Kept(number, seq, wall, note)


def _place(text: str | None) -> Place | None:
    if text is None:
        return None
    file, line, column = text.rsplit(":", 2)
    return Place(file, int(line), int(column))
