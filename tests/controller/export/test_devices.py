"""The page for device makers: fresh, whole, and its lines do what they say."""

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from controller.commands.shipped import demo_venue
from controller.export.asyncapi import asyncapi_of
from controller.export.devices import device_page, value_words
from controller.inbox import understand
from controller.venue.load import load_venue
from controller.venue.source.files import read_folder
from devices.registry import all_kinds
from link.port import Arrival
from scenes.inputs import Acked, Heard, Ordered, Refused, Seen
from scenes.model import Venue
from tests.brokers import mosquitto, needs
from tests.controller.export.bell import BELL
from tests.controller.export.reading import faults
from tests.journeys.playing import running
from tests.test_packaging import ROOT

KINDS = all_kinds()
VENUE = load_venue(read_folder(demo_venue()))
PAGE = device_page(KINDS, VENUE)
WITH_BELL = device_page({**KINDS, "bell": BELL}, VENUE)


def with_one_of_each(folder: Path) -> Path:
    """A copy of the demo venue with a device of every kind, by the names that the page has for them."""
    copied = folder / "venue"
    shutil.copytree(demo_venue(), copied)
    had = {device.kind.name for device in VENUE.devices.values()}
    more = [f"  epilogue.{kind}: {{kind: {kind}, unused: true}}" for kind in KINDS if kind not in had]
    (copied / "more.yaml").write_text("\n".join(["devices:", *more, ""]))
    return copied


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Venue:
    return load_venue(read_folder(with_one_of_each(tmp_path_factory.mktemp("full"))))


def section(page: str, kind: str) -> str:
    """What stands below a kind's heading."""
    return page.split(f"\n## {kind}\n")[1].split("\n## ", maxsplit=1)[0]


def lines(page: str) -> list[tuple[str, bytes, int, bool]]:
    """(topic, payload, QoS, retained) of each mosquitto_pub line, as a shell would take it apart."""
    found = []
    for line in re.findall(r"(?m)^mosquitto_pub .*$", page):
        words = shlex.split(line)
        payload, topic = words[words.index("-m") + 1], words[words.index("-t") + 1]
        found.append((topic, payload.encode(), int(words[words.index("-q") + 1]), "-r" in words))
    return found


def said_by_devices(page: str) -> list[tuple[str, bytes, int, bool]]:
    return [one for one in lines(page) if not re.search(r"/set$|/do/|/order/", one[0])]


def test_the_page_in_docs_is_fresh():
    assert (ROOT / "docs" / "devices.md").read_text("utf-8") == PAGE, "type `make docs`"


@pytest.mark.parametrize("kind", [*KINDS.values(), BELL], ids=lambda one: one.name)
def test_all_that_a_kind_declares_is_in_its_section(kind):
    text = section(WITH_BELL, kind.name)
    words = {*kind.words(), *(ask.key for one in kind.properties for ask in one.asks)}
    words |= {name for one in kind.commands for name in one.body.model_fields}

    assert f"{kind.title} · {kind.title_zh}" in text
    assert [word for word in words if f"`{word}`" not in text] == []
    headings = {f"{kind.channel_of(event)}/{event}" for event in kind.events} | {
        f"do/{one.name}" for one in kind.commands
    }
    assert [one for one in headings if f"### `{one}`" not in text] == []


def test_a_bell_is_told_within_which_time_it_must_answer_and_whether_twice():
    text = section(WITH_BELL, "bell")

    assert (
        "Asks for felt, by muffled. Confirmed in the reported state, within 7 s, by `muffled`: as it was asked." in text
    )
    assert "Answer on `ack` within 3 s; without an answer it is never told again." in text
    assert "| `strokes` | whole number, 1 to 12; else 3 | if any | how many strokes |" in text
    assert "Nothing confirms it." in text


def test_a_flash_that_is_not_answered_comes_again_under_its_id():
    assert "without an answer it is told again once, under the same id" in section(PAGE, "light")


def test_every_line_of_a_device_is_understood_in_a_venue_that_has_it(full):
    understood = [
        understand(full, Arrival(topic, payload, retained=retained), 0, 1)
        for topic, payload, _, retained in said_by_devices(PAGE)
    ]

    assert [one for one in understood if isinstance(one, Refused)] == []
    assert {type(one) for one in understood} == {Heard, Seen, Acked}


