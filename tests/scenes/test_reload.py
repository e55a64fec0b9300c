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
    house.advance("2s")
    house.reloads(HALL + KEPT + CHANGED)
    house.says("preface.entry", occupied=True)
    assert house.verdicts("kept") == ["started", "no_edge"]


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


SESSION = """
visit:
  band: session
  station: preface.ring
  starts: {when: preface.ring.touched}
  else: bye
  phases:
    consent: {page: consent, at_most: 30s, next: {agreed: fire, gone: bye}}
    fire: {tell: shoot, critical: true, at_most: 12s, next: {shot: bye}}
    bye: {page: bye, at_most: 5s}
  ends: [{tell: preface.ring.safe_stop}, {release: 1s}]
"""
RING = HALL.replace("devices:", "pages: [consent, bye, hello]\ndevices:\n  preface.ring: {kind: rig}")


def visited(*events: str, text: str = RING + SESSION) -> House:
    house = House(text)
    house.starts()
    for event in ("touched", *events):
        house.happens(f"preface.ring.{event}", session="v1")
    return house


def phases(house: House) -> list[str]:
    return [run.phase for run in house.stage.runs.values()]


def told(house: House) -> list[str]:
    return [one.command for one in house.told("preface.ring")]


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("at_most: 30s", "at_most: 31s"),
        ("band: session", "band: session\n  title: {zh: 拍, en: Visit}"),
        ("  else: bye", "  cools: 5s\n  else: bye"),
        ("page: bye", "page: hello"),
        ("starts: {when: preface.ring.touched}", "starts: [{by: staff}, {when: preface.ring.touched}]"),
        ("starts: {when: preface.ring.touched}", "starts: {by: staff}"),
        ("[{tell: preface.ring.safe_stop}, {release: 1s}]", "1s"),
    ],
)
def test_a_run_goes_on_in_the_new_text_where_its_phase_does_the_same(was, now):
    house = visited("agreed")
    house.reloads((RING + SESSION).replace(was, now))
    house.is_taken_up()
    house.does_all("preface.ring")
    house.happens("preface.ring.shot", session="v1")
    assert (phases(house), house.notes("late")) == (["bye"], [])
    house.advance("5s")
    assert house.running() == []


def test_a_run_takes_the_ways_of_the_new_text_and_keeps_its_deadline():
    house = visited()
    house.advance("20s")
    house.reloads((RING + SESSION).replace("30s, next: {agreed: fire,", "40s, next: {agreed: fire, declined: fire,"))
    house.advance("10s")
    assert phases(house) == ["bye"]
    house = visited()
    house.reloads((RING + SESSION).replace("agreed: fire,", "agreed: fire, declined: bye,"))
    house.happens("preface.ring.declined", session="v1")
    assert phases(house) == ["bye"]


def test_a_run_whose_phase_was_changed_comes_to_its_ends_as_they_are_written_now():
    house = visited("agreed")
    changed = SESSION.replace("fire: {tell: shoot", "fire: {tell: purge").replace("release: 1s", "wait: 3s")
    house.reloads(RING + changed)
    assert (phases(house), told(house)) == (["ends"], ["shoot", "safe_stop"])
    house.is_taken_up()
    house.does_all("preface.ring")
    house.advance("3s")
    assert (house.running(), house.why_ended("visit")) == ([], "its scene was changed")
    assert told(house) == ["shoot", "safe_stop"]


def test_a_run_whose_phase_is_gone_comes_to_its_ends():
    house = visited()
    house.reloads(RING + SESSION.replace("consent:", "asked:"))
    assert (house.running(), told(house)) == ([], ["safe_stop"])


def test_a_run_in_its_ends_does_not_begin_them_again():
    ending = SESSION.replace("{release: 1s}", "{wait: 10s}")
    house = visited(text=RING + ending)
    house.order("stop", "visit")
    house.reloads(RING + ending.replace("touched", "done"))
    assert (phases(house), told(house)) == (["ends"], ["safe_stop"])
    house.advance("10s")
    assert house.running() == []


