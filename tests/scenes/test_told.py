"""The told example, sentence by sentence: a visitor walks into the preface hall."""

import pytest

from tests.venue import HALL, House

WELCOME = (
    HALL
    + """
ambient:
  band: ambient
  starts: {while: venue.open}
  does:
    - ask: {preface.wash: dim over 2s, preface.wall: waves}
  ends: 2s
welcome:
  starts: {when: preface.entry.occupied, for: 800ms, gap: 300ms}
  if: venue.open
  busy: extend
  cools: 20s
  does:
    - ask: {preface.wash: warm over 1500ms, preface.wall: {play: film, within: 2s, retry: 1, or: still}}
    - stay: {until: preface.entry.empty, for: 12s, at_most: 90s}
  ends: 3s
  at_most: 150s
"""
)
WARM = {"look": "warm", "level": 0.8}
DIM = {"look": "dim", "level": 0.15}
FILM = {"play": "film.mp4", "clip": "film"}
STILL = {"play": "still.png", "clip": "still"}
WAVES = {"play": "waves.mp4", "clip": "waves", "loop": True}


@pytest.fixture
def house() -> House:
    house = House(WELCOME)
    house.starts()
    house.confirms("preface.wall")
    house.says("preface.entry", occupied=False)
    return house


def visitor_enters(house: House) -> None:
    house.says("preface.entry", occupied=True)
    house.advance("800ms")


def visitor_leaves(house: House) -> None:
    house.says("preface.entry", occupied=False)


def test_the_hall_by_itself_is_dim_and_shows_waves(house):
    assert (house.shown("preface.wash"), house.shown("preface.wall")) == (DIM, WAVES)


def test_nothing_happens_before_800_ms(house):
    house.says("preface.entry", occupied=True)
    house.advance("799ms")
    assert (house.verdicts("welcome"), house.pending()) == ([], 1)


def test_occupied_for_800_ms_starts_the_welcome(house):
    visitor_enters(house)
    assert house.verdicts("welcome") == ["started"]


def test_a_gap_of_less_than_300_ms_is_forgiven(house):
    house.says("preface.entry", occupied=True)
    house.advance("400ms")
    house.says("preface.entry", occupied=False)
    house.advance("299ms")
    house.says("preface.entry", occupied=True)
    house.advance("101ms")
    assert house.verdicts("welcome") == ["started"]


def test_a_gap_of_more_than_300_ms_is_not_forgiven(house):
    house.says("preface.entry", occupied=True)
    house.advance("400ms")
    house.says("preface.entry", occupied=False)
    house.advance("301ms")
    assert house.verdicts("welcome") == ["dwell_broken"]


def test_a_500_ms_shadow_does_nothing(house):
    house.says("preface.entry", occupied=True)
    house.advance("500ms")
    house.says("preface.entry", occupied=False)
    house.advance("1min")
    assert (house.verdicts("welcome"), house.shown("preface.wash")) == (["dwell_broken"], DIM)


def test_the_light_goes_to_warm_over_one_and_a_half_seconds(house):
    visitor_enters(house)
    last = house.sets("preface.wash")[-1]
    assert (last.value, last.fade) == (WARM, 1_500_000)


def test_the_film_plays_on_the_wall(house):
    visitor_enters(house)
    assert house.shown("preface.wall") == FILM


def test_without_a_confirmation_within_2_s_the_film_is_asked_once_more(house):
    visitor_enters(house)
    house.advance("2s")
    assert [one.value for one in house.sets("preface.wall")[-2:]] == [FILM, FILM]


def test_after_one_retry_the_still_takes_its_place_within_4_s(house):
    visitor_enters(house)
    house.advance("4s")
    assert house.shown("preface.wall") == STILL


def test_a_film_that_is_confirmed_stays(house):
    visitor_enters(house)
    house.advance("1s")
    house.confirms("preface.wall")
    house.advance("20s")
    assert house.shown("preface.wall") == FILM


def test_it_stays_while_somebody_is_there(house):
    visitor_enters(house)
    house.advance("80s")
    assert house.running() == ["ambient", "welcome"]


def test_it_ends_when_nobody_was_there_for_12_s(house):
    visitor_enters(house)
    visitor_leaves(house)
    house.advance("12s")
    assert house.running() == ["ambient"]


def test_it_does_not_end_before_nobody_was_there_for_12_s(house):
    visitor_enters(house)
    visitor_leaves(house)
    house.advance("11999ms")
    assert house.running() == ["ambient", "welcome"]


def test_who_comes_back_within_12_s_makes_the_time_begin_anew(house):
    visitor_enters(house)
    visitor_leaves(house)
    house.advance("11s")
    house.says("preface.entry", occupied=True)
    house.says("preface.entry", occupied=False)
    house.advance("11s")
    assert house.running() == ["ambient", "welcome"]


def test_it_stays_at_most_90_s(house):
    visitor_enters(house)
    house.advance("90s")
    assert house.running() == ["ambient"]


def second_group(house: House) -> None:
    house.says("preface.entry", occupied=False)
    house.advance("1s")
    visitor_enters(house)


def test_a_second_group_extends(house):
    visitor_enters(house)
    house.advance("80s")
    second_group(house)
    house.advance("60s")
    assert (house.verdicts("welcome"), house.running()) == (["started", "extended"], ["ambient", "welcome"])


def test_no_group_extends_the_run_beyond_its_limit(house):
    visitor_enters(house)
    house.advance("80s")
    second_group(house)
    house.advance("68200ms")
    assert house.why_ended("welcome") == "it ran as long as it may"


def test_it_is_released_over_3_s_to_what_lies_beneath(house):
    visitor_enters(house)
    visitor_leaves(house)
    house.advance("12s")
    last = house.sets("preface.wash")[-1]
    assert (last.value, last.fade, house.shown("preface.wall")) == (DIM, 3_000_000, WAVES)


def test_it_cools_20_s_after_its_end(house):
    visitor_enters(house)
    visitor_leaves(house)
    house.advance("12s")
    visitor_enters(house)
    assert house.verdict("welcome").details["left_us"] == 19_200_000


def test_after_20_s_it_starts_again(house):
    visitor_enters(house)
    visitor_leaves(house)
    house.advance("32s")
    visitor_enters(house)
    assert house.verdicts("welcome") == ["started", "started"]


def test_a_retained_occupied_at_start_sets_state_only():
    house = House(WELCOME)
    house.starts()
    house.says("preface.entry", occupied=True, source="retained")
    house.advance("1min")
    assert (house.verdicts("welcome"), house.stage.values["preface.entry.occupied"]) == (["retained"], True)
