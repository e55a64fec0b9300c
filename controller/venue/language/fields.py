"""What pydantic says of a command's fields, in plain words and with a place."""

from collections.abc import Mapping

from pydantic import ValidationError

from controller.venue.findings import Finding, VenueError, near, wrong
from controller.venue.source.nodes import Table, Text
from devices.vocabulary import Command
from scenes.model import Place

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


def body_findings(command: Command, error: ValidationError, fields: Table, name: Place) -> list[Finding]:
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
            hint = "put it in quotes" if one["type"] == "string_type" else ""
            found.append(wrong(node.place if node is not None else name, sentence, text, *values, hint=hint))
    unknown = {str(one["loc"][0]) for one in error.errors() if one["type"] == "extra_forbidden"}
    missing = [key for key in missing if not any(near(other, [key]) and _is_near(other, key) for other in unknown)]
    if missing:
        found.append(wrong(name, "{} needs {}", command.name, ", ".join(missing)))
    return [finding for one in found for finding in one.findings]


def _is_near(written: str, meant: str) -> bool:
    return near(written, [meant]).template == "did you mean '{}'?"