@pytest.mark.parametrize("kind", [one for one in KINDS.values() if one.station], ids=lambda one: one.name)
def test_a_visit_stands_there_line_by_line_and_the_house_hears_it_in_order(kind, full):
    visit = section(PAGE, kind.name).split("### A whole visit")[1]
    said = [understand(full, Arrival(topic, payload), 0, 1) for topic, payload, *_ in lines(visit)]
    events = [one for one in said if isinstance(one, Heard) and one.session]
    pages = [one.states["page"] for one in said if isinstance(one, Heard) and not one.event]

    assert [one.event for one in events] == [word for way, word in kind.visit if way == "says"]
    assert {one.session for one in events} == {"visit-0001"}
    assert [one.id for one in events] == [f"visit-0001/{number}" for number in range(1, len(events) + 1)]
    assert pages == [None, *(word for way, word in kind.visit if way == "is shown"), None]
    assert sum(isinstance(one, Acked) for one in said) == sum(way == "is told" for way, _ in kind.visit)


def test_no_two_examples_of_a_session_are_the_same_event():
    ids = [
        (topic.split("/")[2], body["session"], body["seq"])
        for topic, payload, *_ in lines(PAGE)
        if "/session/" in topic and (body := json.loads(payload))
    ]
    assert len(set(ids)) == len(ids) > 40


def test_every_order_is_understood():
    orders = [(topic, payload) for topic, payload, *_ in lines(PAGE) if "/order/" in topic]
    understood = [understand(VENUE, Arrival(topic, payload), 0, 1) for topic, payload in orders]

    assert understood
    assert [one for one in understood if not isinstance(one, Ordered) or one.fault] == []
    assert {one.target for one in understood} <= set(VENUE.scenes)


def test_a_line_retains_what_lasts_and_nothing_else():
    assert {topic.rpartition("/")[2] for topic, _, _, retained in lines(PAGE) if retained} == {"state", "status"}


def test_no_line_speaks_in_the_place_of_the_house_but_to_try_a_device():
    assert not [topic for topic, *_ in lines(PAGE) if re.search(r"/reply/|/scene/|/controller/|/error$", topic)]


def test_no_event_that_is_pasted_is_of_long_ago():
    assert not [payload for topic, payload, *_ in lines(PAGE) if "/event/" in topic and b'"ts"' in payload]


def test_the_kinds_name_devices_of_the_venue_or_one_that_it_could_have():
    assert "demo/preface/wash/set" in PAGE
    assert "`epilogue.bell: {kind: bell}`" in WITH_BELL


def test_the_page_says_that_it_grows():
    assert "this page grows" in PAGE


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "boolean"}, "true or false"),
        ({"type": "integer", "minimum": 0}, "whole number, at least 0"),
        (
            {"type": "number", "exclusiveMinimum": 0, "maximum": 60, "default": 4.0},
            "number, more than 0, at most 60; else 4.0",
        ),
        ({"type": "integer", "minimum": 1, "maximum": 4_294_967_295.0}, "whole number, 1 to 4294967295"),
        ({"type": "number", "maximum": 0.5}, "number, at most 0.5"),
        ({"const": "a", "type": "string"}, "`a`"),
        ({"type": ["string", "null"]}, "text, or null"),
        ({"anyOf": [{"type": "number"}, {"type": "string"}, {"type": "null"}]}, "number or text, or null"),
        ({"enum": ["a", "b"], "type": "string"}, "`a`, `b`"),
        ({"type": "string", "minLength": 1, "maxLength": 9}, "text, 1 to 9 characters"),
        ({"type": "string", "pattern": "^a$"}, "text, `^a$`"),
    ],
)
def test_a_value_reads_aloud(schema, words):
    assert value_words(schema) == words


@pytest.mark.interop
def test_a_stranger_pastes_every_line_and_all_that_is_heard_is_as_the_document_says(tmp_path, full):
    needs("mosquitto_pub")
    document = asyncapi_of(full, "1")
    with mosquitto() as broker, running(with_one_of_each(tmp_path), broker, tmp_path) as (controller, ears):
        pasted = [line for line in re.findall(r"(?m)^mosquitto_pub .*$", PAGE) if not re.search(r"/set'|/do/", line)]
        for line in pasted:
            shell = line.replace("-h HOST", f"-h {broker.host} -p {broker.port}")
            assert subprocess.run(["sh", "-c", shell], timeout=10).returncode == 0, line
        ears.says("demo/preface/entry/state", {"surprise": 1})
        ears.until("demo/preface/entry/error")
        ears.until("demo/controller/house/beat", lambda body: body["epoch"] == 1)
        told = controller.says("watch", "--all", "--for", "1s", "--format", "json").stdout

    refused = [line for line in told.splitlines() if '"kind": "refused"' in line]
    assert len(refused) == 1, refused
    assert "surprise" in refused[0]
    assert len(pasted) > 10
    heard = [(topic, payload) for _, topic, payload, _ in ears.heard if not topic.endswith("/canary") and payload]
    assert {"beat", "last", "set", "caption"} <= {topic.rpartition("/")[2] for topic, _ in heard}
    wrong = [fault for topic, payload in heard for fault in faults(document, topic, payload)]
    assert {fault for fault in wrong if "surprise" not in fault} == set()
