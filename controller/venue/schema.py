"""A venue's language for editors: JSON Schema from the forms, with this venue's names as the words to choose from.

Draft 7, and of it only what yaml-language-server understands. A schema of one venue knows its devices, looks, clips,
catalogues and places; what the loader proves beyond that (conditions, cells, places of groups) it does not judge.
"""

import re
from collections.abc import Iterable
from typing import Any

from controller.venue.language import forms
from controller.venue.language.evacuation_forms import DrillForm, EvacuationForm
from controller.venue.language.forms import (
    ClipForm,
    CoolsForm,
    DeviceForm,
    SayForm,
    SceneForm,
    StayForm,
    WaitForm,
    WantForm,
)
from controller.venue.language.parts_forms import CatalogueForm, LookForm, PlaceForm, TitleForm
from controller.venue.language.phases import MOST_VISITS
from controller.venue.language.remotes import VERBS
from controller.venue.language.scenes import BODIES
from controller.venue.language.values import COLOURS
from controller.venue.language.visit_forms import CueForm, PhaseForm, RemoteForm
from controller.venue.load import Loaded
from controller.venue.schema_busy import busy_schemas
from controller.venue.schema_forms import MEASURES, Schema, described, form_schema, plain_schema
from controller.venue.schema_named import named_definitions
from controller.venue.schema_starts import start_schema
from controller.venue.schema_steps import steps_schema
from controller.venue.schema_times import schema_of_times
from devices.contracts.playing import PLAYING
from devices.registry import all_kinds
from devices.topics import ID_PATTERN
from devices.vocabulary import Ask, Command, Kind
from scenes.model import Device

TIME = r"([0-9]+(\.[0-9]+)?(ms|min|s|h))+"
_TEXT: Schema = {"type": ["string", "number", "boolean"]}
_PUT_IN: Schema = {"type": "string", "pattern": r"\$[a-z]"}  # $name.column: a cell of the row
_PARTS = {
    "venue": "The venue's id: the first level of every topic.",
    "title": "What people call the venue.",
    "hours": "When the venue is open, and whose clock counts.",
    "places": "Halls with their sections and cities; a list of places is a place, too.",
    "catalogues": "Tables of rows that templates run over.",
    "devices": "What stands in the venue, by hall.name.",
    "looks": "Levels of lights, by name.",
    "clips": "Films, pictures and sounds, by the role that scenes call.",
    "pages": "The pages that screens and stations can show.",
    "evacuation": "What the house does when it must be left.",
    "variables": "Values that count by themselves, outside any scene.",
    "modes": "Switches that change many scenes.",
    "facts": "Names for conditions with two thresholds.",
    "remotes": "Remotes with few buttons, and what the buttons order.",
}


def schema_of(loaded: Loaded) -> Schema:
    """The schema for every ``*.yaml`` of this venue."""
    names = _Names(loaded)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": f"Ringmaster venue {loaded.venue.id}",
        "description": "A part of a venue, or a scene.",
        "type": "object",
        "properties": {part: described(_ref(f"{part}_part"), text) for part, text in _PARTS.items()},
        "propertyNames": {"pattern": f"^{ID_PATTERN}$"},
        "additionalProperties": _ref("scene"),
        "definitions": {
            **_parts(names),
            **_language(names),
            **schema_of_times(TIME),
            **_wants(names),
            "put_in": _PUT_IN,
        },
    }


class _Names:
    """What this venue's author can choose from."""

    def __init__(self, loaded: Loaded) -> None:
        venue = loaded.venue
        self.devices = venue.devices
        self.looks = tuple(loaded.palette.looks)
        self.clips = tuple(loaded.palette.clips)
        self.pages = loaded.palette.pages
        self.catalogues = tuple(venue.catalogues)
        self.halls = tuple(venue.places) or tuple(hall for hall in venue.halls() if hall != "house")
        self.parts = tuple(
            f"{hall.id}.{part}" for hall in venue.places.values() for part in (*hall.sections, *hall.cities)
        )
        self.lists = loaded.lists
        stations = (one.id for one in venue.devices.values() if one.kind.station)
        self.things = (*self.halls, "house", *self.lists, *stations)  # that are taken whole
        modes = (f"mode.{mode}" for mode in venue.modes)
        self.states = (
            "venue.open",
            *venue.variables,
            *venue.facts,
            *modes,
            *(f"{one.id}.{word}" for one in venue.devices.values() for word in _states(one)),
        )
        self.events = tuple(f"{one.id}.{event}" for one in venue.devices.values() for event in one.kind.events)
        self.kinds = all_kinds()


