"""What an author may write of variables, facts and modes (``forms.py`` says how forms are read)."""

from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from controller.venue.language.forms import DEFINED, Conditions, Form, Roles, Time, Titles, Triggers, Wants, Word
from controller.venue.source.nodes import Node, Text, as_list, as_some, as_text

_TEXT, _ANY = PlainValidator(lambda node: as_text(node, "this")), PlainValidator(lambda node: node)
_TEXTS = PlainValidator(lambda node: tuple(as_text(one, "each of these") for one in as_list(node)))

_WORDS = PlainValidator(
    lambda node: tuple(as_text(one, "each of these") for one in as_some(node, "as in of: [zh, en]"))
)


def _below(name: str) -> WithJsonSchema:
    return WithJsonSchema({DEFINED: name})


class VariableForm(Form):
    """A value that counts by itself: a number, one of several words, or a number for each of several."""

    number: Annotated[Text | None, _TEXT, WithJsonSchema({"type": "number"})] = None
    """The number with which it begins."""
    word: Word | None = None
    """The word with which it begins, one of those in of."""
    of: Annotated[tuple[Text, ...] | None, _WORDS, _below("names")] = None
    """The words that it can be."""
    plus: Annotated[tuple[Text, ...] | None, _TEXTS, _below("events")] = None
    """Events that count one more."""
    minus: Annotated[tuple[Text, ...] | None, _TEXTS, _below("events")] = None
    """Events that count one less; it stops at 0."""
    each: Word | None = None
    """A field of the event in counts: a number for each text that it has."""
    counts: Annotated[Text | None, _TEXT, _below("events")] = None
    """The event of which each text of the field is counted."""
    resets: Annotated[Node | None, _ANY, _below("resets")] = None
    """When it is as at first again: day, visit, never, or {without: NAME, for: TIME}."""


class SilenceForm(Form):
    """Nothing was heard for so long."""

    without: Annotated[Text, _TEXT, _below("trigger")]
    """What was not heard: a state or an event."""
    for_: Time
    """For how long."""


class FactForm(Form):
    """A name for a condition. From and until are two levels, so that it does not flicker."""

    from_: Annotated[Node, _ANY, _below("conditions")]
    """It begins to be true when this holds."""
    until: Annotated[Node, _ANY, _below("conditions")]
    """It is true until this holds."""
    for_: Time = 0
    """How long either must hold."""


class ModeForm(Form):
    """One switch that changes many scenes, always with an end."""

    title: Titles | None = None
    """What people call it."""
    by: Roles | None = None
    """Who may switch it on and off: guide, staff or technician."""
    when: Triggers | None = None
    """What switches it on."""
    for_: Time = 0
    """How long that must last."""
    until: Annotated[Node | None, _ANY, _below("conditions")] = None
    """It ends when this holds."""
    quiet: Time = 0
    """How long that must have held."""
    if_: Conditions | None = None
    """What must hold when it is switched on."""
    at_most: Time | None = None
    """The longest it lasts."""
    disarms: Annotated[tuple[Text, ...] | None, _TEXTS, _below("names")] = None
    """Scenes that do not start while it lasts."""
    arms: Annotated[tuple[Text, ...] | None, _TEXTS, _below("names")] = None
    """Scenes that start only while it lasts."""
    instead: Annotated[Node | None, _ANY, _below("instead")] = None
    """Clips by role, and what is played in their place."""
    quieter: Annotated[Node | None, _ANY, _below("made_quieter")] = None
    """Who is quieter while it lasts, by how much: {speakers in main: 6dB}."""
    ask: Wants | None = None
    """Levels that hold while it lasts."""
