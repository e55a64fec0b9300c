"""Times, shares, switches, colours: exactly, or not at all."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.venue.language.values import colour, parse_duration, scalar, share, switch
from controller.venue.source.nodes import Text
from scenes.model import Place

UNITS = {"ms": 1_000, "s": 1_000_000, "min": 60_000_000, "h": 3_600_000_000}


@pytest.mark.parametrize(("text", "micros"), [
    ("800ms", 800_000), ("1.5s", 1_500_000), ("25min", 1_500_000_000), ("2h", 7_200_000_000), ("1min30s", 90_000_000),
    ("0s", 0), ("0.1s", 100_000), ("0.3s", 300_000), ("1.1s", 1_100_000), ("0.000001s", 1),
    ("1h30min15s500ms", 5_415_500_000),
    ("0.5h", 1_800_000_000), ("0.7ms", 700), ("100.000001s", 100_000_001),
])  # fmt: skip
def test_a_time_is_exact(text, micros):
    assert parse_duration(text) == micros


@given(
    st.integers(0, 10**6),
    st.one_of(st.just(""), st.from_regex(r"[0-9]{1,6}", fullmatch=True)),
    st.sampled_from(list(UNITS)),
)
def test_every_time_is_exactly_what_is_written(whole, fraction, unit):
    text = f"{whole}.{fraction}{unit}" if fraction else f"{whole}{unit}"
    exact = Fraction(f"{whole}.{fraction or 0}") * UNITS[unit]
    found = parse_duration(text)
    assert (type(found), found) == (int, int(exact))


@given(st.lists(st.tuples(st.integers(0, 999), st.sampled_from(list(UNITS))), min_size=1, max_size=4))
def test_parts_of_a_time_add_up(parts):
    assert parse_duration("".join(f"{n}{unit}" for n, unit in parts)) == sum(n * UNITS[unit] for n, unit in parts)


@pytest.mark.parametrize("text", [
    "", "5", "1.5", "s", "ms", "-1s", "+1s", "1 s", " 1s", "1s ", "1,5s", "1.s", ".5s", "1sec", "1S", "1m", "1d",
    "1s-2s", "1e3s",
    "0x1s", "1.0000001s", "infs", "nans", "1s 2s", "5秒", "1_000s", "1.5.5s",
])  # fmt: skip
def test_what_is_no_time_is_none(text):
    assert parse_duration(text) is None


@given(st.text(max_size=12))
def test_any_text_is_a_time_or_none(text):
    assert isinstance(parse_duration(text), int | None)


def test_a_time_of_thousands_of_digits_is_no_fault():
    assert parse_duration("9" * 5000 + "s") is None


@pytest.mark.parametrize(("text", "found"), [
    ("30%", 0.3), ("0%", 0.0), ("100%", 1.0), ("12.5%", 0.125), ("101%", None), ("30", None), ("-5%", None),
    ("%", None),
    ("0.3", None), ("1e1%", None), ("30 %", None), ("1000%", None),
])  # fmt: skip
def test_shares(text, found):
    assert share(text) == found


@pytest.mark.parametrize(("text", "found"), [
    ("#FFbf00", "#ffbf00"), ("amber", "#ffbf00"), ("#fff", None), ("ffbf00", None), ("#ffbf0g", None), ("Amber", None),
    ("#ffbf00 ", None), ("#ffbf00\n", None),
])  # fmt: skip
def test_colours(text, found):
    assert colour(text) == found


@pytest.mark.parametrize(("text", "found"), [("on", True), ("off", False), ("true", None), ("yes", None), ("ON", None)])
def test_switches(text, found):
    assert switch(text) is found


@pytest.mark.parametrize(("text", "found"), [
    ("5", 5), ("-5", -5), ("4.0", 4.0), ("true", True), ("false", False), ("null", None), ("on", "on"), ("1e3", "1e3"),
    ("12:30", "12:30"), ("0x10", "0x10"), ("你好", "你好"),
])  # fmt: skip
def test_a_plain_value(text, found):
    assert scalar(Text(text, Place("a.yaml", 1, 1))) == found


def test_a_quoted_value_is_text():
    assert scalar(Text("5", Place("a.yaml", 1, 1), quoted=True)) == "5"
