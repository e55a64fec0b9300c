"""Templates: ``for_each: exhibit in exhibits`` makes a scene of each row; ``$exhibit.column`` puts a cell in.

A mistake in a cell is shown in the cell, with the place that uses it; one of the template itself is shown in the
template, once, with the rows it concerns.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from controller.venue.findings import Also, Finding, Gather, VenueError, near, say, silent, twice, wrong
from controller.venue.language.catalogues import Catalogue, Row
from controller.venue.language.reading import unknown_key
from controller.venue.language.scenes import KEYS
from controller.venue.language.scope import USE, unknown_name
from controller.venue.source.nodes import Many, Node, Table, Text, as_text
from scenes.model import Place

_EACH = re.compile(r"([a-z][a-z0-9_]*)\s+in\s+([a-z][a-z0-9_]*)\Z")
_AS_WRITTEN = ("for_each", "note")  # keys of a scene in which nothing is put in


@dataclass(frozen=True, slots=True)
class ForEach:
    """What a template runs over, and by which name it calls a row."""

    name: str
    catalogue: Catalogue


def read_for_each(node: Node, catalogues: Mapping[str, Catalogue | None]) -> ForEach:
    """``exhibit in exhibits``. ``catalogues``: None where one has a mistake that is shown already. Raises a finding."""
    text = as_text(node, "for_each")
    found = _EACH.match(text.text)
    if found is None:
        raise wrong(text.place, "'{}' is not NAME in CATALOGUE", text.text, hint="as in: exhibit in exhibits")
    name, catalogue = found.groups()
    if catalogue not in catalogues:
        raise wrong(text.at(found.start(2), len(catalogue)), "there is no catalogue '{}'", catalogue,
                    hint=near(catalogue, catalogues))  # fmt: skip
    rows = catalogues[catalogue]
    if rows is None:
        raise silent()
    return ForEach(name, rows)


def with_row(scene: Table, each: ForEach, row: Row, known: Collection[str] = ()) -> Table:
    """The scene with the row's cells put in. Raises a finding for a name or a column that is not there.

    ``known``: the names that stay, because they are put in when the scene is played.
    """
    entries = {
        key: node if key in _AS_WRITTEN else _put(node, each, row, known)
        for key, node in scene.entries.items()
        if key != "for_each"
    }
    return Table(entries, {key: place for key, place in scene.keys.items() if key != "for_each"}, scene.place)


def check_choices(scene: Table, each: ForEach) -> None:
    """Branches for what no row has in the column that is chosen by. Raises what is wrong."""
    gather = Gather()
    for table in _tables(scene):
        value = table.get("choose")
        found = USE.fullmatch(value.text) if isinstance(value, Text) else None
        if found is None or found[1] != each.name or found[2] not in (None, *each.catalogue.columns):
            continue
        words = each.catalogue.words(found[2] or "id")
        for name, place in table.keys.items():
            if words and name not in ("choose", "else", *words):
                gather.add(wrong(place, "{} can never be '{}'", found.group(), name, hint=near(name, words)))
    gather.stop()


def check_without_rows(scene: Table, each: ForEach, known: Collection[str] = ()) -> None:
    """A template whose catalogue has no rows yet: its keys, and the names that it puts in. Raises what is wrong."""
    gather = Gather()
    for name in scene.keys:
        if name not in KEYS:
            gather.add(unknown_key(scene, name, KEYS, "a scene"))
    for text in _texts(scene):
        for found in USE.finditer(text.text):
            if found[1] != each.name and found[1] not in known:
                gather.add(unknown_name(text, found, [each.name, *known]))
    gather.stop()


def without_row(scene: Table, known: Collection[str] = ()) -> None:
    """Outside a template only what is ``known`` when the scene is played is put in. Raises at the first other name."""
    for text in _texts(scene):
        for found in USE.finditer(text.text):
            if found[1] not in known:
                raise unknown_name(text, found, known)


def _put(node: Node, each: ForEach, row: Row, known: Collection[str]) -> Node:
    match node:
        case Text():
            return _filled(node, each, row, known) if "$" in node.text else node
        case Many():
            return Many(tuple(_put(one, each, row, known) for one in node.items), node.place)
        case Table():
            entries: dict[str, Node] = {}
            keys: dict[str, Place] = {}
            for key, value in node:
                text = _filled(node.key(key), each, row, known) if "$" in key else node.key(key)
                if text.text in entries:
                    raise twice(text.place, keys[text.text], "the key '{}' appears twice", text.text)
                entries[text.text] = _put(value, each, row, known)
                keys[text.text] = text.place
            return Table(entries, keys, node.place)


def _filled(text: Text, each: ForEach, row: Row, known: Collection[str]) -> Text:
    pieces: list[str] = []
    parts: list[tuple[int, Place, bool]] = []
    length = end = 0
    for found in USE.finditer(text.text):
        if found[1] != each.name and found[1] in known:
            continue
        cell, used = _cell(text, found, each, row, known)
        if found.start() == 0 and used == len(text.text):
            return Text(cell.text, cell.place, text.quoted, ((0, cell.at(0), cell.whole),))
        if found.start() > end:
            pieces.append(text.text[end : found.start()])
            parts.append((length, text.at(end), text.whole))
            length += found.start() - end
        pieces.append(cell.text)
        parts.append((length, cell.at(0), cell.whole))
        length += len(cell.text)
        end = used
    if end < len(text.text):
        pieces.append(text.text[end:])
        parts.append((length, text.at(end), text.whole))
    return Text("".join(pieces), text.place, text.quoted, tuple(parts))


def _cell(text: Text, found: re.Match[str], each: ForEach, row: Row, known: Collection[str]) -> tuple[Text, int]:
    """The cell that ``$name.column`` means, and where the use ends; ``$name`` alone is the row's id."""
    name, column = found.groups()
    if name != each.name:
        raise unknown_name(text, found, [each.name, *known])
    if column is None:
        return Text(row.id, row.place), found.end()
    cell = row.cells.get(column)
    if cell is None:
        place = text.at(found.start(2), len(column))
        raise wrong(place, "the catalogue {} has no column '{}'", each.catalogue.name, column,
                    hint=near(column, each.catalogue.columns))  # fmt: skip
    if not cell.text:
        raise wrong(cell.place, "the cell {} of the row {} is empty, and is used", column, row.id)
    return cell, found.end()


