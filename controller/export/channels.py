"""Every channel there is: who speaks on it, how, and with which bodies. One table, from which all documents are made.

The channels of a kind follow from its declaration, so a new kind is in every document without another edit. The
examples are what the kinds give as examples, and what the encoders of the house make of them.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from inspect import cleandoc
from math import ceil
from typing import Any, Literal

from controller.export.schemas import Schema, carried_by, command_schema, said_schema, schema_of, want_schema
from devices.contracts.house import ErrorBody
from devices.payload import DeviceError
from devices.speech import AckBody, checked, tell_command, tell_want
from devices.vocabulary import Ask, Command, EventBody, Fields, Kind, Property, Scalar, SessionBody

Speaker = Literal["device", "house", "staff"]

# What examples show of the house: any values of the right form would do.
WANT_ID, COMMAND_ID, EPOCH = "5f0c9a1e77b3d204", "c21b7e90aa4f6d13", 3
EXPIRES = 4_102_444_800.0  # 2100-01-01: an example that is tried shall not have expired
BEGIN = 1_642_384_800.0  # 2022-01-17 10:00 in Hangzhou
FADE_SECONDS = 1.5
SURPRISE = "surprise"  # a field that no body has, to show what becomes of it


@dataclass(frozen=True, slots=True)
class Message:
    """One body. ``examples`` are JSON values; a ``text/plain`` body is a string. ``answered_by``: the field that pairs
    it with its answer, or empty."""

    name: str
    doc: str
    schema: Schema
    examples: tuple[Any, ...] = ()
    content: str = "application/json"
    answered_by: str = ""


@dataclass(frozen=True, slots=True)
class Channel:
    """One topic, or a pattern of topics. ``address`` has ``{parameters}``; a kind's begins after the device's name.

    ``expires_seconds``: how long a broker that speaks MQTT 5 keeps it. ``answer``: the address of the channel on which
    it is answered, or empty.
    """

    name: str
    address: str
    speaker: Speaker
    doc: str
    messages: tuple[Message, ...]
    qos: int = 1
    retain: bool = False
    expires_seconds: int | None = None
    answer: str = ""


def channels_of(kind: Kind, at: str) -> tuple[Channel, ...]:
    """What a device of this kind says and is told, in the order in which its maker will want to read it.

    ``at``: the topics of a device, such as ``demo/preface/wash``, for the example that names one.
    """
    return (*_spoken(kind), *_told(kind), _error(kind, at))


def _spoken(kind: Kind) -> Iterator[Channel]:
    for name, body in kind.events.items():
        address = f"{kind.channel_of(name)}/{name}"
        schema = _own_first(schema_of(body))
        message = Message(f"{kind.name}.{address.replace('/', '.')}", _words(body), schema, _examples(kind, address))
        yield Channel(message.name, address, "device", message.doc, (message,))
    if kind.state.model_fields:
        message = Message(f"{kind.name}.state", _words(kind.state), schema_of(kind.state), _examples(kind, "state"))
        yield Channel(message.name, "state", "device", message.doc, (message,), retain=True)
    yield _status(kind)


def _told(kind: Kind) -> Iterator[Channel]:
    ack = "ack" if kind.properties or kind.commands else ""
    if kind.properties:
        wants = tuple(_want(kind, one) for one in kind.properties)
        doc = "What the device shall show or be from now on. Not retained: a device that comes back is asked again."
        yield Channel(f"{kind.name}.set", "set", "house", doc, wants, answer=ack)
    for command in kind.commands:
        message = _command(kind, command)
        yield Channel(
            message.name,
            f"do/{command.name}",
            "house",
            _words(command.body),
            (message,),
            expires_seconds=ceil(command.expires_seconds),
            answer=ack,
        )
    if ack:
        yield _ack(kind)


def confirmation(property_: Property) -> str:
    """What shows that a want is met, within which time, and what becomes of it otherwise."""
    reports = ", ".join(f"`{one}`" for one in property_.reports)
    if not reports:
        return "Nothing confirms it."
    rule = _words(property_.confirmed)
    how = f" by {reports}: {rule[0].lower()}{rule[1:]}" if rule else f" by {reports}."
    if property_.within_seconds is None:
        return f"Confirmed in the reported state{how} Nobody waits for it unless a scene says so."
    again = f"it is asked again {_times(property_.retry)}; then " if property_.retry else ""
    within = f"Confirmed in the reported state, within {property_.within_seconds:g} s,"
    return f"{within}{how} Else {again}it counts as not done."


def repetition(command: Command) -> str:
    """What becomes of a command without an answer, and of one that was answered with no."""
    resent = f"told again {_times(command.retry)}, under the same id: do an id once"
    unanswered = resent if command.repeatable and command.retry else "never told again"
    no = f"After `ok: false` it is told {_times(command.retry)} more, under a new id." if command.retry else ""
    return f"Answer on `ack` within {command.within_seconds:g} s; without an answer it is {unanswered}. {no}".strip()


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _words(body: object) -> str:
    """The first paragraph of what a declaration says of itself; not what the class above it says."""
    return " ".join(cleandoc(body.__doc__ or "").partition("\n\n")[0].replace("``", "`").split())


def _own_first(schema: Schema) -> Schema:
    """Whose an event is and its own fields before those that all events have."""
    fields = schema["properties"]
    sessions = list(SessionBody.model_fields)
    order = sorted(fields, key=lambda name: (name in EventBody.model_fields, name not in sessions))
    return {**schema, "properties": {name: fields[name] for name in order}}


def _examples(kind: Kind, name: str) -> tuple[Any, ...]:
    return (dict(kind.examples[name]),) if name in kind.examples else ()


def _status(kind: Kind) -> Channel:
    words = ("online", "offline")
    plain = Message(
        f"{kind.name}.status.plain", "As a word.", {"type": "string", "enum": list(words)}, words, "text/plain"
    )
    state = {"type": "string", "enum": list(words), "description": "whether the device is there"}
    schema: Schema = {"type": "object", "properties": {"state": state}, "required": ["state"]}
    as_object = Message(
        f"{kind.name}.status", "The same as a JSON object.", schema, tuple({"state": word} for word in words)
    )
    doc = "Online when the device has connected; offline as its will, and before it leaves by itself."
    return Channel(f"{kind.name}.status", "status", "device", doc, (plain, as_object), retain=True)


def _want(kind: Kind, property_: Property) -> Message:
    values = [*_samples(kind, property_), *([property_.idle] if property_.idle is not None else [])]
    examples = tuple(json.loads(tell_want(one, FADE_SECONDS, WANT_ID, EPOCH)) for one in values)
    keys = " or ".join(ask.key for ask in property_.asks)
    by = f", by {keys}" if keys != property_.name else ""
    return Message(
        f"{kind.name}.set.{property_.name}",
        f"Asks for {property_.name}{by}. {confirmation(property_)}",
        want_schema(property_),
        examples,
        answered_by="id",
    )


def _samples(kind: Kind, property_: Property) -> Iterator[Fields]:
    """A value for each way to ask that no other way brings along, as a look does a level."""
    brought = {name for ask in property_.asks for name in carried_by(ask) if name != ask.key}
    for ask in property_.asks:
        if ask.key not in brought:
            yield _sample(kind, ask)


def _sample(kind: Kind, ask: Ask) -> Fields:
    """A value as in the kind's own example of its state, else any that is allowed."""
    shown: Mapping[str, Scalar] = kind.examples.get("state", {})
    found: dict[str, Scalar] = {}
    for name, schema in carried_by(ask).items():
        if name == "with":
            found |= {f"with.{given}": value for given, value in schema["examples"][0].items()}
        else:
            found[name] = schema["examples"][0] if shown.get(name) is None else shown[name]
    return found


