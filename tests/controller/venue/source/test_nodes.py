"""YAML 1.2 as a tree with places; what could surprise is refused."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.venue.findings import VenueError
from controller.venue.source.nodes import Many, Table, Text, read_yaml


def place(text: str) -> str:
    with pytest.raises(VenueError) as raised:
        read_yaml("a.yaml", text)
    return str(raised.value.findings[0].place)


@pytest.mark.parametrize("word", [
    "12:30", "11:00", "0:12.5", "on", "off", "no", "yes", "y", "n", "true", "null", "~", "0x10", "010", "1_000", "1e3",
    ".inf",
    "2022-01-17", "1:20:30", "+1", "-", "80%", "$exhibit.screen", "opening + 30min", "sunset - 20min", "你好",
])  # fmt: skip
def test_a_plain_word_is_what_is_written(word):
    assert read_yaml("a.yaml", f"key: {word}x\n").entries["key"].text == f"{word}x"


@pytest.mark.parametrize("word", ["12:30", "on", "no", "0:12.5", "010", "1_000", "null", "~", "2022-01-17", "yes"])
def test_no_word_is_guessed_at(word):
    node = read_yaml("a.yaml", f"key: {word}\n").entries["key"]
    assert isinstance(node, Text)
    assert (node.text, node.quoted) == (word, False)


@pytest.mark.parametrize("word", ["on", "no", "12:30", "true", "null", "1"])
def test_a_key_is_what_is_written(word):
    assert list(read_yaml("a.yaml", f"{word}: x\n").entries) == [word]


@pytest.mark.parametrize("text", ["'on'", '"on"'])
def test_quoted_text_is_text(text):
    assert read_yaml("a.yaml", f"key: {text}\n").entries["key"].quoted


def test_everything_knows_its_place():
    table = read_yaml("a.yaml", "标题: {中文: [一, 二]}\n")
    inner = table.entries["标题"]
    assert isinstance(inner, Table)
    many = inner.entries["中文"]
    assert isinstance(many, Many)
    assert [str(one) for one in (table.keys["标题"], inner.keys["中文"], many.place, many.items[1].place)] == [
        "a.yaml:1:1",
        "a.yaml:1:6",
        "a.yaml:1:10",
        "a.yaml:1:14",
    ]


@pytest.mark.parametrize(("text", "where"), [
    ("a: 1\nb: 2\na: 3\n", "3:1"), ("x: {a: 1, a: 2}\n", "1:11"), ("a: 1\n'a': 2\n", "2:1"),
    ("a: &x [1]\nb: *x\n", "1:4"), ("a: *x\n", "1:4"), ("a: !venue.open\n", "1:4"), ("a: !!int 5\n", "1:4"),
    ("a: !!str 5\n", "1:4"),
    ("a: !!python/object/apply:os.system [ls]\n", "1:4"), ("a: !!binary aGk=\n", "1:4"), ("a: !!set {x}\n", "1:4"),
    ("[a]: 1\n", "1:1"), ("{a: 1}: 1\n", "1:1"), ("a: [1\nb: 2\n", "1:4"),
    ("a:\n\t- 1\n", "2:1"), ("a: 'x\n", "1:4"), ("a：1\nb: 2\n", "1:2"), ("a: {b: 1，c: [2}\n", "1:9"),
    ("a: 1\n---\nb: 2\n", "2:1"), ("a: %x\n", "1:4"), ("a: @x\n", "1:4"),
    ("a: b: c\n", "1:5"), ("a: \x01\n", "1:4"),
])  # fmt: skip
def test_what_could_surprise_is_refused_where_it_stands(text, where):
    assert place(text) == f"a.yaml:{where}"


def test_aliases_that_multiply_are_refused_at_the_first():
    bomb = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    assert place(bomb) == "a.yaml:1:4"


@pytest.mark.parametrize("depth", [200, 1_000, 5_000])
def test_deep_nesting_is_refused(depth):
    assert place("a: " + "[" * depth + "]" * depth)


@pytest.mark.parametrize("text", ["", "\n", "# a comment\n"])
def test_an_empty_file_is_nothing(text):
    assert read_yaml("a.yaml", text) is None


@pytest.mark.parametrize(("text", "kind"), [("- a\n", Many), ("word\n", Text), ("a: 1\n", Table)])
def test_a_file_may_be_of_any_form(text, kind):
    assert isinstance(read_yaml("a.yaml", text), kind)


@given(st.text(max_size=60))
def test_any_text_is_a_tree_or_a_finding(text):
    with suppress(VenueError):
        assert isinstance(read_yaml("a.yaml", text), Table | Many | Text | None)


@given(st.text(st.sampled_from("ab: {}[],-&*!|>'\"\n\t#%?é中"), max_size=40))
def test_any_signs_are_a_tree_or_a_finding(text):
    with suppress(VenueError):
        assert isinstance(read_yaml("a.yaml", text), Table | Many | Text | None)
