"""Groups that are one: one by one and back in reverse, in step, and enough of them."""

import pytest

from scenes.effects import Set
from tests.venue import House, of

VENUE = """\
venue: demo
devices:
  hall.one: {kind: relay}
  hall.two: {kind: relay}
  hall.three: {kind: relay}
  hall.left: {kind: screen}
  hall.middle: {kind: screen}
  hall.right: {kind: screen}
clips:
  film: {file: film.mp4}
  still: {file: still.png}
"""
RELAYS = ("hall.one", "hall.two", "hall.three")
SCREENS = ("hall.left", "hall.middle", "hall.right")


def scene(ask: str, more: str = "", name: str = "act", ends: str = "0s") -> str:
    return (
        f"{name}:\n  starts: {{by: staff}}\n  does:\n    - ask: {ask}\n{more}    - wait: 1h\n  ends: {ends}\n"
        "  after_crash: resume\n"
    )


DONE = "    - wait: {until: done, at_most: 30s, else: {say: {staff: late}}}\n    - say: {staff: done}\n"
SPREAD = VENUE + scene("{relays in hall: {power: on, one_by_one: 4s}}", DONE)
STEP = VENUE + scene("{screens in hall: {play: film, in_step: true, need: 2, or: still, retry: 0}}", DONE)


def house_of(text: str) -> House:
    house = House(text)
    house.starts()
    house.order("start", "act")
    return house


def on(house: House) -> list[str]:
    return [one for one in RELAYS if house.shown(one) == {"power": True}]


def plays(house: House) -> list[object]:
    return [house.shown(one)["play"] for one in SCREENS]


# --- one by one


def test_a_group_comes_one_after_the_other_in_its_order():
    house = house_of(SPREAD)
    seen = [on(house)]
    for _ in range(3):
        house.advance("4s")
        seen.append(on(house))
    assert seen == [["hall.one"], ["hall.one", "hall.two"], [*RELAYS], [*RELAYS]]


def test_it_goes_in_reverse():
    house = house_of(SPREAD)
    house.advance("8s")
    house.order("stop", "act")
    seen = [on(house)]
    for _ in range(3):
        house.advance("4s")
        seen.append(on(house))
    assert seen == [["hall.one", "hall.two"], ["hall.one"], [], []]


def test_who_was_not_there_yet_never_comes_and_keeps_nobody_waiting():
    house = house_of(SPREAD)
    house.advance("5s")
    house.order("stop", "act")
    assert on(house) == ["hall.one"]
    house.advance("4s")
    assert on(house) == []
    house.advance("1min")
    assert house.sets("hall.three")[1:] == []


def test_done_waits_for_all_of_them():
    house = house_of(SPREAD)
    house.confirms("hall.one")
    house.advance("4s")
    house.confirms("hall.two")
    assert house.said() == []
    house.advance("4s")
    house.confirms("hall.three")
    assert house.said() == ["done"]


def test_it_goes_on_after_a_crash_at_its_turns():
    house = house_of(SPREAD)
    house.advance("1s")
    house.crashes("1s")
    assert on(house) == ["hall.one"]
    house.advance("2s")
    assert on(house) == ["hall.one", "hall.two"]
    house.is_taken_up()
    house.advance("4s")
    assert on(house) == [*RELAYS]


def test_what_is_going_survives_the_bytes_too():
    house = house_of(SPREAD)
    house.advance("8s")
    house.order("stop", "act")
    house.is_taken_up()
    house.advance("8s")
    assert on(house) == []


def test_who_asks_anew_while_it_goes_keeps_it():
    house = house_of(SPREAD + scene("{hall.one: on}", name="other"))
    house.advance("8s")
    house.order("stop", "act")
    house.order("start", "other")
    house.advance("1min")
    assert on(house) == ["hall.one"]


def test_its_end_may_go_one_by_one_by_itself():
    off = "\n    - ask: {relays in hall: {power: off, one_by_one: 1s}}\n    - wait: 5s\n    - release: 0s"
    house = house_of(VENUE + scene("{relays in hall: on}", ends=off))
    house.order("stop", "act")
    assert on(house) == ["hall.two", "hall.three"]
    house.advance("1s")
    assert on(house) == ["hall.three"]


