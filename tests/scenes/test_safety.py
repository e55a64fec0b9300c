"""Evacuation: whatever sets it off, everything is safe at once and stays so until two steps of people lift it."""

import pytest

from scenes.effects import SafetyState, Set
from tests.venue import HALL, House, of

SAFE = {"look": "safe", "level": 1.0}
SPEECH = {"loop": True, "play": "evacuate.wav", "clip": "evacuate"}
VENUE = (
    HALL.replace("devices:\n", "devices:\n  house.fire_panel: {kind: contact}\n  preface.bell: {kind: speaker}\n")
    .replace("looks:\n", "looks:\n  safe: {level: 100%}\n")
    .replace("clips:\n", "clips:\n  evacuate: evacuate.wav\n  drill: drill.wav\n")
    + """\
evacuation:
  input: house.fire_panel.alarm
  look: safe
  speech: {speakers everywhere: {play: evacuate, volume: 90%}}
  drill: {by: technician, speech: {speakers everywhere: drill}, at_most: 10min}
ambient: {band: ambient, starts: {while: venue.open}, does: [{ask: {preface.wash: dim, preface.wall: waves}}]}
welcome:
  band: staff
  starts: [{when: preface.entry.occupied, for: 800ms}, {by: staff}]
  does:
    - ask: {preface.wash: warm over 1s, preface.wall: film, preface.bell: {volume: 10%}}
    - stay: {until: preface.exit.occupied, at_most: 60s}
  ends: [{ask: {preface.wash: cold}}, {wait: 5s}, {release: 1s}]
"""
)


@pytest.fixture
def house() -> House:
    house = House(VENUE)
    house.starts()
    return house


def alarm(house: House, *, rings: bool = True, **more) -> list:
    return house.says("house.fire_panel", alarm=rings, **more)


def is_safe(house: House) -> bool:
    shown = house.shown("preface.wash"), house.shown("preface.bell"), house.shown("preface.wall")
    return shown == (SAFE, {**SPEECH, "volume": 0.9}, {"play": None})


def mirror(house: House) -> str:
    return of(SafetyState, house.effects)[-1].state


def lift(house: House, first: str = "Mei", second: str = "Li") -> str:
    house.order("lift", by=first)
    house.order("confirm_lift", by=second)
    return house.answers[-1].answer


# --- what sets it off ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", ["live", "retained", "backlog"])
def test_an_alarm_evacuates_however_it_is_heard(house, source):
    alarm(house, source=source)
    assert (is_safe(house), mirror(house)) == (True, "evacuation")


def test_an_order_evacuates_and_needs_no_name_and_no_body(house):
    house.order("evacuate")
    assert (is_safe(house), house.answers[-1].answer) == (True, "done")


def test_an_alarm_that_was_known_before_a_crash_evacuates_at_boot():
    house = House(VENUE.replace("  input: house.fire_panel.alarm", "  input: preface.exit.occupied"))
    house.starts()
    house.says("preface.exit", occupied=False)
    alarm(house)
    house.crashes()
    assert mirror(house) == "normal"
    house.reloads(VENUE)
    assert (is_safe(house), mirror(house)) == (True, "evacuation")
    house.crashes()
    assert is_safe(house)


def test_no_alarm_is_no_evacuation(house):
    alarm(house, rings=False)
    assert (mirror(house), house.shown("preface.wash")["look"]) == ("normal", "dim")


def test_a_button_evacuates_also_when_the_press_waited():
    stick = "  preface.stick: {kind: remote}\n"
    remote = "remotes: {staff: {device: preface.stick, role: staff, buttons: {4 held 2s: evacuate}}}\n"
    house = House(VENUE.replace("devices:\n", f"devices:\n{stick}") + remote)
    house.starts()
    house.happens("preface.stick.pressed", button=4)
    assert mirror(house) == "normal"
    house.crashes("1h")
    house.happens("preface.stick.held", button=4, source="backlog")
    assert (is_safe(house), mirror(house)) == (True, "evacuation")


