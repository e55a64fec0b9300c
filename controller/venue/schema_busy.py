"""What becomes of further starts, in the schema."""

from controller.venue.language.busy import LONGEST_QUEUE, MOST_PARALLEL
from controller.venue.language.busy_forms import ParallelForm, QueueForm
from controller.venue.language.forms import BUSY
from controller.venue.schema_forms import Schema, form_schema

_PUT_IN: Schema = {"$ref": "#/definitions/put_in"}


def busy_schemas() -> Schema:
    """Definitions: the value of ``busy``, its numbers, and what ``per`` names."""
    return {
        "busy": {"anyOf": [{"enum": list(BUSY)}, form_schema(QueueForm), form_schema(ParallelForm), _PUT_IN]},
        "queue_length": _number(1, LONGEST_QUEUE),
        "runs": _number(2, MOST_PARALLEL),
        "given_name": _PUT_IN,
    }


def _number(least: int, most: int) -> Schema:
    return {"anyOf": [{"type": "integer", "minimum": least, "maximum": most}, _PUT_IN]}
