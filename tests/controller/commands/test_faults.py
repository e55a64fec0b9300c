"""How faults are spelled on the command line, and what is said about a mistake in it."""

import pytest

from controller.commands.faults import EXAMPLE, named, read_faults
from devices.vocabulary import DeviceId
from simulators.models.faults import Outage, Rate

WALL, ENTRY, RING = DeviceId("preface.wall"), DeviceId("preface.entry"), DeviceId("epilogue.ring")
DEVICES = (ENTRY, WALL, RING)


def test_the_spelling_of_the_brief():
    text = "preface.wall: lies 10%, preface.*: drops 2%, epilogue.ring: vanishes 30s every 5min"
    assert read_faults(text, DEVICES) == {
        WALL: (Rate("lies", 100_000), Rate("drops", 20_000)),
        ENTRY: (Rate("drops", 20_000),),
        RING: (Outage("vanishes", 30_000_000, 300_000_000),),
    }


def test_several_faults_of_one_device_and_how_late():
    text = "*.ring:delays 5% by 3s and  freezes 500ms every 1min30s and garbles 0.01%,"
    assert read_faults(text, DEVICES) == {
        RING: (Rate("delays", 50_000, 3_000_000), Outage("freezes", 500_000, 90_000_000), Rate("garbles", 100))
    }


def test_nothing_is_wrong_where_nothing_is_said():
    assert read_faults("", DEVICES) == read_faults(" , ", DEVICES) == {}


def test_the_example_is_right():
    assert set(read_faults(EXAMPLE, DEVICES)) == {WALL, ENTRY}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("preface.wal: lies 10%", "there is no device 'preface.wal' here; did you mean 'preface.wall'?"),
        ("attic.*: lies 10%", "the devices are epilogue.ring, preface.entry, preface.wall"),
        ("preface.wall lies 10%", "lacks the colon"),
        ("preface.wall: lise 10%", "'lise' is nothing that a device does wrong; did you mean 'lies'?"),
        ("preface.wall: 10%", "a device lies, drops, delays, repeats, garbles, vanishes or freezes"),
        ("preface.wall:", "'' is nothing that a device does wrong"),
        ("preface.wall: lies", "lies: write how often, as in 'lies 10%'"),
        ("preface.wall: lies often", "lies often: write how often"),
        ("preface.wall: lies 10% by 3s", "write how often, as in 'lies 10%'"),
        ("preface.wall: delays 10% by 3", "'3' is no length of time"),
        ("preface.wall: drops 101%", "more than 0%, at most 100%"),
        ("preface.wall: drops 0%", "more than 0%, at most 100%"),
        ("preface.wall: vanishes 10%", "write how long and how often, as in 'vanishes 30s every 5min'"),
        ("preface.wall: freezes 5min every 5min", "shorter than the time in which it comes once"),
        ("preface.wall: drops 1%, preface.*: drops 2%", "preface.wall drops twice; say it once"),
    ],
)
def test_a_mistake_is_named_with_what_was_meant(text, said):
    with pytest.raises(ValueError, match=r"\w") as caught:
        read_faults(text, DEVICES)
    assert said in str(caught.value)


def test_a_star_means_several_and_a_name_one():
    assert named("preface.*", DEVICES) == [ENTRY, WALL]
    assert named("preface.wall", DEVICES) == [WALL]
