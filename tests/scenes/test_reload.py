"""Another configuration: unchanged scenes keep dwell, timers and runs; changed and vanished ones let go."""

import pytest

from scenes.effects import Set
from tests.venue import HALL, House, of

KEPT = """
kept:
  starts: [{when: preface.entry.occupied, for: 2s}, {by: staff}]
  cools: 20s
  does:
    - ask: {preface.wash: warm}
    - wait: 10s
    - ask: {preface.wash: cold}
    - wait: 10s
  ends: 2s
"""
OTHER = """
other:
  starts: [{when: preface.exit.occupied, for: 2s}, {by: staff}]
  does:
    - ask: {preface.wall: film}
    - wait: 10s
"""
AMBIENT = """
ambient:
  band: ambient
  starts: {while: venue.open}
  does: [{ask: {preface.wash: dim}}]
"""
CHANGED = OTHER.replace("10s", "11s")


@pytest.fixture
def house() -> House:
    house = House(HALL + KEPT + OTHER)
    house.starts()
    return house


def test_an_unchanged_scene_in_mid_dwell_still_starts_on_time(house):
    house.says("preface.entry", occupied=True)
    house.advance("1s")
    house.reloads(HALL + KEPT + CHANGED)
    house.advance("999ms")
    assert house.verdicts("kept") == []
    house.advance("1ms")
    assert house.verdicts("kept") == ["started"]


def test_an_unchanged_run_goes_on(house):
    house.order("start", "kept")
    house.advance("5s")
    house.reloads(HALL + KEPT + CHANGED)
    house.advance("5s")
    assert house.shown("preface.wash")["look"] == "cold"


def test_a_scene_that_only_moved_is_unchanged(house):
    house.order("start", "kept")
    house.reloads(f"# a line\n{HALL}{OTHER}\n\n{KEPT}")
    assert house.running() == ["kept"]


def test_a_scene_in_another_file_is_unchanged(house):
    house.order("start", "kept")
    house.reloads(HALL + OTHER, scenes=KEPT)
    assert house.running() == ["kept"]


def test_an_unchanged_cooldown_goes_on(house):
    house.order("start", "kept")
    house.order("stop", "kept")
    house.reloads(HALL + KEPT)
    house.says("preface.entry", occupied=True)
    house.advance("2s")
    assert house.verdicts("kept") == ["started", "cooling"]


def test_a_changed_scene_withdraws_its_candidate(house):
    house.says("preface.exit", occupied=True)
    house.reloads(HALL + KEPT + CHANGED)
    assert house.verdicts("other") == ["withdrawn"]


def test_a_vanished_scene_withdraws_its_candidate(house):
    house.says("preface.exit", occupied=True)
    house.reloads(HALL + KEPT)
    house.advance("1min")
    assert (house.verdicts("other"), house.stage.ended) == (["withdrawn"], house.stage.candidates)


def test_a_changed_run_lets_go(house):
    house.order("start", "other")
    house.reloads(HALL + KEPT + CHANGED)
    assert (house.running(), house.shown("preface.wall")) == ([], {"play": None})


def test_a_vanished_run_lets_go(house):
    house.order("start", "other")
    house.reloads(HALL + KEPT)
    assert (house.running(), house.shown("preface.wall")) == ([], {"play": None})


def test_a_changed_look_changes_the_scenes_that_ask_for_it(house):
    house.order("start", "kept")
    house.reloads((HALL + KEPT + OTHER).replace("warm: {level: 80%}", "warm: {level: 70%}"))
    assert house.running() == []


def test_a_new_scene_that_should_last_starts(house):
    house.reloads(HALL + KEPT + OTHER + AMBIENT)
    assert house.running() == ["ambient"]


def test_an_unchanged_scene_that_lasts_is_not_started_again(house):
    house.reloads(HALL + KEPT + OTHER + AMBIENT)
    house.reloads(HALL + KEPT + CHANGED + AMBIENT)
    assert house.verdicts("ambient") == ["started"]


def test_a_changed_scene_that_lasts_is_started_anew_with_one_message(house):
    house.reloads(HALL + KEPT + OTHER + AMBIENT)
    changes = of(Set, house.reloads(HALL + KEPT + OTHER + AMBIENT.replace("dim", "cold")))
    assert [one.value["look"] for one in changes] == ["cold"]


