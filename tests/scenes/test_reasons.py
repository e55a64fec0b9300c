"""Why something happened or did not, in words."""

import re
from typing import get_args

import pytest
from hypothesis import given, settings

from scenes.effects import Note, NoteWord
from scenes.reasons import count, sentence, span, verdict_words
from scenes.verdicts import Verdict
from tests.properties.rich import moves, rich_house
from tests.venue import of


@pytest.mark.parametrize(("micros", "words"), [
    (800_000, "800 ms"), (1_500_000, "1.5 s"), (90_000_000, "90 s"), (1_500_000_000, "25 min"), (0, "0 ms"),
    (7_200_000_000, "120 min"), (None, "some time"),
])  # fmt: skip
def test_a_length_of_time_is_written_as_a_person_writes_it(micros, words):
    assert span(micros) == words


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_has_words(verdict):
    assert verdict_words(verdict)


@pytest.mark.parametrize("what", [one for one in get_args(NoteWord) if one != "heard"])
def test_every_note_is_a_sentence(what):
    assert sentence(Note(0, what, scene="welcome", run="welcome-1", device="preface.wall", verdict=Verdict.BUSY))


def test_cooling_tells_what_is_left():
    words = verdict_words(Verdict.COOLING, {"left_us": 14_200_000, "of_us": 20_000_000})
    assert words == "it cools down, 14.2 s of 20 s are left"


def test_dwell_broken_tells_how_long_it_lasted():
    words = verdict_words(Verdict.DWELL_BROKEN, {"lasted_us": 500_000, "for_us": 800_000})
    assert words == "it lasted 500 ms of the 800 ms that it must last"


def test_a_condition_tells_what_decided():
    words = verdict_words(Verdict.CONDITION_FALSE, {"if": "inside >= 180", "values": "inside is 12"})
    assert words == "inside >= 180 does not hold: inside is 12"


def test_a_verdict_tells_the_scene_and_the_gate():
    note = Note(0, "verdict", scene="welcome", verdict=Verdict.DISARMED)
    assert sentence(note) == "welcome does not start (disarmed): the scene is disarmed"


@settings(max_examples=50)
@given(moves())
def test_every_note_of_a_day_is_a_sentence_without_holes(day):
    house = rich_house()
    for move in day:
        move(house)
    holes = re.compile(r"\bNone\b|\(\)|some time")
    assert [words for note in of(Note, house.effects) if holes.search(words := sentence(note))] == []


def test_one_is_said_as_one():
    assert (count(1, "scene"), count(2, "scene"), count(0, "scene")) == ("1 scene", "2 scenes", "0 scenes")
