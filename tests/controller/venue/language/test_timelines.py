"""Times of a film: read, written back, and refused where they are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.venue.language.timelines import parse_offset, spell_offset


@pytest.mark.parametrize(
    ("text", "micros"),
    [("0:00", 0), ("0:04.5", 4_500_000), ("1:07", 67_000_000), ("75:00", 4_500_000_000), ("1:02:03", 3_723_000_000)],
)
def test_a_time_of_a_film(text, micros):
    assert parse_offset(text) == micros


@pytest.mark.parametrize(
    "text", ["", "4s", "4.5", "0:4", "0:60", "0:04,5", ":04", "0:04.", "1:00:00:00", "٠:٠٤", "-0:04"]
)
def test_no_time_of_a_film(text):
    assert parse_offset(text) is None


@given(st.integers(0, 900 * 60_000_000))
def test_what_is_written_back_reads_the_same(at):
    assert parse_offset(spell_offset(at)) == at