def test_a_new_device_shows_its_idle_value(house):
    text = HALL.replace("  preface.wall:", "  preface.rim: {kind: light}\n  preface.wall:")
    house.reloads(text + KEPT + OTHER)
    assert house.shown("preface.rim") == {"level": 0.0}


def test_another_idle_value_is_sent(house):
    house.reloads(HALL.replace("wash: {kind: light}", "wash: {kind: light, idle: dim}") + KEPT + OTHER)
    assert house.shown("preface.wash") == {"look": "dim", "level": 0.15}


def test_a_device_that_is_gone_is_asked_nothing_more(house):
    house.order("start", "other")
    house.advance("1s")
    house.reloads(HALL.replace("  preface.wall: {kind: player}\n", "") + KEPT)
    before = len(house.sets("preface.wall"))
    house.advance("1min")
    assert len(house.sets("preface.wall")) == before


def test_a_reload_of_the_same_sends_nothing(house):
    house.order("start", "kept")
    assert of(Set, house.reloads(HALL + KEPT + OTHER)) == []


def test_a_run_that_waits_still_hears_news_after_a_reload(house):
    waits = KEPT.replace("wait: 10s", "wait: {until: preface.exit.occupied, at_most: 1h, else: end}", 1)
    house.reloads(HALL + waits)
    house.order("start", "kept")
    house.reloads(HALL + waits + OTHER)
    house.says("preface.exit", occupied=True)
    assert house.shown("preface.wash")["look"] == "cold"


def test_what_is_known_of_devices_stays_known(house):
    house.says("preface.entry", occupied=True)
    house.reloads(HALL + KEPT + CHANGED)
    house.says("preface.entry", occupied=True)
    assert "no_edge" in house.verdicts("kept")


TWO_REASONS = """
lamp:
  starts: [{while: preface.entry.occupied}, {by: staff}]
  does: [{ask: {preface.wash: warm}}, {wait: 1h}]
"""


@pytest.mark.parametrize("later", ["", TWO_REASONS.replace("1h", "2h")], ids=["gone", "changed"])
def test_what_waited_to_start_again_does_not_start_as_it_was_written_before(later):
    house = House(HALL + TWO_REASONS)
    house.starts()
    house.order("start", "lamp")
    house.says("preface.entry", occupied=True)
    started = house.notes("started")
    house.reloads(HALL + AMBIENT + later)
    again = [note for note in house.notes("started")[len(started) :] if note.scene == "lamp"]
    assert len(again) == (1 if later else 0)
    assert all(house.engine.venue.scenes[run.scene].phases for run in house.stage.runs.values())


def test_a_command_that_the_new_kind_does_not_know_is_forgotten():
    flashing = "flashing:\n  starts: {by: staff}\n  does: [{tell: preface.wash.flash}]\n"
    house = House(HALL + flashing)
    house.starts()
    house.order("start", "flashing")
    house.reloads(HALL.replace("preface.wash: {kind: light}", "preface.wash: {kind: player}"))
    house.link_goes()
    house.link_comes()
    assert house.stage.link_up
    assert house.stage.commands == {}


def test_what_a_device_said_is_forgotten_with_it():
    house = House(HALL + KEPT + OTHER)
    house.starts()
    house.says("preface.exit", occupied=True)
    without = HALL.replace("  preface.exit: {kind: presence}\n", "")
    assert without != HALL
    house.reloads(without + KEPT)
    house.reloads(HALL + KEPT + OTHER.replace("when: preface.exit.occupied, for: 2s", "while: preface.exit.occupied"))
    assert house.verdicts("other") == ["withdrawn"]
    assert "preface.exit" not in house.stage.devices


def test_what_a_device_said_as_another_kind_is_forgotten():
    house = House(HALL + KEPT)
    house.starts()
    house.says("preface.exit", occupied=True)
    house.says("preface.entry", occupied=True)
    house.reloads(HALL.replace("preface.exit: {kind: presence}", "preface.exit: {kind: light}") + KEPT)
    assert [key for key in house.stage.values if key.startswith("preface.e")] == ["preface.entry.occupied"]
