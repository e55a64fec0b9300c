"""Steps for editors: one verb each, some with keys beside it."""

from collections.abc import Iterable

from controller.venue.language.branching import MOST_TIMES
from controller.venue.language.forms import StepForm
from controller.venue.language.step_forms import RepeatForm, TimelineForm
from controller.venue.language.timelines import OFFSET
from controller.venue.schema_forms import Schema, form_schema


def steps_schema(players: Iterable[str]) -> Schema:
    """The definitions of a step and of what stands within one. ``players``: the devices that play films."""
    some_steps = {"anyOf": [_ref("step"), {"type": "array", "items": _ref("step"), "minItems": 1}]}
    ways = {"type": "object", "additionalProperties": _ref("some_steps"), "minProperties": 1}
    return {
        "step": _step(),
        "some_steps": some_steps,
        "choices": {"anyOf": [{"type": "null"}, {"type": "string", "pattern": r"\$[a-z]"}, ways]},
        "branches": {"type": "array", "items": _ref("some_steps"), "minItems": 2},
        "call": {
            "anyOf": [
                {"type": "string"},
                {"type": "object", "additionalProperties": {"type": "object"}, "minProperties": 1, "maxProperties": 1},
            ]
        },
        "times": {"type": "integer", "minimum": 1, "maximum": MOST_TIMES},
        "player": {"anyOf": [_one_of(players), _ref("put_in")]},
        "moments": {
            "type": "object",
            "patternProperties": {f"^{OFFSET}$": _ref("wants")},
            "additionalProperties": False,
            "minProperties": 1,
        },
    }


def _one_of(words: Iterable[str]) -> Schema:
    """Where there are none, nothing fits (draft 7 has no empty enumeration)."""
    known = list(words)
    return {"enum": known} if known else {"type": "string", "pattern": "(?!)"}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


def _step() -> Schema:
    """One table for all steps, so that an editor names the wrong key and not the wrong verb."""
    found = {**form_schema(StepForm), "minProperties": 1, "maxProperties": 1}
    wide = {
        "repeat": form_schema(RepeatForm),
        "timeline": form_schema(TimelineForm),
        "choose": {
            "type": "object",
            "properties": {"choose": found["properties"]["choose"]},
            "additionalProperties": _ref("some_steps"),
        },
    }
    for verb, one in wide.items():
        found = {"if": {"type": "object", "required": [verb]}, "then": one, "else": found}
    return found
