"""What a command is told with, and what pydantic says of it, in plain words and with a place."""

from collections.abc import Mapping

from pydantic import ValidationError

from controller.venue.findings import Finding, Gather, VenueError, Words, near, say, wrong
from controller.venue.language.scope import Scope
from controller.venue.language.values import scalar
from controller.venue.source.nodes import Table, Text
from devices.vocabulary import Command, Fields
from scenes.model import Given, Place, Put

_SAID: Mapping[str, tuple[str, tuple[str, ...]]] = {  # type of error → sentence after the value, keys of its context
    "string_type": ("'{}' is a number, a text is wanted", ()),
    "int_type": ("'{}' is not a whole number", ()),
    "int_from_float": ("'{}' is not a whole number", ()),
    "float_type": ("'{}' is not a number", ()),
    "bool_type": ("'{}' is neither true nor false", ()),
    "greater_than": ("'{}' must be above {}", ("gt",)),
    "greater_than_equal": ("'{}' must be at least {}", ("ge",)),
    "less_than": ("'{}' must be below {}", ("lt",)),
    "less_than_equal": ("'{}' may be at most {}", ("le",)),
    "string_too_short": ("'{}' is shorter than {} characters", ("min_length",)),
    "string_too_long": ("'{}' is longer than {} characters", ("max_length",)),
    "literal_error": ("'{}' is none of {}", ("expected",)),
}


def read_fields(command: Command, fields: Table, name: Place, scope: Scope) -> tuple[Fields, tuple[Put, ...]]:
    """The fields, and what is put into them when they are told; whatever it can be is checked. Raises findings."""
    entries = dict(fields.entries)
    puts: list[Put] = []
    tried: list[tuple[str, Text]] = []
    for key, node in fields:
        given = scope.value(node)
        if isinstance(given, Given):
            possible = scope.possible(given)
            choices = {value: {key: scalar(text)} for value, text in (possible or {}).items()}
            puts.append(Put(given, key, choices if possible is not None else None))
            texts = list(possible.values()) if possible is not None else [scope.sample(given)]
            entries[key] = texts[0] if texts else node
            tried += [(key, text) for text in texts[1:]]
    checked = _checked(command, Table(entries, fields.keys, fields.place), name)
    gather = Gather()
    for key, text in tried:
        gather.attempt(_checked, command, Table({**entries, key: text}, fields.keys, fields.place), name)
    gather.stop()
    return {key: value for key, value in checked.items() if key not in {put.key for put in puts}}, tuple(puts)


def _checked(command: Command, fields: Table, name: Place) -> Fields:
    try:
        return command.body.model_validate({key: scalar(value) for key, value in fields}).model_dump()
    except ValidationError as error:
        raise VenueError(_body_findings(command, error, fields, name)) from None


def _body_findings(command: Command, error: ValidationError, fields: Table, name: Place) -> list[Finding]:
    """A finding for each fault; what is missing is one. ``name``: where the command stands."""
    found: list[VenueError] = []
    missing: list[str] = []
    for one in error.errors(include_url=False):
        key = str(one["loc"][0]) if one["loc"] else ""
        if one["type"] == "missing":
            missing.append(key)
        elif one["type"] == "extra_forbidden":
            free = [known for known in command.body.model_fields if known not in fields.keys]
            found.append(wrong(fields.keys[key], "{} has no field '{}'", command.name, key, hint=near(key, free)))
        else:
            node = fields.get(key)
            text = node.text if isinstance(node, Text) else key
            sentence, context = _SAID.get(one["type"], ("'{}' does not fit: {}", ("error",)))
            values = [(one.get("ctx") or {}).get(name, one["msg"]) for name in context]
            hint = say("put it in quotes") if one["type"] == "string_type" else _range_hint(command, key)
            found.append(wrong(node.place if node is not None else name, sentence, text, *values, hint=hint))
    unknown = {str(one["loc"][0]) for one in error.errors() if one["type"] == "extra_forbidden"}
    missing = [key for key in missing if not any(near(other, [key]) and _is_near(other, key) for other in unknown)]
    if missing:
        found.append(wrong(name, "{} needs {}", command.name, ", ".join(missing)))
    return [finding for one in found for finding in one.findings]


def _range_hint(command: Command, key: str) -> Words:
    """From what to what a field may be, or the one bound that is said."""
    schema = command.body.model_json_schema()["properties"].get(key, {})
    least, most = schema.get("minimum"), schema.get("maximum")
    if least is not None and most is not None:
        return say("write {} from {} to {}", key, least, most)
    return say("see the commands of this kind in docs/devices.md")


def _is_near(written: str, meant: str) -> bool:
    return near(written, [meant]).template == "did you mean '{}'?"
