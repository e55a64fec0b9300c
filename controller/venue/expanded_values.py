"""What scenes are given and what the venue counts, in full: parameters, catalogues of which rows are given."""

from controller.venue.expanded_text import quoted, scalar, table
from controller.venue.language.values import spell_duration
from devices.vocabulary import Scalar
from scenes.condition import Condition
from scenes.model import (
    Add,
    Assign,
    By,
    Change,
    Fact,
    Given,
    Group,
    Mode,
    Param,
    Pause,
    Put,
    Scene,
    Stay,
    Variable,
    Venue,
    When,
)


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


def variable(one: Variable) -> str:
    """``{number: 0, plus: [..], resets: day}``."""
    plain_number = f"{one.initial:g}" if isinstance(one.initial, float) else str(one.initial)
    entries = {"word": quoted(str(one.initial))} if one.type == "word" else {"number": plain_number}
    if one.type == "word":
        entries["of"] = "[" + ", ".join(map(quoted, one.words)) + "]"
    for key, events in (("plus", one.plus), ("minus", one.minus)):
        if events:
            entries[key] = "[" + ", ".join(event.name for event in events) + "]"
    if one.counts is not None:
        entries |= {"each": one.each, "counts": one.counts.name}
    return table(entries | {"resets": _resets(one)})


def _resets(one: Variable) -> str:
    if one.heard is None:
        return one.resets
    heard = one.heard.text if isinstance(one.heard, Condition) else one.heard.name
    return table({"without": quoted(heard), "for": spell_duration(one.after)})


def fact(one: Fact) -> str:
    """``{from: .., until: .., for: 5s}``."""
    thresholds = {"from": quoted(one.begins.text), "until": quoted(one.ends.text)}
    return table(thresholds | {"for": spell_duration(one.lasting)})


def mode_in_full(mode: Mode, scene: Scene, title: str, ask: str | None) -> str:
    """As its scene and what it changes say."""
    by = next((one for one in scene.starts if isinstance(one, By)), None)
    whens = [one for one in scene.starts if isinstance(one, When)]
    last = scene.phases[0].steps[-1]
    stay = last if isinstance(last, Stay) else None
    longest = last.time if isinstance(last, Pause) else stay.at_most if stay is not None else None
    conditional = bool(whens) and isinstance(whens[0].trigger, Condition)
    return table(
        {
            "title": title,
            "by": f"[{', '.join(by.roles)}]" if by is not None else None,
            "when": "[" + ", ".join(quoted(one.text) for one in whens) + "]" if whens else None,
            "for": spell_duration(whens[0].dwell) if conditional else None,
            "until": quoted(stay.text) if stay is not None else None,
            "quiet": spell_duration(stay.lasting) if stay is not None else None,
            "if": quoted(scene.condition.text) if scene.condition is not None else None,
            "at_most": spell_duration(longest) if longest is not None else None,
            "disarms": f"[{', '.join(map(quoted, mode.disarms))}]" if mode.disarms else None,
            "arms": f"[{', '.join(map(quoted, mode.arms))}]" if mode.arms else None,
            "instead": table({role: quoted(other) for role, other in mode.instead.items()}) if mode.instead else None,
            "ask": ask,
        }
    )


def changes(step: Add | Assign) -> str:
    """``{add: {votes.$topic: 1}}``."""
    changed = table({_changed(one): _value(one.value) for one in step.changes})
    return table({"add" if isinstance(step, Add) else "set": changed})


def _changed(one: Change) -> str:
    topic = one.topic.text if isinstance(one.topic, Given) else one.topic
    return quoted(f"{one.variable}.{topic}") if topic else one.variable


def _value(value: Scalar | Given) -> str:
    return quoted(value.text) if isinstance(value, Given) else scalar(value)


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
