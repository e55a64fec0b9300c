"""A replay against an edited venue: exactly the affected decisions, each under its first cause."""

from pathlib import Path

import pytest

from controller.commands.shipped import demo_venue
from controller.commands.simulated import models_of
from controller.journal.schema import open_to_read
from controller.replay.replay import Replay, Report, beginning
from controller.venue.load import load
from controller.venue.source.files import read_folder
from tests.controller.replay.recorded import NINE, SECOND, Recording, changed, visits

DEMO = demo_venue()
HOUR = 3600 * SECOND
# Somebody at the entry every four minutes, so that the scene and its cooldown are over before the next one comes.
LASTS = {240 * SECOND * (number + 1): 100_000 + 97_000 * (number * 7 % 23) for number in range(28)}
RAIN = [
    (
        NINE + quarter * 15 * 60 * SECOND,
        "demo/house/weather/state",
        b'{"raining": true}' if quarter % 2 else b'{"raining": false}',
    )
    for quarter in range(8)
]
DWELL = ("scenes.yaml", "for: 800ms, gap: 300ms", "for: 1200ms, gap: 300ms")


@pytest.fixture(scope="module")
def recording(tmp_path_factory) -> Recording:
    """Two hours of the demo venue: a whole house of visitors, and the entry as ``LASTS`` says."""
    found = Recording(tmp_path_factory.mktemp("day"), DEMO)
    messages = sorted([*visits(LASTS), *RAIN])
    found.live(messages, 2 * HOUR, played=["preface.entry", "house.weather"])
    return found


@pytest.fixture(scope="module")
def day(recording) -> Path:
    return recording.folder


def replayed(journal: Path, venue: Path, since: int = 0) -> Report:
    loaded = load(read_folder(venue))
    connection = open_to_read(journal)
    return Replay(connection, beginning(connection, since, loaded.venue), loaded.venue, models_of(loaded, 1)).run()


def causes(report: Report) -> list[tuple[str | None, int, str | None, str | None]]:
    """Scene, when its candidate came, the verdict then and now, of each first cause that is no mere shift."""
    return [
        (
            str(one.first.note.scene),
            int(str(one.first.thread[2])) - NINE,
            one.then and one.then.note.verdict,
            one.now and one.now.note.verdict,
        )
        for one in report.causes
        if any(each.moved is None for each in one.all())
    ]


def test_the_same_venue_decides_the_same_all_day(day):
    report = replayed(day, DEMO)
    assert report.inputs > 2_000
    assert report.causes == ()


def test_a_comment_and_a_title_decide_nothing(day, tmp_path):
    edit = ("scenes.yaml", "A visitor walks into the preface hall", "Somebody comes in")
    report = replayed(day, changed(DEMO, tmp_path / "edited", edit))
    assert (report.edited, report.causes) == ((), ())


def test_a_longer_dwell_differs_exactly_where_somebody_stayed_between_the_two(day, tmp_path, record_property):
    report = replayed(day, changed(DEMO, tmp_path / "edited", DWELL))
    expected = [
        ("welcome", at, "started", "dwell_broken") for at, lasts in LASTS.items() if 800_000 <= lasts < 1_200_000
    ]
    assert len(expected) > 3
    assert causes(report) == expected
    assert report.edited == ("welcome",)
    record_property(
        "F9", f"a dwell of 1.2 s in place of 800 ms: {len(expected)} decisions differ, exactly those expected"
    )


def test_what_follows_is_folded_under_its_first_cause(day, tmp_path):
    report = replayed(day, changed(DEMO, tmp_path / "edited", DWELL))
    first = next(one for one in report.causes if one.moved is None)
    assert [(one.first.note.what, one.first.note.device) for one in first.follows] == [
        ("wanted", "preface.wash"),
        ("wanted", "preface.wall"),
        ("ended", None),
        ("wanted", "preface.wash"),
        ("wanted", "preface.wall"),
    ]


def test_a_start_that_only_comes_later_is_no_cause(day, tmp_path):
    report = replayed(day, changed(DEMO, tmp_path / "edited", DWELL))
    later = [one for one in report.causes if one.moved is not None]
    starts = sum(lasts >= 1_200_000 for lasts in LASTS.values())
    assert len(later) == starts
    assert {one.moved for one in later} == {400_000}


