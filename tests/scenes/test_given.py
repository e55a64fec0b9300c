"""What starts a scene gives it: fields of an event, parameters of an order, put in where the scene says ``$``."""

import pytest

from tests.venue import HALL, House

HOUSE = (
    HALL.replace("devices:\n", "devices:\n  preface.post: {kind: screen}\n")
    + """
catalogues:
  films: {rows: [{id: f1, clip: film}, {id: f2, clip: waves}]}
choose:
  starts: {when: preface.post.chosen, gives: {film: films}}
  does:
    - say: {staff: "now $film ($film.clip)"}
    - wait: 1s
speak:
  starts: {when: preface.post.chosen, gives: {word: [zh, en]}}
  does:
    - say: {staff: "they speak $word"}
tour:
  starts: {by: guide}
  needs: {guide: text, guests: number}
  does:
    - say: {staff: "$guide leads $guests"}
    - wait: 1s
"""
)


@pytest.fixture
def house() -> House:
    house = House(HOUSE)
    house.starts()
    return house


def test_a_field_of_the_event_is_put_in(house):
    house.happens("preface.post.chosen", word="en")
    assert house.said() == ["they speak en"]


def test_a_row_is_put_in_with_its_columns(house):
    house.happens("preface.post.chosen", film="f2")
    assert house.said() == ["now f2 (waves)"]


def test_an_event_that_does_not_fit_is_refused_and_no_candidate(house):
    house.happens("preface.post.chosen", film="f9")
    refused = house.notes("refused", "choose")[-1].details["reason"]
    assert (house.stage.candidates, refused) == (0, "film is f9, which is no row of films")


def test_an_event_that_does_not_fit_is_counted_at_its_device(house):
    house.happens("preface.post.chosen", film="f1", word="fr")
    assert house.stage.devices["preface.post"].refused == 1


def test_what_was_given_survives_a_crash(house):
    house.happens("preface.post.chosen", film="f2")
    house.is_taken_up()
    assert [run.params for run in house.stage.runs.values()] == [{"film": "f2"}]


def test_an_order_gives_what_the_scene_needs(house):
    house.order("start", "tour", params={"guide": "Mei", "guests": 12})
    assert house.said() == ["Mei leads 12"]


@pytest.mark.parametrize(
    ("params", "why"),
    [
        ({}, "tour: guide, guests are missing"),
        ({"guide": "Mei"}, "tour: guests is missing"),
        ({"guide": "Mei", "guests": "many"}, "tour: guests is many, and must be a number"),
        ({"guide": "Mei", "guests": 1, "gude": 1}, "tour: nobody needs gude; it takes guide, guests"),
    ],
)
def test_an_order_that_gives_something_else_is_refused_with_the_names(house, params, why):
    house.order("start", "tour", params=params)
    assert (house.answers[-1].answer, house.answers[-1].why, house.running()) == ("refused", why, [])
