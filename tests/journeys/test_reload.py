"""A technician changes the venue while it runs: what did not change goes on, what is wrong changes nothing."""

import contextlib
import json
import os
import pty
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.brokers import RunningBroker, mosquitto, nats
from tests.journeys.playing import Controller, Ears, eventually, running, venue_folder

STATUS = "demo/controller/house/status"
ENTRY = "demo/preface/entry/event/presence"
ANNEX = "  annex.door: {kind: presence}\n  annex.lamp: {kind: light}\n"
GLOW = """
glow:
  starts: {while: annex.door.occupied}
  does: [{ask: {annex.lamp: warm}}]
"""
BROKERS: dict[str, Callable[[], contextlib.AbstractContextManager[RunningBroker]]] = {
    "mosquitto": mosquitto,
    "nats": nats,
}


@pytest.fixture(params=BROKERS)
def either(request: pytest.FixtureRequest) -> Iterator[RunningBroker]:
    """One broker after the other."""
    with BROKERS[request.param]() as one:
        yield one


@pytest.fixture
def broker() -> Iterator[RunningBroker]:
    with mosquitto() as one:
        yield one


@pytest.fixture
def hall(tmp_path: Path, broker: RunningBroker) -> Iterator[tuple[Controller, Ears]]:
    """The demo venue with a longer dwell: there is time for a reload in the middle of it."""
    with running(venue_folder(tmp_path, dwell=("for: 800ms", "for: 1500ms")), broker, tmp_path) as both:
        yield both


def config(ears: Ears) -> str:
    return str(ears.on(STATUS)[-1]["config"])


def reloads(controller: Controller, ears: Ears) -> None:
    """SIGHUP, until the retained status names another configuration."""
    before = config(ears)
    controller.hangs_up()
    eventually(lambda: config(ears) != before, "another configuration in the status")


def with_annex(controller: Controller) -> None:
    controller.edits("venue.yaml", "  preface.wall:", f"{ANNEX}  preface.wall:")
    (controller.venue / "glow.yaml").write_text(GLOW)


def without_annex(controller: Controller) -> None:
    controller.edits("venue.yaml", ANNEX, "")
    (controller.venue / "glow.yaml").unlink()


def retained(broker: RunningBroker, topic: str) -> list[dict[str, Any]]:
    """What the broker has kept on a topic for whoever comes now."""
    late = Ears(broker, topic, "late/#")
    late.says("late/marker", {"all": "came before"})
    late.until("late/marker")
    late.close()
    return late.on(topic)


def test_a_dwell_goes_on_through_a_reload_and_so_does_the_film_that_it_starts(hall, record_property):
    controller, ears = hall
    began = time.monotonic()
    ears.says(ENTRY, {"occupied": True})
    controller.edits("scenes.yaml", "wait: 4s", "wait: 5s")
    reloads(controller, ears)
    reloaded = time.monotonic() - began
    film = ears.until("demo/preface/wall/set", lambda body: body.get("clip") == "opening_film")
    took = time.monotonic() - began
    record_property("F11", f"reloaded {reloaded:.2f} s into a dwell of 1.5 s; it started after {took:.2f} s")
    assert reloaded < 1.4
    assert 1.4 < took < 2.5
    ears.says("demo/preface/wall/state", {"play": film["play"]})
    ears.until("demo/scene/welcome/state", lambda body: body["state"] == "running")
    controller.edits("scenes.yaml", "wait: 5s", "wait: 100ms")
    reloads(controller, ears)
    ears.says("demo/order/start/hello", {"id": "after"})  # behind it comes whatever the reload would have sent
    ears.until("demo/preface/wall/do/caption")
    ears.until("demo/scene/hello/state", lambda body: body["state"] == "idle")
    assert len([body for body in ears.on("demo/preface/wall/set") if body.get("clip") == "opening_film"]) == 1
    states = [body["state"] for body in ears.on("demo/scene/welcome/state")]
    assert set(states[states.index("running") :]) == {"running"}
    assert [one["verdict"] for one in controller.why("welcome")] == ["started"]


def test_a_pending_candidate_of_a_changed_scene_is_withdrawn_and_why_says_so(hall):
    controller, ears = hall
    ears.says(ENTRY, {"occupied": True})
    controller.edits("scenes.yaml", "for: 1500ms", "for: 1600ms")
    reloads(controller, ears)
    ended = eventually(lambda: controller.why("welcome"), "a verdict")
    assert [one["verdict"] for one in ended] == ["withdrawn"]
    assert "its scene was changed" in ended[0]["why"]


