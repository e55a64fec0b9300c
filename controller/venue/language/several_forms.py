"""What an author may write of starts that want several things, or silence (``forms.py`` says how forms are read)."""

from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from controller.venue.language.forms import DEFINED, Form, Time, Triggers
from controller.venue.source.nodes import Text, as_text

Trigger = Annotated[Text, PlainValidator(lambda node: as_text(node, "this")), WithJsonSchema({DEFINED: "trigger"})]


class AllForm(Form):
    """All of several within a time, in whatever order; each counts once, and the time slides along."""

    all_: Triggers
    """States (each becomes true) and events (each happens): a list."""
    within: Time
    """From the first to the last of them."""


class InOrderForm(Form):
    """Several one behind the other within a time."""

    in_order: Triggers
    """States (each becomes true) and events (each happens): a list, in this order."""
    within: Time
    """From the first to the last of them."""


class WithoutForm(Form):
    """Silence: something did not happen, or was not true, for a time. Once in each silence."""

    without: Trigger
    """What was not heard of."""
    for_: Time
    """For how long: from the start, and again from each hearing."""
