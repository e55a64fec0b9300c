"""Stations and the visitors in front of them, led through a session by what a scene would show."""

from collections import Counter
from collections.abc import Mapping

import pytest
import yaml

from devices.speech import Reported
from tests.simulators.around import MINUTE, SECOND, Around
from tests.test_packaging import ROOT

# What scenes of the exhibition show: by phase what it shows or tells, how long at most, and where each event leads.
Phase = tuple[str, str, int, Mapping[str, str], str]  # page, command, seconds at most, ways on, else
PHOTO: Mapping[str, Phase] = {
    "consent": ("consent", "", 30, {"agreed": "position", "declined": "goodbye"}, "goodbye"),
    "position": ("floor", "", 45, {"placed": "countdown"}, "goodbye"),
    "countdown": ("countdown", "", 8, {"done": "fire"}, "goodbye"),
    "fire": ("", "shoot", 12, {"shot": "process", "failed": "sorry"}, "sorry"),
    "process": ("developing", "", 20, {"clip_ready": "review", "painted": "review", "failed": "sorry"}, "later"),
    "review": ("review", "", 25, {"keep": "share", "again": "countdown", "delete": "purge"}, "purge"),
    "share": ("qr", "", 60, {"done": "goodbye"}, "goodbye"),
    "later": ("qr", "", 15, {"done": "goodbye"}, "goodbye"),
    "sorry": ("sorry", "", 8, {"again": "countdown"}, "purge"),
    "purge": ("", "purge", 10, {"done": "goodbye"}, "goodbye"),
    "goodbye": ("goodbye", "", 5, {}, ""),
}
QUIZ: Mapping[str, Phase] = {
    "countdown": ("countdown", "begin", 6, {"done": "question"}, "goodbye"),
    "question": ("question", "", 20, {"right": "praise", "wrong": "comfort"}, "comfort"),
    "praise": ("right", "", 4, {"more": "question", "over": "result"}, "result"),
    "comfort": ("wrong", "", 4, {"more": "question", "over": "result"}, "result"),
    "result": ("result", "", 10, {"done": "goodbye"}, "goodbye"),
    "goodbye": ("goodbye", "", 3, {}, ""),
}
SCENES = {"rig": (PHOTO, "consent"), "painting": (PHOTO, "consent"), "quiz": (QUIZ, "countdown")}
stations = pytest.mark.parametrize("kind", list(SCENES))


def leads(around: Around, number: int) -> list[str]:
    """One session as the scene leads it; the phases it came through."""
    phases, phase = SCENES[around.kind.name]
    came: list[str] = []
    while phase:
        came.append(phase)
        assert len(came) < 60, came
        page, command, at_most, ways, otherwise = phases[phase]
        if page:
            around.asks({"page": page})
        if command:
            around.tells(command, command_id=f"c{number}-{len(came)}")
        deadline = around.now + at_most * SECOND
        phase = otherwise
        while (said := around.until_event(deadline)) is not None:
            if said.event in ways or said.event == "gone":
                phase = ways.get(said.event, "")
                break
    around.asks({"page": None})
    around.passes(5 * SECOND)
    return came


def sessions(around: Around) -> dict[str, list[Reported]]:
    found: dict[str, list[Reported]] = {}
    for said in around.events():
        found.setdefault(said.session or "", []).append(said)
    return found


def many(kind: str, count: int = 300, seed: int = 1) -> tuple[Around, list[list[str]]]:
    around = Around(kind, seed)
    led = []
    for number in range(count):
        around.visits("touch")
        before = len(sessions(around))
        around.passes(1)
        if len(sessions(around)) == before:  # too few cameras: it begins no session
            around.passes(MINUTE)
            continue
        led.append(leads(around, number))
        around.passes(20 * SECOND)
    return around, led


@stations
def test_every_session_begins_with_its_first_event_and_ends_with_gone(kind):
    around, led = many(kind)
    found = sessions(around)
    assert len(found) == len(led) > 250
    opens = "joined" if kind == "quiz" else "touched"
    for events in found.values():
        assert events[0].event == opens
        assert [one.event for one in events].count("gone") == 1
        assert events[-1].event == "gone"


