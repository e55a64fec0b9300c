"""What an author may write of sessions, guided visits and remotes (``forms.py`` says how forms are read)."""

from typing import Annotated, Literal

from pydantic import PlainValidator, WithJsonSchema

from controller.venue.language.forms import DEFINED, Form, Role, Time, Titles, Truth, Wants, Word
from controller.venue.language.values import word_of
from controller.venue.source.nodes import Node, Text, as_list, as_text

_TEXT, _ANY = PlainValidator(lambda node: as_text(node, "this")), PlainValidator(lambda node: node)
_TEXTS = PlainValidator(lambda node: tuple(as_text(one, "each of these") for one in as_list(node)))
_AFTER = ("go", "stay", "end")
CueElse = Annotated[
    Literal["go", "stay", "end"],
    PlainValidator(lambda node: word_of(node, _AFTER, "a way on of a cue")),
    WithJsonSchema({"anyOf": [{"enum": list(_AFTER)}, {DEFINED: "put_in"}]}),
]


def _below(name: str) -> WithJsonSchema:
    return WithJsonSchema({DEFINED: name})


class PhaseForm(Form):
    """One part of a session, with a longest time and ways on."""

    page: Annotated[Text | None, _TEXT, _below("page")] = None
    """The page that the station shows."""
    tell: Annotated[Node | None, _ANY, _below("tell_in_phase")] = None
    """What the station is told, once: a command of its own, or {command: {fields}}."""
    ask: Wants | None = None
    """Levels that hold until a later phase asks otherwise, or the run ends."""
    at_most: Time
    """The longest it lasts."""
    next: Annotated[Node | None, _ANY, _below("next")] = None
    """The ways on: event of the station: phase. Without it the phase is an end."""
    else_: Annotated[Text | None, _TEXT, _below("name")] = None
    """The phase to go on to when time is up; the scene's else where it is not written."""
    visits: Annotated[Text | None, _TEXT, _below("visits")] = None
    """How often a run may come here."""
    critical: Truth = False
    """An order to stop waits until it is over."""


class CueForm(Form):
    """One named moment of a guided visit. What it asks stays until a later cue asks otherwise or gives a place back."""

    title: Titles | None = None
    """What the guide reads."""
    note: Word | None = None
    """For the guide."""
    ask: Wants | None = None
    """Levels that stay."""
    at_most: Time
    """The longest it lasts."""
    else_: CueElse
    """What follows then: go (on to the next), stay, or end."""
    ways: Annotated[Node | None, _ANY, _below("ways")] = None
    """Other ways than the next: name: cue, taken by the order go with that way."""
    gives_back: Annotated[tuple[Text, ...] | None, _TEXTS, _below("names")] = None
    """Places whose devices the tour lets go."""


class RemoteForm(Form):
    """A remote in somebody's hand, and what its buttons order."""

    device: Annotated[Text, _TEXT, _below("remote")]
    """The device that it is."""
    role: Role
    """Whose orders they are: guide, staff or technician."""
    buttons: Annotated[Node, _ANY, _below("buttons")]
    """Button: order, as in 1: go; 4 held: stop; 5: start evening_tour. Without a scene: the tour that goes on."""
