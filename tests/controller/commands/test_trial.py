"""``ringmaster test``: the demo's tests pass, a broken scene fails them at their line, and says why."""

import json
import shutil
from pathlib import Path

import pytest

from controller.commands import trial as command
from controller.commands.shipped import demo_venue
from controller.exits import Exit

PLAY = command.trial


@pytest.fixture
def venue(tmp_path) -> Path:
    return Path(shutil.copytree(demo_venue(), tmp_path / "venue"))


def change(path: Path, former: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(former) == 1
    path.write_text(text.replace(former, new), "utf-8")


def only(venue: Path, text: str) -> None:
    shutil.rmtree(venue / "tests")
    (venue / "tests").mkdir()
    (venue / "tests" / "one.yaml").write_text(text, "utf-8")


def failures(venue: Path, capsys) -> list[str]:
    """What was instead, of each failing expectation of all tests."""
    PLAY(venue, format="json")
    return [one["instead"] for test in json.loads(capsys.readouterr().out) for one in test["failures"]]


def test_the_demos_tests_are_as_expected(capsys):
    assert PLAY(demo_venue()) is Exit.OK
    assert "7 tests, all as expected" in capsys.readouterr().out


def test_a_longer_dwell_fails_at_the_line_that_expects_the_shorter_and_says_why(venue, capsys):
    change(venue / "scenes.yaml", "for: 800ms, gap: 300ms", "for: 2s, gap: 300ms")
    assert PLAY(venue, "a visitor is welcomed") is Exit.NO
    told = capsys.readouterr().out
    assert "FAIL  a visitor is welcomed" in told
    assert f"{venue}/tests/preface.yaml:9:" in told
    assert "welcome should be running: it is idle" in told
    assert "welcome waits: it must last 2 s  [scenes.yaml:31:42]" in told


def test_for_programs_each_failure_has_its_place_and_what_was_instead(venue, capsys):
    change(venue / "scenes.yaml", "preface.wash: warm over 1.5s", "preface.wash: tour over 1.5s")
    assert PLAY(venue, format="json") is Exit.NO
    (failed,) = [one for one in json.loads(capsys.readouterr().out) if not one["ok"]]
    assert failed["test"] == "a visitor is welcomed"
    (failure,) = failed["failures"]
    assert failure["place"].startswith("tests/preface.yaml:10:")
    assert "preface.wash shows" in failure["instead"]


CLAIMS = {
    "{at: 1s, scene: welcome, is: idle}": "",
    "{at: 1s, scene: welcome, is: running}": "it is idle",
    "{at: 1s, scene: welcome, verdict: started}": "nothing could have started it",
    "{at: 1s, scene: bell, verdict: started}": "",
    "{at: 1s, scene: bell, started: 2}": "it started 1 times",
    "{at: 1s, device: preface.wash, wants: dim}": "",
    "{at: 1s, device: preface.wash, wants: warm}": "preface.wash is asked for",
    "{at: 1s, device: epilogue.fog, wants: nothing}": "",
    "{at: 1s, device: preface.wash, wants: nothing}": "preface.wash is asked for",
    "{at: 1s, device: lights in preface, shows: dim}": "preface.doormat shows",
    "{at: 1s, told: epilogue.banner.caption}": "it was told nothing",
    "{at: 1s, said: hello}": "staff were told: nothing",
    "{at: 1s, holds: venue.open and preface.wash.level < 0.2}": "",
    "{at: 1s, holds: preface.wash.level > 0.2}": "preface.wash.level is 0.15",
    "{by: 1s, scene: bell, is: running}": "",
}


@pytest.mark.parametrize("claim", CLAIMS)
def test_what_is_so_passes_and_what_is_not_says_what_was_instead(venue, capsys, claim):
    only(venue, f"one:\n  when: [{{at: 0s, says: preface.doorbell.pressed}}]\n  expect: [{claim}]\n")
    found = failures(venue, capsys)
    assert bool(found) is bool(CLAIMS[claim])
    assert all(CLAIMS[claim] in one for one in found)


def test_by_is_looked_for_from_the_expectation_before_it_on(venue, capsys):
    """The scene was idle before: that is not what `by` means."""
    bell = "one:\n  when: [{at: 1s, says: preface.doorbell.pressed}]\n"
    expect = "  expect: [{at: 1s, scene: bell, is: running}, {by: 1500ms, scene: bell, is: idle}]\n"
    only(venue, bell + expect)
    assert failures(venue, capsys) == ["it is running"]


def test_a_silent_device_answers_nothing(venue, capsys):
    only(venue, "one:\n  given: {silent: preface.wash}\n  expect: [{at: 1s, device: preface.wash, shows: dim}]\n")
    assert failures(venue, capsys) == ["preface.wash shows nothing"]


def test_what_is_given_is_known_and_starts_nothing(venue, capsys):
    given = "given: {says: [preface.entry.occupied, house.weather.raining]}"
    expect = "expect: [{at: 0s, holds: preface.entry.occupied}, {at: 9s, scene: welcome, started: 0}, {at: 9s, RAIN}]"
    only(venue, f"one:\n  {given}\n  {expect}\n".replace("RAIN", "scene: rain, is: running"))
    assert failures(venue, capsys) == []


def test_the_time_of_day_is_the_given_one(venue, capsys):
    only(venue, "one:\n  given: {at: 21:15, on: 2022-02-01}\n  expect: [{at: 1s, scene: bell, is: running}]\n")
    assert failures(venue, capsys) == ["it is idle"]


def test_a_mistake_in_a_test_is_a_finding_and_plays_nothing(venue, capsys):
    only(venue, "one:\n  expect: [{at: 1s, scene: wellcome, is: idle}]\n")
    assert PLAY(venue) is Exit.CONFIG
    assert "there is no scene 'wellcome'" in capsys.readouterr().err


def test_a_name_that_is_none_and_a_venue_without_tests_are_told(venue, capsys):
    assert PLAY(venue, "a visitor is welcome") is Exit.USAGE
    assert "did you mean 'a visitor is welcomed'?" in capsys.readouterr().err
    shutil.rmtree(venue / "tests")
    assert PLAY(venue) is Exit.NO
    assert "there are no tests" in capsys.readouterr().err
