"""Conditions: three-valued, typed, with a column for every mistake."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.condition import ConditionError, Known, all_of, read_condition

TYPES = {"hall.door.open": "bool", "hall.door.count": "number", "hall.wall.play": "text", "venue.open": "bool"}


class Hall:
    """A few names."""

    def known(self, name: str) -> Known:
        if name == "hall.door.shut":
            return Known("hall.door.open", "bool", opposite=True)
        if name not in TYPES:
            raise ConditionError("no {}", name, hint="a hint")
        return Known(name, TYPES[name])


def holds(text: str, **values: object) -> bool | None:
    return read_condition(text, Hall()).holds({f"hall.door.{key}": value for key, value in values.items()})


def found_in(text: str) -> bool | int | None:
    """What the condition says of an empty hall, or the column of its mistake."""
    try:
        return read_condition(text, Hall()).holds({})
    except ConditionError as error:
        return error.column


def fault(text: str) -> ConditionError:
    with pytest.raises(ConditionError) as raised:
        read_condition(text, Hall())
    return raised.value


@pytest.mark.parametrize(("text", "expected"), [
    ("hall.door.open", True), ("not hall.door.open", False), ("hall.door.shut", False), ("hall.door.count >= 4", True),
    ("hall.door.count > 4", False), ("hall.door.count == 4", True), ("hall.door.count != 4", False),
    ("hall.door.count < 4", False), ("hall.door.count <= 4", True), ("1 < hall.door.count < 5", True),
    ("5 > hall.door.count > 4", False), ("hall.door.count in [1, 4]", True), ("hall.door.count not in [1, 4]", False),
    ("hall.door.count > -1", True), ("hall.door.open == true", True), ("hall.door.open != false", True),
    ("hall.door.open and hall.door.count > 3", True), ("hall.door.shut or hall.door.count > 4", False),
    ("not (hall.door.open and hall.door.shut)", True), ("hall.door.count == 4.0", True),
])  # fmt: skip
def test_what_holds(text, expected):
    assert holds(text, open=True, count=4) is expected


def test_words_are_compared():
    assert read_condition("hall.wall.play == '开场.mp4'", Hall()).holds({"hall.wall.play": "开场.mp4"}) is True


@pytest.mark.parametrize("text", [
    "hall.door.open", "not hall.door.open", "hall.door.shut", "hall.door.count > 3", "hall.door.count != 3",
    "hall.door.count in [3]", "hall.door.count not in [3]", "venue.open and hall.door.open",
    "not venue.open or hall.door.open", "0 < hall.door.count < 9",
])  # fmt: skip
def test_what_nobody_reported_is_unknown(text):
    assert read_condition(text, Hall()).holds({"venue.open": True}) is None


def test_a_value_taken_back_is_unknown():
    assert holds("hall.door.open", open=None) is None


@pytest.mark.parametrize(("text", "expected"), [
    ("hall.door.open and venue.open", False), ("venue.open and hall.door.open", False),
    ("hall.door.shut or venue.open", True), ("venue.open or hall.door.shut", True),
    ("hall.door.open or venue.open", None), ("hall.door.shut and venue.open", None),
])  # fmt: skip
def test_one_false_or_one_true_decides_whatever_is_unknown(text, expected):
    assert holds(text, open=False) is expected


def test_keys_are_what_it_reads_once_each():
    condition = read_condition("hall.door.shut or hall.door.open or hall.door.count > 1", Hall())
    assert condition.keys == ("hall.door.open", "hall.door.count")


def test_because_tells_the_values():
    condition = read_condition("hall.door.open and hall.door.count > 1", Hall())
    assert condition.because({"hall.door.open": True}) == "hall.door.open is true, hall.door.count is unknown"


def test_two_of_one_text_are_equal():
    assert read_condition("venue.open ", Hall()) == read_condition("venue.open", Hall())


def test_all_of_several_holds_when_each_does():
    both = all_of([read_condition("hall.door.open", Hall()), read_condition("venue.open", Hall())])
    assert [both.holds({"hall.door.open": True, "venue.open": one}) for one in (True, False)] == [True, False]


def test_all_of_several_keeps_an_or_together():
    both = all_of([read_condition("hall.door.open or venue.open", Hall()), read_condition("venue.open", Hall())])
    assert both.holds({"hall.door.open": True, "venue.open": False}) is False


@pytest.mark.parametrize(("text", "column"), [
    ("venue.opem", 0), ("venue.open and hall.dor.open", 15), ("not venue.opem", 4),
    ("hall.wall.play == '开场.mp4' and venue.opem", 31), ("'馆' == hall.wall.play and venue.opem", 26),
    ("venue.open && hall.door.open", 11), ("venue.open || hall.door.open", 11), ("!venue.open", 0),
    ("hall.door.count = 4", 16), ("hall.door.count > 'a'", 18), ("hall.wall.play > 'a'", 0),
    ("hall.door.count in 4", 19), ("hall.door.open is true", 0), ("hall.door.count + 1 > 3", 0),
    ("venue.open and f(1)", 15), ("venue.open and hall.door.count", 15), ("hall.door.count", 0), ("", 0), ("(", 0),
])  # fmt: skip
def test_a_mistake_has_its_column(text, column):
    assert fault(text).column == column


def test_the_column_counts_leading_spaces():
    assert fault("  venue.opem").column == 2


@pytest.mark.parametrize("text", [
    "lambda: 1", "[x for x in y]", "venue.open if venue.open else venue.open", "a := 1", "hall['door']", "1", "'word'",
    "f'{venue}'", "...", "None", "1j > 1", "b'a' == 'a'", "venue.open\nvenue.open", "venue.open; venue.open", "await x",
    "*a", "venue.open.__class__", "__import__('os')", "a\x00b", "not " * 5000 + "venue.open", "(" * 500,
    "-" * 5000 + "1 > 0", "9" * 5000 + " > 1",
])  # fmt: skip
def test_nothing_else_can_stand_in_a_condition(text):
    assert fault(text).template


@given(st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(
        ["venue.open", "hall.door.count", "hall.wall.play", "and", "or", "not", "in", "==", "<", "(", ")", "[",
         "]", ",",
         "1",
         "'a'", "is", "nope", "-", "true", "if", "else", "."]
    ), max_size=12).map(" ".join),
))  # fmt: skip
def test_any_text_is_a_condition_or_a_mistake_with_a_column(text):
    assert found_in(text) in (True, False, None) or 0 <= found_in(text) <= len(text)
