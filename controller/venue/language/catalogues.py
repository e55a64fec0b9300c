"""Catalogues: tables of rows, from a CSV file, a YAML file or written in place; every cell knows its place."""

from collections.abc import Mapping
from dataclasses import dataclass

from controller.venue.findings import Gather, id_hint, near, say, twice, wrong
from controller.venue.language.parts_forms import CatalogueForm
from controller.venue.language.reading import read_form
from controller.venue.source.csv import read_csv
from controller.venue.source.files import Texts
from controller.venue.source.nodes import Many, Node, Table, Text, as_list, as_table, as_text
from devices.topics import is_id
from scenes.model import Place

MOST_ROWS = 20_000
MEDIUM = "medium"  # the column whose words are declared as ``media``


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells by column. An empty cell is an empty text."""

    id: str
    cells: Mapping[str, Text]
    place: Place


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A table of rows."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    place: Place
    media: tuple[str, ...] = ()

    def words(self, column: str) -> tuple[str, ...]:
        """Every word that stands in the column, or may stand there."""
        if column == MEDIUM and self.media:
            return self.media
        return tuple(dict.fromkeys(row.cells[column].text for row in self.rows if row.cells[column].text))


def read_catalogue(name: str, node: Node, place: Place, texts: Texts, lists: Mapping[str, Many]) -> Catalogue:
    """One catalogue. ``lists``: the YAML files that are lists. Raises ``VenueError`` with everything that is wrong."""
    if not is_id(name):
        raise wrong(place, "'{}' is not an id", name, hint=id_hint(name))
    form = read_form(CatalogueForm, as_table(node, "a catalogue"), place, "a catalogue")
    if (form.file is None) == (form.rows is None):
        raise wrong(place, "the catalogue {} has a file or rows, one of them", name, hint="write file: NAME.csv")
    if form.file is not None and form.file.text not in lists:
        tables = _from_csv(form.file, texts)
    else:
        rows = lists[form.file.text] if form.file is not None else form.rows
        tables = [as_table(one, "a row") for one in as_list(rows if rows is not None else node)]
    found = _checked(name, tables, form, place)
    gather = Gather()
    for column in form.columns or ():
        if column.text not in found.columns:
            gather.add(
                wrong(column.place, "the catalogue {} has no column '{}'", name, column.text,
                      hint=near(column.text, found.columns))
            )  # fmt: skip
    gather.stop()
    return found


def _from_csv(file: Text, texts: Texts) -> list[Table]:
    """The rows as tables. A row that is too short or too long is a finding at its first or its surplus cell."""
    if file.text not in texts:
        raise wrong(file.place, "there is no file '{}' in this venue", file.text,
                    hint=near(file.text, [name for name in texts if name.endswith(".csv")]))  # fmt: skip
    rows = read_csv(file.text, texts[file.text])
    if not rows:
        raise wrong(file.place, "the file '{}' is empty", file.text, hint="its first row names the columns")
    head, gather, tables = rows[0], Gather(), []
    if len(head) == 1 and ";" in head[0].text:
        raise wrong(head[0].place, "the columns are divided by ';'", hint="save it with commas: «CSV UTF-8»")
    names: dict[str, Place] = {}
    for one in head:
        if not one.text:
            gather.add(wrong(one.place, "a column without a name", hint="the first row names the columns"))
        elif one.text in names:
            gather.add(twice(one.place, names[one.text], "the column '{}' appears twice", one.text))
        names[one.text] = one.place
    gather.stop()
    for cells in rows[1:]:
        if len(cells) > len(names):
            gather.add(wrong(cells[len(names)].place, "the row has {} cells, there are {} columns", len(cells),
                             len(names), hint="put a text that has a comma in quotes"))  # fmt: skip
        elif len(cells) < len(names):
            gather.add(wrong(cells[0].place, "the row has {} cells, there are {} columns", len(cells), len(names)))
        else:
            keys = {name: cell.place for name, cell in zip(names, cells, strict=True)}
            tables.append(Table(dict(zip(names, cells, strict=True)), keys, cells[0].place))
    gather.stop()
    return tables


def _checked(name: str, tables: list[Table], form: CatalogueForm, place: Place) -> Catalogue:
    gather, rows = Gather(), []
    first: dict[str, Place] = {}
    columns = tuple(dict.fromkeys(column for table in tables for column in table.keys))
    media = {one.text for one in form.media or ()}
    if len(tables) > MOST_ROWS:
        raise wrong(place, "more than {} rows", MOST_ROWS)
    for table in tables:
        cells = {column: gather.attempt(as_text, node, "a cell") for column, node in table}
        found = {column: cell for column, cell in cells.items() if cell is not None}
        row_id = found.get("id")
        if row_id is None:
            first_key = next(iter(table.keys.values()), table.place)
            gather.add(wrong(first_key, "a row needs an id", hint="a column with the name id"))
            continue
        if not is_id(row_id.text):
            gather.add(wrong(row_id.place, "'{}' is not an id", row_id.text,
                             hint=id_hint(row_id.text)))  # fmt: skip
        elif row_id.text in first:
            gather.add(twice(row_id.place, first[row_id.text], "the row '{}' appears twice", row_id.text))
        medium = found.get(MEDIUM)
        if media and medium is not None and medium.text not in media:
            gather.add(
                wrong(medium.place, "'{}' is not {}", medium.text, say("a medium"), hint=near(medium.text, media))
            )
        first.setdefault(row_id.text, row_id.place)
        full = {column: found.get(column, Text("", table.place)) for column in columns}
        rows.append(Row(row_id.text, full, row_id.place))
    gather.stop()
    return Catalogue(name, columns, tuple(rows), place, tuple(one.text for one in form.media or ()))
