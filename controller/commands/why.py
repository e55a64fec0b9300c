"""``ringmaster why``: why a scene did or did not start."""

import json
import sqlite3
import sys
from typing import Literal

from controller.commands.lines import verdict_lines
from controller.commands.standing import standing
from controller.exits import Exit
from controller.journal.reader import newest_texts
from controller.journal.schema import JournalError, open_to_read
from controller.presence import NoController, find_state
from controller.settings import SettingsError, read_settings
from controller.venue.findings import VenueError, near
from controller.venue.load import read_venue
from scenes.effects import Note
from scenes.reasons import sentence


def why(
    scene: str,
    *,
    last: int = 5,
    venue: str | None = None,
    format: Literal["human", "json"] = "human",  # noqa: A002 - the option's name
) -> Exit:
    """Say why a scene started or did not: the gate, the values that decided, and the rule's file and line.

    Reads the journal, so it works while the controller runs and after it died.

    Parameters
    ----------
    scene
        The scene's id.
    last
        How many verdicts.
    venue
        The venue's id, when several were run from here.
    format
        For people or for programs.
    """
    try:
        connection = open_to_read(find_state(read_settings().state, venue))
    except (NoController, JournalError, SettingsError) as error:
        print(error, file=sys.stderr)
        return Exit.UNAVAILABLE
    found = list(verdict_lines(connection, scene, last))
    if format == "json":
        print(json.dumps([_body(line.wall, kept.note) for kept, line in found], ensure_ascii=False))
    else:
        for _, line in found:
            print(line.human())
        for now in standing(connection, scene):
            print(now)
    if not found:
        print(_nothing(connection, scene), file=sys.stderr)
        return Exit.NO
    return Exit.OK


def _body(wall: int, note: Note) -> dict[str, object]:
    return {
        "at": wall / 1_000_000,
        "scene": note.scene,
        "candidate": note.candidate,
        "verdict": note.verdict,
        "pending": note.what == "pending",
        "ended": note.what == "ended",
        "why": sentence(note),
        "place": str(note.place) if note.place else None,
        "details": dict(note.details),
    }


def _nothing(connection: sqlite3.Connection, scene: str) -> str:
    try:
        known = list(read_venue(newest_texts(connection)).scenes)
    except VenueError:
        return f"the journal says nothing about {scene!r}"
    if scene in known:
        return f"nothing could have started {scene} so far"
    return f"there is no scene {scene!r}; {near(scene, known).text() or 'ringmaster check names them all'}"