def test_a_reload_without_the_device_forgets_its_turn():
    house = house_of(SPREAD)
    house.reloads(SPREAD.replace("  hall.three: {kind: relay}\n", ""))
    house.advance("1min")
    assert [one.device for one in of(Set, house.effects) if one.device == "hall.three" and one.value["power"]] == []


# --- in step


def test_all_begin_at_one_instant_half_a_second_ahead():
    house = house_of(STEP)
    assert {one.starts for device in SCREENS for one in house.sets(device) if one.value.get("play")} == {500_000}


def test_who_is_asked_again_is_told_the_same_instant():
    house = house_of(STEP.replace("retry: 0", "retry: 1"))
    house.advance("2500ms")
    assert [one.starts for one in house.sets("hall.left")[-2:]] == [500_000, 500_000]


def test_the_time_to_confirm_counts_from_the_beginning():
    house = house_of(STEP)
    house.advance("2499ms")
    assert house.notes("failed") == []
    house.advance("1ms")
    assert house.notes("failed") != []


def test_a_group_that_shows_the_film_already_begins_again_in_step():
    again = STEP + scene("{screens in hall: {play: film, in_step: true}}", name="again")
    house = house_of(again)
    house.advance("1s")
    assert [one.starts for one in of(Set, house.order("start", "again"))] == [1_500_000] * 3


def test_what_is_left_alone_begins_whenever_it_likes():
    house = house_of(VENUE + scene("{screens in hall: film}"))
    assert {one.starts for device in SCREENS for one in house.sets(device)} == {None}


# --- need


def test_enough_of_them_is_done():
    house = house_of(STEP)
    house.advance("500ms")
    house.confirms("hall.left")
    assert house.said() == []
    house.confirms("hall.right")
    assert house.said() == ["done"]


def test_one_that_fails_alone_leaves_the_others():
    house = house_of(STEP)
    house.advance("500ms")
    house.confirms("hall.left")
    house.confirms("hall.right")
    house.advance("10s")
    assert plays(house) == ["film.mp4"] * 3
    assert house.output("hall.middle").state == "failed"
    assert house.running() == ["act"]


def test_too_few_bring_the_substitute_for_all_at_one_instant():
    house = house_of(STEP)
    house.advance("500ms")
    house.confirms("hall.left")
    effects = of(Set, house.advance("2s"))
    assert [(one.device, one.value["play"]) for one in effects] == [(one, "still.png") for one in SCREENS]
    assert {one.starts for one in effects} == {3_000_000}


def test_the_last_try_of_one_and_the_next_of_another_are_one_message_each():
    house = house_of(STEP.replace("need: 2", "need: 3").replace("retry: 0", "retry: 1"))
    house.advance("500ms")
    house.refuses("hall.left")
    effects = of(Set, house.advance("2s"))
    assert [(one.device, one.value["play"]) for one in effects] == [(one, "still.png") for one in SCREENS]


def test_without_need_each_takes_its_own_substitute():
    house = house_of(STEP.replace(", need: 2", ""))
    house.advance("500ms")
    house.confirms("hall.left")
    house.confirms("hall.right")
    house.advance("2s")
    assert plays(house) == ["film.mp4", "still.png", "film.mp4"]


@pytest.mark.parametrize("need", [1, 2, 3])
def test_so_many_are_needed_as_are_written(need):
    house = house_of(STEP.replace("need: 2", f"need: {need}"))
    house.advance("500ms")
    for number, device in enumerate(SCREENS, 1):
        assert (house.said() == ["done"]) == (number > need)
        house.confirms(device)
    assert house.said() == ["done"]


def test_a_group_that_was_covered_goes_on_in_step_from_where_it_was():
    over = "over:\n  band: staff\n  starts: {by: staff}\n  does: [{ask: {screens in hall: still}}, {wait: 5s}]\n"
    house = house_of(STEP.replace("need: 2, ", "") + over)
    for device in SCREENS:
        house.confirms(device)
    house.advance("20s")
    house.order("start", "over")
    changes = [one for one in of(Set, house.advance("5s")) if one.value["play"] == "film.mp4"]
    assert [one.starts for one in changes] == [25_500_000] * 3
    assert {one.position for one in changes} == {20_000_000}
