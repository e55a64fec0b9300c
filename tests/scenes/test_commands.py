"""One-shots: told once, resent under their id, told anew after a no, or unknown."""

import dataclasses

from scenes.effects import Tell
from scenes.engine import Engine
from tests.venue import HALL, House, of

CAPTION = (
    HALL
    + """
scene:
  starts: {by: staff}
  does:
    - tell: {preface.wall.caption: {text: hi}}
    - wait: 1min
"""
)


def told_house(*, link: bool = True) -> House:
    house = House(CAPTION)
    house.starts(link=link)
    house.order("start", "scene")
    return house


def without_repeats(house: House) -> House:
    """The same house with a wall that does not know an id again."""
    kind = house.venue.devices["preface.wall"].kind
    once = tuple(dataclasses.replace(one, repeatable=False) for one in kind.commands)
    changed = dataclasses.replace(kind, commands=once)
    device = dataclasses.replace(house.venue.devices["preface.wall"], kind=changed)
    house.venue = dataclasses.replace(house.venue, devices={**house.venue.devices, "preface.wall": device})
    house.engine = Engine(house.venue)
    house.starts()
    house.order("start", "scene")
    return house


def ids(house: House) -> list[str]:
    return [one.id for one in house.told("preface.wall")]


def test_a_yes_is_the_end_of_it():
    house = told_house()
    house.does("preface.wall")
    house.advance("30s")
    assert (len(ids(house)), house.notes("done")[-1].details["command"]) == (1, "caption")


def test_without_an_answer_it_is_resent_under_its_id():
    house = told_house()
    house.advance("2s")
    assert len(ids(house)) == 2
    assert len(set(ids(house))) == 1


def test_after_the_resend_it_is_unknown():
    house = told_house()
    house.advance("4s")
    assert (len(ids(house)), len(house.notes("unknown"))) == (2, 1)


def test_after_a_no_it_is_told_anew_under_another_id():
    house = told_house()
    house.declines("preface.wall")
    assert len(set(ids(house))) == 2


def test_after_a_second_no_it_has_failed():
    house = told_house()
    house.declines("preface.wall")
    house.declines("preface.wall", "no caption here")
    assert house.notes("failed")[-1].details["why"] == "no caption here"


def test_what_cannot_be_repeated_is_never_told_again():
    house = without_repeats(House(CAPTION))
    house.advance("30s")
    assert (len(ids(house)), len(house.notes("unknown"))) == (1, 1)


def test_without_a_link_it_waits():
    house = told_house(link=False)
    assert ids(house) == []
    house.advance("3s")
    assert len(of(Tell, house.link_comes())) == 1


def test_what_waited_for_the_link_too_long_is_not_told():
    house = told_house(link=False)
    house.advance("10s")
    house.link_comes()
    assert (ids(house), len(house.notes("expired"))) == ([], 1)


def test_it_expires_ten_seconds_after_it_was_decided():
    assert told_house().told("preface.wall")[0].expires == 10_000_000


def test_what_could_not_be_sent_is_tried_again():
    house = told_house()
    house.cannot_send("preface.wall")
    house.advance("2s")
    assert len(set(ids(house))) == 1
    assert len(ids(house)) == 2


def test_an_answer_to_nothing_changes_nothing():
    house = told_house()
    house.does("preface.wall")
    before = len(house.effects)
    house.does("preface.wall")
    assert house.effects[before:] == []


def test_the_id_is_of_its_cause_and_not_of_a_counter():
    assert ids(told_house()) == ids(told_house())


def test_two_runs_tell_under_two_ids():
    house = told_house()
    house.does("preface.wall")
    house.order("stop", "scene")
    house.order("start", "scene")
    assert len(set(ids(house))) == 2


def test_after_a_restart_what_is_repeatable_goes_again_under_its_id():
    house = House(CAPTION.replace("starts: {by: staff}", "starts: {by: staff}\n  after_crash: resume"))
    house.starts()
    house.order("start", "scene")
    house.crashes("1s")
    assert len(ids(house)) == 2
    assert len(set(ids(house))) == 1


def test_after_a_restart_what_is_not_repeatable_is_unknown():
    house = without_repeats(House(CAPTION))
    house.crashes("1s")
    assert (len(ids(house)), len(house.notes("unknown"))) == (1, 1)
