"""Forms as JSON Schema: what pydantic says of a model, less what it adds for itself, with the docstrings as texts."""

import ast
import inspect
import sys
from collections.abc import Mapping
from functools import cache
from typing import Any

from controller.venue.language import forms
from controller.venue.language.forms import Form

Schema = dict[str, Any]


def form_schema(form: type[Form]) -> Schema:
    """A form's table, with its docstrings as descriptions."""
    found = plain_schema(form.model_json_schema(by_alias=True))
    docs = _docs(form.__module__)[form.__name__]
    for name in form.model_fields:
        found["properties"][name.rstrip("_")] = described(found["properties"][name.rstrip("_")], docs[name])
    return found


_SHARE = r"^(100(\.0+)?|[0-9]{1,2}(\.[0-9]+)?)%$"
MEASURES: Schema = {
    "level": {"type": "string", "pattern": _SHARE},
    "dimming": {"type": "string", "pattern": _SHARE},
    "decibels": {"type": "string", "pattern": r"^[0-9]{1,2}(\.[0-9])?dB$"},
    "trim": {"type": "string", "pattern": r"^([+-]?[0-9]{1,2}(\.[0-9])?dB|[+-][0-9]{1,3}(\.[0-9]+)?%)$"},
}


def described(schema: Schema, text: str) -> Schema:
    """What stands beside a $ref counts for nothing in draft 7."""
    return {"description": text, "allOf": [schema]} if "$ref" in schema else {**schema, "description": text}


def plain_schema(schema: Schema) -> Schema:
    """Without what pydantic adds for itself: titles, null where a key may be absent, defaults that say nothing."""
    found = {key: value for key, value in schema.items() if key != "title"}
    found["properties"] = {name: _value(value) for name, value in schema.get("properties", {}).items()}
    found.setdefault("additionalProperties", False)
    return found


def _value(schema: Schema) -> Schema:
    kept = {key: value for key, value in schema.items() if key not in ("title", "default")}
    if forms.DEFINED in kept:
        return {"$ref": f"#/definitions/{kept.pop(forms.DEFINED)}"} | kept
    several = [one for one in kept.get("anyOf", ()) if one != {"type": "null"}]
    if len(several) == 1:
        del kept["anyOf"]
        return {**_value(several[0]), **kept}
    return {**kept, "anyOf": [_value(one) for one in several]} if several else kept


@cache
def _docs(module: str) -> Mapping[str, Mapping[str, str]]:
    """The docstring below each field of each form of a module."""
    found: dict[str, dict[str, str]] = {}
    for class_ in ast.parse(inspect.getsource(sys.modules[module])).body:
        if isinstance(class_, ast.ClassDef):
            fields = found.setdefault(class_.name, {})
            for field, doc in zip(class_.body, class_.body[1:], strict=False):
                if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
                    match doc:
                        case ast.Expr(value=ast.Constant(value=str(text))):
                            fields[field.target.id] = text
    return found
