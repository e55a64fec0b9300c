"""How commands print the mistakes of a configuration: for people, for programs, for the lines of a pull request."""

import json
import os
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Literal, TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from controller.exits import Exit
from controller.venue.findings import MOST_FINDINGS, Finding, Language, VenueError, say
from scenes.model import Place

Format = Literal["human", "json", "github"]
NOT_STARTED = "; nothing was started"
GOES_ON = "; refused, the controller goes on as before"
WIDEST = 110  # a longer line is shown around the mistake


def default_language() -> Language:
    """``RINGMASTER_LANG``, else what the terminal says."""
    for name in ("RINGMASTER_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return "zh" if os.environ[name].lower().startswith("zh") else "en"
    return "en"


def complain_of(
    error: VenueError, form: Format, folder: Path, then: str = "", language: Language | None = None
) -> Exit:
    """Everything that keeps a command from doing what it should. ``then``: what came of that."""
    spoken = language or default_language()
    if form == "json":
        print(json.dumps({"findings": as_json(error.findings, folder, spoken)}, ensure_ascii=False))
    else:
        show(error.findings, form, folder, spoken, sys.stderr)
        print(f"{count_of(error.findings, spoken)}{say(then).text(spoken)}", file=sys.stderr)
    return Exit.CONFIG


def count_of(findings: Iterable[Finding], language: Language) -> str:
    """``3 mistakes in 2 files``."""
    several = list(findings)
    files = len({one.place.file for one in several})
    if len(several) > MOST_FINDINGS:
        return say("more than {} mistakes; reading stopped there", MOST_FINDINGS).text(language)
    if len(several) == 1:
        return say("1 mistake").text(language)
    words = (
        say("{} mistakes in 1 file", len(several))
        if files == 1
        else say("{} mistakes in {} files", len(several), files)
    )
    return words.text(language)


def show(findings: Iterable[Finding], form: Format, folder: Path, language: Language, to: TextIO) -> None:
    """Each finding: what, where, and what to do."""
    if form == "github":
        for one in findings:
            print(_github(one, folder, language), file=to)
        return
    console = Console(file=to, highlight=False, soft_wrap=True)
    for one in findings:
        console.print(_human(one, folder, language))


def as_json(findings: Iterable[Finding], folder: Path, language: Language) -> list[dict[str, object]]:
    """Each finding with its place from first to last sign (``end_column`` is behind the last)."""
    return [
        {
            **_place(one.place, folder),
            "message": one.message.text(language),
            "hint": one.hint.text(language),
            "also": [{**_place(also.place, folder), "message": also.words.text(language)} for also in one.also],
        }
        for one in findings
    ]


def _place(place: Place, folder: Path) -> dict[str, object]:
    end_line, end_column = end_of(place, folder)
    return {
        "file": path_of(place, folder),
        "line": place.line,
        "column": place.column,
        "end_line": end_line,
        "end_column": end_column,
    }


def path_of(place: Place, folder: Path) -> str:
    """The file as one can open it from here."""
    return place.file if place.file == str(folder) else str(folder / place.file)


def end_of(place: Place, folder: Path) -> tuple[int, int]:
    """Line and column behind the last sign; a text over several lines ends on a later one."""
    line, left = place.line, place.column - 1 + max(place.width, 1)
    lines = _lines(folder / place.file)
    while line <= len(lines) and left > len(lines[line - 1]) and line < len(lines):
        left -= len(lines[line - 1]) + 1
        line += 1
    return line, left + 1


@cache
def _lines(path: Path) -> tuple[str, ...]:
    """As far as they can be read; a folder has none."""
    try:
        return tuple(
            path.read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
        )
    except OSError:
        return ()


def _human(one: Finding, folder: Path, language: Language) -> Text:
    place = one.place
    said = Text(f"{path_of(place, folder)}:{place.line}:{place.column}: ", "bold")
    said.append(one.message.text(language), "bold red")
    lines = _lines(folder / place.file)
    hint = one.hint.text(language) if one.hint else ""
    gutter = " " * len(str(place.line))
    if place.line <= len(lines) and lines[place.line - 1].strip():
        shown, offset, width = _around(lines[place.line - 1], place)
        said.append(f"\n{gutter} |", "dim").append(f"\n{place.line} | ", "dim").append(shown)
        said.append(f"\n{gutter} | ", "dim").append(" " * offset).append("^" * width, "red").append(f" {hint}", "green")
    elif hint:
        said.append(f"\n{gutter} = ", "dim").append(hint, "green")
    for also in one.also:
        where = f"{path_of(also.place, folder)}:{also.place.line}:{also.place.column}"
        said.append(f"\n{gutter} = ", "dim").append(f"{where}: {also.words.text(language)}")
    return said


def _around(line: str, place: Place) -> tuple[str, int, int]:
    """The line as far as it can be shown, and where the mistake stands in it, in cells of the terminal."""
    start, end = place.column - 1, min(place.column - 1 + max(place.width, 1), max(len(line), place.column))
    line = line.replace("\t", " ")
    before, after = "", ""
    if cell_len(line) > WIDEST:
        first = max(0, start - WIDEST // 3) if cell_len(line[:end]) > WIDEST else 0
        last = first + WIDEST
        before, after = "…" if first else "", "…" if last < len(line) else ""
        line, start, end = line[first:last], start - first, min(end - first, WIDEST)
    offset = cell_len(before + line[:start])
    return before + line + after, offset, max(cell_len(line[start:end]), 1)


def _github(one: Finding, folder: Path, language: Language) -> str:
    """An annotation of a workflow: its properties and its message have signs that must be escaped."""
    end_line, end_column = end_of(one.place, folder)
    properties = {
        "file": path_of(one.place, folder),
        "line": one.place.line,
        "endLine": end_line,
        "col": one.place.column,
        "endColumn": end_column,
        "title": one.message.text(language),
    }
    said = one.message.text(language) + (f": {one.hint.text(language)}" if one.hint else "")
    shown = ",".join(f"{key}={_escaped(str(value), ',:')}" for key, value in properties.items())
    return f"::error {shown}::{_escaped(said)}"


def _escaped(text: str, more: str = "") -> str:
    for sign in "%\r\n" + more:
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text
