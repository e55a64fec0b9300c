"""What an author may write of an evacuation and of a drill (``forms.py`` says how forms are read)."""

from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from controller.venue.language.forms import DEFINED, Form, Roles, Time, Wants
from controller.venue.source.nodes import Node, Text, as_text

_TEXT, _ANY = PlainValidator(lambda node: as_text(node, "this")), PlainValidator(lambda node: node)
Alarm = Annotated[Text, _TEXT, WithJsonSchema({DEFINED: "condition"})]
Look = Annotated[Text, _TEXT, WithJsonSchema({DEFINED: "look"})]
Exercise = Annotated[Node, _ANY, WithJsonSchema({DEFINED: "drill"})]


class DrillForm(Form):
    """An evacuation that is none: the same looks, other words, and it ends by itself."""

    by: Roles
    """Who may order it: guide, staff or technician."""
    speech: Wants
    """What is said, over and over: speakers and clips."""
    at_most: Time
    """The longest it lasts."""


class EvacuationForm(Form):
    """What the house does when it must be left. It is lifted in two steps: lift, then confirm_lift."""

    input: Alarm
    """A state that is true as long as there is an alarm, as in house.fire_panel.alarm."""
    look: Look
    """What every light shows that is no emergency luminaire."""
    speech: Wants
    """What is said, over and over: speakers and clips."""
    screens: Wants | None = None
    """What screens show; those that are not named are dark."""
    drill: Exercise | None = None
    """A drill: who may order it, what is said, and how long it lasts."""