@stations
def test_events_of_a_session_are_counted_without_a_gap(kind):
    around, _ = many(kind, 60)
    for session, events in sessions(around).items():
        assert [one.id for one in events] == [f"{session}/{number}" for number in range(1, len(events) + 1)]


@stations
def test_every_word_that_a_station_can_say_is_said(kind):
    around, _ = many(kind)
    said = Counter(one.event for one in around.events())
    assert set(around.kind.events) == set(said), said


def test_most_visitors_of_the_ring_take_a_clip_along_and_every_way_is_gone():
    around, led = many("rig")
    came = Counter(phase for phases in led for phase in phases)
    assert set(came) == set(PHOTO)
    assert came["share"] > 0.6 * len(led)
    frames = [one.fields["frames"] for one in around.events("shot")]
    assert 20 <= min(frames) < 24
    assert max(frames) == 24


def test_cameras_that_failed_are_not_counted_until_they_answer_again():
    around, _ = many("rig", 60)
    counts = [
        said.states["cameras"] for _, said in around.heard if isinstance(said, Reported) and "cameras" in said.states
    ]
    assert min(counts) < 24 <= max(counts)
    assert all(
        said.states["able"] == (said.states["cameras"] >= 20)
        for _, said in around.heard
        if isinstance(said, Reported) and "cameras" in said.states
    )


def test_what_failed_at_a_shot_is_told_with_it():
    around, _ = many("rig", 200)
    cameras, told = 24, []
    for _, said in around.heard:
        if isinstance(said, Reported):
            cameras = said.states.get("cameras", cameras)
            if said.event == "shot" and said.fields["frames"] < 24:
                told.append(cameras == said.fields["frames"])
    assert len(told) > 30
    assert sum(told) > 0.8 * len(told)  # now and then others answer again in the same second


def test_a_ring_with_too_few_cameras_begins_no_session_and_refuses_to_shoot():
    around = Around("rig")
    around.visits("touch")
    around.passes(1)
    around.model._cameras = 19
    around.tells("shoot")
    around.passes(MINUTE)
    assert [(one.ok, one.reason) for one in around.acks()] == [(False, "too few cameras answer")]
    count = len(sessions(around))
    around.visits("touch")
    around.passes(MINUTE)
    assert len(sessions(around)) == count


@pytest.mark.parametrize("kind", ["rig", "painting"])
def test_nobody_is_shot_where_nobody_is(kind):
    around = Around(kind)
    around.tells("shoot")
    around.passes(MINUTE)
    assert [(one.ok, one.reason) for one in around.acks()] == [(False, "nobody is there")]
    assert around.events() == []


@pytest.mark.parametrize("kind", ["rig", "painting"])
def test_a_second_shot_while_the_first_is_made_is_refused_and_the_same_again_is_the_same(kind):
    around = Around(kind)
    around.visits("touch")
    around.tells("shoot", command_id="a")
    around.passes(500_000)
    around.tells("shoot", command_id="b")
    around.tells("shoot", command_id="a")
    around.passes(15 * SECOND)
    assert [(one.id, one.ok) for one in around.acks()] == [("a", True), ("b", False), ("a", True)]
    assert len(around.events("shot")) + len(around.events("failed")) == 1


@pytest.mark.parametrize("kind", ["rig", "painting"])
@pytest.mark.parametrize("ending", ["it is told to stop", "its page is taken away"])
def test_what_was_being_made_does_not_come_into_the_next_session(kind, ending):
    for seed in range(30):
        around = Around(kind, seed)
        around.visits("touch")
        around.asks({"page": "floor"})
        around.passes(100_000)
        around.tells("shoot")
        around.passes(2 * SECOND)
        if ending == "it is told to stop":
            around.tells("safe_stop", command_id="stop")
        around.asks({"page": None})
        around.passes(100_000)
        around.visits("touch")
        around.passes(19 * SECOND)
        (first, second) = sessions(around).values()
        assert first[-1].event == "gone"
        assert [one.event for one in second] == ["touched"]