def _tables(node: Node) -> Iterator[Table]:
    match node:
        case Many(items=items):
            for one in items:
                yield from _tables(one)
        case Table():
            yield node
            for _, value in node:
                yield from _tables(value)
        case _:
            pass


def _texts(node: Node, key: str = "") -> Iterator[Text]:
    if key in _AS_WRITTEN:
        return
    match node:
        case Text():
            yield node
        case Many():
            for one in node.items:
                yield from _texts(one)
        case Table():
            for name, value in node:
                yield node.key(name)
                yield from _texts(value, name)


def for_rows(rows: Sequence[Row], template: Table, name: str, read: Callable[[Row], None]) -> None:
    """``read`` for every row. Raises one ``VenueError``: mistakes of cells with their use, the template's own once.

    What is wrong for some rows only, and stands where a cell was put in, is a mistake of those cells.
    """
    cells: list[Finding] = []
    own: dict[tuple[Place, str], tuple[Finding, list[Row]]] = {}
    for row in rows:
        try:
            read(row)
        except VenueError as error:
            for one in error.findings:
                column = _column_at(one.place, row)
                if column is not None:
                    cells.append(_with_use(one, one.place, column, template, name))
                else:
                    own.setdefault((one.place, one.message.template), (one, []))[1].append(row)
    for one, concerned in own.values():
        use = _use_at(one.place, template)
        if use is None or len(concerned) == len(rows):
            cells.append(_with_rows(one, concerned))
        else:
            cells += [_with_use(one, row.cells[use].place, use, template, name) for row in concerned]
    if cells:
        raise VenueError(cells)


def _column_at(place: Place, row: Row) -> str | None:
    """The column of the cell that stands there."""
    return next(
        (column for column, cell in row.cells.items()
         if (cell.place.file, cell.place.line) == (place.file, place.line)
         and cell.place.column <= place.column < cell.place.column + max(cell.place.width, 1)), None
    )  # fmt: skip


def _use_at(place: Place, template: Table) -> str | None:
    """The column that is put in at, or last before, that place of the template."""
    for text in _texts(template):
        if (text.place.file, text.place.line) == (place.file, place.line):
            behind = place.column - text.place.column
            if 0 <= behind <= text.place.width:
                uses = [found for found in USE.finditer(text.text) if found.start() <= behind]
                return uses[-1].group(2) or "id" if uses else None
    return None


def _with_use(one: Finding, cell: Place, column: str, template: Table, name: str) -> Finding:
    """At the cell, with the first place that uses it."""
    for text in _texts(template):
        for found in USE.finditer(text.text):
            if (found.group(2) or "id") == column:
                used = Also(text.at(found.start(), found.end() - found.start()), say("used here, in {}", name))
                return Finding(cell, one.message, one.hint, (*one.also, used))
    return Finding(cell, one.message, one.hint, one.also)


def _with_rows(one: Finding, rows: list[Row]) -> Finding:
    words = say("used for the row {}", rows[0].id)
    if len(rows) > 1:
        words = say("used for the row {} and {} more", rows[0].id, len(rows) - 1)
    return Finding(one.place, one.message, one.hint, (*one.also, Also(rows[0].place, words)))
