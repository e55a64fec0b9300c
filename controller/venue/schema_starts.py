"""The ways to start in the schema."""

from controller.venue.language.forms import ByForm, WhenForm, WhileForm
from controller.venue.language.hours_forms import AtForm
from controller.venue.language.several_forms import AllForm, InOrderForm, WithoutForm
from controller.venue.schema_forms import Schema, form_schema


def start_schema() -> Schema:
    """One table for all ways, so that an editor names the wrong key and not the wrong way."""
    forms = (AllForm, InOrderForm, WithoutForm, WhenForm, WhileForm, AtForm, ByForm)
    ways = [form_schema(form) for form in forms]
    return {
        "type": "object",
        "description": "A way to start: when something comes, while it holds, by silence, at a time, or by an order.",
        "properties": {key: value for way in ways for key, value in way["properties"].items()},
        "additionalProperties": False,
        "oneOf": [{"required": way["required"]} for way in ways],
        "dependencies": {
            "for": _one_of("when", "without"),
            "gap": ["for", "when"],
            "gives": ["when"],
            "within": _one_of("all", "in_order"),
            "days": ["at"],
            "late": ["at"],
        },
    }


def _one_of(*keys: str) -> Schema:
    """One of these keys stands beside it."""
    return {"anyOf": [{"required": [key]} for key in keys]}
