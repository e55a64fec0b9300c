"""What a scene is given when it starts, checked against what it needs: missing, unknown, of another type."""

from collections.abc import Collection

from devices.vocabulary import Fields, Scalar
from scenes.condition import CALLED, plain
from scenes.model import Param, Venue


class Misfit(ValueError):  # noqa: N818 - told to whoever gave it
    """What is given does not fit; the words say which name, and why."""


def fitting(venue: Venue, params: Collection[Param], fields: Fields) -> dict[str, Scalar]:
    """The fields by these names, each of its type. What else is among ``fields`` is left out. Raises ``Misfit``."""
    missing = [one.name for one in params if fields.get(one.name) is None]
    if missing:
        raise Misfit(f"{', '.join(missing)} is missing" if len(missing) == 1 else f"{', '.join(missing)} are missing")
    for one in params:
        _check(venue, one, fields[one.name])
    return {one.name: fields[one.name] for one in params}


def check_known(params: Collection[Param], fields: Fields) -> None:
    """Raises ``Misfit`` where something is given that nobody asked for."""
    unknown = [name for name in fields if name not in {one.name for one in params}]
    if unknown:
        known = f"; it takes {', '.join(one.name for one in params)}" if params else ""
        raise Misfit(f"nobody needs {', '.join(unknown)}{known}")


def _check(venue: Venue, param: Param, value: Scalar) -> None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if param.type == "number":
        if not is_number:
            raise Misfit(f"{param.name} is {plain(value)}, and must be {CALLED['number']}")
    elif not isinstance(value, str):
        raise Misfit(f"{param.name} is {plain(value)}, and must be {CALLED['text']}")
    elif param.type == "row":
        if not any(row.id == value for row in venue.catalogues.get(param.catalogue, ())):
            raise Misfit(f"{param.name} is {value}, which is no row of {param.catalogue}")
    elif param.type != "text" and value not in param.words:
        raise Misfit(f"{param.name} is {value}, which is none of {', '.join(param.words[:12])}")
