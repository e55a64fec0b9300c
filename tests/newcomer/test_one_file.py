"""A new kind is one file: YAML, schema, simulator, documents and every test over all kinds follow from it."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
import yaml

from controller.commands.rehearse import BEGIN
from controller.commands.simulated import models_of, visitors_of
from controller.export.asyncapi import asyncapi
from controller.export.devices import device_page
from controller.inbox import understand
from controller.outputs.letters import letter_of
from controller.rehearse import Rehearsal, Report
from controller.venue.findings import VenueError
from controller.venue.load import load, load_venue
from controller.venue.schema import schema_of
from devices import kinds
from devices.registry import all_kinds
from simulators.models.declared import DeclaredModel
from tests.test_packaging import ROOT

FOLDER = Path(__file__).parent / "kinds"
VENUE = """
venue: garden
title: {zh: 花园, en: The garden}
devices:
  park.jet: {kind: fountain, idle: {lit: on}}
  park.basin: {kind: fountain, idle: {figure: wave}}
"""
SCENES = """
splash:
  title: {zh: 喷泉, en: Somebody is wet}
  band: exhibit
  starts: {when: park.jet.splashed}
  busy: ignore
  does:
    - ask: {park.jet: {figure: ring}, park.basin: 60%}
    - wait: {until: done, at_most: 6s, else: {say: {staff: it does not play}}}
    - tell: {park.jet.burst: {seconds: 3.0}}
    - wait: 4s
  ends: 1s
"""
TEXTS = {"venue.yaml": VENUE, "scenes.yaml": SCENES}


@pytest.fixture(autouse=True)
def newcomer(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The fountain is among the kinds; afterwards it is not."""
    monkeypatch.setattr(kinds, "__path__", [*kinds.__path__, str(FOLDER)])
    all_kinds.cache_clear()
    yield
    monkeypatch.undo()
    sys.modules.pop("devices.kinds.fountain", None)
    all_kinds.cache_clear()


def rehearsed(texts: dict[str, str]) -> Report:
    loaded = load(texts)
    models = models_of(loaded, 1)
    assert {type(one) for one in models.values()} == {DeclaredModel}
    rehearsal = Rehearsal(loaded.venue, models, understand, letter_of(loaded.venue), 1)
    return rehearsal.run(iter(visitors_of(loaded.venue, 1, BEGIN)), begin=BEGIN, until=BEGIN + 3600 * 1_000_000)


def test_a_venue_has_it_and_an_hour_of_it_is_rehearsed_with_devices_that_answer():
    report = rehearsed(TEXTS)
    assert report.started["splash"] > 10
    assert report.commands > 10
    assert report.failed == {}


def test_the_loader_knows_its_words():
    with pytest.raises(VenueError, match="'waltz' is not one of its words"):
        load_venue({**TEXTS, "scenes.yaml": SCENES.replace("figure: ring", "figure: waltz")})
    with pytest.raises(VenueError, match="splashed"):
        load_venue({**TEXTS, "scenes.yaml": SCENES.replace("jet.splashed", "jet.splashd")})


def test_the_schema_knows_its_words():
    validator = jsonschema.Draft7Validator(schema_of(load(TEXTS)))
    assert list(validator.iter_errors(yaml.safe_load(SCENES))) == []
    assert list(validator.iter_errors(yaml.safe_load(SCENES.replace("figure: ring", "figure: waltz"))))
    assert list(validator.iter_errors(yaml.safe_load(SCENES.replace("seconds: 3.0", "minutes: 3.0"))))


def test_the_documents_have_it():
    page = device_page(all_kinds(), load_venue(TEXTS))
    assert "## fountain" in page
    assert "`ring`, `wave`" in page
    assert "mosquitto_pub -h HOST -q 1 -t 'garden/park/jet/event/splashed'" in page
    document = asyncapi(all_kinds(), "1")
    assert {"fountain.event.splashed", "fountain.do.burst", "fountain.state"} <= set(document["channels"])


def test_it_is_gone_from_the_house_without_its_file():
    kinds.__path__.remove(str(FOLDER))
    all_kinds.cache_clear()
    with pytest.raises(VenueError, match="there is no kind 'fountain'"):
        load_venue(TEXTS)


def test_every_test_over_all_kinds_takes_it():
    over_all = ["tests/devices/test_kinds.py", "tests/simulators/test_every_kind.py"]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.newcomer.planted", "-k", "fountain", *over_all]
    tested = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=50)
    assert tested.returncode == 0, tested.stdout[-3000:]
    passed = int(tested.stdout.split(" passed")[0].split()[-1])
    assert passed > 40
