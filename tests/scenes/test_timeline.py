"""A film's timeline: on the player's own clock, which its reports move, stop and put right."""

import pytest

from tests.venue import HALL, House

FILM = (
    HALL
    + """
above:
  band: staff
  starts: {by: staff}
  does: [{ask: {preface.wall: waves}}, {wait: 5s}]
scene:
  starts: {by: staff}
  after_crash: resume
  does:
    - ask: {preface.wall: {play: film, or: still}}
    - timeline: preface.wall
      at_most: 1min
      else: {say: {staff: late}}
      at:
        0:00: {preface.wash: dim}
        0:04.5: {preface.wash: cold}
        0:10: {preface.wash: warm over 2s}
    - say: {staff: over}
"""
)


def house(*, plays: bool = True, text: str = FILM) -> House:
    found = House(text)
    found.starts()
    found.order("start", "scene")
    if plays:
        found.says("preface.wall", play="film.mp4", playing=True)
    return found


def look(found: House) -> object:
    return found.shown("preface.wash").get("look")


def looks(found: House) -> list[object]:
    return [one.value["look"] for one in found.sets("preface.wash") if "look" in one.value]


def test_it_begins_when_the_player_says_that_it_plays_the_film():
    found = house(plays=False)
    found.advance("3s")
    assert look(found) is None
    found.says("preface.wall", play="film.mp4", playing=True)
    assert look(found) == "dim"


def test_each_moment_comes_at_its_time_of_the_film():
    found = house()
    found.advance("4499ms")
    assert look(found) == "dim"
    found.advance("1ms")
    assert look(found) == "cold"
    found.advance("5500ms")
    assert (look(found), found.sets("preface.wash")[-1].fade) == ("warm", 2_000_000)


def test_it_lasts_until_the_film_has_ended():
    found = house()
    found.advance("30s")
    assert found.said() == []
    found.happens("preface.wall.ended")
    assert (found.said(), found.running()) == (["over"], [])


def test_a_film_that_ends_early_leaves_the_rest_out():
    found = house()
    found.advance("5s")
    found.happens("preface.wall.ended")
    found.advance("30s")
    assert (found.said(), looks(found)) == (["over"], ["dim", "cold"])


def test_a_film_at_its_end_may_say_first_that_it_plays_no_more():
    found = house()
    found.advance("12s")
    found.says("preface.wall", play="film.mp4", playing=False)
    assert found.said() == ["over"]


def test_a_paused_film_pauses_its_lights():
    found = house()
    found.advance("4s")
    found.says("preface.wall", playing=False)
    found.advance("20s")
    assert look(found) == "dim"
    found.says("preface.wall", playing=True)
    found.advance("499ms")
    assert look(found) == "dim"
    found.advance("1ms")
    assert look(found) == "cold"


def test_a_report_of_the_position_puts_the_clock_right():
    found = house()
    found.advance("1s")
    found.says("preface.wall", position=3.5)
    found.advance("999ms")
    assert look(found) == "dim"
    found.advance("1ms")
    assert look(found) == "cold"


def test_a_jump_ahead_asks_for_what_it_skipped_in_one_message():
    found = house()
    found.advance("1s")
    found.says("preface.wall", position=11.0)
    assert looks(found) == ["dim", "warm"]


def test_a_jump_back_brings_the_moments_again():
    found = house()
    found.advance("5s")
    found.says("preface.wall", position=0.0)
    found.advance("4500ms")
    found.advance("5500ms")
    assert looks(found) == ["dim", "cold", "warm"]


def test_a_report_a_little_behind_is_no_jump_back():
    found = house()
    found.advance("4500ms")
    found.says("preface.wall", position=4.2)
    found.advance("5799ms")
    assert look(found) == "cold"
    found.advance("1ms")
    assert look(found) == "warm"


@pytest.mark.parametrize("source", ["retained", "backlog"])
def test_an_old_report_of_the_position_moves_nothing(source):
    found = house()
    found.advance("1s")
    found.says("preface.wall", position=9.0, source=source)
    found.advance("3s")
    assert look(found) == "dim"


def test_a_film_that_plays_already_is_followed_from_where_it_is():
    found = House(FILM)
    found.starts()
    found.says("preface.wall", play="film.mp4", playing=True)
    found.advance("5s")
    found.order("start", "scene")
    assert look(found) == "cold"
    found.advance("5s")
    assert look(found) == "warm"


