"""Spares: what takes a device's place, without the scene knowing, and gives it back."""

import pytest

from scenes.effects import Set
from tests.venue import House, of

VENUE = """\
venue: demo
devices:
  hall.wall: {kind: screen, spare: hall.other, after: 20s, idle: {page: quiet}}
  hall.other: {kind: screen}
  hall.beam: {kind: projector, spare: hall.second, after: 20s}
  hall.second: {kind: projector}
  hall.entry: {kind: presence}
pages: [quiet]
clips:
  film: {file: film.mp4}
show:
  starts: {by: staff}
  does:
    - ask: {screens everywhere: {play: film, retry: 0}, hall.beam: {power: on, retry: 0}}
    - wait: {until: done, at_most: 10min, else: {say: {staff: late}}}
    - say: {staff: done}
    - wait: {until: hall.wall.ended, at_most: 1h, else: end}
    - say: {staff: ended}
    - wait: 1h
  after_crash: resume
  at_most: 3h
"""


def house_of(*, gone: bool = True) -> House:
    house = House(VENUE)
    house.starts()
    house.order("start", "show")
    if gone:
        house.goes("hall.wall")
        house.advance("20s")
    return house


def shown(house: House) -> object:
    return house.shown("hall.other").get("play")


def test_a_group_never_asks_a_spare():
    assert shown(house_of(gone=False)) is None


def test_what_is_gone_for_its_time_is_stood_in_for():
    house = house_of(gone=False)
    house.goes("hall.wall")
    house.advance("19999ms")
    assert shown(house) is None
    assert [one.device for one in of(Set, house.advance("1ms")) if one.device == "hall.other"] == ["hall.other"]
    assert shown(house) == "film.mp4"


def test_what_is_back_in_time_keeps_its_place():
    house = house_of(gone=False)
    house.goes("hall.wall")
    house.advance("19s")
    house.comes("hall.wall")
    house.confirms("hall.wall")
    house.advance("1min")
    assert shown(house) is None


def test_what_fails_for_its_time_is_stood_in_for():
    house = house_of(gone=False)
    house.advance("2s")
    assert house.output("hall.wall").state == "failed"
    house.advance("20s")
    assert shown(house) == "film.mp4"


def test_what_changes_meanwhile_changes_there():
    house = house_of()
    house.order("stop", "show")
    assert house.sets("hall.other")[-1].value == {"page": "quiet"}


def test_its_confirmation_is_that_of_the_device():
    house = house_of()
    house.says("hall.beam", power=True, ready=True)
    assert house.said() == []
    house.confirms("hall.other")
    assert house.said() == ["done"]


def test_what_it_says_the_device_says():
    house = house_of()
    house.says("hall.beam", power=True, ready=True)
    house.confirms("hall.other")
    house.happens("hall.other.ended")
    assert house.said() == ["done", "ended"]


def test_what_the_device_is_told_it_is_told():
    text = VENUE.replace("screen", "player").replace(", idle: {page: quiet}", "")
    house = House(text + "call:\n  starts: {by: staff}\n  does: [{tell: {hall.wall.caption: {text: hello}}}]\n")
    house.starts()
    house.goes("hall.wall")
    house.advance("20s")
    house.order("start", "call")
    assert (house.told("hall.wall"), len(house.told("hall.other"))) == ([], 1)


def test_it_gives_the_place_back_when_the_device_is_there_and_settled():
    house = house_of()
    house.comes("hall.wall")
    house.advance("1s")
    assert shown(house) == "film.mp4"
    house.confirms("hall.wall")
    house.advance("1999ms")
    assert shown(house) == "film.mp4"
    house.advance("1ms")
    assert shown(house) is None
    assert [one.what for one in (*house.notes("stands_in"), *house.notes("stands_back"))] == [
        "stands_in",
        "stands_back",
    ]


def test_one_that_is_back_and_fails_again_does_not_get_its_place():
    house = house_of()
    house.comes("hall.wall")
    house.confirms("hall.wall")
    house.goes("hall.wall")
    house.advance("1min")
    assert shown(house) == "film.mp4"


def test_a_spare_that_was_off_is_off_again():
    house = house_of(gone=False)
    house.goes("hall.beam")
    house.advance("20s")
    assert house.shown("hall.second") == {"power": True}
    house.comes("hall.beam")
    house.says("hall.beam", power=True, ready=True)
    house.advance("2s")
    assert house.shown("hall.second") == {"power": False}


def test_a_spare_that_is_gone_itself_is_tried_again():
    house = house_of(gone=False)
    house.goes("hall.other")
    house.goes("hall.wall")
    house.advance("20s")
    assert shown(house) is None
    house.comes("hall.other")
    house.advance("20s")
    assert shown(house) == "film.mp4"


@pytest.mark.parametrize("crash", [False, True])
def test_who_stands_in_does_so_after_the_bytes_and_a_crash(crash):
    house = house_of()
    house.crashes() if crash else house.is_taken_up()
    house.order("stop", "show")
    assert house.sets("hall.other")[-1].value == {"page": "quiet"}


def test_a_reload_without_the_spare_gives_the_place_back():
    house = house_of()
    house.reloads(VENUE.replace(", spare: hall.other, after: 20s", ""))
    assert house.stage.devices["hall.other"].stands_for == ""
    house.order("stop", "show")
    assert house.shown("hall.wall")["page"] == "quiet"


def test_a_reload_without_the_device_frees_the_spare():
    house = house_of()
    house.reloads(
        VENUE.replace("hall.wall:", "hall.new:")
        .replace(", spare: hall.other, after: 20s", "")
        .replace("hall.wall.", "hall.new.")
    )
    house.advance("1min")
    assert house.stage.devices["hall.other"].stands_for == ""


EVACUATED = """\
venue: demo
devices:
  hall.speaker: {kind: speaker, spare: hall.other, after: 20s}
  hall.other: {kind: speaker}
  hall.lamp: {kind: light}
  hall.fire: {kind: contact}
looks: {safe: {level: 100%}}
clips: {leave: leave.wav}
evacuation: {input: hall.fire.alarm, look: safe, speech: {speakers everywhere: leave}}
show:
  starts: {by: staff}
  does:
    - ask: {hall.speaker: {play: leave}}
    - wait: 1s
"""


@pytest.mark.parametrize("is_gone", [False, True])
def test_an_evacuation_is_spoken_by_the_spare_where_it_takes_a_place(is_gone):
    house = House(EVACUATED)
    house.starts()
    if is_gone:
        house.goes("hall.speaker")
        house.advance("20s")
    house.says("hall.fire", alarm=True)
    assert house.shown("hall.other").get("play") == ("leave.wav" if is_gone else None)
