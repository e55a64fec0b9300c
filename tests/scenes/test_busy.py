"""Who finds a scene running replaces what runs, or runs beside it; and what is counted by a value of its own."""

from scenes.effects import Set
from tests.venue import HALL, House, of

FILMS = (
    HALL
    + """\
table:
  starts: [{when: preface.entry.occupied}, {by: staff}]
  busy: restart
  does:
    - ask: {preface.wash: warm}
    - wait: 1min
  ends: [{wait: 2s}, {release: 0s}]
"""
)


def films(text: str = FILMS) -> House:
    house = House(text)
    house.starts()
    return house


def test_the_last_start_ends_what_runs_and_starts_behind_its_ends():
    house = films()
    house.order("start", "table")
    house.advance("10s")
    house.order("start", "table")
    assert (house.verdicts("table"), house.pending()) == (["started"], 1)
    house.advance("2s")
    assert (house.verdicts("table"), house.why_ended("table")) == (["started", "started"], "another start replaced it")


def test_a_burst_of_starts_collapses_into_the_last():
    house = films()
    for _ in range(4):
        house.order("start", "table")
    house.advance("2s")
    assert house.verdicts("table") == ["started", "replaced", "replaced", "started"]
    assert house.running() == ["table"]


def test_where_ends_takes_no_time_the_last_start_begins_in_the_same_instant():
    house = films(FILMS.replace("  ends: [{wait: 2s}, {release: 0s}]\n", ""))
    house.order("start", "table")
    effects = house.order("start", "table")
    assert house.verdicts("table") == ["started", "started"]
    assert len(of(Set, effects)) <= 1


def test_what_lasts_comes_back_behind_what_replaced_it():
    house = films(FILMS.replace("{when: preface.entry.occupied}", "{while: preface.entry.occupied}"))
    house.says("preface.entry", occupied=True)
    house.order("start", "table")
    house.advance("10s")
    assert (house.verdicts("table"), house.running()) == (["started", "started", "busy"], ["table"])
    house.advance("2min")
    assert (house.verdicts("table"), house.running()) == (["started", "started", "busy", "started"], ["table"])


def test_so_many_runs_go_on_side_by_side_and_one_more_finds_it_busy():
    house = films(FILMS.replace("busy: restart", "busy: {parallel: 2}"))
    for _ in range(3):
        house.order("start", "table")
    assert (house.verdicts("table"), house.running()) == (["started", "started", "busy"], ["table", "table"])


def test_where_one_of_several_runs_ends_there_is_room_again():
    house = films(FILMS.replace("busy: restart", "busy: {parallel: 2}"))
    for _ in range(2):
        house.order("start", "table")
        house.advance("40s")
    house.order("start", "table")
    assert house.verdicts("table") == ["started", "started", "started"]


POSTS = (
    HALL.replace("  preface.wall: {kind: player}\n", "  preface.wall: {kind: player}\n  preface.post: {kind: screen}\n")
    + """\
greet:
  starts: {when: preface.post.chosen, gives: {word: text}}
  per: $word
  busy: BUSY
  cools: 10s
  does:
    - wait: 1min
"""
)


def posts(busy: str = "ignore") -> House:
    house = House(POSTS.replace("BUSY", busy))
    house.starts()
    return house


def is_chosen(house: House, *words: str) -> None:
    for word in words:
        house.happens("preface.post.chosen", word=word)


def test_each_value_is_busy_by_itself():
    house = posts()
    is_chosen(house, "east", "west", "east")
    assert (house.verdicts("greet"), house.running()) == (["started", "started", "busy"], ["greet", "greet"])


def test_each_value_cools_by_itself():
    house = posts()
    is_chosen(house, "east")
    house.advance("1min")
    is_chosen(house, "east", "west")
    assert house.verdicts("greet") == ["started", "cooling", "started"]


def test_each_value_has_a_queue_of_its_own():
    house = posts("{queue: 1, wait: 2min}")
    is_chosen(house, "east", "east", "west", "east", "west")
    assert house.verdicts("greet") == ["started", "started", "queue_full"]
    house.advance("61s")
    assert house.verdicts("greet") == ["started", "started", "queue_full", "started", "started"]


def test_each_value_restarts_by_itself():
    house = posts("restart")
    is_chosen(house, "east", "west", "east")
    assert (house.verdicts("greet"), len(house.running())) == (["started"] * 3, 2)


def test_a_key_survives_a_crash():
    house = House(POSTS.replace("BUSY", "ignore") + "  after_crash: resume\n")
    house.starts()
    is_chosen(house, "east")
    house.crashes()
    is_chosen(house, "east", "west")
    assert house.verdicts("greet") == ["started", "busy", "started"]
