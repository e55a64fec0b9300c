"""A visitor walks into the preface hall: the first scene that the language tells, sentence by sentence, over MQTT."""

from collections.abc import Iterator

import pytest

from tests.brokers import RunningBroker, mosquitto
from tests.journeys.playing import Ears
from tests.journeys.telling import Story, story

ENTRY, WASH, WALL = "preface.entry", "preface.wash", "preface.wall"
OPEN = "2022-01-18T10:00:00+08:00"


@pytest.fixture
def broker() -> Iterator[RunningBroker]:
    with mosquitto() as running:
        yield running


@pytest.fixture
def house(tmp_path, broker) -> Iterator[Story]:
    with story(tmp_path, broker, OPEN) as told:
        yield told


def walks_in(house: Story) -> None:
    house.stands(ENTRY, occupied=True)
    house.later(0.8)
    assert house.until_scene("welcome", "running")["band"] == "exhibit"


def test_a_shadow_of_500_ms_does_nothing(house):
    before = house.asked(WASH)
    house.stands(ENTRY, occupied=True)
    house.later(0.5)
    house.stands(ENTRY, occupied=False)
    house.later(0.4)
    assert house.verdicts("welcome") == ["dwell_broken"]
    assert house.asked(WASH) == before


def test_occupied_for_800_ms_with_a_gap_of_300_ms_forgiven_makes_it_warm_and_starts_the_film(house):
    house.stands(ENTRY, occupied=True)
    house.later(0.4)
    house.stands(ENTRY, occupied=False)
    house.later(0.2)
    house.stands(ENTRY, occupied=True)
    house.later(0.15)
    assert house.verdicts("welcome") == []
    house.later(0.1)
    house.until_scene("welcome", "running")
    assert (house.wanted(WASH)["look"], house.wanted(WASH)["fade"]) == ("warm", 1.5)
    assert house.wanted(WALL, "play") == "opening-v3-zh.mp4"


def test_it_stays_until_nobody_is_there_for_12_s_and_lets_go_over_3_s_and_cools_20_s(house):
    walks_in(house)
    house.later(30)
    house.stands(ENTRY, occupied=False)
    house.later(11)
    assert house.scene("welcome")["state"] == "running"
    house.later(1.5)
    house.until_scene("welcome", "cooling")
    assert house.wanted(WASH)["fade"] == 3.0
    house.later(18)
    house.stands(ENTRY, occupied=True)
    house.later(0.8)
    assert house.verdicts("welcome")[-1] == "cooling"
    house.stands(ENTRY, occupied=False)
    house.later(3)
    walks_in(house)


def test_it_stays_at_most_90_s_unless_a_second_group_extends_it(house):
    walks_in(house)
    house.later(60)
    house.stands(ENTRY, occupied=False)
    house.later(1)
    house.stands(ENTRY, occupied=True)
    house.later(0.8)
    assert house.verdicts("welcome") == ["started", "extended"]
    house.later(85)
    assert house.scene("welcome")["state"] == "running"
    house.later(6)
    house.until_scene("welcome", "cooling")


def test_a_retained_occupied_at_the_start_sets_the_state_only(tmp_path, broker):
    ears = Ears(broker)
    ears.says("reform/preface/entry/state", {"occupied": True}, retain=True)
    with story(tmp_path, broker, OPEN) as house:
        house.later(5)
        assert house.verdicts("welcome") == ["retained"]
        assert house.wanted(WALL, "play") != "opening-v3-zh.mp4"
        assert "preface.entry.occupied is true" in house.controller.says("why", "welcome").stdout
    ears.close()


def test_when_the_player_is_dead_the_still_picture_is_asked_within_4_s_after_one_retry(house):
    house.is_silent(WALL)
    walks_in(house)
    before = house.asked(WALL)
    house.later(2.0)
    assert house.wanted(WALL, "play") == "opening-v3-zh.mp4"
    assert house.asked(WALL) == before + 1
    house.later(1.9)
    house.later(0.1)
    assert house.wanted(WALL, "play") == "opening.png"