def test_a_broken_folder_changes_nothing_and_is_shown_until_it_is_mended(hall):
    controller, ears = hall
    before = config(ears)
    ears.says("demo/order/start/hello", {"id": "long"})
    ears.until("demo/preface/wall/do/caption")
    controller.edits("scenes.yaml", "opening_film", "opning_film")
    controller.edits("scenes.yaml", "dim over 2s", "dmi over 2s")
    said = controller.says("reload")
    assert said.returncode == 1
    for told in (said.stderr, controller.log.read_text()):
        assert re.search(r"scenes.yaml:\d+:\d+.*opning_film", told)
        assert re.search(r"scenes.yaml:\d+:\d+.*dmi", told)
    shown = ears.until(STATUS, lambda body: "reload" in body)
    assert (shown["config"], shown["reload"]["refused"]) == (before, 2)
    assert shown["reload"]["why"].startswith("scenes.yaml:")
    watched = controller.says("watch", "--all", "--for", "100ms", "--format", "json").stdout.splitlines()
    red = [line for line in map(json.loads, watched) if line["kind"] == "reload_refused"]
    assert len(red) == 1
    assert red[0]["place"].startswith("scenes.yaml:")
    assert "2 mistakes" in red[0]["text"]
    controller.edits("scenes.yaml", "opning_film", "opening_film")
    controller.edits("scenes.yaml", "dmi over 2s", "dim over 2s")
    mended = controller.says("reload", "--format", "json")
    assert (mended.returncode, json.loads(mended.stdout)["word"]) == (0, "unchanged")
    assert "reload" not in ears.until(STATUS, lambda _: "reload" not in ears.on(STATUS)[-1])
    runs = {body.get("run") for body in ears.on("demo/scene/hello/state") if body["state"] == "running"}
    assert len(runs) == 1  # what ran went on


def test_another_venue_is_refused_and_said_to_need_a_start(hall):
    controller, _ = hall
    controller.edits("venue.yaml", "venue: demo", "venue: opera")
    said = controller.says("reload")
    assert (said.returncode, "stop the controller" in said.stderr) == (1, True)
    assert "venue.yaml:3:1" in said.stderr


def test_an_added_hall_is_heard_with_what_it_said_before_and_a_removed_one_is_not(either, tmp_path):
    with running(venue_folder(tmp_path), either, tmp_path) as (controller, ears):
        ears.says("demo/annex/door/state", {"occupied": True}, retain=True)
        with_annex(controller)
        reloads(controller, ears)
        ears.until("demo/annex/lamp/set", lambda body: body.get("look") == "warm")
        ears.until("demo/scene/glow/state", lambda body: body["state"] == "running")
        ears.says("demo/annex/door/event/presence", {"occupied": False})
        ears.until("demo/annex/lamp/set", lambda body: body.get("level") == 0.0)
        without_annex(controller)
        reloads(controller, ears)
        eventually(lambda: _cleared(ears, "demo/scene/glow/state"), "the scene's state cleared")
        assert retained(either, "demo/scene/glow/state") == []
        ears.says("demo/annex/door/event/presence", {"occupied": True})
        answered(ears, "heard")
        assert "refused on demo/annex" not in controller.says("watch", "--all", "--for", "1ms").stdout


def _cleared(ears: Ears, topic: str) -> bool:
    return any(found == topic and not body for _, found, body, _ in list(ears.heard))


def answered(ears: Ears, order: str) -> None:
    """Behind the answer everything that was said before has been taken."""
    ears.says("demo/order/arm/hello", {"id": order})
    ears.until(f"demo/reply/{order}")


def test_a_start_with_a_hall_and_a_scene_less_leaves_nothing_of_them_at_the_broker(either, tmp_path):
    venue = venue_folder(tmp_path)
    with running(venue, either, tmp_path) as (controller, ears):
        with_annex(controller)
        reloads(controller, ears)
        ears.says("demo/annex/door/event/presence", {"occupied": True})
        ears.until("demo/scene/glow/state", lambda body: body["state"] == "running")
        controller.kill()
        without_annex(controller)
        ears.until(STATUS, lambda body: body["state"] == "offline")
        controller.start()
        eventually(lambda: ears.on(STATUS)[-1]["state"] == "online", "the controller online again")
        ears.says("demo/annex/door/event/presence", {"occupied": False})
        answered(ears, "heard")
        assert "refused on demo/annex" not in controller.says("watch", "--all", "--for", "1ms").stdout
        eventually(lambda: not retained(either, "demo/scene/glow/state"), "the scene's state cleared")


def test_a_renamed_device_is_heard_by_its_new_name_only(hall):
    controller, ears = hall
    controller.edits("venue.yaml", "preface.entry", "preface.porch")
    controller.edits("scenes.yaml", "preface.entry", "preface.porch")
    reloads(controller, ears)
    ears.says(ENTRY, {"occupied": True})
    ears.says("demo/preface/porch/event/presence", {"occupied": True})
    ears.until("demo/preface/wash/set", lambda body: body.get("look") == "warm")
    shown = controller.says("watch", "--all", "--for", "1ms").stdout
    assert "there is no device 'preface.entry' in this venue" in shown


