"""How long a file and a function may be."""

import subprocess

import pytest

from tools import limits


@pytest.fixture
def clone(tmp_path):
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    return tmp_path


def function(*, lines: int) -> str:
    return "async def wait():\n" + "    pass\n" * (lines - 1)


def test_what_is_within_the_limits_passes(clone, capsys):
    (clone / "short.py").write_text(function(lines=50))
    (clone / "long.txt").write_text("\n" * 500)

    assert limits.main(clone) == 0
    assert "no file over 400 lines" in capsys.readouterr().out


def test_offenders_are_named_with_file_and_line(clone, capsys):
    (clone / "room").mkdir()
    (clone / "room" / "long.py").write_text("\n" * 3 + function(lines=51) + "\n" * 400)
    (clone / "Makefile").write_text("\n" * 401)

    assert limits.main(clone) == 1
    assert capsys.readouterr().out.splitlines() == [
        "Makefile:1: 401 lines, limit 400",
        "room/long.py:1: 454 lines, limit 400",
        "room/long.py:4: wait: 51 lines, limit 50",
    ]


def test_evidence_and_what_git_ignores_are_left_alone(clone):
    (clone / "docs" / "evidence").mkdir(parents=True)
    (clone / "docs" / "evidence" / "measured.py").write_text(function(lines=60))
    (clone / ".gitignore").write_text("build/\n")
    (clone / "build").mkdir()
    (clone / "build" / "made.py").write_text(function(lines=60))

    assert limits.main(clone) == 0
