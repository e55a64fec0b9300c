"""A file of a kind that cannot be used is named with its line, by every command, and nothing is started."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(("text", "said"), [
    ("class X:\n    pass\n\nclas Turntable: ...\n", "devices/kinds/turntable.py:4: SyntaxError: invalid syntax"),
    ("from devices.vocabulary import Kind\nKIND = Kind(nam='x')\n", "devices/kinds/turntable.py:2: TypeError: "),
    ("KIND = 1\n", "devices/kinds/turntable.py:1: it must hold KIND = Kind(name='turntable', …)"),
])  # fmt: skip
def test_a_kind_that_is_wrong_is_named_with_its_line(tmp_path, text, said):
    for room in ("controller", "devices", "link", "scenes", "simulators"):
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "devices" / "kinds" / "turntable.py").write_text(text, "utf-8")
    command = [sys.executable, "-m", "controller", "check", str(ROOT / "config" / "venues" / "demo")]
    done = subprocess.run(
        command, cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 78
    assert said in done.stderr
    assert "Traceback" not in done.stderr