def test_another_idle_value_is_sent_and_another_kind_is_spoken_to_in_its_own_words(hall):
    controller, ears = hall
    controller.edits("scenes.yaml", "starts: {while: venue.open}", "starts: {by: staff}")
    controller.edits("venue.yaml", "preface.wash: {kind: light, ", "preface.wash: {kind: light, idle: warm, ")
    controller.edits("venue.yaml", "  preface.wall:", "  preface.post: {kind: light, unused: true}\n  preface.wall:")
    reloads(controller, ears)
    ears.until("demo/preface/wash/set", lambda body: body.get("look") == "warm")
    ears.until("demo/preface/post/set", lambda body: body.get("level") == 0.0)
    controller.edits("venue.yaml", "preface.post: {kind: light, ", "preface.post: {kind: player, ")
    reloads(controller, ears)
    ears.until("demo/preface/post/set", lambda body: "play" in body and body["play"] is None)


def test_asked_twice_quickly_it_reads_what_stands_there_at_the_end(hall):
    controller, ears = hall
    controller.edits("scenes.yaml", "wait: 4s", "wait: 5s")
    controller.hangs_up()
    controller.edits("scenes.yaml", "wait: 5s", "wait: 6s")
    controller.hangs_up()
    said = controller.says("reload", "--format", "json")
    assert (said.returncode, json.loads(said.stdout)["word"]) == (0, "unchanged")
    assert config(ears) == json.loads(said.stdout)["config"]
    assert controller.process is not None
    assert controller.process.poll() is None


def test_after_a_kill_the_run_of_a_scene_that_came_with_a_reload_is_taken_up_as_the_journal_has_it(hall):
    controller, ears = hall
    resumes = "late:\n  starts: {by: staff}\n  after_crash: resume\n  does: [{ask: {preface.wash: warm}}, {wait: 1h}]\n"
    (controller.venue / "late.yaml").write_text(resumes)
    reloads(controller, ears)
    ears.says("demo/order/start/late", {"id": "one"})
    run = ears.until("demo/scene/late/state", lambda body: body["state"] == "running")
    controller.kill()
    controller.edits("scenes.yaml", "wait: 4s", "wait: 5s")  # meanwhile the folder has moved on
    before = len(ears.heard)
    controller.start()
    eventually(
        lambda: (
            [json.loads(body)["run"] for _, topic, body, _ in ears.heard[before:] if topic.endswith("late/state")]
            == [run["run"]]
        ),
        "the same run again",
    )
    assert "another_version" not in controller.log.read_text()
    assert controller.says("watch", "--all", "--for", "1ms").stdout.count("the venue was loaded anew: 1 scene") == 1


EARLY = """
import os
import signal
import controller.app as app
true_load = app.load_venue
def load_venue(texts):
    os.kill(os.getpid(), signal.SIGHUP)
    return true_load(texts)
app.load_venue = load_venue
"""


def test_a_reload_asked_for_while_it_starts_does_not_end_it_and_is_done(tmp_path, broker):
    with running(venue_folder(tmp_path), broker, tmp_path, plant=EARLY) as (controller, _):
        eventually(lambda: "reload_unchanged" in controller.log.read_text(), "the reload done")


def test_watching_it_takes_an_edit_of_an_editor_that_renames_and_refuses_a_broken_one(tmp_path, broker):
    with running(venue_folder(tmp_path), broker, tmp_path, options=["--watch"]) as (controller, ears):
        before = config(ears)
        began = time.monotonic()
        controller.edits("scenes.yaml", "wait: 4s", "wait: 5s")
        eventually(lambda: config(ears) != before, "another configuration")
        print(f"loaded {time.monotonic() - began:.2f} s after the edit")
        controller.edits("scenes.yaml", "opening_film", "opning_film")
        ears.until(STATUS, lambda body: "reload" in body)
        controller.edits("scenes.yaml", "opning_film", "opening_film")
        eventually(lambda: "reload" not in ears.on(STATUS)[-1], "mended")
        assert controller.stop()[1] < 2


def test_closing_its_terminal_ends_it(tmp_path, broker):
    """SIGHUP means a reload, but a closed terminal sends it, too."""
    with contextlib.ExitStack() as later:
        ears = Ears(broker)
        later.callback(ears.close)
        environment = {**os.environ, "RINGMASTER_STATE": str(tmp_path / "state")}
        environment["RINGMASTER_BROKER"] = f"mqtt://{broker.host}:{broker.port}"
        ours, theirs = pty.openpty()
        code = "import os, pty, sys; os.setsid(); import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
        code += "os.execv(sys.executable, [sys.executable, '-m', 'controller', 'run', sys.argv[1]])"
        process = subprocess.Popen(
            [sys.executable, "-c", code, str(venue_folder(tmp_path))],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment,
        )
        later.callback(process.kill)
        os.close(theirs)
        ears.until(STATUS, lambda body: body["state"] == "online")
        os.close(ours)
        assert process.wait(5) == 0
        ears.until(STATUS, lambda body: body["state"] == "offline")
