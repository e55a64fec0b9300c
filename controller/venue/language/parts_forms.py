"""What an author may write of places, catalogues, looks and remotes (``forms.py`` says how forms are read)."""

from typing import Annotated, Any

from pydantic import PlainValidator, WithJsonSchema

from controller.venue.language.forms import DEFINED, Form, Word
from controller.venue.source.nodes import Many, Node, Text, as_list, as_text


def _texts(node: Any) -> tuple[Text, ...]:  # noqa: ANN401 - a node of any form
    return tuple(as_text(one, "each of these") for one in as_list(node))


def _below(name: str) -> WithJsonSchema:
    return WithJsonSchema({DEFINED: name})


_ANY, _TEXTS = PlainValidator(lambda node: node), PlainValidator(_texts)
_TEXT = PlainValidator(lambda node: as_text(node, "this"))


class TitleForm(Form):
    """A title in both languages."""

    zh: Word | None = None
    """中文标题 (the title in Chinese)"""
    en: Word | None = None
    """The title in English."""


class PlaceForm(Form):
    """A hall: its title, and what it is divided into."""

    zh: Word | None = None
    """中文名称 (the name in Chinese)"""
    en: Word | None = None
    """The name in English."""
    sections: Annotated[Node | None, _ANY, _below("parts")] = None
    """Its sections: a list of ids, or id: title. Elsewhere a section is called hall.section."""
    cities: Annotated[Node | None, _ANY, _below("parts")] = None
    """The city areas in it: a list of ids, or id: title."""


class CatalogueForm(Form):
    """A table of rows that a template runs over."""

    file: Word | None = None
    """A CSV file of the venue (UTF-8, commas, first row: the columns), or a YAML file that is a list of rows."""
    rows: Annotated[Many | None, _ANY, _below("rows")] = None
    """The rows themselves, in place of a file."""
    columns: Annotated[tuple[Text, ...] | None, _TEXTS, _below("names")] = None
    """The columns that must be there."""
    media: Annotated[tuple[Text, ...] | None, _TEXTS, _below("names")] = None
    """The words that may stand in the column `medium`."""


class LookForm(Form):
    """Levels of a group of lights at an instant."""

    level: Annotated[Text | None, _TEXT, _below("level")] = None
    """Brightness, as in 80%."""
    colour: Annotated[Text | None, _TEXT, _below("colour")] = None
    """A name, or '#rrggbb' in quotes."""
