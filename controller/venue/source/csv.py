"""CSV as rows of cells, each with its place: RFC 4180."""

import re

from controller.venue.findings import wrong
from controller.venue.source.nodes import Text
from scenes.model import Place

_CELL = re.compile(r'"(?P<quoted>(?:[^"]|"")*)"|(?P<plain>[^,\n]*)')


def read_csv(file: str, text: str) -> list[list[Text]]:
    """Commas, line ends, quotes doubled within quotes; empty lines are passed over. Raises ``VenueError``."""
    rows: list[list[Text]] = []
    row: list[Text] = []
    position, line, begin = 0, 1, 0  # begin: where the line begins
    while position <= len(text):
        found = _CELL.match(text, position)
        assert found is not None  # noqa: S101 - an empty text matches
        cell = _cell(found, file, line, position - begin + 1)
        row.append(cell)
        position = found.end()
        broken = found.group().count("\n")
        if broken:
            line, begin = line + broken, text.rindex("\n", 0, position) + 1
        following = text[position : position + 1]
        if following not in (",", "\n", ""):
            raise wrong(Place(file, line, position - begin + 1, 1), "a quote ends in the middle of a cell",
                        hint='write a quote within quotes twice: ""')  # fmt: skip
        position += 1
        if following != ",":
            if len(row) > 1 or cell.text:
                rows.append(row)
            row, line, begin = [], line + 1, position
    return rows


def _cell(found: re.Match[str], file: str, line: int, column: int) -> Text:
    quoted, plain = found["quoted"], found["plain"] or ""
    if quoted is None:
        value = plain.strip()
        place = Place(file, line, column + len(plain) - len(plain.lstrip()), max(len(value), 1))
        if value.startswith('"'):
            raise wrong(place, "a quote that was opened is not closed", hint="close it")
        return Text(value, place)
    value = quoted.replace('""', '"')
    return Text(value, Place(file, line, column + 1, max(len(quoted), 1)), whole=value != quoted or "\n" in value)
