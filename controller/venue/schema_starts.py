"""The ways to start in the schema."""

from controller.venue.language.forms import ByForm, WhenForm, WhileForm
from controller.venue.language.hours_forms import AtForm
from controller.venue.schema_forms import Schema, form_schema


def start_schema() -> Schema:
    """One table for all ways, so that an editor names the wrong key and not the wrong way."""
    ways = [form_schema(form) for form in (WhenForm, WhileForm, AtForm, ByForm)]
    return {
        "type": "object",
        "description": "A way to start: when something is true or happens, while it holds, at a time, or by an order.",
        "properties": {key: value for way in ways for key, value in way["properties"].items()},
        "additionalProperties": False,
        "oneOf": [{"required": way["required"]} for way in ways],
        "dependencies": {"for": ["when"], "gap": ["for"], "gives": ["when"], "days": ["at"], "late": ["at"]},
    }
