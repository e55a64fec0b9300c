"""The page for device makers, in Markdown, from the same channels as the AsyncAPI document.

Each message has a line that can be pasted into a terminal. It names a device that the example venue really has, where
it has one of that kind.
"""

import json
import shlex
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from controller.export.channels import Channel, Message, channels_of
from controller.export.house import house_channels
from controller.export.prose import AFTER, ALL_ALIKE, HOUSE, INTRODUCTION
from controller.export.schemas import Schema
from controller.export.visits import visit_part
from devices.vocabulary import Kind
from scenes.model import Venue

COMMON = ("status", "ack", "error")  # alike for every kind: told once
_TYPES = {"boolean": "true or false", "integer": "whole number", "string": "text"}
_SAMPLES = {"{verb}": "start", "{target}": "hello", "{id}": "remote-17", "{scene}": "welcome", "{cell}": "house"}


def device_page(kinds: Mapping[str, Kind], example: Venue) -> str:
    """The page for these kinds; ``example`` is the venue whose devices the lines name."""
    places = _places(kinds, example)
    channels = {name: channels_of(kind, places[name]) for name, kind in kinds.items()}
    parts = [
        INTRODUCTION,
        _contents(kinds),
        ALL_ALIKE,
        *_alike(channels, places),
        AFTER,
        *(part for name, kind in kinds.items() for part in _kind(kind, channels[name], places[name])),
        HOUSE,
        *_house(example.id),
    ]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _places(kinds: Iterable[str], example: Venue) -> dict[str, str]:
    """For each kind the topics of a device: one that the venue has, or one that it could have."""
    places = {kind: f"{example.id}/{example.halls()[0]}/{kind}" for kind in kinds}
    for device in reversed(list(example.devices.values())):
        places[device.kind.name] = f"{example.id}/{device.id.replace('.', '/')}"
    return places


def _contents(kinds: Mapping[str, Kind]) -> str:
    rows = [[f"[`{one.name}`](#{one.name})", one.title, one.title_zh, _gist(one)] for one in kinds.values()]
    return _table(["kind", "what it is", "类型", "in short"], rows)


def _gist(kind: Kind) -> str:
    says = [f"`{event}`" for event in kind.events]
    asks = [f"`{ask.key}`" for one in kind.properties for ask in (*one.asks, one.relative) if ask is not None]
    told = [f"`{command.name}`" for command in kind.commands]
    parts = (("says", says), ("can be asked for", asks), ("told to", told))
    return "; ".join(f"{verb} {', '.join(words)}" for verb, words in parts if words)


def _alike(channels: Mapping[str, tuple[Channel, ...]], places: Mapping[str, str]) -> Iterator[str]:
    """Status, ack and error, as one kind has them that has all three."""
    name = max(channels, key=lambda one: sum(channel.address in COMMON for channel in channels[one]))
    for channel in channels[name]:
        if channel.address in COMMON:
            heading, *rest = _channel(channel, places[name])
            yield from (heading, channel.doc, *rest)


def _kind(kind: Kind, channels: tuple[Channel, ...], at: str) -> Iterator[str]:
    _, hall, name = at.split("/")
    own = [channel for channel in channels if channel.address not in COMMON]
    yield f"## {kind.name}"
    yield f"**{kind.title} · {kind.title_zh}.** In `venue.yaml`: `{hall}.{name}: {{kind: {kind.name}}}`. {_words(kind)}"
    yield _summary(channels, "…")
    for channel in own:
        yield from _channel(channel, at)
    if kind.visit:
        yield from visit_part(kind, at)


def _words(kind: Kind) -> str:
    """What scenes make of it: the words that a technician will use."""
    said = [f"`{word}` ({kind.spoken[word].zh})" if word in kind.spoken else f"`{word}`" for word in kind.words()]
    return f"Scenes know of it: {', '.join(said)}." if said else ""


def _house(venue: str) -> Iterator[str]:
    channels = house_channels()
    yield _summary(channels, "{venue}")
    seen: set[str] = set()
    for channel in channels:
        if not seen.issuperset(one.name for one in channel.messages):
            yield from _channel(channel, venue)
        seen.update(one.name for one in channel.messages)


