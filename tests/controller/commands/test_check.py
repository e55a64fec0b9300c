"""``ringmaster check`` and ``read``, seen from outside."""

import json
import shutil
from pathlib import Path

import pytest

from controller.commands.check import check
from controller.commands.order import order, told
from controller.commands.read import read
from controller.commands.trial import trial
from controller.exits import Exit
from tests.controller.commands.test_exits import ringmaster
from tests.journeys.playing import DEMO
from tests.venues_written import written

MISTAKE = next(one for one in written("mistakes") if one.name.startswith("067"))


@pytest.fixture
def wrong_venue(tmp_path: Path) -> Path:
    for name, text in MISTAKE.texts.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_good_venue_is_told_in_numbers():
    found = ringmaster("check", str(DEMO), "--format", "json")
    said = json.loads(found.stdout)
    assert (found.returncode, said["findings"], said["summary"]["scenes"]) == (Exit.OK, [], 3)


def test_a_wrong_venue_ends_with_1_and_is_shown(wrong_venue):
    found = ringmaster("check", str(wrong_venue), RINGMASTER_LANG="en")
    assert found.returncode == Exit.NO
    first, *_, last = found.stdout.splitlines()
    assert first == f"{wrong_venue}/tables/rivers.yaml:4:24: delta.line_3 is a light, which has no 'occupied'"
    assert last == "1 mistake"


def test_programs_get_the_place_of_a_finding_and_where_it_is_used(wrong_venue):
    found = ringmaster("check", str(wrong_venue), "--format", "json", "--lang", "zh")
    (finding,) = json.loads(found.stdout)["findings"]
    assert MISTAKE.mark is not None
    file, line, column, width = MISTAKE.mark
    assert (finding["file"], finding["line"], finding["column"], finding["end_column"]) == (
        f"{wrong_venue}/{file}",
        line,
        column,
        column + width,
    )
    assert finding["also"][0]["file"].endswith("scenes.yaml")
    assert "没有“occupied”" in finding["message"]


def test_several_venues_are_checked_and_the_worst_counts(wrong_venue):
    found = ringmaster("check", str(DEMO), str(wrong_venue), "--format", "github")
    assert found.returncode == Exit.NO
    assert found.stdout.startswith("::error file=")


def test_the_same_is_found_before_it_runs(wrong_venue):
    found = ringmaster("run", str(wrong_venue), RINGMASTER_LANG="en")
    assert found.returncode == Exit.CONFIG
    assert "tables/rivers.yaml:4:24: delta.line_3 is a light, which has no 'occupied'" in found.stderr
    assert "nothing was started" in found.stderr


def test_without_a_folder_it_is_the_venue_that_is_here():
    assert ringmaster("check").returncode == Exit.OK
    assert ringmaster("read", "hello").returncode == Exit.OK


def test_of_several_venues_each_is_told_as_it_is_typed(tmp_path, monkeypatch, capsys):
    for name in ("demo", "mine"):
        shutil.copytree(DEMO, tmp_path / "config" / "venues" / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RINGMASTER_STATE", raising=False)
    assert check() == Exit.USAGE
    first, *lines = capsys.readouterr().err.splitlines()
    assert first == "which venue? Type one of:"
    assert lines == ["  ringmaster check config/venues/demo", "  ringmaster check config/venues/mine"]


def test_what_was_typed_besides_is_typed_again(tmp_path, monkeypatch, capsys):
    for name in ("demo", "mine"):
        shutil.copytree(DEMO, tmp_path / "config" / "venues" / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RINGMASTER_STATE", raising=False)
    assert (read("hello"), trial()) == (Exit.USAGE, Exit.USAGE)
    told = capsys.readouterr().err.splitlines()
    assert told[1] == "  ringmaster read hello --in config/venues/demo"
    assert told[4] == "  ringmaster test config/venues/demo"


@pytest.mark.parametrize("words", [
    ("read", str(DEMO), "hello"), ("read", "hello", "--in", str(DEMO)), ("check", "--in", str(DEMO)),
], ids=" ".join)  # fmt: skip
def test_a_folder_stands_before_the_rest_or_behind_in(words):
    found = ringmaster(*words)
    assert found.returncode == Exit.OK, found.stderr


def test_who_names_the_folder_of_the_tests_is_told_the_venues(tmp_path, capsys):
    shutil.copytree(DEMO, tmp_path / "demo")
    (tmp_path / "demo" / "tests").mkdir(exist_ok=True)
    assert trial(tmp_path / "demo" / "tests") == Exit.USAGE
    assert f"name the venue's folder: `ringmaster test {tmp_path / 'demo'}`" in capsys.readouterr().err


@pytest.mark.parametrize(("why", "text"), [
    ("it runs already (hello-148)", "refused: it runs already (hello-148)"),
    ("it started", "refused: it started (hello-148)"),
])  # fmt: skip
def test_an_answer_names_its_run_once(why, text):
    assert told({"answer": "refused", "why": why, "run": "hello-148"}) == text


def test_an_order_without_a_verb_is_asked_for_it(capsys):
    assert order() == Exit.USAGE
    assert "which order? As in `ringmaster order start SCENE`" in capsys.readouterr().err


def test_where_no_venue_is_that_is_said(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RINGMASTER_STATE", raising=False)
    assert check() == Exit.USAGE
    assert "type `ringmaster check FOLDER`" in capsys.readouterr().err


def test_in_full_is_a_venue_again(tmp_path):
    (tmp_path / "venue.yaml").write_text(ringmaster("check", str(DEMO), "--expanded").stdout, encoding="utf-8")
    assert ringmaster("check", str(tmp_path)).returncode == Exit.OK


def test_a_scene_is_read_aloud_in_both_languages():
    found = ringmaster("read", "welcome", "--in", str(DEMO), "--lang", "both")
    assert "观众走进序厅。" in found.stdout
    assert "A visitor walks into the preface hall. Starts when the entry is occupied" in found.stdout


def test_a_scene_that_is_not_there_has_a_near_name():
    found = ringmaster("read", "wellcome", "--in", str(DEMO), "--lang", "en")
    assert (found.returncode, "did you mean 'welcome'?" in found.stderr) == (Exit.NO, True)
