"""What an author may write of a queue and of runs side by side (``forms.py`` says how forms are read)."""

from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from controller.venue.language.forms import DEFINED, Form, Time, Wants
from controller.venue.source.nodes import Text, as_text

_TEXT = PlainValidator(lambda node: as_text(node, "this"))
Length = Annotated[Text, _TEXT, WithJsonSchema({DEFINED: "queue_length"})]
Runs = Annotated[Text, _TEXT, WithJsonSchema({DEFINED: "runs"})]


class QueueForm(Form):
    """Who finds the scene running waits for his turn; first come, first served."""

    queue: Length
    """How many may wait."""
    wait: Time
    """How long one waits at most."""
    waiting: Wants | None = None
    """What is asked while somebody waits; $queue is how many do, $queue.minutes how long the next one would wait."""
    full: Wants | None = None
    """What is asked for ten seconds when somebody found the queue full."""


class ParallelForm(Form):
    """Several runs side by side."""

    parallel: Runs
    """How many at most."""