def test_a_condition_differs_exactly_where_it_did_not_hold(day, recording, tmp_path):
    """The bell rings no more while it rains, which it does every other quarter of an hour."""
    edit = (
        "scenes.yaml",
        "starts: {when: preface.doorbell.pressed}",
        "starts: {when: preface.doorbell.pressed}\n  if: not house.weather.raining",
    )
    report = replayed(day, changed(DEMO, tmp_path / "edited", edit))
    started = [note.at - NINE for note in recording.notes if (note.scene, note.verdict) == ("bell", "started")]
    expected = [at for at in started if at // (15 * 60 * SECOND) % 2]
    assert 0 < len(expected) < len(started)
    differ = causes(report)
    assert [at for _, at, then, _ in differ if then == "started"] == expected
    assert {then for _, _, then, _ in differ} <= {"started", "busy"}  # pressed again while it rang, as rain began
    assert {now for *_, now in differ} == {"condition_false"}
    assert {scene for scene, *_ in differ} == {"bell"}


def test_a_replay_begins_with_the_snapshot_before_the_instant(day, tmp_path):
    since = NINE + 90 * 60 * SECOND
    report = replayed(day, changed(DEMO, tmp_path / "edited", DWELL), since)
    assert NINE + HOUR // 2 < report.begins <= since
    expected = [at for at, lasts in LASTS.items() if 800_000 <= lasts < 1_200_000 and at > report.begins - NINE]
    assert [at for scene, at, *_ in causes(report) if scene == "welcome"] == expected


def test_a_device_is_as_dead_as_it_was_where_the_same_was_asked_and_a_model_elsewhere(tmp_path):
    """The wall never answered: asked the same it fails again; asked at another instant it is a model's, and plays."""
    found = Recording(tmp_path / "day", DEMO, dead=["preface.wall"])
    found.live(visits({60 * SECOND: 3 * SECOND}), 600 * SECOND, played=["preface.entry"], crowd=False)
    assert [note.device for note in found.notes if note.what == "substituted"] == ["preface.wall"]
    assert replayed(found.folder, DEMO).causes == ()
    report = replayed(found.folder, changed(DEMO, tmp_path / "edited", DWELL))
    others = [one for cause in report.causes for one in cause.all() if one.moved is None]
    assert [one.now for one in others] == [None] * len(others)
    assert "substituted" in {one.first.note.what for one in others}


def test_a_visit_that_was_shown_another_page_is_played_on_by_a_simulated_visitor(day, recording, tmp_path):
    former = (demo_venue() / "stations.yaml").read_text("utf-8").partition("painting_session:")[0]
    edit = ("stations.yaml", former, former.replace("share: {page: qr", "share: {page: goodbye"))
    report = replayed(day, changed(DEMO, tmp_path / "edited", edit))
    shared = [
        note.at for note in recording.notes
        if (note.scene, note.what, note.details.get("phase")) == ("ring_session", "phase", "share")
    ]  # fmt: skip
    assert len(shared) > 2
    first = [one.first.note.at for one in report.causes]
    assert set(first) <= set(shared)
    assert {one.first.note.device for one in report.causes} == {"epilogue.ring"}
    follow = {each.first.note.at for one in report.causes for each in one.follows}
    assert set(shared) <= {*first, *follow}  # the next visitor found it free, or taken, because of the one before
    for one in report.causes:
        assert any(each.now is not None and each.now.note.what == "ended" for each in one.follows)


def test_a_crash_in_the_journal_is_one_on_both_sides(tmp_path):
    """It dies while somebody is welcomed, and while somebody else has stood there for half of the dwell."""
    lasts = {60 * SECOND: 10 * SECOND, 300 * SECOND: 1 * SECOND, 600 * SECOND: 5 * SECOND}
    found = Recording(tmp_path / "day", DEMO)
    turns = [(62 * SECOND, lambda at: found.crash(at, 3 * SECOND)), (600_400_000, lambda at: found.crash(at, SECOND))]
    found.live(visits(lasts), 900 * SECOND, played=["preface.entry"], crowd=False, turns=turns)
    assert replayed(found.folder, DEMO).causes == ()
    report = replayed(found.folder, changed(DEMO, tmp_path / "edited", DWELL))
    assert causes(report) == [("welcome", 300 * SECOND, "started", "dwell_broken")]


def test_a_reload_in_the_journal_is_one_then_and_none_now(tmp_path):
    """At 200 s the dwell became the edited one: what comes behind that is decided alike."""
    edited = changed(DEMO, tmp_path / "edited", DWELL)
    found = Recording(tmp_path / "day", DEMO)
    lasts = {60 * SECOND: 1 * SECOND, 300 * SECOND: 1 * SECOND}
    turns = [(200 * SECOND, lambda at: found.reload(at, edited))]
    found.live(visits(lasts), 600 * SECOND, played=["preface.entry"], crowd=False, turns=turns)
    assert causes(replayed(found.folder, edited)) == [("welcome", 60 * SECOND, "started", "dwell_broken")]
    report = replayed(found.folder, DEMO)
    assert report.edited == ("welcome",)
    assert causes(report) == [("welcome", 300 * SECOND, "dwell_broken", "started")]


COUNTED = """

variables:
  inside: {number: 0, plus: preface.door.entered, minus: preface.door.left}
facts:
  lively: {from: inside >= 3, until: inside < 2}

crowd:
  starts: {while: lively}
  does: [{ask: {epilogue.game_lights: party}}]
"""


def test_an_edited_fact_is_the_first_cause_of_what_reads_it(tmp_path):
    """Three are inside at 30 s: lively then, and now it takes four, who are never there."""
    first = changed(DEMO, tmp_path / "first", ("scenes.yaml", "# What happens", COUNTED + "# What happens"))
    second = changed(first, tmp_path / "second", ("scenes.yaml", "inside >= 3", "inside >= 4"))
    door = "demo/preface/door/event/"
    messages = [(NINE + 10 * SECOND * number, f"{door}entered", b"{}") for number in (1, 2, 3)]
    messages += [(NINE + 60 * SECOND + 10 * SECOND * number, f"{door}left", b"{}") for number in (1, 2, 3)]
    found = Recording(tmp_path / "day", first)
    found.live(messages, 200 * SECOND, played=["preface.door"], crowd=False)
    assert replayed(found.folder, first).causes == ()
    report = replayed(found.folder, second)
    assert report.edited == ("lively",)
    (cause,) = report.causes
    assert (cause.first.note.what, cause.first.note.details["name"], cause.now) == ("fact", "lively", None)
    assert cause.first.note.at == NINE + 30 * SECOND
    assert {one.first.note.scene for one in cause.follows} >= {"crowd"}
