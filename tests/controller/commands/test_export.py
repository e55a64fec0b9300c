"""`ringmaster export`, as somebody types it."""

import json
import shutil

import yaml

from controller.export.asyncapi import asyncapi_of
from controller.venue.load import load_venue
from controller.venue.source.files import read_folder
from tests.controller.commands.test_exits import ringmaster
from tests.controller.export.test_devices import PAGE
from tests.journeys.playing import DEMO


def test_the_document_comes_as_json_or_as_yaml_and_is_the_same():
    as_json, as_yaml = (ringmaster("export", "asyncapi", str(DEMO), "--format", form) for form in ("json", "yaml"))
    document = json.loads(as_json.stdout)

    assert yaml.safe_load(as_yaml.stdout) == document
    assert "&id" not in as_yaml.stdout
    assert document == asyncapi_of(load_venue(read_folder(DEMO)), document["info"]["version"])


def test_without_a_venue_it_is_for_all_kinds():
    document = json.loads(ringmaster("export", "asyncapi").stdout)
    assert document["channels"]["light.set"]["address"] == "{venue}/{hall}/{name}/set"


def test_the_page_is_printed():
    assert ringmaster("export", "devices").stdout == PAGE


def test_mistakes_of_a_venue_are_told(tmp_path):
    (tmp_path / "venue.yaml").write_text("venue: hut\ndevices: {a.one: {kind: lihgt}}\n")
    said = ringmaster("export", "asyncapi", str(tmp_path))
    assert "did you mean 'light'?" in said.stderr
    assert said.stdout == ""


def test_the_schema_that_was_written_is_named(tmp_path):
    for part in DEMO.glob("*.yaml"):
        shutil.copy(part, tmp_path)
    said = ringmaster("export", "schema", str(tmp_path), "--write")
    assert said.stdout == f"written: {tmp_path / 'venue.schema.json'}\n"
    assert json.loads((tmp_path / "venue.schema.json").read_text())
