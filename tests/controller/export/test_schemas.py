"""JSON Schema from the declarations."""

from enum import StrEnum

from jsonschema import Draft7Validator

from controller.export.schemas import command_schema, said_schema, schema_of, want_schema
from devices.contracts.orders import Reply
from devices.registry import all_kinds
from devices.vocabulary import Ask, Body, Command, Property
from tests.controller.export.bell import BELL


class Mood(StrEnum):
    GLAD = "glad"
    GRIM = "grim"


class Moody(Body):
    """Has a word of a list."""

    title: str
    mood: Mood | None = None


def test_a_list_of_words_stands_in_the_schema_itself():
    schema = schema_of(Moody)
    assert "$defs" not in schema
    assert schema["properties"]["mood"] == {"anyOf": [{"enum": ["glad", "grim"], "type": "string"}, {"type": "null"}]}


def test_a_field_that_is_called_title_stays():
    assert schema_of(Moody)["properties"]["title"] == {"type": "string"}


def test_what_the_house_says_is_absent_or_there_and_never_null():
    run = said_schema(Reply)["properties"]["run"]
    assert run["type"] == "string"


def test_a_want_is_about_one_property_and_names_it():
    schema = Draft7Validator(want_schema(BELL.properties[0]))
    assert schema.is_valid({"loudness": 0.3, "id": "a", "epoch": 1})
    assert not schema.is_valid({"id": "a", "epoch": 1})
    assert not schema.is_valid({"loudness": 1.3, "id": "a", "epoch": 1})
    assert not schema.is_valid({"loudness": 0.3})


def test_a_look_brings_its_level_and_its_colour_along():
    lamp = Property("lamp", asks=(Ask("look", "look"),))
    assert {"look", "level", "colour"} <= set(want_schema(lamp)["properties"])


def test_what_idles_at_nothing_may_be_null():
    picture = all_kinds()["player"].properties[0]
    assert Draft7Validator(want_schema(picture)).is_valid({"play": None, "id": "a", "epoch": 1})


def test_an_idle_value_that_no_ask_names_is_described_by_itself():
    valve = Property("valve", asks=(Ask("water", "switch"),), idle={"water": False, "drain": True})
    assert want_schema(valve)["properties"]["drain"]["type"] == "boolean"


def test_a_command_has_an_id_and_an_end():
    (ring,) = BELL.commands
    assert set(command_schema(ring)["required"]) == {"id", "epoch", "expires"}
    assert command_schema(Command("mood", Moody))["required"] == ["title", "id", "epoch", "expires"]
