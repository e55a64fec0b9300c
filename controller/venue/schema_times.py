"""The calendar's part of the schema: hours, times of day, weekdays and dates."""

from controller.venue.language.hours_forms import HoursForm
from controller.venue.schema_forms import Schema, form_schema
from scenes.hours import WEEKDAYS

_CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9]"
_SPAN = rf"{_CLOCK}-({_CLOCK}|24:00)"
_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"


def schema_of_times(time: str) -> Schema:
    """Definitions by name. ``time``: the pattern of a duration."""
    at = rf"^({_CLOCK}|(opening|closing|sunset)(\s*[+-]\s*{time})?)$"
    put_in = {"$ref": "#/definitions/put_in"}
    span = {"type": "string", "pattern": f"^{_SPAN}$"}
    days = {"enum": list(WEEKDAYS)}
    spans = {"anyOf": [span, {"type": "array", "items": span, "minItems": 1}]}
    return {
        "hours_part": form_schema(HoursForm),
        "late": {"anyOf": [{"enum": ["run", "skip"]}, put_in]},
        "zone": {"type": "string", "pattern": r"^[A-Za-z_]+(/[A-Za-z0-9_+-]+)*$"},
        "spans": spans,
        "days": {"anyOf": [days, {"type": "array", "items": days, "minItems": 1}]},
        "evenings": {
            "type": "object",
            "properties": dict.fromkeys(WEEKDAYS, spans),
            "additionalProperties": False,
            "minProperties": 1,
        },
        "special": {
            "type": "object",
            "patternProperties": {f"^{_DATE}$": {"anyOf": [*spans["anyOf"], {"const": "closed"}]}},
            "additionalProperties": False,
            "minProperties": 1,
        },
        "date": {"type": "string", "pattern": f"^{_DATE}$"},
        "where": {"type": "array", "items": {"type": "number"}, "minItems": 2},
        "scene_hours": {"anyOf": [{"const": "open"}, span, put_in]},
        "time_of_day": {"anyOf": [{"type": "string", "pattern": at}, put_in]},
        "clock": {
            "type": "object",
            "patternProperties": {at: {"$ref": "#/definitions/wants"}, r"\$": {"$ref": "#/definitions/wants"}},
            "additionalProperties": False,
            "minProperties": 1,
        },
    }
