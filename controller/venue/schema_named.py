"""Variables, facts and modes for editors: the definitions that their forms lean on."""

from collections.abc import Iterable
from typing import Any

from controller.venue.language.named import RESETS
from controller.venue.language.named_forms import FactForm, ModeForm, SilenceForm, VariableForm
from controller.venue.language.params import PLAIN
from controller.venue.schema_forms import Schema, form_schema


def named_definitions(events: Iterable[str], catalogues: Iterable[str]) -> Schema:
    """``events``, ``catalogues``: what this venue's author can choose from."""
    words: Schema = {"type": "array", "items": {"type": ["string", "number", "boolean"]}, "minItems": 1}
    param: Schema = {"anyOf": [{"enum": [*PLAIN, *catalogues]}, words]}
    heard = list(dict.fromkeys(events))
    event: Schema = {"enum": heard} if heard else {"type": "string"}
    amount: Schema = {"type": ["string", "number"]}
    return {
        "params": {"type": "object", "additionalProperties": param},
        "variables_part": {"type": "object", "additionalProperties": _one_of_sorts(form_schema(VariableForm))},
        "modes_part": {"type": "object", "additionalProperties": form_schema(ModeForm)},
        "made_quieter": {"type": "object", "additionalProperties": {"type": "string"}, "minProperties": 1},
        "instead": {"type": "object", "additionalProperties": {"type": "string"}},
        "facts_part": {"type": "object", "additionalProperties": form_schema(FactForm)},
        "events": {"anyOf": [event, {"type": "array", "items": event, "minItems": 1}]},
        "resets": {"anyOf": [{"enum": list(RESETS)}, form_schema(SilenceForm)]},
        "added": {"type": "object", "additionalProperties": amount, "minProperties": 1},
        "assigned": {"type": "object", "additionalProperties": amount, "minProperties": 1},
    }


def _one_of_sorts(form: dict[str, Any]) -> Schema:
    return {**form, "anyOf": [{"required": [key]} for key in ("number", "word")]}
