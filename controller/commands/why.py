"""``ringmaster why``: why a scene did or did not start."""

import json
import sqlite3
import sys
from typing import Literal

from controller.commands.instants import Instant, instant
from controller.commands.lines import Line, clock_time, conditional_lines, verdict_lines, verdict_lines_at
from controller.commands.standing import awaited, engine_at, standing
from controller.exits import Exit
from controller.journal.notes import Kept
from controller.journal.reader import last_wall, newest_texts
from controller.journal.schema import JournalError, open_to_read
from controller.presence import NoController, find_state, is_running
from controller.settings import SettingsError, read_settings
from controller.venue.findings import VenueError, near
from controller.venue.language.evacuation import EVACUATION
from controller.venue.load import read_venue
from controller.whatif import NotSayable, said, what_if
from scenes.effects import Note
from scenes.model import SceneId
from scenes.reasons import sentence
from scenes.verdicts import Verdict, gate_of


def why(
    scene: str,
    *,
    last: int = 5,
    at: str = "",
    what_if: str = "",
    venue: str | None = None,
    format: Literal["human", "json"] = "human",  # noqa: A002 - the option's name
) -> Exit:
    """Say why a scene started or did not: the gate, the values that decided, and the rule's file and line.

    Reads the journal, so it works while the controller runs and after it died.

    Parameters
    ----------
    scene
        The scene's id; or evacuation: what set it off, and who lifted it.
    last
        How many verdicts.
    at
        A time of day, 14:32 or 14:32:05, of the last day that had it: the verdicts around it, and how it stood then.
    what_if
        What a device could say, such as preface.entry.occupied, preface.entry.occupied=false, or an event with its
        fields, "main.table.chosen word=en": what would happen then. Nothing is sent.
    venue
        The venue's id, when several were run from here.
    format
        For people or for programs.
    """
    try:
        state = find_state(read_settings().state, venue)
        connection = open_to_read(state)
        then = instant(at, last_wall(connection) or 0) if at else None
    except (NoController, JournalError, SettingsError) as error:
        print(error, file=sys.stderr)
        return Exit.UNAVAILABLE
    except ValueError as error:
        print(f"--at: {error}", file=sys.stderr)
        return Exit.USAGE
    if what_if:
        return _what_if(connection, scene, what_if, then, format)
    if format == "json":
        return _past_json(connection, scene, last, then)
    return _past(connection, scene, last, then, is_alive=is_running(state))


def _past(connection: sqlite3.Connection, scene: str, last: int, then: Instant | None, *, is_alive: bool) -> Exit:
    found = _verdicts(connection, scene, last, then)
    for _, line in found:
        print(line.human())
    for now in standing(connection, scene, then, is_alive=is_alive):
        print(now)
    return _told(connection, scene, then, found)


def _past_json(connection: sqlite3.Connection, scene: str, last: int, then: Instant | None) -> Exit:
    found = _verdicts(connection, scene, last, then)
    print(json.dumps([_body(line.wall, kept.note) for kept, line in found], ensure_ascii=False))
    return _told(connection, scene, then, found)


def _verdicts(connection: sqlite3.Connection, scene: str, last: int, then: Instant | None) -> list[tuple[Kept, Line]]:
    return list(verdict_lines(connection, scene, last) if then is None else verdict_lines_at(connection, scene, then))


def _told(connection: sqlite3.Connection, scene: str, then: Instant | None, found: list[tuple[Kept, Line]]) -> Exit:
    if not found:
        print(_nothing(connection, scene, then), file=sys.stderr)
        return Exit.NO
    return Exit.OK


def _what_if(
    connection: sqlite3.Connection, scene: str, text: str, then: Instant | None, form: Literal["human", "json"]
) -> Exit:
    engine = engine_at(connection, then)
    if engine is None:
        print("the journal was written by another version: nothing can be tried on it", file=sys.stderr)
        return Exit.UNAVAILABLE
    if SceneId(scene) not in engine.venue.scenes:
        print(_nothing(connection, scene, None), file=sys.stderr)
        return Exit.NO
    began, offset = engine.stage.now, engine.stage.offset
    try:
        outcome = what_if(engine, said(engine.venue, text, engine.stage))
    except NotSayable as error:
        print(f"--what-if: {error}", file=sys.stderr)
        return Exit.USAGE
    verdicts = [note for note in outcome.notes if note.what == "verdict"]
    mine = [note for note in verdicts if note.scene == scene]
    if form == "json":
        bodies = [{**_body(note.at + offset, note), "after": (note.at - began) / 1_000_000} for note in verdicts]
        print(json.dumps(bodies, ensure_ascii=False))
    else:
        print(f"{clock_time(began + offset)}  if {text} were said:")
        for line in conditional_lines(outcome, began):
            print(line)
        if not mine:
            print(f"  nothing of that starts {scene}:")
            print(
                "\n".join(
                    f"    {line}"
                    for line in awaited(engine.venue.scenes[SceneId(scene)], engine.stage, engine.venue.hours)
                )
            )
    return Exit.OK if any(note.verdict is Verdict.STARTED for note in mine) else Exit.NO


def _body(wall: int, note: Note) -> dict[str, object]:
    return {
        "at": wall / 1_000_000,
        "scene": note.scene,
        "candidate": note.candidate,
        "verdict": note.verdict,
        "gate": gate_of(note.verdict) if note.verdict else None,
        "pending": note.what == "pending",
        "ended": note.what == "ended",
        "why": sentence(note),
        "place": str(note.place) if note.place else None,
        "details": dict(note.details),
    }


def _nothing(connection: sqlite3.Connection, scene: str, then: Instant | None) -> str:
    try:
        known = list(read_venue(newest_texts(connection)).scenes)
    except VenueError:
        return f"the journal says nothing about {scene!r}"
    if scene == EVACUATION:
        return "the house was not evacuated" + (
            f" around {clock_time(then.wall)[:8]}" if then is not None else " so far"
        )
    if scene in known:
        when = f"around {clock_time(then.wall)[:8]}" if then is not None else "so far"
        return f"nothing could have started {scene} {when}"
    return f"there is no scene {scene!r}; {near(scene, known).text() or 'ringmaster check names them all'}"
