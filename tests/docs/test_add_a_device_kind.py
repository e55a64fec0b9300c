"""docs/add-a-device-kind.md: the page's file in a copy of the tree is a kind of the house without another edit."""

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

from controller.venue.findings import VenueError
from controller.venue.load import load_venue
from tests.docs.pages import ROOT, blocks, runnable

PAGE = "add-a-device-kind.md"
ROOMS = ("controller", "devices", "link", "scenes", "simulators", "stations", "tests", "config")
(FILE,) = blocks(PAGE, "python")
(VENUE,) = blocks(PAGE, "yaml")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The tree with the new file in it, and the page's venue beside."""
    folder = tmp_path_factory.mktemp("tree")
    for room in ROOMS:
        shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    where = folder / FILE.info.partition("file=")[2]
    assert not where.exists(), "the house has this kind already: choose another example"
    where.write_text(FILE.text)
    (folder / "theatre").mkdir()
    (folder / "theatre" / "venue.yaml").write_text(VENUE.text)
    yield folder
    shutil.rmtree(folder)


def says(folder: Path, line: str) -> subprocess.CompletedProcess[str]:
    """A line of the page, in the copy: ``ringmaster`` and ``python`` are those of the copy."""
    program, *words = shlex.split(line)
    module = {"ringmaster": ["-m", "controller"], "python": []}[program]
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("RINGMASTER_", "PYTEST_"))}
    more = {"PYTHONPATH": str(folder), "RINGMASTER_LANG": "en"}
    command = [sys.executable, *module, *words]
    return subprocess.run(command, cwd=folder, env={**environment, **more}, capture_output=True, text=True, timeout=50)


WHAT_THEY_SAY = {
    "check": "theatre: nothing is wrong",
    "read": "opens to 100% over 4 seconds",
    "export schema": "written: theatre/venue.schema.json",
    "rehearse": "performance started",
    "export devices": "## curtain",
    "pytest": " passed",
}
LINES = runnable(PAGE)


def test_the_page_has_a_line_for_each_thing_it_promises():
    assert len(LINES) == len(WHAT_THEY_SAY)
    assert all(any(word in line for line in LINES) for word in WHAT_THEY_SAY)


@pytest.fixture(scope="module")
def all_done(copy: Path) -> dict[str, subprocess.CompletedProcess[str]]:
    """Every line, several at once: none waits for another."""
    with ThreadPoolExecutor(3) as several:
        return dict(zip(LINES, several.map(lambda line: says(copy, line), LINES), strict=True))


@pytest.mark.parametrize("line", LINES)
def test_each_line_of_the_page_does_what_is_said(copy, all_done, line):
    done = all_done[line]
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    word = next(one for one in WHAT_THEY_SAY if one in line)
    assert WHAT_THEY_SAY[word] in done.stdout
    match word:
        case "export schema":
            schema = json.loads((copy / "theatre" / "venue.schema.json").read_text())
            assert "stage.curtain" in json.dumps(schema)
        case "export devices":
            part = done.stdout.partition("\n## curtain")[2].partition("\n## ")[0]
            assert "Go a little to and fro" in part
            assert re.search(r"(?m)^mosquitto_pub .*/do/wave' -m '.*\"times\": 2", part)
        case "read":
            assert "Tell curtain: wave twice." in re.sub(r"\s+", " ", done.stdout)
            assert "摆动示意 2 次。" in done.stdout
        case "pytest":
            assert int(done.stdout.split(" passed")[0].split()[-1]) > 20
        case "rehearse":
            assert "performance started 0 times" not in done.stdout
            assert " 0 commands" not in done.stdout


def test_without_its_file_it_is_no_kind():
    with pytest.raises(VenueError, match="there is no kind 'curtain'"):
        load_venue({"venue.yaml": VENUE.text})
