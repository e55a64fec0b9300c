"""What a scene waits for, as the last lines of ``why`` say it: several things, silence, who is in the queue."""

from controller.commands.standing import awaited, queue
from scenes.model import SceneId
from tests.venue import HALL, House

SCENE = (
    HALL
    + """\
scene:
  starts: STARTS
  busy: {queue: 2, wait: 5min}
  does: [{wait: 1min}]
"""
)


def lines(house: House) -> list[str]:
    scene = house.venue.scenes[SceneId("scene")]
    return [*queue(scene, house.stage), *awaited(scene, house.stage, house.venue.hours)]


def house_with(starts: str) -> House:
    house = House(SCENE.replace("STARTS", starts))
    house.starts()
    return house


def test_of_several_it_says_which_came_lately():
    house = house_with("{all: [preface.wall.ended, preface.entry.occupied], within: 10s}")
    said = "all preface.wall.ended, preface.entry.occupied: all within 10 s"
    assert lines(house) == [f"{said}; none of these lately"]
    house.happens("preface.wall.ended")
    assert lines(house) == [f"{said}; of these lately: preface.wall.ended"]
    house.advance("11s")
    assert lines(house) == [f"{said}; none of these lately"]


def test_of_a_silence_it_says_when_it_is_long_enough():
    house = house_with("{without: preface.entry.occupied, for: 5min}")
    (line,) = lines(house)
    assert line.startswith("without preface.entry.occupied: when nothing was heard of it for 5 min; that is at ")
    house.says("preface.entry", occupied=True)
    assert lines(house)[0].endswith("; it is so now")
    house.says("preface.entry", occupied=False)
    house.advance("6min")
    assert lines(house)[-1].endswith("; told already: it must be heard first")


def test_who_waits_stands_there_the_first_first():
    house = house_with("{by: staff}")
    for _ in range(3):
        house.order("start", "scene")
    said = [line.partition(":")[0] for line in lines(house)]
    assert said == ["first in the queue", "second in the queue", "by staff"]


def test_of_a_time_of_day_it_says_when_it_comes_next():
    hours = "hours: {daily: 09:00-17:00, zone: Asia/Shanghai}\n"
    written = SCENE.replace("STARTS", "[{at: closing - 15min}, {at: opening, days: [wed]}]")
    house = House(hours + written.replace("  busy", "  hours: 09:00-18:00\n  busy"))
    house.starts()
    assert lines(house) == [
        "at closing - 15min: next at 16:45", "at opening on wed: next at 2022-01-19 09:00",
        "hours 09:00-18:00: it is 09:00",
    ]  # fmt: skip
