"""A device's name that is none: the nearest of those that would do there."""

import pytest

from controller.venue.findings import VenueError
from controller.venue.load import load_venue

VENUE = """\
venue: hut
devices:
  hall.wall: {kind: screen}
  hall.wash_left: {kind: light}
  hall.wash_exit: {kind: light, emergency: true}
  hall.want: {kind: presence}
  hall.ring: {kind: rig}
  hall.rung: {kind: remote}
looks: {warm: {level: 50%}}
clips: {film: film.mp4}
pages: [rules]
"""


def hint(scene: str) -> str:
    with pytest.raises(VenueError) as raised:
        load_venue({"venue.yaml": VENUE, "scene.yaml": scene})
    (hint,) = [one.hint.text() for one in raised.value.findings if "there is no device" in one.message.text()]
    return hint


def asking(ask: str) -> str:
    return f"s:\n  starts: {{when: hall.want.occupied}}\n  does: [{{ask: {{{ask}}}}}, {{wait: 2s}}]\n"


@pytest.mark.parametrize(("ask", "meant"), [
    ("hall.wash: warm over 2s", "hall.wash_left"), ("hall.wash: {look: warm, fade: 2s}", "hall.wash_left"),
    ("hall.walls: warm", "hall.wash_left"), ("hall.wash: film", "hall.wall"), ("hall.wash: {play: film}", "hall.wall"),
    ("hall.wash_exi: warm", "hall.wash_left"), ("hall.wal: no_such_look", "hall.wall"),
])  # fmt: skip
def test_who_is_asked_is_one_that_can_be_asked_for_that(ask, meant):
    assert hint(asking(ask)) == f"did you mean '{meant}'?"


def test_who_is_told_is_one_with_that_command():
    told = asking("hall.wall: film").replace("{wait: 2s}", "{tell: hall.wall_s.flash}")
    assert hint(told) == "did you mean 'hall.wash_left'?"


def test_who_says_it_is_one_with_that_word():
    assert hint(asking("hall.wall: film").replace("hall.want", "hall.wan")) == "did you mean 'hall.want'?"
    assert hint(asking("hall.wall: film").replace("hall.want", "hall.wall_")) == "did you mean 'hall.want'?"


def test_a_station_has_sessions():
    scene = "s: {station: hall.rungs, starts: {when: hall.ring.touched}, phases: {a: {page: rules, at_most: 5s}}}\n"
    assert hint(scene) == "did you mean 'hall.ring'?"


def test_a_remote_has_buttons():
    scene = "remotes: {guide: {device: hall.rings, role: guide, buttons: {1: go}}}\n"
    assert hint(scene) == "did you mean 'hall.rung'?"
