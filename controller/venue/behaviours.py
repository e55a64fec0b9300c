"""A scene's table to ``scenes.model.Scene``: how it starts, its gates, what it does, how it ends."""

from collections.abc import Mapping
from typing import Literal

from controller.venue.bodies import Steps, longest, read_ends
from controller.venue.findings import wrong
from controller.venue.names import VenueNames
from controller.venue.nodes import Node, Table, Text, as_list, as_table, as_text
from controller.venue.values import duration, titles, word_of
from devices.topics import is_id
from scenes.condition import Condition, all_of
from scenes.model import (
    ENDS,
    SECOND,
    AfterCrash,
    Band,
    Busy,
    By,
    Micros,
    Phase,
    Place,
    Scene,
    SceneId,
    Start,
    When,
    While,
)

_KEYS = ("title", "note", "tags", "band", "starts", "if", "busy", "cools", "does", "ends", "at_most", "after_crash")
_LATER = (
    "for_each", "needs", "hours", "per", "takes", "sessions", "loses", "cues", "phases", "clock", "station", "else",
    "resting", "on_reload",
)  # fmt: skip
GRACE = SECOND  # a computed limit is a net under the steps, not one of them
_ROLES = ("guide", "staff", "technician")
_BANDS = ("house", "ambient", "exhibit", "session", "tour", "staff")
_AFTER_CRASH: Mapping[Band, AfterCrash] = {Band.HOUSE: "restart", Band.AMBIENT: "restart", Band.TOUR: "resume"}


def read_scene(name: str, node: Node, place: Place, names: VenueNames, steps: Steps) -> Scene:
    """One scene. Raises a finding at its first mistake."""
    if not is_id(name):
        raise wrong(place, f"{name!r} is no id of a scene", "small letters, digits and _, beginning with a letter")
    table = as_table(node, f"the scene {name}")
    for key in _LATER:
        if key in table.keys:
            raise wrong(table.keys[key], f"{key} is part of the language, but this version cannot play it yet")
    table.only(*_KEYS, what=f"the scene {name}")
    band = Band[word_of(table.entries["band"], _BANDS, "band").upper()] if "band" in table.keys else Band.EXHIBIT
    starts = _starts(_need(table, "starts", place, name), names)
    does = steps.read(_need(table, "does", place, name))
    busy = _busy(table)
    cools, cools_from = _cools(table.get("cools"))
    return Scene(
        id=SceneId(name),
        title=titles(table.get("title"), name),
        band=band,
        starts=starts,
        phases=(Phase("does", does),),
        ends=Phase(ENDS, read_ends(steps, table.get("ends"), place)),
        after_crash=_after_crash(table, band),
        place=place,
        condition=_condition(table, names),
        busy=busy,
        cools=cools,
        cools_from=cools_from,
        at_most=_limit(table, busy, starts, longest(does), name),
        keys=dict(table.keys),
    )


def _need(table: Table, key: str, place: Place, name: str) -> Node:
    node = table.get(key)
    if node is None:
        raise wrong(place, f"the scene {name} has no {key}", "a scene has starts and does; is this a scene?")
    return node


def _starts(node: Node, names: VenueNames) -> tuple[Start, ...]:
    found: list[Start] = []
    for one in as_list(node):
        table = as_table(one, "starts")
        ways = [key for key in ("when", "while", "by") if key in table.keys]
        if len(ways) != 1:
            raise wrong(table.place, "a way to start is one of when, while, by")
        match ways[0]:
            case "when":
                table.only("when", "for", "gap", what="starts by when")
                found += [_when(as_text(text, "when"), table, names) for text in as_list(table.entries["when"])]
            case "while":
                table.only("while", what="starts by while")
                text = as_text(table.entries["while"], "while")
                found.append(While(names.condition(text), text.text, text.place))
            case _:
                table.only("by", what="starts by order")
                roles = tuple(word_of(role, _ROLES, "role") for role in as_list(table.entries["by"]))
                found.append(By(roles, table.keys["by"]))
    return tuple(found)


def _when(text: Text, table: Table, names: VenueNames) -> When:
    trigger = names.trigger(text)
    dwell = duration(table.entries["for"], "for") if "for" in table.keys else 0
    gap = duration(table.entries["gap"], "gap") if "gap" in table.keys else 0
    if dwell and not isinstance(trigger, Condition):
        raise wrong(table.keys["for"], f"{text.text} happens and does not last, so it cannot hold for a time")
    if gap and not dwell:
        raise wrong(table.keys["gap"], "gap forgives interruptions of `for`, which is missing")
    return When(trigger, text.text, text.place, dwell, gap, table.keys.get("for"))


def _busy(table: Table) -> Busy:
    node = table.get("busy")
    if node is None:
        return "ignore"
    return "extend" if word_of(node, ("ignore", "extend"), "way of being busy") == "extend" else "ignore"


def _cools(node: Node | None) -> tuple[Micros, Literal["end", "start"]]:
    if node is None:
        return 0, "end"
    if isinstance(node, Text):
        return duration(node, "cools"), "end"
    table = as_table(node, "cools")
    table.only("for", "from", what="cools")
    since = word_of(table.entries["from"], ("end", "start"), "begin of cooling") if "from" in table.keys else "end"
    if "for" not in table.keys:
        raise wrong(table.place, "cools says no time", "cools: 20s, or {for: 20s, from: start}")
    return duration(table.entries["for"], "cools"), "start" if since == "start" else "end"


def _condition(table: Table, names: VenueNames) -> Condition | None:
    node = table.get("if")
    if node is None:
        return None
    return all_of(names.condition(as_text(one, "if")) for one in as_list(node))


def _after_crash(table: Table, band: Band) -> AfterCrash:
    node = table.get("after_crash")
    if node is None:
        return _AFTER_CRASH.get(band, "stop")
    match word_of(node, ("stop", "restart", "resume"), "way after a crash"):
        case "restart":
            return "restart"
        case "resume":
            return "resume"
        case _:
            return "stop"


def _limit(table: Table, busy: Busy, starts: tuple[Start, ...], computed: Micros, name: str) -> Micros | None:
    node = table.get("at_most")
    if node is not None:
        return duration(node, "at_most")
    if busy == "extend":
        raise wrong(table.keys["busy"], f"{name} can be extended, so it needs a limit", "write at_most: 150s")
    if any(isinstance(start, While) for start in starts):
        return None
    return computed + GRACE if computed else None