def _command(kind: Kind, command: Command) -> Message:
    name = f"do/{command.name}"
    examples = tuple(
        json.loads(tell_command(_whole(command, one), COMMAND_ID, EPOCH, EXPIRES)) for one in _examples(kind, name)
    )
    doc = f"{_words(command.body)} {repetition(command)}"
    return Message(f"{kind.name}.do.{command.name}", doc, command_schema(command), examples, answered_by="id")


def _whole(command: Command, fields: Fields) -> Fields:
    """With the defaults of what is not given, as a scene's command leaves the house."""
    found: dict[str, Scalar] = checked(command.body, dict(fields)).model_dump()
    return found


def _ack(kind: Kind) -> Channel:
    done = AckBody(id=COMMAND_ID, ok=True).model_dump(exclude_unset=True)
    refused = AckBody(id=WANT_ID, ok=False, reason="no such file").model_dump()
    message = Message(f"{kind.name}.ack", _words(AckBody), schema_of(AckBody), (done, refused), answered_by="id")
    needed = "Needed for each command" if kind.commands else "Needed"
    doc = f"{needed}; for a want only to say no (ok false): the reported state is what confirms it."
    return Channel(message.name, "ack", "device", doc, (message,))


def _error(kind: Kind, at: str) -> Channel:
    said = next(iter(_spoken(kind)))
    pointer, reason = _complaint(kind.state)
    example = ErrorBody(topic=f"{at}/{said.address}", pointer=pointer, reason=reason)
    message = Message(f"{kind.name}.error", _words(ErrorBody), said_schema(ErrorBody), (json.loads(example.payload()),))
    doc = "What was wrong with the device's last payload; it changed nothing. At most one a second."
    return Channel(message.name, "error", "house", doc, (message,), qos=0)


def _complaint(body: type[Any]) -> tuple[str, str]:
    """What the house really says of a field that it does not know."""
    try:
        checked(body, {SURPRISE: 1})
    except DeviceError as error:
        return error.pointer, error.reason
    raise TypeError(f"{body.__name__} takes any field")
