"""What an author may write of the venue's hours, and of a start by the clock (``forms.py`` says how forms are read)."""

from typing import Annotated, Any, Literal

from pydantic import PlainValidator, WithJsonSchema

from controller.venue.language.forms import DEFINED, Form
from controller.venue.language.values import word_of
from controller.venue.source.nodes import Node, Text, as_list, as_text


def _texts(node: Any) -> tuple[Text, ...]:  # noqa: ANN401 - a node of any form
    return tuple(as_text(one, "each of these") for one in as_list(node))


def _below(name: str) -> WithJsonSchema:
    return WithJsonSchema({DEFINED: name})


_LATE = ("run", "skip")
_TEXT, _TEXTS = PlainValidator(lambda node: as_text(node, "this")), PlainValidator(_texts)
_ANY, _READ_LATE = (
    PlainValidator(lambda node: node),
    PlainValidator(lambda node: word_of(node, _LATE, "a way with what is late")),
)
Late = Annotated[Literal["run", "skip"], _READ_LATE, _below("late")]
Days = Annotated[tuple[Text, ...], _TEXTS, _below("days")]
Spans = Annotated[Node, _ANY, _below("spans")]


class HoursForm(Form):
    """When the venue is open."""

    zone: Annotated[Text, _TEXT, _below("zone")]
    """Whose clock counts, as in Asia/Shanghai."""
    daily: Spans | None = None
    """From when to when it is open on any day, as in 09:00-17:00; several make a list."""
    closed: Days | None = None
    """The weekdays on which it is not: mon tue wed thu fri sat sun."""
    evenings: Annotated[Node | None, _ANY, _below("evenings")] = None
    """Open besides on these weekdays: {tue: 19:00-21:00}."""
    special: Annotated[Node | None, _ANY, _below("special")] = None
    """Single days that are unlike the others: {2022-01-17: 09:00-21:00, 2022-02-01: closed}."""
    from_: Annotated[Text | None, _TEXT, _below("date")] = None
    """The first day."""
    to: Annotated[Text | None, _TEXT, _below("date")] = None
    """The last day."""
    where: Annotated[tuple[Text, ...] | None, _TEXTS, _below("where")] = None
    """Where the sun sets: [latitude, longitude] in degrees north and east; else in the zone's city."""


class AtForm(Form):
    """A time of day."""

    at: Annotated[Text, _TEXT, _below("time_of_day")]
    """11:00, or a time before or after opening, closing or sunset: opening - 30min."""
    days: Days | None = None
    """On these weekdays only: mon tue wed thu fri sat sun."""
    late: Late = "skip"
    """What becomes of it when nobody was there at that time: run, or skip."""
