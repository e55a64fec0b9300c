"""The AsyncAPI document: everything that is declared is in it, and what is really said is as it says."""

import json
import subprocess
from collections.abc import Iterator

import pytest
from jsonschema import Draft7Validator

from controller.export.asyncapi import asyncapi, asyncapi_of
from controller.inbox import understand
from controller.outputs.letters import answer_letters, command_letter, error_letter, state_letter, want_letter
from controller.rehearse import Rehearsal
from controller.venue.load import load_venue, read_venue
from controller.venue.source.files import read_folder
from devices.contracts.orders import read_order
from devices.registry import all_kinds
from devices.speech import hear
from devices.topics import DeviceTopic
from devices.vocabulary import DeviceId
from link.port import Arrival, Outgoing
from scenes.effects import Answer, SceneState, Set, Tell
from scenes.model import SECOND, SceneId
from scenes.verdicts import Verdict
from simulators.models.house import devices_for
from simulators.models.visitors import Visitors
from tests.brokers import needs
from tests.controller.export.bell import BELL
from tests.controller.export.reading import at, channels_for, faults, messages, strictly
from tests.journeys.playing import DEMO
from tests.node import ASKING, node_modules

KINDS = all_kinds()
VENUE = load_venue(read_folder(DEMO))
EVERYWHERE = asyncapi(KINDS, "1.2.3")
HERE = asyncapi_of(VENUE, "1.2.3")
WITH_BELL = asyncapi({**KINDS, "bell": BELL}, "1.2.3")
both = pytest.mark.parametrize("document", [EVERYWHERE, HERE, WITH_BELL], ids=["everywhere", "here", "with a bell"])
EPOCH = 7


def letters() -> Iterator[Outgoing]:
    """Everything that the house can say, by the encoders it says it with."""
    for kind, at_ in ((KINDS["light"], "preface.wash"), (KINDS["player"], "preface.wall")):
        for command in kind.commands:
            fields = command.body.model_validate(kind.examples[f"do/{command.name}"]).model_dump()
            tell = Tell(0, DeviceId(at_), command.name, fields, "a7", 10 * SECOND)
            yield command_letter("demo", tell, EPOCH, 0)
    yield from answer_letters("demo", Answer(0, "a7", "accepted", "it started", "hello-1", Verdict.STARTED, last=True))
    yield from answer_letters("demo", Answer(0, "a7", "refused", "no"))
    for state in ("idle", "running", "cooling", "disarmed"):
        yield state_letter("demo", SceneState(0, SceneId("hello"), state, "staff", SECOND), 0)
    yield state_letter("demo", SceneState(0, SceneId("hello"), "running", "staff", 1, "r", 2, "why", "does.1"), 0)
    yield error_letter("demo", DeviceId("preface.entry"), "demo/preface/entry/state", "/occupied: no boolean")


def test_it_says_which_asyncapi_it_is_and_names_no_server():
    assert EVERYWHERE["asyncapi"] == "3.0.0"
    assert EVERYWHERE["info"]["version"] == "1.2.3"
    assert "servers" not in EVERYWHERE


@pytest.mark.parametrize("kind", [*KINDS.values(), BELL], ids=lambda one: one.name)
def test_all_that_a_kind_declares_is_in_it(kind):
    document = WITH_BELL
    schemas = {name: schema for name, _, schema in messages(document)}
    spoken = {
        f"{kind.name}.{kind.channel_of(event)}.{event}": set(body.model_fields) for event, body in kind.events.items()
    }
    spoken |= {f"{kind.name}.do.{one.name}": set(one.body.model_fields) for one in kind.commands}
    spoken |= {f"{kind.name}.state": set(kind.state.model_fields)} if kind.state.model_fields else {}
    spoken |= {f"{kind.name}.set.{one.name}": {ask.key for ask in one.asks} for one in kind.properties}

    for name, fields in spoken.items():
        assert fields <= set(schemas[name]["properties"]), name
    channels = {f"{kind.name}.status", f"{kind.name}.error"}
    assert channels <= set(document["channels"])
    assert (f"{kind.name}.ack" in document["channels"]) == bool(kind.properties or kind.commands)


