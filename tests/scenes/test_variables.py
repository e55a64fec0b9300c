"""Variables count by themselves, survive a restart, are reset, and are shown as they change."""

import pytest

from scenes.effects import NamedState
from tests.venue import HALL, House, of

HOUSE = (
    HALL.replace(
        "devices:\n",
        "devices:\n  preface.door: {kind: counter}\n  preface.post: {kind: voting}\n  preface.board: {kind: screen}\n",
    ).replace("  film: {file: film.mp4}\n", "  film: {zh: film-zh.mp4, en: film-en.mp4}\n")
    + """
pages: [figures]
variables:
  inside: {number: 0, plus: preface.door.entered, minus: preface.door.left, resets: day}
  votes: {number: 0, each: topic, counts: preface.post.voted}
  language: {word: zh, of: [zh, en], resets: {without: preface.entry.occupied, for: 5min}}
  guests: {number: 0, resets: visit}
board:
  band: ambient
  starts: {while: venue.open}
  does:
    - ask: {preface.board: {page: figures, with: {inside: $inside, votes: $votes, fixed: 1}}}
full:
  starts: {when: inside >= 2}
  does:
    - say: {staff: "$inside people, $votes.service for service"}
    - wait: 5s
speak:
  starts: {when: preface.board.chosen, gives: {word: [zh, en]}}
  does:
    - set: {language: $word}
    - add: {guests: 2}
film:
  starts: {by: staff}
  does:
    - ask: {preface.wall: {play: film, or: still}}
    - wait: 10s
vote:
  starts: {by: staff}
  needs: {topic: text}
  does:
    - add: {votes.$topic: 3, votes.travel: -1}
    - wait: 1s
hush:
  starts: {when: language == 'en'}
  does:
    - wait: 1s
"""
)


@pytest.fixture
def house() -> House:
    house = House(HOUSE)
    house.starts()
    house.says("preface.wall", play=None)
    return house


def told(house: House, name: str) -> list[object]:
    return [one.value for one in of(NamedState, house.effects) if one.name == name]


def enter(house: House, many: int) -> None:
    for _ in range(many):
        house.happens("preface.door.entered")


def test_events_count_up_and_down(house):
    enter(house, 3)
    house.happens("preface.door.left")
    assert house.stage.values["inside"] == 2


def test_nobody_is_counted_below_zero(house):
    house.happens("preface.door.left")
    enter(house, 1)
    assert house.stage.values["inside"] == 1


def test_what_the_broker_kept_counts_nothing(house):
    house.happens("preface.door.entered", source="retained")
    assert house.stage.values["inside"] == 0


def test_what_waited_while_nobody_listened_counts(house):
    house.happens("preface.door.entered", source="backlog")
    assert house.stage.values["inside"] == 1


def test_an_event_heard_twice_counts_once(house):
    house.happens("preface.door.entered", id_="e1")
    house.happens("preface.door.entered", id_="e1")
    assert house.stage.values["inside"] == 1


def test_everybody_is_told_at_first_and_of_each_change(house):
    enter(house, 2)
    assert told(house, "inside")[-3:] == [0, 1, 2]


def test_since_when_is_told(house):
    house.advance("3s")
    enter(house, 1)
    assert of(NamedState, house.effects)[-1].since == 3_000_000


def test_a_scene_starts_when_the_number_is_reached(house):
    enter(house, 2)
    assert (house.verdicts("full"), house.said()) == (["started"], ["2 people, 0 for service"])


def test_a_scene_starts_once_at_a_threshold(house):
    enter(house, 3)
    assert house.verdicts("full") == ["started", "no_edge"]


def test_each_topic_is_counted_for_itself(house):
    house.happens("preface.post.voted", topic="service")
    house.happens("preface.post.voted", topic="travel")
    house.happens("preface.post.voted", topic="service")
    assert told(house, "votes")[-1] == {"service": 2, "travel": 1}


def test_a_scene_adds_to_a_topic_that_it_is_given(house):
    house.happens("preface.post.voted", topic="travel")
    house.order("start", "vote", params={"topic": "service"})
    assert told(house, "votes")[-1] == {"travel": 0, "service": 3}


def test_a_page_follows_the_variables_that_it_was_given(house):
    enter(house, 1)
    house.happens("preface.post.voted", topic="service")
    assert house.shown("preface.board") == {
        "page": "figures", "with.fixed": 1, "with.inside": 1, "with.votes.service": 1,
    }  # fmt: skip


