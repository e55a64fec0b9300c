"""A test of scenes is read as a scene is: every mistake at its token, with what to do, in both languages."""

import pytest

from controller.commands.shipped import demo_venue
from controller.venue.findings import VenueError
from controller.venue.load import Loaded, load
from controller.venue.source.files import read_folder, read_trials_folder
from controller.venue.trials.model import Moment, Presence, Saying, SceneIs, Started, WasSaid
from controller.venue.trials.reading import read_trials

DEMO = demo_venue()
WELL = "it works:\n  expect: [{at: 1s, scene: welcome, is: idle}]\n"


@pytest.fixture(scope="module")
def demo() -> Loaded:
    return load(read_folder(DEMO))


def test_the_tests_of_a_venue_are_no_part_of_it():
    assert read_trials_folder(DEMO).keys() == {"tests/preface.yaml", "tests/stations.yaml"}
    assert not read_folder(DEMO).keys() & read_trials_folder(DEMO).keys()


def test_only_the_folder_at_the_top_holds_tests(tmp_path):
    for folder in ("tests", "halls/tests"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "more.yaml").write_text("venue: demo\n")
    assert list(read_folder(tmp_path)) == ["halls/tests/more.yaml"]


def test_a_test_is_read(demo):
    text = """\
somebody comes:
  given: {at: 20:30, on: 2022-02-01, says: [preface.entry.empty, house.weather.raining], silent: [preface.wall]}
  when:
    - {at: 2s, goes: preface.wash}
    - {at: 0s, says: {preface.entry.occupied: true}}
  expect:
    - {at: 1s, scene: welcome, is: running}
    - {by: 3s, said: hello}
    - {at: 4s, scene: welcome, started: 1}
"""
    (trial,) = read_trials({"a.yaml": text}, demo)
    assert trial.begins == 1_643_718_600_000_000
    assert trial.given == (Saying("preface.entry", "empty", True), Saying("house.weather", "raining", True))
    assert trial.silent == {"preface.wall"}
    assert trial.moments == (
        Moment(0, (Saying("preface.entry", "occupied", True),)),
        Moment(2_000_000, (Presence("preface.wash", False),)),
    )
    assert [(one.time, one.word, one.claim) for one in trial.expects] == [
        (1_000_000, "at", SceneIs("welcome", "running")),
        (3_000_000, "by", WasSaid("hello")),
        (4_000_000, "at", Started("welcome", 1)),
    ]


MISTAKES = {
    "a scene that is none": ("{at: 1s, scene: ⟦welcom⟧, is: idle}", "did you mean 'welcome'?"),
    "a state that is none": ("{at: 1s, scene: welcome, is: ⟦runing⟧}", "did you mean 'running'?"),
    "a verdict that is none": ("{at: 1s, scene: welcome, verdict: ⟦brocken⟧}", ""),
    "a device that is none": ("{at: 1s, device: ⟦preface.wsh⟧, wants: warm}", "preface.wash"),
    "a look that is none": ("{at: 1s, device: preface.wash, shows: ⟦wram⟧}", "warm"),
    "showing nothing": ("{at: 1s, device: preface.wash, shows: ⟦nothing⟧}", ""),
    "no time": ("⟦{⟧scene: welcome, is: idle}", "by: 10s"),
    "two times": ("⟦{⟧at: 1s, by: 2s, scene: welcome, is: idle}", "by: 10s"),
    "a time without a unit": ("{at: ⟦1⟧, scene: welcome, is: idle}", "1s"),
    "two things in one": ("⟦{⟧at: 1s, scene: welcome, is: idle, started: 0}", "one of is"),
    "a state of no scene": ("{at: 1s, ⟦is⟧: idle}", ""),
    "a want of no device": ("{at: 1s, ⟦wants⟧: warm}", ""),
    "a condition on a scene": ("{at: 1s, ⟦scene⟧: welcome, holds: venue.open}", ""),
    "a condition of no name": ("{at: 1s, holds: ⟦preface.entri⟧.occupied}", "preface.entry"),
    "a command that is none": ("{at: 1s, told: epilogue.banner.⟦captoin⟧}", "caption"),
    "a count that is none": ("{at: 1s, scene: welcome, started: ⟦often⟧}", "as in 0"),
    "a key that is none": ("{at: 1s, ⟦sceen⟧: welcome, is: idle}", "scene"),
}
HAPPENINGS = {
    "a word that is none": ("{at: 1s, says: preface.entry.⟦ocupied⟧}", "did you mean 'occupied'?"),
    "a number without its value": ("{at: 1s, says: preface.entry.⟦distance⟧}", "preface.entry.distance: and the value"),
    "a value that does not fit": ("{at: 1s, says: {preface.entry.occupied: ⟦maybe⟧}}", ""),
    "an order that is none": ("{at: 1s, orders: ⟦strat⟧ hello}", "did you mean 'start'?"),
    "nothing": ("⟦{⟧at: 1s}", "one of says"),
    "a device that cannot go": ("{at: 1s, goes: ⟦preface.wsh⟧}", "preface.wash"),
}
GIVEN = {
    "a day": ("{on: ⟦tuesday⟧}", "as in 2022-01-18"),
    "a time of day": ("{at: ⟦25:00⟧}", "as in 14:32"),
    "a silent device": ("{silent: [⟦preface.wal⟧]}", "preface.wall"),
}
PLANTED = {
    **{name: (f"planted:\n  expect:\n    - {one}\n", hint) for name, (one, hint) in MISTAKES.items()},
    **{name: (f"{WELL}  when: [{one}]\n", hint) for name, (one, hint) in HAPPENINGS.items()},
    **{name: (f"{WELL}  given: {one}\n", hint) for name, (one, hint) in GIVEN.items()},
    "nothing expected": ("⟦planted⟧:\n  expect: []\n", "expect: and a list"),
    "no expect": ("⟦planted⟧:\n  when: [{at: 1s, goes: preface.wash}]\n", "expect"),
    "not in the order of time": (
        "planted:\n  expect: [{at: 2s, scene: welcome, is: idle}, {at: 1s, scene: welcome, ⟦is⟧: idle}]\n",
        "in the order of time",
    ),
    "twice": (f"{WELL}⟦more⟧:\n  exepct: []\n".replace("⟦more⟧:\n  exepct", "more:\n  ⟦exepct⟧"), "expect"),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_mistake_is_found_at_its_token_and_nothing_else_is(demo, name):
    text, hint = PLANTED[name]
    before, _, after = text.partition("⟦")
    token = after.partition("⟧")[0]
    with pytest.raises(VenueError) as caught:
        read_trials({"a.yaml": text.replace("⟦", "").replace("⟧", "")}, demo)
    (found,) = caught.value.findings
    place = (before.count("\n") + 1, len(before) - before.rfind("\n"), len(token))
    assert (found.place.line, found.place.column, found.place.width) == place
    assert hint in f"{found.hint.text()}"
    assert found.message.text("zh") != found.message.text("en")


def test_two_tests_of_one_name_are_one_too_many(demo):
    with pytest.raises(VenueError, match="the test 'it works' appears twice"):
        read_trials({"a.yaml": WELL, "b.yaml": WELL}, demo)
