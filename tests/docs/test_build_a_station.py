"""docs/build-a-station.md: the page's program, word for word, plays a whole session against a running controller."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from devices.kinds.rig import KIND
from tests.brokers import mosquitto
from tests.docs.pages import ROOT, blocks, text_of
from tests.journeys.playing import eventually, running

PAGE = "build-a-station.md"
(PROGRAM,) = blocks(PAGE, "python")
GOODBYE = "goodbye: {page: goodbye, at_most: 5s}"
SHORT = "goodbye: {page: goodbye, at_most: 300ms}"
SAYS = ["touched", "agreed", "placed", "done", "shot", "clip_ready", "keep", "done", "gone"]
SHOWS = ["attract", "consent", "floor", "countdown", "developing", "review", "qr", "goodbye", "attract"]


def demo(folder: Path) -> Path:
    """The demo venue; its goodbyes last 300 ms, so that nobody waits for them here."""
    venue = folder / "venue"
    shutil.copytree(ROOT / "config" / "venues" / "demo", venue)
    stations = venue / "stations.yaml"
    text = stations.read_text()
    assert GOODBYE in text
    stations.write_text(text.replace(GOODBYE, SHORT))
    return venue


def test_the_program_plays_a_whole_visit_which_ends_in_words(tmp_path):
    program = tmp_path / "ring.py"
    program.write_text(PROGRAM.text)
    with mosquitto() as broker, running(demo(tmp_path), broker, tmp_path) as (controller, ears):
        command = [sys.executable, str(program), broker.host, str(broker.port)]
        played = subprocess.run(command, capture_output=True, text=True, timeout=20)
        assert (played.returncode, played.stderr) == (0, "")
        assert re.findall(r"(?m)^says (\w+)$", played.stdout) == SAYS
        assert re.findall(r"(?m)^shows (\w+)$", played.stdout) == SHOWS
        assert re.findall(r"(?m)^is told (\w+)$", played.stdout) == ["shoot", "safe_stop"]
        assert played.stdout.endswith("the visit is over\n")
        seen = eventually(
            lambda: [
                line
                for line in controller.says("watch", "--all", "--for", "100ms").stdout.splitlines()
                if "ring_session-" in line and "ended" in line
            ],
            "the end of the session",
        )
        assert re.search(r"ring_session-\d+ ended after [\d.]+ m?s: it came to its end: done", seen[0])
        assert [(body["verdict"], body["ended"]) for body in controller.why("ring_session")] == [
            ("started", False),
            (None, True),
        ]
        assert ears.on("demo/epilogue/ring/error") == []


def test_the_table_of_pages_is_the_scene_of_the_demo():
    scenes = yaml.safe_load((ROOT / "config" / "venues" / "demo" / "stations.yaml").read_text())
    phases = scenes["ring_session"]["phases"]
    table = text_of(PAGE).partition("## The ring, page by page")[2].partition("## A whole")[0]
    pages = set(re.findall(r"pages? `(\w+)`", table))
    assert pages == {phase["page"] for phase in phases.values() if "page" in phase} | {"attract"}
    said = set(re.findall(r"`(\w+)`", table)) & set(KIND.events)
    assert {event for phase in phases.values() for event in phase.get("next", {})} <= said | {"gone"}
