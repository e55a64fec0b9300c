"""Models of single kinds: they answer as the hardware does."""

import pytest

from devices.speech import Reported
from tests.simulators.around import MINUTE, SECOND, Around


def states(around: Around, name: str) -> list[tuple[int, object]]:
    """(seconds, value) each time the value was reported anew."""
    found: list[tuple[int, object]] = []
    for at, said in around.heard:
        if isinstance(said, Reported) and name in said.states and (not found or found[-1][1] != said.states[name]):
            found.append((at // SECOND, said.states[name]))
    return found


@pytest.mark.parametrize("seed", range(20))
def test_a_projector_warms_up_for_minutes_and_cools_down_for_minutes(seed):
    around = Around("projector", seed)
    around.asks({"power": True})
    around.passes(4 * MINUTE)
    (_, cold), (ready, hot) = states(around, "ready")
    assert (cold, hot) == (False, True)
    assert 60 <= ready <= 240
    around.asks({"power": False})
    around.passes(4 * MINUTE)
    began, ended = (at for at, _ in states(around, "cooling")[1:])
    assert 60 <= ended - began <= 120


def test_a_projector_that_is_switched_off_while_it_warms_up_cools_down_when_it_is_warm():
    around = Around("projector")
    around.asks({"power": True})
    around.passes(10 * SECOND)
    around.asks({"power": False})
    around.passes(10 * SECOND)
    assert (around.states["warming"], around.states["power"]) == (True, True)
    around.passes(6 * MINUTE)
    assert [around.states[one] for one in ("power", "warming", "ready", "cooling")] == [False] * 4
    assert [value for _, value in states(around, "cooling")] == [False, True, False]


def test_a_projector_that_is_asked_twice_does_not_begin_anew():
    around = Around("projector")
    around.asks({"power": True})
    around.passes(30 * SECOND)
    around.asks({"power": True})
    around.passes(4 * MINUTE)
    around.asks({"power": True})
    around.passes(MINUTE)
    assert [value for _, value in states(around, "warming")] == [False, True, False]


def test_a_relay_reports_after_its_contact_has_moved():
    around = Around("relay")
    around.asks({"power": True})
    around.passes(20_000)
    assert around.states["power"] is False
    around.passes(100_000)
    assert around.states["power"] is True


@pytest.mark.parametrize("kind", ["player", "screen", "speaker"])
def test_a_film_begins_after_40_ms_and_its_end_is_said(kind):
    around = Around(kind, lengths={"a.mp4": 5 * SECOND})
    around.asks({"play": "a.mp4", "clip": "a"})
    around.passes(39_000)
    assert around.states["play"] is None
    around.passes(1_000)
    assert (around.states["play"], around.states["playing"]) == ("a.mp4", True)
    around.passes(5 * SECOND)
    assert [one.fields for one in around.events("ended")] == [{"play": "a.mp4"}]
    assert around.states["playing"] is False


def test_a_page_takes_the_place_of_a_film_and_the_film_does_not_end():
    around = Around("screen", lengths={"a.mp4": 5 * SECOND})
    around.asks({"play": "a.mp4"})
    around.passes(SECOND)
    around.asks({"page": "figures", "with.inside": 3})
    around.passes(MINUTE)
    assert (around.states["play"], around.states["page"], around.states["playing"]) == (None, "figures", False)
    assert around.events("ended") == []


def test_a_film_takes_the_place_of_a_page():
    around = Around("screen")
    around.asks({"page": "figures"})
    around.passes(SECOND)
    around.asks({"play": "a.mp4"})
    around.passes(SECOND)
    assert (around.states["play"], around.states["page"]) == ("a.mp4", None)


def test_a_screen_is_ready_some_seconds_after_it_was_switched_on():
    around = Around("screen")
    around.asks({"power": False})
    around.passes(SECOND)
    around.visits("touch")
    assert (around.states["ready"], around.events("touched")) == (False, [])
    around.asks({"power": True})
    around.passes(SECOND)
    assert (around.states["power"], around.states["ready"]) == (True, False)
    around.passes(10 * SECOND)
    assert around.states["ready"] is True


def test_a_finger_on_a_screen_is_one_touch_a_second():
    around = Around("screen")
    for _ in range(5):
        around.visits("touch")
        around.passes(300_000)
    assert len(around.events("touched")) == 2


@pytest.mark.parametrize("kind", ["button", "remote"])
def test_a_button_is_pressed_at_once_and_held_after_two_seconds(kind):
    around = Around(kind)
    around.visits("hold")
    around.passes(1_999_999)
    assert [one.event for one in around.events()] == ["pressed"]
    around.passes(1)
    assert [one.event for one in around.events()] == ["pressed", "held"]
    assert len({one.fields.get("button") for one in around.events()}) == 1


def test_a_press_ends_what_was_held_before():
    around = Around("button")
    around.visits("hold")
    around.passes(SECOND)
    around.visits("press")
    around.passes(5 * SECOND)
    assert around.events("held") == []


def test_a_counter_says_one_event_a_person():
    around = Around("counter")
    for act in ("enter", "enter", "leave"):
        around.visits(act)
    around.passes(1)
    assert [one.event for one in around.events()] == ["entered", "entered", "left"]


def test_whoever_comes_near_is_gone_when_the_zone_is_empty():
    around = Around("presence")
    near = 0
    for _ in range(200):
        around.visits("enter")
        around.passes(SECOND)
        near += around.states["near"] is True
        around.visits("leave")
        around.passes(SECOND)
        assert (around.states["occupied"], around.states["near"]) == (False, False)
    assert 100 < near < 200


def test_weather_changes_within_a_week_and_nights_are_dark():
    around = Around("weather")
    around.passes(7 * 1440 * MINUTE)
    lux = [said.states["lux"] for _, said in around.heard if isinstance(said, Reported)]
    assert {value for _, value in states(around, "raining")} == {True, False}
    assert (min(lux), max(lux)) == (0, 60_000)
    assert len(lux) == 7 * 1440 + 1


def test_an_alarm_contact_never_rings_by_itself_but_can():
    around = Around("contact")
    around.passes(1440 * MINUTE)
    assert around.states == {"alarm": False}
    around._push(around.model.rings(around.now))
    around.passes(1)
    assert around.states == {"alarm": True}
