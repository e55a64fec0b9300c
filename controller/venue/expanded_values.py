"""What scenes are given and what the venue counts, in full: parameters, catalogues of which rows are given."""

import json
from collections.abc import Mapping

from controller.venue.language.values import spell_duration
from scenes.model import Group, Param, Put, Venue, When


def params(several: tuple[Param, ...]) -> str | None:
    """``{guide: text, film: films, word: ["zh", "en"]}``; None where there are none."""
    if not several:
        return None
    return "{" + ", ".join(f"{one.name}: {_type(one)}" for one in several) + "}"


def put_in(puts: tuple[Put, ...]) -> dict[str, str]:
    """The fields that take a name's value, as they are written."""
    return {put.key: quoted(put.given.text) for put in puts if put.key}


def catalogues_given(venue: Venue) -> list[str]:
    """The catalogues of which scenes are given a row while they are played."""
    given = [
        one.catalogue
        for scene in venue.scenes.values()
        for one in (
            *scene.needs,
            *(param for start in scene.starts if isinstance(start, When) for param in start.gives),
        )
    ]
    return sorted({name for name in given if name})


def catalogue(venue: Venue, name: str) -> str:
    """The rows themselves, in place of a file."""
    rows = [table({column: quoted(cell) for column, cell in row.cells.items()}) for row in venue.catalogues[name]]
    return "{rows: [" + ", ".join(rows) + "]}"


def table(entries: Mapping[str, str]) -> str:
    """As YAML on one line."""
    return "{" + ", ".join(f"{key}: {value}" for key, value in entries.items()) + "}"


def quoted(text: str) -> str:
    """A text that stays a text."""
    return json.dumps(text, ensure_ascii=False)


def _type(one: Param) -> str:
    if one.type == "word":
        return "[" + ", ".join(map(quoted, one.words)) + "]"
    return one.catalogue or one.type


def together(group: Group) -> dict[str, str | None]:
    """How the devices of a group belong together."""
    return {
        "one_by_one": spell_duration(group.apart) if group.apart else None,
        "in_step": "true" if group.in_step else None,
        "need": str(group.need) if group.need is not None else None,
    }