def test_a_sensor_that_can_be_told_nothing_has_no_channel_for_it():
    assert {"presence.set", "presence.ack"}.isdisjoint(EVERYWHERE["channels"])


@both
def test_every_message_has_examples_and_they_are_as_its_schema_says(document):
    for name, message, schema in messages(document):
        Draft7Validator.check_schema(schema)
        assert message["examples"], name
        for example in message["examples"]:
            assert [one.message for one in strictly(schema).iter_errors(example["payload"])] == [], name


@both
def test_what_devices_say_as_an_example_is_what_the_house_understands(document):
    kinds = {**KINDS, "bell": BELL}
    for name, message, _ in messages(document):
        kind, _, channel = name.partition(".")
        word, _, event = channel.partition(".")
        if kind in kinds and word in ("event", "session", "state", "status", "ack"):
            for example in message["examples"]:
                body = example["payload"]
                payload = body if message["contentType"] == "text/plain" else json.dumps(body)
                hear(kinds[kind], DeviceTopic("a.b", word, event), payload.encode())


@both
def test_an_order_as_in_the_example_is_understood(document):
    for example in document["components"]["messages"]["order"]["examples"]:
        assert read_order(json.dumps(example["payload"]).encode())


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("light.state", {"level": 1.5}),
        ("light.state", {"surprise": 1}),
        ("presence.event.presence", {}),
        ("presence.event.presence", {"occupied": "yes"}),
        ("light.ack", {"ok": True}),
        ("order", {"id": "a/b"}),
        ("light.set.light", {"id": "a", "epoch": 1}),
        ("player.do.caption", {"text": "", "id": "a", "epoch": 1, "expires": 1.0}),
        ("rig.session.placed", {"session": "k7f2-0a91"}),
        ("rig.session.placed", {"session": "k7/2-0a91", "seq": 1}),
        ("rig.session.placed", {"session": "k7f2-0a91", "seq": 0}),
        ("projector.set.source", {"source": "vga", "id": "a", "epoch": 1}),
        ("screen.set.picture", {"with": {"inside": 1}, "id": "a", "epoch": 1}),
    ],
)
def test_what_the_house_refuses_or_never_says_is_wrong_by_the_schema_too(name, body):
    assert not Draft7Validator(EVERYWHERE["components"]["schemas"][name]).is_valid(body)


@pytest.mark.parametrize("letter", list(letters()), ids=lambda one: one.topic)
def test_what_the_house_says_is_as_the_document_says(letter):
    assert faults(HERE, letter.topic, letter.payload) == []
    (name,) = channels_for(HERE, letter.topic)
    operation = HERE["operations"][name]
    mqtt = operation["bindings"]["mqtt"]
    assert operation["action"] == "send"
    assert (mqtt["qos"], mqtt["retain"], mqtt.get("messageExpiryInterval")) == (
        letter.qos,
        letter.retain,
        letter.expires_seconds,
    )


def test_all_that_a_rehearsed_house_says_and_hears_is_as_the_document_says():
    told: list[Outgoing] = []
    heard: list[Arrival] = []

    def letter(one: Set | Tell) -> Outgoing:
        is_set = isinstance(one, Set)
        told.append(want_letter("demo", one, EPOCH, 0) if is_set else command_letter("demo", one, EPOCH, 0))
        return told[-1]

    def hearing(venue, arrival, at, number):
        heard.append(arrival)
        return understand(venue, arrival, at, number)

    models = devices_for("demo", {device.id: device.kind for device in VENUE.devices.values()}, 5, {})
    visitors = Visitors(5, [DeviceId("preface.entry")], 0)
    Rehearsal(VENUE, models, hearing, letter, 5).run(iter(visitors), begin=0, until=2 * 3600 * SECOND)

    assert len({one.payload for one in told}) > 20
    assert {one.topic.rpartition("/")[2] for one in heard} >= {"presence", "state", "status"}
    assert [fault for one in (*told, *heard) for fault in faults(HERE, one.topic, one.payload)] == []


