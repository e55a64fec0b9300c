"""Modes: one switch that changes many scenes, always with an end."""

import pytest

from scenes.effects import NamedState
from tests.venue import HALL, House, of

HOUSE = (
    HALL.replace(
        "devices:\n",
        "devices:\n  preface.weather: {kind: weather}\n  preface.mat: {kind: light}\n"
        "  preface.speaker: {kind: speaker}\n",
    )
    + """
modes:
  school:
    title: {zh: 学生团体, en: A school class}
    by: [staff]
    at_most: 2h
    disarms: [welcome, ambient]
    arms: [lesson, board]
    instead: {film: waves}
    quieter: {speakers in preface: 20dB}
    ask: {preface.mat: cold}
  rain:
    by: staff
    when: preface.weather.raining
    for: 2min
    until: preface.weather.dry
    quiet: 15min
    at_most: 12h
    ask: {preface.mat: warm over 5s}
ambient:
  band: ambient
  starts: {while: venue.open}
  does:
    - ask: {preface.wash: dim}
loud:
  band: house
  starts: {when: preface.entry.near}
  does:
    - ask: {preface.speaker: {volume: 80%}}
    - wait: 10s
welcome:
  starts: {when: preface.entry.occupied}
  does:
    - ask: {preface.wash: warm}
    - wait: 10s
lesson:
  starts: {by: staff}
  does:
    - wait: 10s
board:
  starts: {while: venue.open}
  does:
    - ask: {preface.wash: cold}
film:
  band: staff
  starts: {by: staff}
  if: not mode.rain
  does:
    - ask: {preface.wall: {play: film, or: film}}
    - wait: 10s
told:
  starts: {when: mode.school}
  does:
    - say: {staff: a class is here}
    - wait: 1s
"""
)


@pytest.fixture
def house() -> House:
    house = House(HOUSE)
    house.starts()
    return house


def test_an_order_switches_it_on_and_off(house):
    house.order("start", "school")
    house.order("stop", "school")
    assert [one.value for one in of(NamedState, house.effects) if one.name == "school"][-3:] == [False, True, False]


def test_it_ends_by_itself(house):
    house.order("start", "school")
    house.advance("2h")
    assert house.stage.values["mode.school"] is False


def test_a_scene_that_it_disarms_says_which_mode(house):
    house.order("start", "school")
    house.says("preface.entry", occupied=True)
    assert (house.verdicts("welcome"), house.verdict("welcome").details["mode"]) == (["disarmed"], "school")


def test_what_runs_goes_on(house):
    house.says("preface.entry", occupied=True)
    house.order("start", "school")
    assert "welcome" in house.running()


def test_what_lasts_ends_with_its_arming_and_begins_with_it(house):
    before = house.running()
    house.order("start", "school")
    meanwhile = house.running()
    house.order("stop", "school")
    assert (before, set(meanwhile), house.running()) == (["ambient"], {"school", "board", "told"}, ["told", "ambient"])


def test_a_scene_that_it_arms_starts_only_while_it_lasts(house):
    house.order("start", "lesson")
    house.order("start", "school")
    house.order("start", "lesson")
    assert house.verdicts("lesson") == ["disarmed", "started"]


def test_it_puts_one_clip_in_the_place_of_another(house):
    house.order("start", "school")
    house.order("start", "film")
    assert house.shown("preface.wall")["play"] == "waves.mp4"


def test_a_film_that_plays_already_plays_on(house):
    house.order("start", "film")
    house.order("start", "school")
    assert house.shown("preface.wall")["play"] == "film.mp4"


def test_conditions_name_it(house):
    house.order("start", "rain")
    house.order("start", "film")
    assert house.verdicts("film") == ["condition_false"]


def test_it_starts_a_scene_when_it_is_switched_on(house):
    house.order("start", "school")
    assert house.said() == ["a class is here"]


def test_the_weather_switches_it_on_after_its_time_and_off_after_its_quiet(house):
    house.says("preface.weather", raining=True)
    house.advance("2min")
    on = house.stage.values["mode.rain"]
    house.says("preface.weather", raining=False)
    house.advance("14min")
    still = house.stage.values["mode.rain"]
    house.advance("1min")
    assert (on, still, house.stage.values["mode.rain"]) == (True, True, False)


def test_what_staff_switched_on_lies_higher_than_what_the_weather_did(house):
    house.order("start", "school")
    house.says("preface.weather", raining=True)
    house.advance("2min")
    assert house.shown("preface.mat")["look"] == "cold"


def test_it_survives_a_crash_with_its_deadline(house):
    house.order("start", "school")
    house.advance("1h")
    house.crashes("10s")
    on = house.stage.values["mode.school"]
    house.advance("1h")
    assert (on, house.stage.values["mode.school"]) == (True, False)


def test_a_reload_forgets_a_mode_that_is_no_more(house):
    house.order("start", "rain")
    text = HOUSE.replace("not mode.rain", "venue.open")
    start, end = text.index("  rain:"), text.index("\nambient:\n")
    house.reloads(text[:start] + text[end + 1 :])
    assert ("mode.rain" in house.stage.values, "rain" in house.running()) == (False, False)


def test_it_makes_speakers_quieter_while_it_lasts(house):
    house.says("preface.entry", near=True)
    house.order("start", "school")
    meanwhile = house.shown("preface.speaker")["volume"]
    house.order("stop", "school")
    assert (round(float(meanwhile), 3), house.shown("preface.speaker")["volume"]) == (0.08, 0.8)
