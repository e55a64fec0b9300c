"""The schema for editors: what is right passes, what an editor can know to be wrong does not."""

import json
import re
from pathlib import Path

import jsonschema
import pytest

from controller.venue.language.forms import SceneForm
from controller.venue.language.reading import keys_of
from controller.venue.load import load
from controller.venue.schema import schema_of
from controller.venue.source.files import read_folder
from controller.venue.source.nodes import Many, Node, Table, Text, read_yaml
from tests.controller.venue.test_load import DEMO
from tests.venues_written import Written, written

HAS_NAMES = ("properties", "patternProperties", "definitions", "dependencies")
UNDERSTOOD = {  # of draft 7, what the YAML language server acts upon or shows
    "$schema", "$ref", "title", "description", "type", "properties", "patternProperties", "additionalProperties",
    "required", "definitions", "enum", "enumDescriptions", "const", "pattern", "anyOf", "oneOf", "if", "then", "items",
    "minItems", "minProperties", "maxProperties", "minimum", "maximum", "exclusiveMinimum", "minLength", "maxLength",
    "dependencies", "propertyNames", "allOf", "else",
}  # fmt: skip


def data(node: Node | None) -> object:
    """As an editor's YAML 1.2 parser gives it."""
    match node:
        case Table():
            return {key: data(value) for key, value in node}
        case Many():
            return [data(one) for one in node.items]
        case Text() if node.quoted:
            return node.text
        case Text():
            return plain(node.text)
    return None


def plain(text: str) -> object:
    if text in ("true", "false"):
        return text == "true"
    if text in ("", "~", "null"):
        return None
    if re.fullmatch(r"[-+]?[0-9]+", text):
        return int(text)
    return float(text) if re.fullmatch(r"[-+]?[0-9]*\.[0-9]+", text) else text


def faults(one: Written | Path, schema: dict[str, object] | None = None) -> list[str]:
    """What the schema says of every table of the venue."""
    texts = read_folder(one) if isinstance(one, Path) else one.texts
    validator = jsonschema.Draft7Validator(schema or schema_of(load(texts)))
    trees = {name: read_yaml(name, text) for name, text in texts.items() if name.endswith(".yaml")}
    return [
        f"{name}: {error.message[:200]}"
        for name, tree in trees.items()
        if isinstance(tree, Table)
        for error in validator.iter_errors(data(tree))
    ]


def test_it_is_a_schema_of_draft_7():
    jsonschema.Draft7Validator.check_schema(schema_of(load(read_folder(DEMO))))


def test_it_keeps_to_what_the_language_server_understands():
    found: set[str] = set()

    def walk(schema: object, *, names: bool = False) -> None:
        if isinstance(schema, dict):
            found.update(() if names else schema)
            for key, value in schema.items():
                walk(
                    value, names=not names and key in ("properties", "patternProperties", "definitions", "dependencies")
                )
        elif isinstance(schema, list):
            for one in schema:
                walk(one)

    walk(schema_of(load(read_folder(DEMO))))
    assert found <= UNDERSTOOD


def test_the_shipped_venue_passes():
    assert faults(DEMO) == []


def test_the_shipped_schema_is_fresh():
    assert json.loads((DEMO / "venue.schema.json").read_text("utf-8")) == schema_of(load(read_folder(DEMO)))


@pytest.mark.parametrize("path", [*DEMO.glob("*.yaml")], ids=lambda path: path.name)
def test_every_shipped_file_names_its_schema_in_its_first_line(path):
    assert path.read_text("utf-8").startswith("# yaml-language-server: $schema=venue.schema.json\n")


@pytest.mark.parametrize("one", written("unusual"), ids=lambda one: one.name)
def test_what_is_unusual_and_right_passes(one):
    assert faults(one) == []


SCHEMA = schema_of(load(read_folder(DEMO)))
WRONG = [
    "welcom: {starts: {wen: preface.entry.occupied}, does: [{wait: 1s}]}",
    "a: {starts: {by: nobody}, does: [{wait: 1s}]}",
    "a: {starts: {by: staff}, does: [{wait: 1}]}",
    "a: {starts: {by: staff}, does: [{wait: 1s, ask: {preface.wash: warm}}]}",
    "a: {starts: {by: staff}, does: [{ask: {preface.wosh: warm}}]}",
    "a: {starts: {by: staff}, does: [{ask: {preface.wash: wram}}]}",
    "a: {starts: {by: staff}, does: [{ask: {preface.wash: warm over 1.5}}]}",
    "a: {starts: {by: staff}, does: [{ask: {preface.wash: {look: warm, fad: 1s}}}]}",
    "a: {starts: {by: staff}, does: [{ask: {preface.wall: {play: warm}}}]}",
    "a: {starts: {by: staff}, does: [{ask: {lights in nowhere: warm}}]}",
    "a: {starts: {by: staff}, does: [{tell: preface.wall.caption}]}",
    "a: {starts: {by: staff}, does: [{tell: {preface.wall.caption: {text: hi, seconds: 400.0}}}]}",
    "a: {starts: {by: staff}, does: [{stay: {until: preface.entry.empty}}]}",
    "a: {starts: {by: staff}, does: [{repeat: 3}]}",
    "a: {starts: {by: staff}, does: [{repeat: 300, steps: {wait: 1s}}]}",
    "a: {starts: {by: staff}, does: [{repeat: 3, steps: {wiat: 1s}}]}",
    "a: {starts: {by: staff}, does: [{together: [{wait: 1s}]}]}",
    "a: {starts: {by: staff}, does: [{choose: $film, film: {wiat: 1s}}]}",
    "a: {starts: {by: staff}, does: [{wait: 1s}], busy: extend}",
    "a: {starts: {by: staff}, does: [{wait: 1s}], band: safety}",
    "a: {starts: {when: x, while: y}, does: [{wait: 1s}]}",
    "a: {starts: {by: staff}}",
    "devices: {preface.x: {kind: lihgt}}",
    "devices: {Preface.x: {kind: light}}",
    "clips: {a: {fil: b}}",
    "places: {a: {zhh: b}}",
    "Scene: {starts: {by: staff}, does: [{wait: 1s}]}",
]


@pytest.mark.parametrize("text", WRONG)
def test_what_an_editor_can_know_to_be_wrong_does_not_pass(text):
    tree = read_yaml("a.yaml", text)
    assert not jsonschema.Draft7Validator(SCHEMA).is_valid(data(tree))


def test_every_key_of_a_scene_has_a_text_to_hover_over():
    scene = SCHEMA["definitions"]["scene"]["properties"]
    assert set(scene) == set(keys_of(SceneForm))
    assert all(one["description"] for one in scene.values())


def test_the_venues_own_names_are_what_one_can_choose_from():
    text = json.dumps(SCHEMA)
    for name in ("preface.wash", "opening_film", "warm", "preface.entry.occupied", "preface.wall.ended", "venue.open"):
        assert f'"{name}"' in text
