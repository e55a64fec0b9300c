"""A film that was covered goes on where it was, and its lights with it."""

import pytest

from tests.scenes.test_covering import EVENING, evening, is_visited
from tests.venue import House, micros


@pytest.fixture
def house() -> House:
    return evening()


def test_the_film_goes_on_at_second_40(house):
    is_visited(house)
    house.advance("10min")
    house.order("stop", "evening")
    film = house.sets("preface.wall")[-1]
    assert (film.value["clip"], film.position) == ("opening", micros("40s"))
    house.advance("1s")
    house.link_goes()
    house.advance("2s")
    house.link_comes()
    assert house.sets("preface.wall")[-1].position == micros("43s")


def test_a_film_covered_twice_goes_on_behind_both(house):
    is_visited(house)
    house.advance("10min")
    house.order("go", "evening")
    house.advance("5s")
    house.is_taken_up()
    house.order("back", "evening")
    house.advance("1min")
    house.order("stop", "evening")
    assert house.sets("preface.wall")[-1].position == micros("45s")


def test_a_film_goes_on_where_its_player_says_that_it_was(house):
    house.says("preface.entry", occupied=True)
    house.advance("1s")
    house.says("preface.wall", play="opening.mp4", playing=True)
    house.advance("30s")
    house.says("preface.wall", playing=False)
    house.advance("9s")
    house.order("start", "evening")
    house.says("preface.wall", play="speech.mp4", playing=True)
    house.advance("10min")
    house.order("stop", "evening")
    assert house.sets("preface.wall")[-1].position == micros("30s")


TIMELINE = EVENING.replace(
    "    - stay: {until: preface.entry.empty, for: 12s, at_most: 90s}\n",
    "    - timeline: preface.wall\n      at_most: 2min\n      else: end\n"
    "      at: {0:10: {preface.wash: night}, 0:50: {preface.wash: warm}}\n    - say: {staff: the film is over}\n",
)


def test_the_lights_of_a_film_stand_still_with_it_and_go_on_with_it():
    house = evening(TIMELINE.replace("  busy: extend\n", ""))
    house.says("preface.entry", occupied=True)
    house.says("preface.wall", play="opening.mp4", playing=True)
    house.advance("40s")
    house.order("start", "evening")
    house.says("preface.wall", play="speech.mp4", playing=True)
    house.advance("10min")
    house.order("stop", "evening")
    assert ("welcome" in house.running(), house.shown("preface.wash")["look"]) == (True, "night")
    house.advance("1s")
    house.says("preface.wall", play="opening.mp4", playing=True)
    house.advance("8999ms")
    assert house.shown("preface.wash")["look"] == "night"
    house.advance("1ms")
    assert house.shown("preface.wash")["look"] == "warm"
    house.happens("preface.wall.ended", play="opening.mp4")
    assert house.said() == ["the film is over"]


def test_a_loop_and_a_new_film_begin_at_their_beginning(house):
    is_visited(house)
    assert house.sets("preface.wall")[-1].position == 0
    house.says("preface.entry", occupied=False)
    house.order("stop", "evening")
    assert (house.sets("preface.wall")[-1].value["clip"], house.sets("preface.wall")[-1].position) == ("loop", 0)