def _channel(channel: Channel, at: str) -> Iterator[str]:
    """A heading, and for each of its bodies: what it is, its fields, and lines to paste."""
    yield f"### `{channel.address}`"
    for message in channel.messages:
        yield message.doc
        if message.schema.get("properties"):
            yield _fields(message.schema)
        if message.examples:
            if channel.speaker == "house" and channel.address.partition("/")[0] not in ("set", "do"):
                lines = list(hear_lines(channel, message, at))
            else:
                lines = [paste_line(channel, message, one, at) for one in message.examples]
                if channel.speaker == "house":
                    lines.insert(0, "# The house says:")
            yield "\n".join(("```sh", *lines, "```"))


def paste_line(channel: Channel, message: Message, example: Any, at: str) -> str:  # noqa: ANN401 - whatever JSON holds
    """The message as a command that says it, be it in the place of the house to try a device.

    An example's time is long past, and an event of then would start nothing: it is left out.
    """
    if channel.address.startswith(("event/", "session/")):
        example = {name: value for name, value in example.items() if name != "ts"}
    body = example if message.content == "text/plain" else json.dumps(example, ensure_ascii=False)
    retain = " -r" if channel.retain else ""
    return f"mosquitto_pub -h HOST -q {channel.qos}{retain} -t {_topic(channel, at)} -m {_quoted(body)}"


def hear_lines(channel: Channel, message: Message, at: str) -> Iterator[str]:
    """A command that hears it, and what it shows: nobody should say these in the house's place."""
    yield f"mosquitto_sub -h HOST -q {channel.qos} -t {_topic(channel, at)}"
    yield from (f"# {json.dumps(example, ensure_ascii=False)}" for example in message.examples)


def _topic(channel: Channel, at: str) -> str:
    address = channel.address
    for parameter, sample in _SAMPLES.items():
        address = address.replace(parameter, sample)
    return _quoted(f"{at}/{address}")


def _quoted(text: str) -> str:
    """In single quotes, always: a line to paste shall look the same with and without signs that a shell minds."""
    return shlex.quote(text) if "'" in text else f"'{text}'"


def _fields(schema: Schema) -> str:
    needed = set(schema.get("required", ()))
    either = {name for way in schema.get("anyOf", ()) for name in way["required"]}
    rows = []
    for name, one in schema["properties"].items():
        there = "always" if name in needed or either == {name} else "one of these" if name in either else "if any"
        rows.append([f"`{name}`", value_words(one), there, one.get("description", "")])
    return _table(["field", "value", "there", "meaning"], rows)


def value_words(schema: Schema) -> str:
    """What a value may be, in words: ``number, 0 to 1, or null``."""
    if "anyOf" in schema:
        ways = [value_words(one) for one in schema["anyOf"]]
        named = [way for way in ways if way != "null"]
        return " or ".join(named) + (", or null" if len(named) < len(ways) else "") + _default(schema)
    words = schema.get("enum", [schema["const"]] if "const" in schema else [])
    if words:
        return ", ".join(f"`{one}`" for one in words) + _default(schema)
    types = schema.get("type", "anything")
    if isinstance(types, list):
        first, *rest = types
        return value_words({**schema, "type": first}) + "".join(f", or {one}" for one in rest)
    word = _TYPES.get(str(types), str(types))
    return ", ".join(one for one in (word, _span(schema), _length(schema), _form(schema)) if one) + _default(schema)


def _span(schema: Schema) -> str:
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is not None and high is not None:
        return f"{_plainly(low)} to {_plainly(high)}"
    more = schema.get("exclusiveMinimum")
    ends = (("at least", low), ("more than", more), ("at most", high), ("less than", schema.get("exclusiveMaximum")))
    return ", ".join(f"{word} {_plainly(value)}" for word, value in ends if value is not None)


def _plainly(number: float) -> str:
    return str(int(number)) if number == int(number) else str(number)


def _length(schema: Schema) -> str:
    low, high = schema.get("minLength", 0), schema.get("maxLength")
    if high is None:
        return f"at least {low} characters" if low else ""
    return f"{low} to {high} characters" if low else f"at most {high} characters"


def _form(schema: Schema) -> str:
    return f"`{schema['pattern']}`" if "pattern" in schema else ""


def _default(schema: Schema) -> str:
    return f"; else {json.dumps(schema['default'], ensure_ascii=False)}" if schema.get("default", "") != "" else ""


def _summary(channels: Iterable[Channel], at: str) -> str:
    rows = [
        [f"`{at}/{one.address}`", one.speaker, str(one.qos), "yes" if one.retain else "no", one.doc] for one in channels
    ]
    return _table(["topic", "who speaks", "QoS", "retained", "what"], rows)


def _table(heads: list[str], rows: Iterable[list[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