def test_an_order_that_waited_for_an_hour_evacuates_and_one_that_has_expired_does_not(house):
    house.order("evacuate", expires=house.now - 1)
    assert (house.answers[-1].answer, mirror(house)) == ("expired", "normal")
    house.crashes("1h")
    house.order("evacuate", source="backlog")
    assert (house.answers[-1].answer, is_safe(house)) == ("done", True)


def test_a_venue_without_the_part_refuses_the_orders():
    house = House(HALL)
    house.starts()
    house.order("evacuate")
    assert (house.answers[-1].answer, of(SafetyState, house.effects)) == ("refused", [])


# --- what it does -------------------------------------------------------------------------------------------------


def test_one_decision_makes_everything_safe(house):
    house.order("start", "welcome")
    effects = alarm(house)
    sets = {(one.device, one.property): dict(one.value) for one in of(Set, effects)}
    assert sets == {
        ("preface.wash", "light"): SAFE,
        ("preface.bell", "sound"): SPEECH,
        ("preface.bell", "volume"): {"volume": 0.9},
        ("preface.wall", "picture"): {"play": None},
    }
    assert {one.fade for one in of(Set, effects)} == {0}


def test_every_run_ends_through_its_ends_beneath(house):
    house.order("start", "welcome")
    alarm(house)
    assert (house.running(), house.why_ended("ambient")) == (
        ["welcome"],
        "the house is evacuated: house.fire_panel.alarm",
    )
    house.advance("10s")
    assert (house.running(), is_safe(house)) == ([], True)


def test_nothing_starts_by_event_order_or_while(house):
    house.says("preface.entry", occupied=True)
    alarm(house)
    assert house.verdicts("welcome") == ["held_by_safety"]
    house.advance("1s")
    house.says("preface.entry", occupied=False)
    house.says("preface.entry", occupied=True)
    house.order("start", "welcome")
    house.crashes()
    assert house.verdicts("welcome") == ["held_by_safety"] * 3
    assert house.answers[-1].why == (
        "the house is evacuated (house.fire_panel.alarm), and nothing starts before that is lifted"
    )
    assert (house.running(), is_safe(house), house.stage.candidates - house.stage.ended) == ([], True, 0)


def test_a_reload_changes_nothing_that_is_seen_or_heard(house):
    alarm(house)
    before = {(one.device, str(one.value)) for one in of(Set, house.effects)}
    house.reloads(VENUE.replace("safe: {level: 100%}", "safe: {level: 50%}").replace("ambient: {b", "other: {b"))
    house.reloads(VENUE[: VENUE.index("evacuation:")])
    house.advance("1min")
    assert {(one.device, str(one.value)) for one in of(Set, house.effects)} == before
    assert (is_safe(house), mirror(house)) == (True, "evacuation")


def test_a_reload_covers_what_is_new(house):
    alarm(house)
    house.reloads(VENUE.replace("devices:\n", "devices:\n  preface.second: {kind: light}\n"))
    assert house.shown("preface.second") == SAFE


def test_nothing_is_told_to_what_is_seen_or_heard_but_stations_are_told_to_stop():
    ends = "ends: [{tell: {preface.wash.flash: {times: 2}}}, {tell: preface.ring.safe_stop}, {release: 1s}]"
    house = House(
        VENUE.replace("devices:\n", "devices:\n  preface.ring: {kind: rig, idle: attract}\n")
        + "pages: [attract]\nvisit: {starts: {by: staff}, does: [{wait: 1min}], "
        + ends
        + "}\n"
    )
    house.starts()
    house.order("start", "visit")
    alarm(house)
    assert ([one.command for one in house.told("preface.ring")], house.told("preface.wash")) == (["safe_stop"], [])
    assert house.shown("preface.ring") == {"page": None}  # also where it shows a page when nothing is asked
    assert house.running() == []


