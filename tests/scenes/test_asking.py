"""What is asked when the scene is played: names put in, clips in the visitors' language."""

import pytest

from tests.venue import HALL, House

HOUSE = (
    HALL.replace("devices:\n", "devices:\n  preface.post: {kind: screen}\n")
    + """
pages: [votes]
catalogues:
  films: {rows: [{id: f1, clip: film, still: still, look: warm, level: 20%},
                 {id: f2, clip: waves, still: still, look: cold, level: 30%}]}
choose:
  starts: {when: preface.post.chosen, gives: {film: films, word: text}}
  does:
    - ask:
        preface.wall: {play: $film.clip, or: $film.still}
        preface.wash: $film.look over 1s
        preface.post: {page: votes, with: {film: $film, title: $film.clip, thanks: $word, fixed: 5}}
    - tell: {preface.wall.caption: {text: $word}}
    - wait: 10s
level:
  starts: {by: staff}
  needs: {film: films, look: look}
  does:
    - ask: {preface.wash: {level: $film.level}}
    - wait: 1s
    - ask: {preface.wash: $look}
    - wait: 1s
"""
)


@pytest.fixture
def house() -> House:
    house = House(HOUSE)
    house.starts()
    return house


def test_a_clip_of_the_row_is_played(house):
    house.happens("preface.post.chosen", film="f2", word="x")
    assert house.shown("preface.wall") == {"play": "waves.mp4", "clip": "waves", "loop": True}


def test_the_rows_substitute_takes_the_place_of_a_clip_that_is_not_confirmed(house):
    house.happens("preface.post.chosen", film="f2", word="x")
    house.does_all("preface.wall")
    house.advance("5s")
    assert house.shown("preface.wall") == {"play": "still.png", "clip": "still"}


def test_a_look_of_the_row_comes_over_its_time(house):
    house.happens("preface.post.chosen", film="f2", word="x")
    assert (house.shown("preface.wash")["look"], house.sets("preface.wash")[-1].fade) == ("cold", 1_000_000)


def test_a_page_is_given_what_the_names_stand_for(house):
    house.happens("preface.post.chosen", film="f1", word="x")
    given = {key: value for key, value in house.shown("preface.post").items() if key.startswith("with.")}
    assert given == {"with.film": "f1", "with.title": "film", "with.thanks": "x", "with.fixed": 5}


def test_a_command_is_told_with_what_the_name_stands_for(house):
    house.happens("preface.post.chosen", film="f1", word="hello there")
    assert house.told("preface.wall")[-1].fields["text"] == "hello there"


def test_a_level_of_a_cell_is_a_level(house):
    house.order("start", "level", params={"film": "f2", "look": "warm"})
    assert house.shown("preface.wash") == {"level": 0.3}


def test_a_look_that_an_order_names_is_asked(house):
    house.order("start", "level", params={"film": "f2", "look": "warm"})
    house.advance("1s")
    assert house.shown("preface.wash")["look"] == "warm"


def test_a_look_that_there_is_not_is_refused(house):
    house.order("start", "level", params={"film": "f2", "look": "wrm"})
    assert house.answers[-1].why == "level: look is wrm, which is none of dim, warm, cold"
