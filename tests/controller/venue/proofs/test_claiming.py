"""Two scenes of one band that start by themselves and take one hall."""

import pytest

from controller.venue.findings import VenueError
from controller.venue.load import load

VENUE = """\
venue: demo
places: {foyer: The foyer, studio: {en: The studio}}
devices:
  foyer.mat: {kind: presence}
  foyer.wash: {kind: light}
  studio.ring: {kind: rig}
looks: [soft, hard]
pages: [bye]
one:
  starts: {when: foyer.mat.occupied}
  takes: foyer
  does: [{ask: {foyer.wash: soft}}, {wait: 5s}]
other:
  starts: {when: foyer.mat.empty}
  takes: [foyer, studio]
  does: [{ask: {foyer.wash: hard, studio.ring: {page: bye}}}, {wait: 5s}]
"""


def found(text: str) -> list[str]:
    try:
        load({"venue.yaml": text})
    except VenueError as error:
        return [f"{one.place.line}:{one.place.column} {one.message.text('en')}" for one in error.findings]
    return []


def test_the_second_is_told_what_both_want():
    assert found(VENUE) == ["15:3 one and other can want foyer at the same time, both in the band exhibit"]


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("other:\n", "other:\n  band: session\n"),
        ("{when: foyer.mat.empty}", "{by: staff}"),
        ("takes: [foyer, studio]", "takes: studio"),
        ("  takes: foyer\n", ""),
    ],
)
def test_another_band_an_order_or_another_hall_is_right(was, now):
    assert found(VENUE.replace(was, now)) == []


def test_what_lasts_may_exclude_what_lasts():
    assert found(VENUE.replace("when: foyer.mat", "while: foyer.mat")) == []
    text = VENUE.replace("when: foyer.mat.occupied", "while: venue.open").replace("when: foyer", "while: foyer")
    assert len(found(text)) == 2, "that both last is found as ever, and that both take"


def test_a_hall_and_a_station_in_it_are_one():
    text = VENUE.replace("  takes: foyer\n", "  takes: studio.ring\n")
    assert len(found(text)) == 1
