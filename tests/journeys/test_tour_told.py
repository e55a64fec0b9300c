"""An evening tour: the second story of the scene language, sentence by sentence, over MQTT."""

import time
from collections.abc import Iterator

import pytest

from tests.brokers import RunningBroker, mosquitto
from tests.journeys.telling import Story, story

ENTRY, WASH, WALL = "preface.entry", "preface.wash", "preface.wall"
FILM, TOUR = "opening-v3-zh.mp4", "evening_tour"
EVENING = "2022-01-18T19:05:00+08:00"


@pytest.fixture
def broker() -> Iterator[RunningBroker]:
    with mosquitto() as running:
        yield running


@pytest.fixture
def house(tmp_path, broker) -> Iterator[Story]:
    with story(tmp_path, broker, EVENING) as told:
        yield told


def begins(house: Story) -> None:
    answer = house.order("start", TOUR, by="guide", **{"with": {"guide": "Ms Li"}})
    assert (answer["answer"], answer["verdict"]) == ("accepted", "started")
    house.until_scene(TOUR, "running")


def sees_the_film(house: Story, seconds: float) -> None:
    house.stands(ENTRY, occupied=True)
    house.later(0.8)
    assert house.wanted(WALL, "play") == FILM
    house.later(seconds)


def films_since(house: Story, count: int) -> list[object]:
    """Every film that the preface wall was asked for after its first ``count`` messages."""
    return [one.get("play") for one in house.ears.on("reform/preface/wall/set")[count:]]


def test_a_guide_orders_it_with_the_guides_name(house):
    refused = house.order("start", TOUR, by="guide")
    assert refused["answer"] == "refused"
    assert "guide" in refused["why"]
    begins(house)
    assert (house.wanted(WASH)["look"], house.wanted(WASH)["fade"]) == ("tour", 4.0)
    assert house.wanted(WALL, "play") == "tour-preface.mp4"


def test_a_visitors_scene_is_suspended_beneath_and_a_new_one_is_denied(house):
    sees_the_film(house, 40)
    begins(house)
    assert house.until_scene("welcome", "suspended")["why"]
    assert house.wanted(WALL, "play") == "tour-preface.mp4"
    house.stands("main.rotunda", occupied=True)
    house.later(2)
    assert house.verdicts("reform_film") == ["claim_denied"]


def test_sessions_finish_the_phase_they_are_in(house):
    house.says("main.quiz", "session/joined", {"session": "panda-01", "seq": 1})
    assert house.wanted("main.quiz", "page") == "countdown"
    begins(house)
    assert house.wanted("main.quiz", "page") == "countdown"
    house.later(1)
    house.says("main.quiz", "session/done", {"session": "panda-01", "seq": 2})
    assert house.wanted("main.quiz", "page") != "question"
    house.later(3)
    assert house.scene("quiz")["state"] in ("idle", "cooling")
    house.later(4)
    house.says("main.quiz", "session/joined", {"session": "panda-02", "seq": 1})
    assert house.verdicts("quiz")[-1] == "claim_denied"


def test_cues_advance_by_go_and_each_has_a_longest_stay(house):
    begins(house)
    assert house.order("go", TOUR)["answer"] == "done"
    assert house.wanted("main.wall", "play") == "tour-main.mp4"
    assert house.order("go", TOUR, way="short")["answer"] == "done"
    assert house.wanted("epilogue.wall", "play") == "tour-epilogue.mp4"
    assert house.order("back", TOUR)["answer"] == "done"
    assert house.order("go", TOUR, way="long")["answer"] == "done"
    assert house.wanted("cities.wall", "play") == "tour-cities.mp4"
    house.later(21 * 60)
    house.until_scene(TOUR, "running")  # that cue stays
    house.order("go", TOUR)
    house.later(19 * 60)
    assert house.scene(TOUR)["state"] == "running"
    house.later(61)
    house.until_scene(TOUR, "idle")


def test_everything_is_released_over_4_s_at_the_end(house):
    begins(house)
    for _ in range(3):
        house.order("go", TOUR)
    house.order("go", TOUR)
    house.until_scene(TOUR, "idle")
    assert house.wanted("epilogue.e008_light")["fade"] == 4.0
    assert house.wanted("epilogue.e008_light").get("look") != "tour"


@pytest.mark.promise("F4")
def test_if_the_visitor_leaves_meanwhile_the_scene_ends_silently_and_the_wall_goes_to_the_ambient_loop(house):
    sees_the_film(house, 40)
    begins(house)
    house.later(60)
    house.stands(ENTRY, occupied=False)
    house.later(60)
    count = house.asked(WALL)
    house.order("go", TOUR)  # gives the preface hall back
    house.later(10)
    assert house.scene("welcome")["state"] in ("idle", "cooling")
    assert FILM not in films_since(house, count)
    assert house.wanted(WALL, "play") == "waves.mp4"


@pytest.mark.promise("F4")
def test_if_the_visitor_stays_the_film_goes_on_at_second_40(house):
    sees_the_film(house, 40)
    begins(house)
    house.later(300)
    house.order("go", TOUR)
    house.until_scene("welcome", "running")
    assert house.wanted(WALL)["play"] == FILM
    assert house.wanted(WALL)["at"] == pytest.approx(40, abs=1)


@pytest.mark.promise("F5")
def test_a_kill_at_minute_30_asserts_the_pictures_again_within_2_s_and_leaves_the_cues_deadline(house, record_property):
    begins(house)
    house.order("go", TOUR)
    house.order("go", TOUR, way="short")
    house.later(15 * 60)
    asked = house.asked("epilogue.wall")
    began = time.monotonic()
    house.killed(away=30)
    assert house.wanted("epilogue.wall", "play") == "tour-epilogue.mp4"
    assert house.asked("epilogue.wall") > asked
    took = time.monotonic() - began
    record_property("F5", f"asserted again {took:.2f} s after kill -9, the start of a process included")
    house.later(4 * 60)
    assert house.scene(TOUR)["state"] == "running"
    house.later(31)
    house.until_scene(TOUR, "idle")


def test_an_evacuation_shows_safe_looks_everywhere_and_ends_the_tour_until_it_is_lifted_in_two_steps(house):
    begins(house)
    house.order("go", TOUR)
    house.later(40 * 60)
    house.says("house.fire_panel", "state", {"alarm": True}, retain=True)
    lights = ("preface.wash", "main.wash", "cities.wash", "main.rotunda_rim", "cities.ningbo_light")
    assert {house.wanted(one).get("look") for one in lights} == {"safe"}
    assert house.wanted("main.speaker", "play") == "evacuate-zh-en.wav"
    assert house.asked("preface.exit_sign") == 0
    house.later(5)
    house.until_scene(TOUR, "idle")
    house.stands(ENTRY, occupied=True)
    house.later(1)
    assert "held_by_safety" in house.verdicts("welcome")
    house.killed(away=5)
    assert {house.wanted(one).get("look") for one in lights} == {"safe"}

    assert house.order("lift", by="Zhang")["answer"] == "refused"
    house.says("house.fire_panel", "state", {"alarm": False}, retain=True)
    assert house.order("lift", by="Zhang")["answer"] in ("accepted", "done")
    assert {house.wanted(one).get("look") for one in lights} == {"safe"}
    assert house.order("confirm_lift", by="Wang")["answer"] == "done"
    assert "safe" not in {house.wanted(one).get("look") for one in lights}
    assert house.wanted(WALL, "play") == "waves.mp4"
