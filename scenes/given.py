"""What ``$name`` stands for while a scene is played: what started the run gave it, or else a variable of the venue."""

from collections.abc import Mapping

from devices.vocabulary import Scalar
from scenes.condition import plain
from scenes.decision import Decision
from scenes.model import Given


def look_up(decision: Decision, params: Mapping[str, Scalar], given: Given) -> Scalar:
    """Parameters first, then the venue's values; None: nobody knows it. A column is looked up in the row so named."""
    if not given.catalogue:
        key = f"{given.name}.{given.column}" if given.column else given.name
        if key in params:
            return params[key]
        is_table = given.column and given.name in decision.venue.variables
        return decision.stage.values.get(key, 0 if is_table else None)
    row_id = params.get(given.name)
    if not given.column:
        return row_id
    rows = decision.venue.catalogues.get(given.catalogue, ())
    row = next((one for one in rows if one.id == row_id), None)
    return row.cells.get(given.column) if row is not None else None


def put_in(decision: Decision, params: Mapping[str, Scalar], parts: tuple[str | Given, ...]) -> str:
    """A text for people, with what its names stand for now."""
    return "".join(one if isinstance(one, str) else plain(look_up(decision, params, one)) for one in parts)