def test_a_suspended_run_and_the_tour_above_it_end_as_well():
    house = House(
        VENUE
        + """\
tour:
  band: tour
  starts: {by: guide}
  takes: [preface]
  cues: {one: {ask: {preface.wash: cold}, at_most: 5min, else: stay}}
  at_most: 1h
  after_crash: resume
visit:
  starts: {by: staff}
  does: [{ask: {preface.wash: warm}}, {wait: 5min}]
"""
    )
    house.starts()
    house.order("start", "visit")
    house.order("start", "tour")
    assert house.stage.runs[house.answers[0].run].suspended
    alarm(house)
    assert (house.running(), is_safe(house), house.stage.claims) == ([], True, {})
    alarm(house, rings=False)
    assert lift(house) == "done"
    assert house.running() == ["ambient"]


# --- it stays -----------------------------------------------------------------------------------------------------


def test_it_is_asserted_again_when_the_link_or_the_device_is_back(house):
    alarm(house)
    house.link_goes()
    assert [one.device for one in of(Set, house.link_comes())].count("preface.wash") == 1
    assert [dict(one.value) for one in of(Set, house.comes("preface.wash"))] == [SAFE]


def test_a_light_that_drifts_is_asked_again_though_nobody_waits_for_it(house):
    alarm(house)
    house.confirms("preface.wash")
    assert [dict(one.value) for one in of(Set, house.says("preface.wash", look="warm", level=0.8))] == [SAFE]


def test_a_device_that_does_not_obey_is_asked_again_and_again_and_noted_once(house):
    alarm(house)
    asked = len(house.sets("preface.bell"))
    house.advance("1min")
    assert len(house.sets("preface.bell")) > asked + 10
    assert [one.details["property"] for one in house.notes("failed") if one.device == "preface.bell"] == [
        "sound",
        "volume",
    ]
    house.says("preface.bell", play="evacuate.wav", volume=0.9)
    asked = len(house.sets("preface.bell"))
    house.advance("1min")
    assert len(house.sets("preface.bell")) == asked


def test_a_device_that_refuses_is_not_asked_at_the_speed_of_the_wire(house):
    alarm(house)
    for _ in range(20):
        house.refuses("preface.wash")
    assert len([one for one in house.sets("preface.wash") if one.value == SAFE]) == 1
    house.advance("6s")
    assert len([one for one in house.sets("preface.wash") if one.value == SAFE]) == 2


# --- a drill ------------------------------------------------------------------------------------------------------


def test_a_drill_has_its_own_words_and_ends_by_itself(house):
    house.order("drill", by="Wang")
    assert (house.shown("preface.wash"), house.shown("preface.bell")["play"]) == (SAFE, "drill.wav")
    assert (mirror(house), house.running()) == ("drill", [])
    house.advance("10min")
    assert (mirror(house), house.running(), house.shown("preface.wash")["look"]) == ("normal", ["ambient"], "dim")


def test_a_drill_can_be_lifted_earlier(house):
    house.order("drill", by="Wang")
    assert (lift(house), mirror(house)) == ("done", "normal")
    house.advance("11min")
    assert mirror(house) == "normal"


@pytest.mark.parametrize("by", ["", "staff", "guide"])
def test_a_drill_is_the_technicians_and_has_a_name(house, by):
    house.order("drill", by=by)
    assert (house.answers[-1].answer, mirror(house)) == ("refused", "normal")


def test_a_real_alarm_makes_an_evacuation_of_a_drill(house):
    house.order("drill", by="Wang")
    effects = alarm(house)
    assert (mirror(house), house.shown("preface.bell")["play"]) == ("evacuation", "evacuate.wav")
    assert {one.device for one in of(Set, effects)} == {"preface.bell"}
    house.advance("11min")
    assert mirror(house) == "evacuation"


def test_there_is_no_drill_in_an_evacuation(house):
    house.order("evacuate")
    house.order("drill", by="Wang")
    assert (house.answers[-1].answer, mirror(house)) == ("refused", "evacuation")