def test_a_change_is_one_message_to_the_page(house):
    before = len(house.sets("preface.board"))
    enter(house, 1)
    assert len(house.sets("preface.board")) == before + 1


def test_the_page_is_sent_nothing_while_something_else_lies_above_it(house):
    house.order("start", "film")
    before = len(house.sets("preface.wall"))
    enter(house, 1)
    assert len(house.sets("preface.wall")) == before


def test_variables_survive_a_crash(house):
    enter(house, 1)
    house.happens("preface.board.chosen", word="en")
    house.crashes()
    assert (house.stage.values["inside"], house.stage.values["language"]) == (1, "en")


def test_a_film_is_in_the_language_that_is_set(house):
    house.happens("preface.board.chosen", word="en")
    house.order("start", "film")
    assert house.shown("preface.wall")["play"] == "film-en.mp4"


def test_another_language_changes_nothing_in_mid_film(house):
    house.order("start", "film")
    house.happens("preface.board.chosen", word="en")
    assert house.shown("preface.wall")["play"] == "film-zh.mp4"


def test_a_word_starts_what_waits_for_it(house):
    house.happens("preface.board.chosen", word="en")
    assert house.verdicts("hush") == ["started"]


def test_silence_brings_the_first_word_back(house):
    house.happens("preface.board.chosen", word="en")
    house.advance("4min")
    house.says("preface.entry", occupied=True)
    house.advance("10min")
    still = house.stage.values["language"]
    house.says("preface.entry", occupied=False)
    house.advance("5min")
    assert (still, house.stage.values["language"]) == ("en", "zh")


def test_silence_goes_on_over_a_crash(house):
    house.happens("preface.board.chosen", word="en")
    house.advance("4min")
    house.crashes("2min")
    assert house.stage.values["language"] == "zh"


def test_midnight_resets_what_counts_by_the_day(house):
    enter(house, 2)
    house.advance("23h")  # the test's day begins at 01:00 UTC
    assert house.stage.values["inside"] == 0


def test_a_midnight_in_an_outage_resets_too(house):
    enter(house, 2)
    house.crashes("23h")
    assert house.stage.values["inside"] == 0


def test_a_clock_that_is_set_moves_midnight(house):
    enter(house, 2)
    house.clock_steps(house.stage.offset + 22 * 3_600_000_000)
    house.advance("1h")
    assert house.stage.values["inside"] == 0


def test_what_counts_by_the_visit_is_reset_a_minute_after_the_last_scene_of_visitors(house):
    house.happens("preface.board.chosen", word="en")
    house.order("start", "film")
    house.advance("69s")
    still = house.stage.values["guests"]
    house.advance("1s")
    assert (still, house.stage.values["guests"]) == (2, 0)


@pytest.mark.parametrize(
    ("target", "params", "answer", "why"),
    [
        ("inside", {"value": 7}, "done", "inside is 7"),
        ("language", {"value": "en"}, "done", "language is en"),
        ("votes", {"service": 4}, "done", "votes is service 4"),
        ("inside", {"value": "many"}, "refused", "inside cannot be many: a number"),
        ("language", {"value": "fr"}, "refused", "language cannot be fr: one of zh, en"),
        ("inside", {}, "refused", "which value? with: {value: 0}"),
        ("insde", {"value": 1}, "refused", "there is no variable 'insde'; did you mean 'inside'?"),
    ],
)
def test_people_set_variables_by_order(house, target, params, answer, why):
    house.order("set", target, params=params)
    assert (house.answers[-1].answer, house.answers[-1].why) == (answer, why)


def test_a_reload_keeps_what_was_counted(house):
    enter(house, 1)
    house.reloads(HOUSE.replace("inside >= 2", "inside >= 5"))
    assert house.stage.values["inside"] == 1


def test_a_reload_forgets_a_variable_that_is_no_more(house):
    house.happens("preface.post.voted", topic="service")
    plain = HOUSE.replace("each: topic, counts: preface.post.voted", "plus: preface.post.voted")
    plain = plain.replace(", $votes.service for service", "")
    house.reloads(plain.replace("    - add: {votes.$topic: 3, votes.travel: -1}\n", ""))
    assert (house.stage.values["votes"], "votes.service" in house.stage.values) == (0, False)
