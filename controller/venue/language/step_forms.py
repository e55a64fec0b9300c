"""What an author may write of steps that have keys beside their verb (``forms.py`` says how forms are read)."""

from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from controller.venue.language.forms import DEFINED, Form, Otherwise, Steps, Time
from controller.venue.source.nodes import Node, Text, as_text

_TEXT, _ANY = PlainValidator(lambda node: as_text(node, "this")), PlainValidator(lambda node: node)
Times = Annotated[Text, _TEXT, WithJsonSchema({DEFINED: "times"})]
Player = Annotated[Text, _TEXT, WithJsonSchema({DEFINED: "player"})]
Moments = Annotated[Node, _ANY, WithJsonSchema({DEFINED: "moments"})]


class RepeatForm(Form):
    """The same steps several times, one after the other."""

    repeat: Times
    """How often: 1 to 100."""
    steps: Steps
    """What is done each time."""


class TimelineForm(Form):
    """What is asked in the course of a film, on the clock of the player that plays it."""

    timeline: Player
    """The player. A paused film pauses its moments; when it has ended or something else is shown, they are over."""
    at_most: Time
    """The longest it takes, pauses and all."""
    else_: Otherwise | None = None
    """The way on when that time is up: a step, or end, as where it is not written."""
    at: Moments
    """The moments in their order: time of the film: what is asked, as in 0:04.5: {hall.light: dawn over 5s}."""
