"""A visitor walks into the preface hall: the shipped command on a real broker, in venues that the tests rename."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.brokers import RunningBroker, mosquitto
from tests.journeys.playing import Controller, Ears, eventually, running, venue_folder

ENTRY = "demo/preface/porch/event/presence"


@pytest.fixture
def broker() -> Iterator[RunningBroker]:
    with mosquitto() as one:
        yield one


@pytest.fixture
def hall(tmp_path: Path, broker: RunningBroker) -> Iterator[tuple[Controller, Ears]]:
    """The demo venue with the sensor renamed and another dwell."""
    venue = venue_folder(tmp_path, name=("preface.entry", "preface.porch"), dwell=("for: 800ms", "for: 1100ms"))
    with running(venue, broker, tmp_path) as both:
        yield both


def test_an_occupied_presence_starts_the_scene_after_the_dwell_as_it_is_written_now(hall):
    _, ears = hall
    began = time.monotonic()
    ears.says(ENTRY, {"occupied": True})
    ears.until("demo/preface/wash/set", lambda body: body.get("look") == "warm")
    assert 1.0 < time.monotonic() - began < 2.5
    film = ears.until("demo/preface/wall/set", lambda body: body.get("clip") == "opening_film")
    assert film["play"] == "opening-v3.mp4"


def test_a_shadow_does_nothing_and_why_names_the_rule_as_it_stands(hall):
    controller, ears = hall
    ears.says(ENTRY, {"occupied": True})
    ears.says(ENTRY, {"occupied": False})
    verdict = eventually(lambda: [one for one in controller.why("welcome") if one["verdict"]], "a verdict")[0]
    line = 1 + (controller.venue / "scenes.yaml").read_text()[: _position(controller)].count("\n")
    assert verdict["verdict"] == "dwell_broken"
    assert verdict["place"].startswith(f"scenes.yaml:{line}:")
    assert verdict["details"]["for_us"] == 1_100_000


def _position(controller: Controller) -> int:
    return (controller.venue / "scenes.yaml").read_text().index("for: 1100ms")


def test_a_live_state_with_the_same_field_has_the_same_effect(hall):
    _, ears = hall
    ears.says("demo/preface/porch/state", {"occupied": True})
    ears.until("demo/preface/wash/set", lambda body: body.get("look") == "warm")


def test_what_was_retained_before_the_start_sets_the_baseline_only(tmp_path, broker):
    first = Ears(broker)
    first.says("demo/preface/entry/state", {"occupied": True}, retain=True)
    with running(venue_folder(tmp_path), broker, tmp_path) as (controller, ears):
        found = eventually(lambda: controller.why("welcome"), "a verdict")
        assert [one["verdict"] for one in found] == ["retained"]
        told = controller.says("why", "welcome").stdout
        assert "now: idle" in told
        assert "when preface.entry.occupied: it is true already and must become false first" in told
        assert not [body for body in ears.on("demo/preface/wash/set") if body.get("look") == "warm"]
    first.close()


def test_one_id_twice_acts_once(hall):
    controller, ears = hall
    ears.says(ENTRY, {"occupied": True, "id": "same"})
    ears.says(ENTRY, {"occupied": True, "id": "same"})
    ears.until("demo/preface/wash/set", lambda body: body.get("look") == "warm")
    assert [one["verdict"] for one in controller.why("welcome")] == ["started"]


@pytest.mark.parametrize(("body", "reply"), [(None, "demo/reply/last"), ({"id": "desk-7"}, "demo/reply/desk-7")])
def test_an_order_has_exactly_one_answer_within_three_seconds(hall, body, reply):
    _, ears = hall
    began = time.monotonic()
    ears.says("demo/order/start/hello", body)
    answer = ears.until(reply)
    assert time.monotonic() - began < 3
    assert (answer["answer"], answer["verdict"]) == ("accepted", "started")
    assert answer["run"].startswith("hello-")
    ears.until("demo/preface/wall/do/caption")
    assert len(ears.on(reply)) == 1
    assert len(ears.on(f"demo/reply/{answer['id']}")) == 1


def test_an_unknown_scene_is_refused_with_the_nearest_name(hall):
    _, ears = hall
    ears.says("demo/order/start/helo", {"id": "desk-8"})
    answer = ears.until("demo/reply/desk-8")
    assert answer["answer"] == "refused"
    assert "'hello'" in answer["why"]


HOSTILE = {
    "garbage": b"\x00\xffnot json",
    "NaN": b'{"occupied": true, "count": NaN}',
    "infinite": b'{"occupied": true, "ts": 1e999}',
    "70 kB": b'{"occupied": true, "id": "' + b"x" * 70_000 + b'"}',
    "1 MiB": b"x" * 1024 * 1024,
    "not UTF-8": b'{"occupied": "\xff\xfe"}',
    "twice": b'{"occupied": true, "occupied": false}',
    "deep": b"[" * 20_000,
    "unknown field": b'{"occupied": true, "colour": 1}',
    "wrong type": b'{"occupied": 1}',
}


def test_hostile_payloads_are_counted_and_shown_and_harm_nothing(hall):
    controller, ears = hall
    for payload in HOSTILE.values():
        ears.says(ENTRY, raw=payload)
        ears.says("demo/order/start/hello", raw=payload)
    ears.says(ENTRY, {"occupied": True})
    ears.until("demo/preface/wash/set", lambda body: body.get("look") == "warm")
    shown = controller.says("watch", "--all", "--for", "100ms").stdout
    assert f"({len(HOSTILE)} so far)" in shown
    assert "NaN is not a number" in shown
    assert f"{len(HOSTILE['70 kB'])} bytes" in shown
    refused = ears.until("demo/preface/porch/error")
    assert refused["topic"] == ENTRY
    answers = [
        body for _, topic, _, _ in ears.heard if topic.startswith("demo/reply/order-") for body in ears.on(topic)
    ]
    assert len(answers) == len(HOSTILE)
    assert {body["answer"] for body in answers} == {"refused"}


def test_sigterm_ends_it_in_two_seconds_and_says_offline(hall):
    controller, ears = hall
    code, seconds = controller.stop()
    assert (code, seconds < 2) == (0, True)
    ears.until("demo/controller/house/status", lambda body: body["state"] == "offline")


def test_a_second_controller_is_told_and_the_first_goes_on(hall):
    controller, ears = hall
    second = controller.says("run", str(controller.venue))
    assert second.returncode == 75
    assert "another controller" in second.stderr
    ears.says("demo/order/start/hello", {"id": "desk-9"})
    assert ears.until("demo/reply/desk-9")["answer"] == "accepted"


def test_a_second_controller_on_another_state_folder_takes_over_and_the_first_ends(hall, tmp_path):
    controller, ears = hall
    other = Controller(controller.venue, controller.environment["RINGMASTER_BROKER"], tmp_path / "other" / "state")
    (tmp_path / "other").mkdir()
    other.start()
    assert controller.process is not None
    assert other.process is not None
    assert controller.process.wait(10) == 75
    eventually(lambda: ears.on("demo/controller/house/status")[-1]["state"] == "online", "the second one online")
    assert other.stop()[0] == 0


def test_the_order_command_prints_the_answer(hall):
    controller, _ = hall
    assert "accepted" in controller.says("order", "start", "hello").stdout
    refused = controller.says("order", "start", "helo", "--format", "json")
    assert (refused.returncode, '"refused"' in refused.stdout) == (1, True)
