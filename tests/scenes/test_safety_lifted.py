"""The end of an evacuation: two steps of two people, never while the input is true; then what is true counts."""

import pytest

from scenes.effects import Set
from tests.scenes.test_safety import VENUE, alarm, is_safe, lift, mirror
from tests.venue import House, of


@pytest.fixture
def house() -> House:
    house = House(VENUE)
    house.starts()
    return house


def test_two_people_lift_it_and_what_lasts_comes_back(house):
    house.order("evacuate", by="Mei")
    assert (lift(house), mirror(house)) == ("done", "normal")
    assert (house.running(), house.shown("preface.wash")["look"]) == (["ambient"], "dim")
    assert house.verdicts("ambient") == ["started", "started"]
    house.order("start", "welcome")
    assert house.answers[-1].answer == "accepted"


def test_coming_back_shows_what_is_true_then_in_one_message(house):
    house.order("evacuate")
    house.advance("1min")
    house.order("lift", by="Mei")
    effects = house.order("confirm_lift", by="Li")
    assert [one.device for one in of(Set, effects)].count("preface.wash") == 1
    assert house.shown("preface.wall") == {"play": "waves.mp4", "clip": "waves", "loop": True}


HOURS = """\
hours: {daily: 09:00-17:00, from: 2022-01-01, to: 2022-12-31, zone: Asia/Shanghai}
day:
  band: house
  starts: {at: opening + 1h, late: run}
  does: [{ask: {preface.wall: film}}, {wait: {until: preface.exit.occupied, at_most: 16h, else: end}}]
  ends: [{ask: {preface.wash: cold}}]
call: {starts: {at: opening + 2h, late: skip}, does: [{wait: 1min}]}
"""


@pytest.mark.parametrize("before", ["30min", "90min"])
def test_the_days_run_comes_back_whether_it_had_begun_or_was_due_meanwhile(before):
    house = House(VENUE + HOURS)
    house.starts()
    house.advance(before)
    house.order("evacuate")
    house.advance("2h")
    assert "day" not in house.running()
    assert lift(house) == "done"
    assert ("day" in house.running(), "call" in house.running()) == (True, False)
    assert house.verdicts("call") == ["held_by_safety"]


def test_silence_counts_anew_and_who_waited_in_a_queue_comes_again():
    house = House(
        VENUE.replace("devices:\n", "devices:\n  preface.stick: {kind: button}\n")
        + """\
asleep:
  starts: {without: preface.entry.occupied, for: 5min}
  does: [{wait: {until: preface.entry.occupied, at_most: 1h, else: end}}]
one: {starts: {when: preface.stick.pressed}, busy: {queue: 3, wait: 25min}, does: [{wait: 5min}]}
"""
    )
    house.starts()
    house.happens("preface.stick.pressed")
    house.happens("preface.stick.pressed")
    house.advance("6min")
    house.happens("preface.stick.pressed")
    assert (house.running()[-2:], house.pending()) == (["asleep", "one"], 1)
    house.order("evacuate")
    assert (house.running(), house.pending(), house.verdicts("one")[-1]) == ([], 0, "held_by_safety")
    house.advance("1h")
    assert lift(house) == "done"
    house.advance("4min")
    assert "asleep" not in house.running()
    house.advance("1min")
    assert "asleep" in house.running()


def test_it_is_not_lifted_while_the_input_is_true(house):
    alarm(house)
    assert lift(house) == "refused"
    assert house.answers[-1].why == "house.fire_panel.alarm still holds: it is lifted when that is over"
    alarm(house, rings=False)
    assert (is_safe(house), lift(house)) == (True, "done")


@pytest.mark.parametrize(
    ("after", "by", "answer"),
    [
        ("1s", "Li", "done"),
        ("1s", "Mei", "refused"),
        ("2s", "Mei", "done"),
        ("61s", "Li", "refused"),
        ("1s", "", "refused"),
    ],
)
def test_the_second_step_is_another_persons_or_a_later_one_within_a_minute(house, after, by, answer):
    house.order("evacuate")
    house.order("lift", by="Mei")
    assert mirror(house) == "lifting"
    house.advance(after)
    house.order("confirm_lift", by=by)
    assert house.answers[-1].answer == answer
    assert is_safe(house) == (answer == "refused")


def test_the_first_step_lapses_and_can_be_taken_again(house):
    house.order("evacuate")
    house.order("lift", by="Mei")
    house.advance("61s")
    assert mirror(house) == "evacuation"
    assert lift(house) == "done"


def test_an_alarm_between_the_two_steps_undoes_the_first(house):
    house.order("evacuate")
    house.order("lift", by="Mei")
    alarm(house)
    alarm(house, rings=False)
    house.order("confirm_lift", by="Li")
    assert (house.answers[-1].answer, mirror(house)) == ("refused", "evacuation")


@pytest.mark.parametrize("verb", ["lift", "confirm_lift"])
def test_there_is_nothing_to_lift_in_a_normal_house(house, verb):
    house.order(verb, by="Mei")
    assert (house.answers[-1].answer, mirror(house)) == ("done", "normal")


LOUD = """\
venue: demo
devices:
  preface.horn: {kind: speaker}
  preface.panel: {kind: contact}
looks: [safe]
clips: {leave: leave.wav, chime: chime.wav}
evacuation: {input: preface.panel.alarm, look: safe, speech: {preface.horn: {play: leave, volume: 100%}}}
chime:
  starts: {by: staff}
  does: [{ask: {preface.horn: chime}}, {wait: 3s}]
"""


def test_a_volume_that_nobody_asks_for_is_afterwards_what_it_was_before():
    house = House(LOUD)
    house.starts()
    house.says("preface.horn", play=None, playing=False, volume=0.4)
    house.order("evacuate", by="Mei")
    assert house.shown("preface.horn")["volume"] == 1.0
    house.says("preface.horn", play="leave.wav", playing=True, volume=1.0)
    assert lift(house) == "done"
    house.order("start", "chime")
    assert house.shown("preface.horn")["volume"] == 0.4
