"""JSON Schema of every body that crosses the broker, from the declarations that read and write them.

The dialect is draft 7, which AsyncAPI 3.0 takes without naming it. pydantic's schemas of flat bodies are within it.

Who reads decides how strict a schema is. What devices and people say is read by the house, which refuses a field it
does not know: ``additionalProperties`` is false. What the house says may get new fields; whoever reads it leaves out
what it does not know.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from devices.vocabulary import Ask, Command, Property, Scalar

Schema = dict[str, Any]  # a JSON document

_TEXT: Schema = {"type": "string"}
_SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1, "examples": [0.8]}
_COLOUR: Schema = {"type": "string", "pattern": "^#[0-9a-f]{6}$", "examples": ["#ffc58f"]}
_SWITCH: Schema = {"type": "boolean", "examples": [True]}

# What a want carries for each type of ask: a look, a clip and a page are names of the venue's that bring fields along.
_CARRIED: Mapping[str, Mapping[str, Schema]] = {
    "look": {
        "look": {**_TEXT, "description": "the look's name in the venue's files", "examples": ["warm"]},
        "level": {**_SHARE, "description": "brightness of that look, 0 to 1; absent: the look's own"},
        "colour": {**_COLOUR, "description": "colour of that look, #rrggbb"},
    },
    "clip": {
        "play": {**_TEXT, "description": "the file to play", "examples": ["opening.mp4"]},
        "clip": {**_TEXT, "description": "the role by which scenes call the file", "examples": ["opening_film"]},
        "loop": {**_SWITCH, "description": "true: from the beginning again when it has ended"},
    },
    "page": {
        "page": {**_TEXT, "description": "the page's name in the venue's files", "examples": ["figures"]},
        "with": {
            "type": "object",
            "additionalProperties": {"type": ["string", "number", "boolean", "null"]},
            "description": "what the page is given: values by name",
            "examples": [{"inside": 42}],
        },
    },
}
_PLAIN: Mapping[str, Schema] = {
    "level": {**_SHARE, "description": "0 to 1"},
    "colour": {**_COLOUR, "description": "#rrggbb, small letters"},
    "switch": {**_SWITCH, "description": "true is on"},
}
_LEADING = {"look": "look", "clip": "play", "page": "page"}  # the field of those that is always there

_EPOCH: Schema = {
    "type": "integer",
    "description": "grows with each start of the controller: what has a lower one than the last is from before",
}
_WANT_TAIL: Mapping[str, Schema] = {
    "fade": {"type": "number", "exclusiveMinimum": 0, "description": "seconds to get there; absent: at once"},
    "id": {"type": "string", "description": "the want's id; the same when it is asked again"},
    "epoch": _EPOCH,
}
_AT: Schema = {
    "type": "number",
    "exclusiveMinimum": 0,
    "description": "seconds into the clip at which it begins, now or at `start_at`; absent: at its beginning; "
    "behind its end: it has ended",
}
_START_AT: Schema = {
    "type": "number",
    "description": "epoch seconds at which several begin in step: load it at once, begin then; later, join the others",
}
_COMMAND_TAIL: Mapping[str, Schema] = {
    "id": {"type": "string", "description": "the command's id: do an id once, answer it each time"},
    "epoch": _EPOCH,
    "expires": {"type": "number", "description": "not to be done after: epoch seconds"},
}


def schema_of(body: type[object]) -> Schema:
    """Of a pydantic body or a dataclass, as it is read. Whole in itself: nothing in it refers to anything."""
    found = TypeAdapter(body).json_schema(by_alias=True)
    found.pop("description", None)  # what says "the body on …" for programmers; the message has words of its own
    return _plain(found, found.pop("$defs", {}))


def said_schema(body: type[object]) -> Schema:
    """Of a body that the house says: what is absent is left out, never null, and fields may be added."""
    found = schema_of(body)
    found.pop("additionalProperties", None)
    found["properties"] = {name: _there(one) for name, one in found["properties"].items()}
    return found


def _there(schema: Schema) -> Schema:
    named = [way for way in schema.get("anyOf", ()) if way != {"type": "null"}]
    if len(named) != 1:
        return schema
    return {**{key: value for key, value in schema.items() if key != "anyOf"}, **named[0]}


def want_schema(property_: Property) -> Schema:
    """Of the body on ``…/set`` that asks for this property. A want is about one property."""
    fields = wanted_fields(property_)
    leading = list(dict.fromkeys(_LEADING.get(ask.of, ask.key) for ask in property_.asks))
    leading += [name for name in property_.idle or {} if name not in leading]
    more = {"at": _AT} if property_.resumes else {}
    more |= {"start_at": _START_AT} if property_.in_step else {}
    found: Schema = {"type": "object", "properties": {**fields, **more, **_WANT_TAIL}, "required": ["id", "epoch"]}
    return found | {"anyOf": [{"required": [name]} for name in leading]} if leading else found


def wanted_fields(property_: Property) -> Schema:
    """Schema by name of what such a want may carry, without its id, epoch and fade."""
    fields: Schema = {}
    for ask in property_.asks:
        for name, schema in carried_by(ask).items():
            if name not in fields or ask.of in _PLAIN:
                fields[name] = dict(schema)
    for name, value in (property_.idle or {}).items():
        fields[name] = _allowing(fields.get(name), value)
    return fields


def carried_by(ask: Ask) -> Mapping[str, Schema]:
    """Schema by name of the fields that one way to ask brings along."""
    if ask.of == "word":
        return {
            ask.key: {**_TEXT, "enum": list(ask.words), "description": "one of these words", "examples": [*ask.words]}
        }
    return _CARRIED[ask.of] if ask.of in _CARRIED else {ask.key: _PLAIN[ask.of]}


def command_schema(command: Command) -> Schema:
    """Of the body on ``…/do/{command}``."""
    found = schema_of(command.body)
    found.pop("additionalProperties", None)
    found["properties"] = {**found.get("properties", {}), **_COMMAND_TAIL}
    found["required"] = [*found.get("required", ()), *_COMMAND_TAIL]
    return found


def _allowing(schema: Schema | None, value: Scalar) -> Schema:
    """The schema, widened where an idle value is null, or made from the value where no ask has that name."""
    if schema is None:
        words = {bool: "boolean", int: "integer", float: "number", str: "string", type(None): "null"}
        return {"type": words[type(value)], "description": "asked for when nothing else is", "examples": [value]}
    if value is not None:
        return schema
    return {**schema, "type": [schema["type"], "null"], "description": f"{schema['description']}; null: nothing"}


def _plain(schema: Schema, defined: Mapping[str, Schema]) -> Schema:
    """Without what pydantic adds for readers of Python: titles, null as the default of what may be absent, references.

    A reference would be looked up in the document around the schema, where nothing has that name.
    """
    found: Schema = {}
    for key, value in schema.items():
        if key == "$ref":
            found = _plain(defined[value.rpartition("/")[2]], defined) | found
        elif key == "properties":
            found[key] = {name: _plain(one, defined) for name, one in value.items()}
        elif key in ("anyOf", "allOf", "oneOf"):
            found[key] = [_plain(one, defined) for one in value]
        elif key in ("items", "additionalProperties") and isinstance(value, dict):
            found[key] = _plain(value, defined)
        elif key != "title" and (key, value) != ("default", None):
            found[key] = value
    return found