def test_what_is_deleted_is_done_and_nothing_comes_of_it():
    around = Around("rig")
    around.visits("touch")
    around.tells("shoot")
    around.passes(2 * SECOND)
    around.tells("purge", command_id="p")
    around.passes(15 * SECOND)
    assert [one.event for one in around.events()][-1] == "done"
    assert around.events("clip_ready") == []


def test_a_painting_grows_from_its_first_layer_within_two_seconds_of_the_shot():
    around, _ = many("painting", 40)
    shots = [at for at, said in around.heard if isinstance(said, Reported) and said.event == "shot"]
    shown = [(at, said.states["progress"]) for at, said in around.heard
             if isinstance(said, Reported) and said.states.get("progress")]  # fmt: skip
    assert len(shots) > 25
    for shot in shots:
        first = next(progress for at, progress in shown if at >= shot)
        assert 0 < first < 0.3
        assert next(at for at, _ in shown if at >= shot) - shot <= 2 * SECOND
    painted = [at for at, said in around.heard if isinstance(said, Reported) and said.event == "painted"]
    assert all((at, 1.0) in shown for at in painted)


def test_one_to_four_play_a_quiz_and_the_score_only_grows():
    around, _ = many("quiz", 100)
    most = Counter(max(one.fields["players"] for one in events if one.event == "joined")
                   for events in sessions(around).values())  # fmt: skip
    assert set(most) == {1, 2, 3, 4}
    for events in sessions(around).values():
        scores = [one.fields["score"] for one in events if "score" in one.fields]
        assert scores == sorted(scores)
        players = {one.fields["player"] for one in events if one.event == "joined"}
        assert {one.fields["player"] for one in events if one.event in ("right", "wrong")} <= players
        assert sum(one.event in ("right", "wrong") for one in events) <= 5


def test_others_join_a_game_that_has_not_begun_and_no_other_one():
    around = Around("quiz")
    for _ in range(6):
        around.visits("touch")
    around.passes(8 * SECOND)
    assert [one.fields["players"] for one in around.events("joined")] == [1, 2, 3, 4]
    around.asks({"page": "question"})
    around.passes(SECOND)
    around.visits("touch")
    around.passes(SECOND)
    assert len(around.events("joined")) == 4


@stations
def test_a_visitor_for_whom_no_page_comes_gives_up(kind):
    around = Around(kind)
    around.visits("touch")
    around.passes(MINUTE)
    assert around.events()[-1].fields == {"reason": "timeout"}


@stations
def test_a_visitor_who_is_kept_at_a_page_goes_in_the_end(kind):
    around = Around(kind)
    around.visits("touch")
    around.asks({"page": "unheard_of"})
    around.passes(10 * MINUTE)
    assert around.events()[-1].fields == {"reason": "timeout"}


@stations
def test_a_second_visitor_waits_until_the_page_invites_again(kind):
    around = Around(kind)
    around.visits("touch")
    around.asks({"page": "goodbye"})
    around.passes(20 * SECOND)
    around.visits("touch")
    around.passes(SECOND)
    assert len(sessions(around)) == 1
    around.asks({"page": None})
    around.passes(SECOND)
    around.visits("touch")
    around.passes(SECOND)
    assert len(sessions(around)) == 2


@stations
def test_sessions_of_another_day_or_another_station_have_other_names(kind):
    names = set()
    for seed, at in ((1, 0), (2, 0), (1, 1)):
        around = Around(kind, seed, at=at)
        around.visits("touch")
        around.passes(1)
        names |= set(sessions(around))
    assert len(names) == 3


def test_visitors_know_what_to_do_on_each_page_of_the_demo():
    """A page that nobody knows would be left by time alone, and a game would have one question."""
    stations = yaml.safe_load((ROOT / "config" / "venues" / "demo" / "stations.yaml").read_text("utf-8"))
    kinds = {"epilogue.ring": "rig", "epilogue.easel": "painting", "epilogue.quiz": "quiz"}
    by_hand = {"developing"}  # the station's own work, not a visitor's
    for scene in stations.values():
        pages = {phase["page"] for phase in scene["phases"].values() if "page" in phase}
        assert pages - by_hand <= set(Around(kinds[scene["station"]]).model.habits), scene["station"]
