"""What a technician may write in a test of scenes, table by table; judged as the venue itself is."""

from typing import Annotated, Any

from pydantic import PlainValidator

from controller.venue.language.forms import Form, Time, Word
from controller.venue.source.nodes import Node


def _any_node(node: Any) -> Any:  # noqa: ANN401 - read later, by who knows what it is
    return node


AnyNode = Annotated[Node, PlainValidator(_any_node)]


class TrialForm(Form):
    """One test."""

    expect: AnyNode
    given: AnyNode | None = None
    when: AnyNode | None = None
    note: Word | None = None


class GivenForm(Form):
    """How the house stands when the test begins: it has been open for a minute, nobody is there."""

    at: Word | None = None
    on: Word | None = None
    says: AnyNode | None = None
    silent: AnyNode | None = None


class MomentForm(Form):
    """What happens at one instant of the test."""

    at: Time
    says: AnyNode | None = None
    orders: Word | None = None
    by: Word | None = None
    way: Word | None = None
    with_: AnyNode | None = None
    goes: Word | None = None
    comes: Word | None = None


class ExpectForm(Form):
    """One thing that must be so ``at`` an instant, or become so ``by`` it."""

    at: Time | None = None
    by: Time | None = None
    scene: Word | None = None
    is_: Word | None = None
    verdict: Word | None = None
    started: Word | None = None
    device: Word | None = None
    shows: AnyNode | None = None
    wants: AnyNode | None = None
    told: Word | None = None
    said: Word | None = None
    holds: AnyNode | None = None
