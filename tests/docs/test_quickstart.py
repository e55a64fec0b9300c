"""docs/quickstart.md: its change and its lines, in their order, beside a running demo."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from link.address import parse_broker
from tests.brokers import RunningBroker, mosquitto
from tests.docs.pages import ROOT, blocks, runnable
from tests.journeys.playing import Ears, eventually

PAGE = "quickstart.md"
LINES = runnable(PAGE)
(CHANGE,) = blocks(PAGE, "diff")
SAYS = {
    "check": "nothing is wrong",
    "reload": "loaded (scenes changed: 1, new: 0, gone: 0)",
    "order start hello": "accepted: it started (hello-",
    "order start short_tour": "accepted: it started (short_tour-",
    "order go": "done: on to epilogue",
    "order stop": "done: short_tour was stopped",
    "say": "said on demo/preface/doorbell/event/pressed: {",
    "why": "welcome ",
    "watch": "",
    "read": "is occupied for 3 seconds",
    "check --expanded": "within: 2s, retry: 1",
    "rehearse": "welcome started",
    "test": "1 test, all as expected",
    "simulate": "devices of demo on mqtt://",
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the venue, and a demo that plays it, as lines."""
    folder = tmp_path_factory.mktemp("quickstart")
    shutil.copytree(ROOT / "config", folder / "config")
    with (folder / "demo.out").open("wb") as out:
        command = [sys.executable, "-m", "controller", "demo", "config/venues/demo", "--plain", "--broker", "mosquitto"]
        process = subprocess.Popen(command, cwd=folder, env=surroundings(), stdout=out, stderr=out)
        try:
            eventually(lambda: "preface.wash confirms" in told(folder), "the demo")
            eventually(lambda: "welcome " in told(folder), "a first visitor")
            yield folder
        finally:
            process.terminate()
            process.wait(10)


def told(folder: Path) -> str:
    return (folder / "demo.out").read_text("utf-8")


def surroundings(**more: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("RINGMASTER_")}
    return {**kept, "PYTHONPATH": str(ROOT), "RINGMASTER_LANG": "en", **more}


def says(folder: Path, line: str, **more: str) -> subprocess.CompletedProcess[str]:
    program, *words = shlex.split(line)
    assert program == "ringmaster"
    command = [sys.executable, "-m", "controller", *words]
    return subprocess.run(command, cwd=folder, env=surroundings(**more), capture_output=True, text=True, timeout=30)


def changed(folder: Path, old: str, new: str) -> None:
    file = folder / "config" / "venues" / "demo" / "scenes.yaml"
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new))


def expected(line: str) -> str:
    return max((word for word in SAYS if f"ringmaster {word}" in line), key=len)


def checked(line: str, done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
    assert SAYS[expected(line)] in re.sub(r"\s+", " ", done.stdout), line


def somebody_comes(folder: Path) -> None:
    address = json.loads((folder / ".ringmaster" / "demo-show" / "controller.json").read_text())
    broker = parse_broker(address["broker"])
    ears = Ears(RunningBroker([], port=broker.port, folder=folder))
    for occupied in (False, True):
        ears.says("demo/preface/entry/event/presence", {"occupied": occupied})
    ears.close()


def test_the_page_is_followed_from_the_change_to_the_last_line(demo):
    old, new = (re.search(rf"(?m)^\{sign}(.*)$", CHANGE.text)[1].strip() for sign in "-+")
    changed(demo, old, new)
    behind = 1 + max(number for number, line in enumerate(LINES) if " order " in line or " say " in line)
    for line in LINES[:behind]:
        checked(line, says(demo, line))
        if line == "ringmaster reload":
            somebody_comes(demo)
            eventually(lambda: "welcome waits: it must last 3 s" in told(demo), "the change")
    with mosquitto() as broker, ThreadPoolExecutor(4) as several:  # these wait for nothing of one another
        url = f"mqtt://{broker.host}:{broker.port}"
        done = [several.submit(says, demo, line, RINGMASTER_BROKER=url) for line in LINES[behind:]]
        for line, one in zip(LINES[behind:], done, strict=True):
            checked(line, one.result())
    assert {expected(line) for line in LINES} == set(SAYS)

    changed(demo, "for: 3s, gap", "for: 3, gap")
    refused = says(demo, "ringmaster reload")
    assert refused.returncode == 1
    assert "did you mean 3s?" in refused.stderr
