"""Facts begin at one threshold and end at another."""

import pytest

from scenes.effects import NamedState
from tests.venue import HALL, House, of

HOUSE = (
    HALL
    + """
facts:
  crowded: {from: preface.entry.count >= 10, until: preface.entry.count < 6, for: 2s}
  busy: {from: preface.entry.count >= 3, until: preface.entry.count < 2}
door:
  band: house
  starts: {while: crowded}
  does:
    - ask: {preface.wash: warm}
note:
  starts: {when: busy}
  does:
    - wait: 1s
"""
)


@pytest.fixture
def house() -> House:
    house = House(HOUSE)
    house.starts()
    house.says("preface.entry", count=0)
    return house


def test_a_fact_is_true_once_its_threshold_held(house):
    house.says("preface.entry", count=12)
    before = "door" in house.running()
    house.advance("2s")
    assert (before, house.running()) == (False, ["door"])


def test_a_threshold_that_does_not_hold_long_enough_changes_nothing(house):
    house.says("preface.entry", count=12)
    house.advance("1s")
    house.says("preface.entry", count=9)
    house.advance("2s")
    assert house.running() == []


def test_between_the_thresholds_nothing_flickers(house):
    house.says("preface.entry", count=12)
    house.advance("2s")
    house.says("preface.entry", count=7)
    house.advance("1min")
    assert house.running() == ["door"]


def test_a_fact_ends_at_its_other_threshold(house):
    house.says("preface.entry", count=12)
    house.advance("2s")
    house.says("preface.entry", count=5)
    house.advance("2s")
    assert house.running() == []


def test_a_fact_that_becomes_true_starts_a_scene(house):
    house.says("preface.entry", count=3)
    assert house.verdicts("note") == ["started"]


def test_everybody_is_told(house):
    house.says("preface.entry", count=3)
    house.says("preface.entry", count=1)
    assert [one.value for one in of(NamedState, house.effects) if one.name == "busy"][-3:] == [False, True, False]


def test_a_fact_survives_a_crash(house):
    house.says("preface.entry", count=12)
    house.advance("2s")
    house.crashes()
    assert house.running() == ["door"]


def test_other_thresholds_begin_anew_after_a_reload(house):
    house.says("preface.entry", count=12)
    house.advance("2s")
    house.reloads(HOUSE.replace(">= 10", ">= 20"))
    assert house.running() == []
