"""The rules of the house that a machine can hold."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import limits

ROOT = Path(__file__).resolve().parent.parent
HEAVY = {"aiomqtt", "cv2", "numpy", "paho", "starlette"}
A_MACHINES_OWN_PATH = re.compile(rb"(?<![\w.-])/(work|root)/")


@pytest.fixture
def files_in_git() -> list[Path]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git clone")
    return limits.files_in_git(ROOT)


def test_the_rooms_know_only_whom_they_may():
    lint_imports = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    if lint_imports is None:
        pytest.skip("import-linter comes with `make check`, which runs it")

    judged = subprocess.run([lint_imports, "--no-cache", "--no-logo"], cwd=ROOT, capture_output=True, text=True)

    assert judged.returncode == 0, judged.stdout


def test_help_loads_nothing_heavy():
    command = [sys.executable, "-X", "importtime", "-m", "controller", "--help"]
    helped = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in helped.stderr.splitlines()}

    assert helped.returncode == 0, re.sub(r"(?m)^import time:.*\n", "", helped.stderr)
    assert "controller" in loaded
    assert loaded & HEAVY == set()


@pytest.mark.usefixtures("files_in_git")
def test_no_file_and_no_function_is_too_long(capsys):
    assert limits.main() == 0, capsys.readouterr().out


def test_no_file_names_a_path_of_somebodys_machine(files_in_git):
    texts = {path: content for path in files_in_git if b"\0" not in (content := path.read_bytes())}

    assert [str(path) for path, content in texts.items() if A_MACHINES_OWN_PATH.search(content)] == []