def test_what_a_run_that_goes_on_asked_of_a_device_that_is_gone_goes_with_it():
    text = SESSION.replace("page: consent,", "page: consent, ask: {preface.wash: warm},")
    house = visited("agreed", text=RING + text)
    house.reloads(RING.replace("  preface.wash: {kind: light}\n", "") + SESSION)
    house.happens("preface.ring.shot", session="v1")
    house.advance("5s")
    assert house.running() == []


TOUR = """
tour:
  starts: {by: staff}
  cues:
    a: {title: Helo, ask: {preface.wash: warm}, at_most: 1min, else: go}
    b: {title: B, ask: {preface.wall: film}, gives_back: [preface], at_most: 1min, else: end}
"""


def test_a_tour_goes_on_when_a_cue_is_appended_or_one_that_it_passed_is_gone():
    house = House(HALL + TOUR)
    house.starts()
    house.order("start", "tour")
    house.reloads(HALL + TOUR.replace("else: end}", "else: go}\n    c: {title: C, at_most: 1min, else: end}"))
    assert phases(house) == ["a"]
    house.order("go", "tour")
    house.reloads(HALL + TOUR.replace("    a: {title: Helo, ask: {preface.wash: warm}, at_most: 1min, else: go}\n", ""))
    house.order("back", "tour")
    assert (phases(house), house.answers[-1].answer) == (["b"], "refused")


def test_a_sensor_that_is_put_into_the_hall_leaves_its_tour_alone():
    house = House(HALL + TOUR)
    house.starts()
    house.order("start", "tour")
    house.order("go", "tour")
    house.reloads(HALL.replace("devices:", "devices:\n  preface.mat: {kind: presence}") + TOUR)
    assert phases(house) == ["b"]


def test_another_title_is_no_change():
    house = House(HALL + TOUR)
    house.starts()
    house.order("start", "tour")
    house.reloads(HALL + TOUR.replace("Helo", "Hello").replace("tour:\n", "tour:\n  title: Tour\n"))
    assert (phases(house), house.notes("reloaded")[-1].details["changed"]) == (["a"], 0)


def test_on_reload_restart_begins_a_changed_scene_at_its_first_step(house):
    house.order("start", "kept")
    house.advance("12s")
    house.reloads(HALL + KEPT.replace("cools: 20s", "cools: 21s\n  on_reload: restart") + OTHER)
    assert (house.running(), house.shown("preface.wash")["look"]) == (["kept"], "warm")
    assert house.notes("ended", "kept")[-1].details["why"] == "its scene was changed"


def test_on_reload_restart_shows_no_dark_instant(house):
    house.order("start", "kept")
    effects = house.reloads(HALL + KEPT.replace("cools: 20s", "cools: 21s\n  on_reload: restart") + OTHER)
    assert of(Set, effects) == []


def test_on_reload_stop_ends_what_could_go_on(house):
    house.order("start", "kept")
    house.reloads(HALL + KEPT.replace("cools: 20s", "cools: 21s\n  on_reload: stop") + OTHER)
    assert (house.running(), house.why_ended("kept")) == ([], "its scene was changed")


def test_on_reload_finish_goes_on_where_the_same_is_done(house):
    house.order("start", "kept")
    house.reloads(HALL + KEPT.replace("cools: 20s", "cools: 21s\n  on_reload: finish") + OTHER)
    assert house.running() == ["kept"]


def test_what_is_ending_goes_on_ending_whatever_on_reload_says(house):
    text = KEPT.replace("ends: 2s", "ends: [{wait: 5s}, {release: 0s}]")
    house.reloads(HALL + text + OTHER)
    house.order("start", "kept")
    house.order("stop", "kept")
    house.advance("1s")
    house.reloads(HALL + text.replace("cools: 20s", "cools: 21s\n  on_reload: restart") + OTHER)
    house.advance("4s")
    assert house.running() == []
