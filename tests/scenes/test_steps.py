"""The steps: ask, tell, wait, stay, say, release."""

import pytest

from tests.venue import HALL, House


def house_with(*steps: str, more: str = "") -> House:
    does = "".join(f"    - {step}\n" for step in steps)
    house = House(f"{HALL}\nscene:\n  starts: {{by: staff}}\n  does:\n{does}{more}")
    house.starts()
    house.order("start", "scene")
    return house


SAY = "say: {staff: on}"
UNTIL_OCCUPIED = "wait: {until: preface.entry.occupied, at_most: 10s, else: end}"
UNTIL_DONE = "wait: {until: done, at_most: 10s, else: end}"


def test_wait_until_goes_on_when_it_becomes_true():
    house = house_with(UNTIL_OCCUPIED, SAY)
    house.says("preface.entry", occupied=True)
    assert house.said() == ["on"]


def test_wait_until_goes_on_at_once_when_it_is_true():
    house = House(f"{HALL}\nscene:\n  starts: {{by: staff}}\n  does:\n    - {UNTIL_OCCUPIED}\n    - {SAY}\n")
    house.starts()
    house.says("preface.entry", occupied=True)
    house.order("start", "scene")
    assert house.said() == ["on"]


def test_wait_until_something_lasted():
    house = house_with("wait: {until: preface.entry.occupied, for: 2s, at_most: 10s, else: end}", SAY)
    house.says("preface.entry", occupied=True)
    house.advance("2s")
    assert house.said() == ["on"]


def test_a_wait_that_must_last_begins_anew_after_an_interruption():
    house = house_with("wait: {until: preface.entry.occupied, for: 2s, at_most: 10s, else: end}", SAY)
    house.says("preface.entry", occupied=True)
    house.advance("1s")
    house.says("preface.entry", occupied=False)
    house.says("preface.entry", occupied=True)
    house.advance("1999ms")
    assert house.said() == []


def test_else_end_ends_the_run_when_time_is_up():
    house = house_with(UNTIL_OCCUPIED, SAY)
    house.advance("10s")
    assert (house.said(), house.running()) == ([], [])


def test_else_step_is_played_and_the_run_goes_on():
    house = house_with("wait: {until: preface.entry.occupied, at_most: 10s, else: {say: {staff: late}}}", SAY)
    house.advance("10s")
    assert house.said() == ["late", "on"]


def test_else_may_wait_itself():
    house = house_with("wait: {until: preface.entry.occupied, at_most: 10s, else: {wait: 3s}}", SAY)
    house.advance("13s")
    assert house.said() == ["on"]


def test_wait_until_an_event():
    house = house_with("wait: {until: preface.wall.ended, at_most: 10s, else: end}", SAY)
    house.happens("preface.wall.ended")
    assert house.said() == ["on"]


def test_one_event_moves_on_one_wait():
    wait = "wait: {until: preface.wall.ended, at_most: 10s, else: end}"
    house = house_with(wait, wait, SAY)
    house.happens("preface.wall.ended")
    assert house.said() == []


def test_the_event_that_started_the_run_is_not_the_one_it_waits_for():
    house = House(
        f"{HALL}\nscene:\n  starts: {{when: preface.wall.ended}}\n  does:\n"
        f"    - wait: {{until: preface.wall.ended, at_most: 10s, else: end}}\n    - {SAY}\n"
    )
    house.starts()
    house.happens("preface.wall.ended")
    assert house.said() == []


@pytest.mark.parametrize("source", ["retained", "backlog"])
def test_an_event_from_before_moves_no_wait_on(source):
    house = house_with("wait: {until: preface.wall.ended, at_most: 2min, else: end}", SAY)
    house.link_goes()
    house.advance("1min")
    house.link_comes()
    house.happens("preface.wall.ended", source=source)
    assert house.said() == []


def test_wait_until_done_goes_on_when_every_ask_is_confirmed():
    house = house_with("ask: {preface.wall: film}", UNTIL_DONE, SAY)
    house.confirms("preface.wall")
    assert house.said() == ["on"]


def test_wait_until_done_waits_for_the_confirmation():
    house = house_with("ask: {preface.wall: film}", UNTIL_DONE, SAY)
    house.advance("1s")
    assert house.said() == []


def test_wait_until_done_waits_for_nothing_where_nobody_confirms():
    assert house_with("ask: {preface.wash: warm}", UNTIL_DONE, SAY).said() == ["on"]


def test_wait_until_done_is_satisfied_by_the_substitute():
    house = house_with("ask: {preface.wall: {play: film, or: still}}", UNTIL_DONE, SAY)
    house.advance("4s")
    house.confirms("preface.wall")
    assert house.said() == ["on"]


def test_stay_goes_on_when_it_has_lasted_long_enough():
    house = house_with("stay: {until: preface.entry.empty, for: 2s, at_most: 10s}", SAY)
    house.says("preface.entry", occupied=False)
    house.advance("2s")
    assert house.said() == ["on"]


def test_stay_goes_on_when_its_time_is_up():
    house = house_with("stay: {until: preface.entry.empty, for: 2s, at_most: 10s}", SAY)
    house.advance("10s")
    assert house.said() == ["on"]


def test_a_stay_whose_reason_is_unknown_stays():
    house = house_with("stay: {until: preface.entry.empty, at_most: 10s}", SAY)
    house.advance("9s")
    assert house.said() == []


def test_release_shows_what_lies_beneath_over_its_time():
    beneath = "\nlow:\n  band: house\n  starts: {while: venue.open}\n  does: [{ask: {preface.wash: dim}}]\n"
    house = house_with("ask: {preface.wash: warm}", "wait: 1s", "release: 2s", "wait: 1s", more=beneath)
    house.advance("1s")
    last = house.sets("preface.wash")[-1]
    assert (last.value["look"], last.fade) == ("dim", 2_000_000)


def test_after_a_release_the_run_may_ask_again():
    house = house_with("ask: {preface.wash: warm}", "release: 0s", "ask: {preface.wash: cold}", "wait: 1s")
    assert house.shown("preface.wash")["look"] == "cold"


def test_tell_tells_once():
    house = house_with("tell: {preface.wall.caption: {text: hi}}", "wait: 1s")
    assert [(one.command, one.fields["text"]) for one in house.told("preface.wall")] == [("caption", "hi")]


def test_tell_fills_in_the_kinds_defaults():
    assert house_with("tell: preface.wash.flash", "wait: 1s").told("preface.wash")[0].fields == {"times": 1}


def test_ask_never_waits():
    assert house_with("ask: {preface.wall: film}", SAY).said() == ["on"]


def test_an_extension_refreshes_the_stay():
    stay = "stay: {until: preface.entry.occupied, at_most: 10s}"
    house = house_with(stay, SAY, more="  busy: extend\n  at_most: 1min\n")
    house.advance("8s")
    house.order("start", "scene")
    house.advance("9s")
    assert house.said() == []
    house.advance("1s")
    assert house.said() == ["on"]


def test_what_is_ending_cannot_be_extended():
    house = house_with("wait: 1s", more="  busy: extend\n  at_most: 1min\n  ends: [{wait: 5s}]\n")
    house.advance("2s")
    house.order("start", "scene")
    assert house.answers[-1].verdict == "busy"