def _states(device: Device) -> Iterable[str]:
    for state in device.kind.states.values():
        yield state.name
        if state.opposite:
            yield state.opposite


def _ref(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


def _any(*several: Schema) -> Schema:
    return {"anyOf": list(several)}


def _list_of(one: Schema) -> Schema:
    """One alone, or a list."""
    return _any(one, {"type": "array", "items": one, "minItems": 1})


def _words(words: Iterable[str]) -> Schema:
    """One of these; where there are none, nothing fits (draft 7 has no empty enumeration)."""
    known = list(dict.fromkeys(words))
    return {"enum": known} if known else {"type": "string", "pattern": "(?!)"}


def _parts(names: _Names) -> Schema:
    """What stands at top level besides scenes."""
    place = _any(form_schema(PlaceForm), {"type": "array", "items": _TEXT}, _TEXT)
    halls = "|".join((*names.halls, "house"))
    return {
        "venue_part": {"type": "string", "pattern": f"^{ID_PATTERN}$"},
        "title_part": _ref("title"),
        "places_part": {
            "type": "object",
            "patternProperties": {f"^{ID_PATTERN}$": place},
            "additionalProperties": False,
        },
        "catalogues_part": {"type": "object", "additionalProperties": form_schema(CatalogueForm)},
        "devices_part": {
            "type": "object",
            "patternProperties": {rf"^({halls})\.{ID_PATTERN}$": form_schema(DeviceForm)},
            "additionalProperties": False,
        },
        "looks_part": _any(
            {"type": "array", "items": _TEXT},
            {"type": "object", "additionalProperties": _any(form_schema(LookForm), {"type": "null"})},
        ),
        "clips_part": {"type": "object", "additionalProperties": _any(form_schema(ClipForm), {"type": "string"})},
        "kind": {
            **_words(names.kinds),
            "enumDescriptions": [f"{kind.title} · {kind.title_zh}" for kind in names.kinds.values()],
        },
        "spare": _words(one.id for one in names.devices.values() if one.kind.properties),
        "part": _words(names.parts) if names.parts else _TEXT,
        "parts": _any({"type": "array", "items": _TEXT}, {"type": "object", "additionalProperties": _ref("title")}),
        "rows": {"type": "array", "items": {"type": "object", "additionalProperties": _TEXT, "required": ["id"]}},
        "names": _list_of(_TEXT),
        "taken": _list_of(_any(_words(names.things), _ref("put_in"))),
        "evacuation_part": form_schema(EvacuationForm),
        "drill": form_schema(DrillForm),
        "remotes_part": {"type": "object", "additionalProperties": form_schema(RemoteForm)},
        "remote": _words(one.id for one in names.devices.values() if {"pressed", "held"} <= set(one.kind.events)),
        "buttons": {
            "type": "object",
            "patternProperties": {"^[1-9]( held( 2s)?)?$": _order()},
            "additionalProperties": False,
            "minProperties": 1,
        },
        "pages_part": _list_of({"type": "string", "pattern": f"^{ID_PATTERN}$"}),
    }


def _order() -> Schema:
    return {"type": "string", "pattern": rf"^({'|'.join(VERBS)})(\s+\S+)?$"}


def _language(names: _Names) -> Schema:
    """Scenes, and everything below them but wants."""
    time = {"type": "string", "pattern": f"^{TIME}$"}
    condition = _any(_words(names.states), {"type": ["string", "boolean"]})
    trigger = _any(_words((*names.states, *names.events)), {"type": ["string", "boolean"]})
    each = "|".join(names.catalogues)
    return {
        "scene": _scene(),
        "title": _any(_TEXT, form_schema(TitleForm)),
        "time": _any(time, _ref("put_in")),
        "condition": condition,
        "conditions": _list_of(condition),
        "trigger": trigger,
        "triggers": _list_of(trigger),
        "until": _any(_words(("done", *names.states, *names.events)), {"type": ["string", "boolean"]}),
        "roles": _list_of(_any(_words(forms.ROLES), _ref("put_in"))),
        "starts": _list_of(start_schema()),
        "for_each": {"type": "string", "pattern": rf"^{ID_PATTERN}\s+in\s+({each or ID_PATTERN})$"},
        **named_definitions(names.events, names.catalogues),
        **busy_schemas(),
        "steps": _list_of(_ref("step")),
        **steps_schema(one.id for one in names.devices.values() if PLAYING in one.kind.states),
        "cools": _any(_ref("time"), form_schema(CoolsForm)),
        "ends": _any(_ref("time"), _ref("steps"), {"const": []}),
        "wait": _any(_ref("time"), form_schema(WaitForm)),
        "stay": form_schema(StayForm),
        "say": form_schema(SayForm),
        "otherwise": _any({"const": "end"}, _ref("step")),
        "tell": _tell(names),
        "tell_in_phase": _any(
            _words(_own_commands(names)), _ref("put_in"), {"type": "object", "minProperties": 1, "maxProperties": 1}
        ),
        "station": _any(_words(one.id for one in names.devices.values() if one.kind.station), _ref("put_in")),
        "name": _any({"type": "string", "pattern": f"^{ID_PATTERN}$"}, _ref("put_in")),
        "visits": _any({"type": "integer", "minimum": 1, "maximum": MOST_VISITS}, _ref("put_in")),
        "next": _named(_ref("name"), _words_of_stations(names)),
        "ways": _named(_ref("name"), ()),
        "phases": {"type": "object", "additionalProperties": form_schema(PhaseForm), "minProperties": 1},
        "cues": {"type": "object", "additionalProperties": form_schema(CueForm), "minProperties": 1},
    }


def _named(value: Schema, known: Iterable[str]) -> Schema:
    """A table of which some names are known."""
    return {
        "type": "object",
        "properties": dict.fromkeys(known, value),
        "additionalProperties": value,
        "minProperties": 1,
    }


def _words_of_stations(names: _Names) -> Iterable[str]:
    return (event for one in names.devices.values() if one.kind.station for event in one.kind.events)


def _own_commands(names: _Names) -> Iterable[str]:
    """What stations are told, without the station's name, and every device's commands with it."""
    for device in names.devices.values():
        for command in device.kind.commands:
            yield from ([command.name] if device.kind.station else [])
            yield f"{device.id}.{command.name}"


def _scene() -> Schema:
    """One body; what can be extended has steps, and needs a limit."""
    extended = {"properties": {"busy": {"const": "extend"}}, "required": ["busy"]}
    bodies = {"oneOf": [{"required": [body]} for body in BODIES]}
    of_phases = {"dependencies": {"station": ["phases"], "else": ["phases"]}}
    return {**form_schema(SceneForm), **bodies, **of_phases, "if": extended, "then": {"required": ["at_most", "does"]}}


def _tell(names: _Names) -> Schema:
    commands = {
        f"{device.id}.{command.name}": command
        for device in names.devices.values()
        if not device.emergency
        for command in device.kind.commands
    }
    alone = [name for name, command in commands.items() if not any(one.is_required() for one in _fields(command))]
    told = {
        "type": "object",
        "properties": {name: _body(command) for name, command in commands.items()},
        "patternProperties": {r"\$": {"type": "object"}},
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 1,
    }
    return _any(_words(alone), _ref("put_in"), told) if alone else _any(_ref("put_in"), told)


def _fields(command: Command) -> Iterable[Any]:
    return command.body.model_fields.values()


def _body(command: Command) -> Schema:
    found: Schema = plain_schema(command.body.model_json_schema())
    found["properties"] = {key: _any(value, _ref("put_in")) for key, value in found.get("properties", {}).items()}
    return found


def _wants(names: _Names) -> Schema:
    """What can be asked: by device, by group, and for each kind in its short and its long form."""
    asked = [device for device in names.devices.values() if device.kind.properties and not device.emergency]
    kinds = {kind.name: kind for kind in names.kinds.values() if kind.properties}
    places = (*names.halls, *names.parts, *names.lists, "house")
    plurals = {
        f"{kind.plural} {where}": _ref(f"want_{kind.name}")
        for kind in kinds.values()
        if any(one.kind is kind for one in asked)
        for where in ("everywhere", *(f"in {hall}" for hall in names.halls if _stands(asked, kind, hall)))
    }
    groups = {
        rf"^{kind.plural}\s+(everywhere|in\s+({'|'.join(map(re.escape, places))}))(\s+except\s+.+)?$": _ref(
            f"want_{kind.name}"
        )
        for kind in kinds.values()
    }
    return {
        "wants": {
            "type": "object",
            "properties": {
                **{one.id: described(_ref(f"want_{one.kind.name}"), _about(one)) for one in asked},
                **plurals,
            },
            "patternProperties": {**groups, r"\$": _any(*(_ref(f"want_{kind}") for kind in kinds))},
            "additionalProperties": False,
            "minProperties": 1,
        },
        **{f"want_{kind.name}": _want(kind, names) for kind in kinds.values()},
        "want": _any(*(_ref(f"want_{kind}") for kind in kinds)),
        **MEASURES,
        "need": _any({"type": "integer", "minimum": 1}, _ref("put_in")),
        "colour": _any(_words(COLOURS), {"type": "string", "pattern": "^#[0-9a-fA-F]{6}$"}),
        "retry": _any({"type": "integer", "minimum": 0, "maximum": 10}, _ref("put_in")),
        "substitute": _any(_words((*names.looks, *names.clips, *COLOURS)), {"type": "string", "pattern": r"%$|^#|\$"}),
        "look": _words(names.looks),
        "clip": _words(names.clips),
        "page": _any(_words(names.pages), _ref("put_in")),
        "given": {"type": "object", "additionalProperties": _any(_TEXT, {"type": "null"})},
        "switch": _any(_words(("on", "off")), {"type": "boolean"}),
    }


def _stands(asked: list[Device], kind: Kind, hall: str) -> bool:
    return any(one.kind is kind and one.id.split(".")[0] == hall for one in asked)


def _about(device: Device) -> str:
    title = " · ".join(dict.fromkeys(device.title.values()))
    return ", ".join(text for text in (title, device.kind.title, device.note) if text)


def _want(kind: Kind, names: _Names) -> Schema:
    asks = [ask for property_ in kind.properties for ask in property_.asks]
    less = [one.relative for one in kind.properties if one.relative is not None]
    words = [word for ask in asks for word in _short_words(ask, names)]
    over = "|".join([*map(re.escape, words), r"[0-9.]+%" if any(ask.of == "level" for ask in asks) else r"(?!)"])
    colours = "|#[0-9a-fA-F]{6}" if any(ask.of == "colour" for ask in asks) else ""
    long = form_schema(WantForm)
    long["properties"] = {
        **{ask.key: _any(_words(ask.words) if ask.of == "word" else _ref(ask.of), _ref("put_in")) for ask in asks},
        **{one.key: _any(_ref(one.of), _ref("put_in")) for one in less},
        **long["properties"],
    }
    long["additionalProperties"] = False
    long["anyOf"] = [{"required": [ask.key]} for ask in (*asks, *less)]
    short = {"type": "string", "pattern": rf"^({over}{colours})(\s+over\s+{TIME})?$|\$"}
    booleans = [{"type": "boolean"}] if any(ask.of == "switch" for ask in asks) else []
    return {**_any(_words(words), short, *booleans, long), "description": f"What a {kind.title} shall do."}


def _short_words(ask: Ask, names: _Names) -> Iterable[str]:
    match ask.of:
        case "look":
            return names.looks
        case "clip":
            return names.clips
        case "page":
            return names.pages
        case "word":
            return ask.words
        case "colour":
            return COLOURS
        case "switch":
            return ("on", "off")
        case _:
            return ()