def test_each_ask_as_in_the_example_is_done_and_confirmed_by_a_simulated_device():
    for device in VENUE.devices.values():
        for property_ in device.kind.properties:
            model = devices_for("demo", {device.id: device.kind}, 5, {})[device.id]
            message = HERE["components"]["messages"][f"{device.kind.name}.set.{property_.name}"]
            for example in message["examples"]:
                wanted = {key: value for key, value in example["payload"].items() if key not in ("id", "epoch", "fade")}
                said = model.told(f"demo/preface/{device.id.split('.')[1]}/set", json.dumps(wanted).encode(), 0)
                report = json.loads(said[0][1].payload)
                assert property_.confirmed(wanted, {name: report.get(name) for name in property_.reports})


def test_who_speaks_decides_the_direction_and_devices_retain_what_lasts():
    def way(name: str) -> tuple[str, int, bool]:
        one = EVERYWHERE["operations"][name]
        return one["action"], one["bindings"]["mqtt"]["qos"], one["bindings"]["mqtt"]["retain"]

    assert way("player.event.ended") == ("receive", 1, False)
    assert way("light.state") == ("receive", 1, True)
    assert way("light.status") == ("receive", 1, True)
    assert way("light.ack") == ("receive", 1, False)
    assert way("order") == ("receive", 1, False)
    assert way("light.set") == ("send", 1, False)
    assert way("controller.beat") == ("send", 0, False)
    assert way("controller.status") == ("send", 1, True)


def test_one_venue_has_its_own_devices_and_only_the_kinds_that_it_has():
    lights = read_venue({"venue.yaml": "venue: hut\ndevices: {a.one: {kind: light}, b.two: {kind: light}}"})
    document = asyncapi_of(lights, "1")
    address = document["channels"]["light.state"]["address"]
    parameters = {key: at(document, one) for key, one in document["channels"]["light.state"]["parameters"].items()}

    assert {name.partition(".")[0] for name in document["channels"]}.isdisjoint({"player", "presence"})
    assert address == "hut/{hall}/{name}/state"
    assert (parameters["hall"]["enum"], parameters["name"]["enum"]) == (["a", "b"], ["one", "two"])
    assert parameters["name"]["x-devices"] == ["a.one", "b.two"]


def test_every_parameter_of_an_address_is_described_and_no_other():
    for document in (EVERYWHERE, HERE):
        for channel in document["channels"].values():
            levels = [one[1:-1] for one in channel["address"].split("/") if one.startswith("{")]
            assert list(channel.get("parameters", {})) == levels


def test_every_reference_leads_somewhere():
    def references(value):
        if isinstance(value, dict):
            yield from ([value] if "$ref" in value else [])
            for one in value.values():
                yield from references(one)
        elif isinstance(value, list):
            for one in value:
                yield from references(one)

    for document in (EVERYWHERE, HERE, WITH_BELL):
        assert [at(document, one) for one in references(document)]


@pytest.mark.interop
@both
def test_the_parser_of_asyncapi_itself_finds_no_fault(document):
    command = [needs("node"), str(ASKING / "asyncapi.cjs"), str(node_modules("@asyncapi/parser"))]
    asked = subprocess.run(command, input=json.dumps(document), capture_output=True, text=True, timeout=50)

    assert asked.returncode == 0, asked.stderr
    found = json.loads(asked.stdout)
    assert [one for one in found["diagnostics"] if one["code"] != "asyncapi-latest-version"] == []
    assert found["channels"] == len(document["channels"])


@pytest.mark.interop
def test_the_parser_does_find_faults():
    document = json.loads(json.dumps(HERE))
    document["operations"]["light.set"]["action"] = "shout"
    command = [needs("node"), str(ASKING / "asyncapi.cjs"), str(node_modules("@asyncapi/parser"))]
    asked = subprocess.run(command, input=json.dumps(document), capture_output=True, text=True, timeout=50)

    assert any(one["severity"] == 0 for one in json.loads(asked.stdout)["diagnostics"])
