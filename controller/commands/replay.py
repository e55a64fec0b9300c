"""``ringmaster replay``: what an edited venue would have decided differently, on the inputs that really came."""

import json
import sqlite3
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Literal

from controller.commands.complaints import complain_of
from controller.commands.simulated import models_of
from controller.commands.spans import seconds_of
from controller.exits import Exit
from controller.journal.reader import last_instant
from controller.journal.schema import FILE, JournalError, open_to_read
from controller.replay.differences import Difference
from controller.replay.replay import NothingToReplay, Replay, Report, beginning
from controller.replay.side import Decided
from controller.venue.findings import VenueError
from controller.venue.load import load
from controller.venue.source.files import read_folder
from scenes.reasons import count, sentence, span

SEED = 1
SHOWN = 5  # followers of one first cause; JSON has all


def replay(
    journal: Path,
    *,
    against: Path,
    last: str = "24h",
    format: Literal["human", "json"] = "human",  # noqa: A002 - the option's name
) -> Exit:
    """Replay what really came against an edited venue: every decision that differs, under its first cause.

    What visitors, sensors and people did is replayed as it was. A device's answer is replayed where the same was asked
    at the same instant; elsewhere a model of its kind answers. Ends with 0 when nothing differs, 1 when something does.

    Parameters
    ----------
    journal
        A controller's state folder, or the journal.db in it.
    against
        The folder of the edited venue.
    last
        How much of the journal, counted from its end.
    format
        For people or for programs.
    """
    try:
        loaded = load(read_folder(against))
        span_micros = round(seconds_of(last) * 1_000_000)
        connection = open_to_read(journal.parent if journal.name == FILE else journal)
        since = (last_instant(connection) or 0) - span_micros
        begins = beginning(connection, since, loaded.venue)
        if begins.venue.id != loaded.venue.id:
            print(f"the journal is of {begins.venue.id}, the venue is {loaded.venue.id}", file=sys.stderr)
            return Exit.USAGE
        report = Replay(connection, begins, loaded.venue, models_of(loaded, SEED)).run()
    except VenueError as error:
        return complain_of(error, format, against)
    except ValueError as error:
        print(f"--last: {error}", file=sys.stderr)
        return Exit.USAGE
    except (JournalError, NothingToReplay, sqlite3.Error) as error:
        print(error, file=sys.stderr)
        return Exit.UNAVAILABLE
    causes = [one for one in report.causes if any(each.moved is None for each in one.all())]
    moved = [each for one in report.causes for each in one.all() if each.moved is not None]
    if format == "json":
        print(json.dumps(_as_json(report, causes, moved), ensure_ascii=False))
    else:
        print("\n".join(_as_text(report, causes, moved)))
    return Exit.NO if causes or moved else Exit.OK


def _as_text(report: Report, causes: list[Difference], moved: list[Difference]) -> Iterator[str]:
    yield (
        f"{count(report.inputs, 'input')} from {_date(report, report.begins)} to {_date(report, report.ends)}; "
        f"edited: {', '.join(report.edited) or 'nothing'}"
    )
    for one in causes:
        yield f"{_clock(report, one.first)}  {'  '.join(_said(one))}{_where(one)}"
        others = [each for each in one.follows if each.moved is None]
        for each in others[:SHOWN]:
            yield f"    {_clock(report, each.first)}  {'  '.join(_said(each))}"
        if len(others) > SHOWN:
            more = len(others) - SHOWN
            yield f"    and {more} more that {'follows' if more == 1 else 'follow'} from it"
    follow = sum(each.moved is None for one in causes for each in one.follows)
    yield (
        f"{count(len(causes), 'first cause')}, {count(follow, 'decision')} that "
        f"{'follows' if follow == 1 else 'follow'} from {'it' if len(causes) == 1 else 'them'}"
        if causes
        else "nothing is decided otherwise"
    )
    if moved:
        by = [abs(one.moved or 0) for one in moved]
        least, most = span(min(by)), span(max(by))
        later = "later" if all((one.moved or 0) > 0 for one in moved) else "at another instant"
        same = "is the same and comes" if len(moved) == 1 else "are the same and come"
        yield f"{count(len(moved), 'decision')} {same} {least if least == most else f'{least} to {most}'} {later}"


def _said(one: Difference) -> Iterator[str]:
    if one.moved is not None:
        yield f"{sentence(one.first.note)}, {span(abs(one.moved))} {'later' if one.moved > 0 else 'earlier'}"
        return
    if one.then is not None:
        yield f"then: {sentence(one.then.note)}" if one.now is not None else f"not any more: {sentence(one.then.note)}"
    if one.now is not None:
        yield f"now: {sentence(one.now.note)}" if one.then is not None else f"new: {sentence(one.now.note)}"


def _where(one: Difference) -> str:
    found = one.now if one.now is not None and one.now.note.place is not None else one.then
    return f"  [{found.note.place}]" if found is not None and found.note.place is not None else ""


def _clock(report: Report, one: Decided) -> str:
    return datetime.fromtimestamp((one.note.at + report.offset) / 1_000_000).astimezone().strftime("%H:%M:%S.%f")[:-3]


def _date(report: Report, at: int) -> str:
    return datetime.fromtimestamp((at + report.offset) / 1_000_000).astimezone().strftime("%Y-%m-%d %H:%M:%S")


def _as_json(report: Report, causes: list[Difference], moved: list[Difference]) -> dict[str, object]:
    return {
        "begins": (report.begins + report.offset) / 1_000_000,
        "ends": (report.ends + report.offset) / 1_000_000,
        "inputs": report.inputs,
        "edited": list(report.edited),
        "first_causes": [
            {**_pair(report, one), "follow": [_pair(report, each) for each in one.follows]} for one in causes
        ],
        "moved": len(moved),
    }


def _pair(report: Report, one: Difference) -> dict[str, object]:
    return {
        "then": _one(report, one.then),
        "now": _one(report, one.now),
        "later": None if one.moved is None else one.moved / 1_000_000,
    }


def _one(report: Report, one: Decided | None) -> dict[str, object] | None:
    if one is None:
        return None
    note = one.note
    return {
        "at": (note.at + report.offset) / 1_000_000,
        "what": note.what,
        "scene": note.scene,
        "device": note.device,
        "verdict": note.verdict,
        "text": sentence(note),
        "place": str(note.place) if note.place else None,
    }
