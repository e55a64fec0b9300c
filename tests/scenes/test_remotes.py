"""A remote in somebody's hand: its buttons are orders, and what became of each is noted."""

import pytest

from tests.venue import House

VENUE = """\
venue: demo
devices:
  house.guide: {kind: remote}
  house.staff: {kind: remote}
  preface.wash: {kind: light}
remotes:
  guide:
    device: house.guide
    role: guide
    buttons: {1: go, 2: back, 3: start evening, 4 held 2s: stop}
  staff:
    device: house.staff
    role: staff
    buttons: {1: start hello, 2: disarm hello, 3: stop hello}
hello:
  starts: {by: staff}
  does: [{wait: 4s}]
"""
TOUR = """
  band: tour
  starts: {by: guide}
  cues:
    dark: {ask: {preface.wash: 5%}, at_most: 10min, else: stay}
    bright: {ask: {preface.wash: 90%}, at_most: 10min, else: stay}
  ends: 0s
  at_most: 60min
"""


@pytest.fixture
def house() -> House:
    house = House(VENUE + "evening:" + TOUR + "morning:" + TOUR)
    house.starts()
    return house


def press(house: House, button: int, event: str = "pressed", remote: str = "guide", **more) -> tuple[str, str]:
    """What the last order became, and why."""
    house.happens(f"house.{remote}.{event}", button=button, **more)
    note = house.notes("order")[-1]
    return note.details["answer"], note.details["why"]


def at(house: House) -> str:
    return " ".join(f"{run.scene}:{run.phase}" for run in house.stage.runs.values())


def test_a_tour_is_led_with_three_buttons(house):
    seen = []
    for button in (3, 1, 2, 1):
        press(house, button)
        seen.append(at(house))
    assert seen == ["evening:dark", "evening:bright", "evening:dark", "evening:bright"]


def test_a_button_that_is_held_is_another_button(house):
    press(house, 3)
    assert not house.happens("house.guide.pressed", button=4)
    assert press(house, 4, "held") == ("done", "evening was stopped")


def test_the_note_says_who_where_and_with_what(house):
    press(house, 3)
    note = house.notes("order", "evening")[-1]
    assert (note.device, note.details["by"], note.place.line) == ("house.guide", "guide", 10)
    assert note.run == house.notes("started", "evening")[0].run


def test_a_button_without_an_order_is_nothing(house):
    house.happens("house.guide.pressed", button=7)
    assert not house.notes("order")


def test_without_a_tour_go_says_so(house):
    assert press(house, 1) == ("refused", "no tour is going on")


def test_with_two_tours_go_asks_which(house):
    house.order("start", "evening")
    house.order("start", "morning")
    assert press(house, 1) == ("refused", "which tour? evening, morning are going on")


def test_other_orders_name_their_scene(house):
    press(house, 2, remote="staff")
    assert press(house, 3, remote="staff") == ("done", "hello was not running")
    house.order("start", "hello")
    assert house.verdicts("hello")[-1] == "disarmed"


def test_a_press_from_long_ago_orders_nothing_and_is_noted(house):
    house.advance("60s")
    assert press(house, 3, ts=0) == ("expired", "the press is 60.0 s old")
    assert at(house) == ""


def test_the_same_press_twice_is_one_press(house):
    press(house, 3)
    press(house, 1, id_="r1")
    press(house, 1, id_="r1")
    assert at(house) == "evening:bright"