def test_a_still_in_place_of_the_film_is_shown_until_time_is_up():
    found = house(plays=False)
    found.advance("6s")
    found.says("preface.wall", play="still.png", playing=False)
    found.advance("53999ms")
    assert (found.running(), look(found)) == (["scene"], None)
    found.advance("1ms")
    assert found.said() == ["late", "over"]


def test_its_longest_time_counts_pauses():
    found = house()
    found.says("preface.wall", playing=False)
    found.advance("1min")
    assert found.said() == ["late", "over"]


def test_without_a_way_on_the_run_ends_when_time_is_up():
    found = house(text=FILM.replace("      else: {say: {staff: late}}\n", ""))
    found.advance("1min")
    assert (found.said(), found.running()) == ([], [])


def test_somebody_who_stops_the_film_ends_its_timeline():
    found = house()
    found.advance("1s")
    found.says("preface.wall", play=None, playing=False)
    assert found.said() == ["over"]


def test_while_another_run_shows_something_on_the_player_it_stands_still():
    found = house()
    found.advance("1s")
    found.order("start", "above")
    found.says("preface.wall", play="waves.mp4", playing=True)
    found.advance("5s")
    assert (look(found), found.said()) == ("dim", [])
    found.says("preface.wall", play="film.mp4", playing=True, position=1.0)
    found.advance("3499ms")
    assert look(found) == "dim"
    found.advance("1ms")
    assert look(found) == "cold"


def test_after_a_crash_it_goes_on_with_the_film():
    found = house()
    found.advance("2s")
    found.crashes("1s")
    found.says("preface.wall", play="film.mp4", playing=True, source="retained")
    found.advance("1499ms")
    assert look(found) == "dim"
    found.advance("1ms")
    assert look(found) == "cold"


def test_what_came_in_the_outage_is_asked_after_it():
    found = house()
    found.advance("2s")
    found.crashes("9s")
    found.advance(0)
    assert look(found) == "warm"


def test_the_bytes_of_the_stage_hold_the_clock():
    found = house()
    found.advance("4s")
    found.is_taken_up()
    found.advance("500ms")
    assert look(found) == "cold"


def test_the_same_film_asked_again_begins_anew():
    found = house()
    found.advance("12s")
    found.happens("preface.wall.ended")
    found.says("preface.wall", play=None, playing=False)
    found.order("start", "scene")
    found.says("preface.wall", play="film.mp4", playing=True)
    assert look(found) == "dim"
    found.advance("4500ms")
    assert look(found) == "cold"


def test_a_reload_of_something_else_leaves_it_alone():
    found = house()
    found.advance("4s")
    found.reloads(FILM.replace("{wait: 5s}", "{wait: 6s}"))
    found.advance("500ms")
    assert look(found) == "cold"


def test_in_the_middle_of_other_things():
    text = FILM.replace("    - timeline:", "    - together:\n        - wait: 1s\n        - timeline:")
    text = text.replace("      at_most", "          at_most").replace("      else", "          else")
    text = text.replace("      at:", "          at:").replace("        0:", "            0:")
    found = house(text=text)
    found.advance("4500ms")
    assert look(found) == "cold"


COVERED = (
    FILM
    + """
tour:
  band: tour
  starts: {by: staff}
  takes: preface
  does: [{ask: {preface.wall: waves, preface.wash: cold}}, {wait: 5s}]
"""
)


def test_a_covered_film_and_its_lights_go_on_where_they_were():
    found = house(text=COVERED)
    found.advance("2s")
    found.order("start", "tour")
    found.says("preface.wall", play="waves.mp4", playing=True)
    found.advance("5s")
    assert found.running() == ["scene"]
    found.says("preface.wall", play="film.mp4", playing=True, position=2.0)
    found.advance("2499ms")
    assert look(found) == "dim"
    found.advance("1ms")
    assert look(found) == "cold"


def test_a_spare_in_place_of_the_player_is_followed():
    spare = "preface.wall: {kind: player, spare: preface.other, after: 1s}\n  preface.other: {kind: player}"
    text = FILM.replace("preface.wall: {kind: player}", spare)
    found = house(text=text, plays=False)
    found.goes("preface.wall")
    found.advance("1s")
    found.says("preface.other", play="film.mp4", playing=True)
    found.advance("4500ms")
    assert look(found) == "cold"
