"""Words in two languages: every sentence that can be said has its Chinese, and fits its values."""

import ast
from pathlib import Path
from string import Formatter

import pytest

from controller.venue.chinese import CHINESE
from controller.venue.findings import Finding, VenueError, near, nearest, say
from scenes.model import Place

ROOT = Path(__file__).parents[3]
SOURCES = [
    *(ROOT / "controller" / "venue").rglob("*.py"),
    ROOT / "scenes" / "condition.py",
    *(ROOT / "controller" / f"{name}.py" for name in ("commands/check", "commands/complaints", "reloads")),
]
SENTENCE_AT = {  # which argument of which call is a sentence, or a noun that sentences are made with
    "wrong": 1, "say": 0, "ConditionError": 0, "_at": 1, "read_form": 3, "as_text": 1, "as_table": 1,
    "unknown_key": 3, "word_of": 2, "_word": 1, "_named": 1,
}  # fmt: skip
NOT_SAID = {"", ", ", ".", "what ran before goes on; mend it, reload"}  # the last goes to the log


def sentences() -> set[str]:
    """Every text that the code hands to what makes words of it."""
    found: set[str] = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                at = SENTENCE_AT.get(name)
                said = [node.args[at]] if at is not None and len(node.args) > at else []
                said += [keyword.value for keyword in node.keywords if keyword.arg == "hint"]
                found |= {text for one in said for text in texts(one)}
    return found - NOT_SAID


def texts(node: ast.expr) -> set[str]:
    """The text itself, or those of a choice between two."""
    match node:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.IfExp():
            return texts(node.body) | texts(node.orelse)
    return set()


SENTENCES = sorted(sentences())
ALL_TEXTS = {
    node.value
    for path in SOURCES
    if not path.name.startswith("chinese")
    for node in ast.walk(ast.parse(path.read_text("utf-8")))
    if isinstance(node, ast.Constant)
}


def test_the_code_says_a_lot():
    assert len(SENTENCES) > 150


@pytest.mark.parametrize("sentence", SENTENCES)
def test_every_sentence_has_its_chinese(sentence):
    assert sentence in CHINESE


@pytest.mark.parametrize("sentence", sorted(CHINESE))
def test_no_chinese_is_left_over(sentence):
    assert sentence in ALL_TEXTS


@pytest.mark.parametrize("sentence", sorted(CHINESE))
def test_both_languages_take_the_same_values(sentence):
    values = slots(sentence)
    assert say(sentence, *range(values)).text("zh")
    assert slots(CHINESE[sentence]) == values


def slots(template: str) -> int:
    fields = [field for _, field, _, _ in Formatter().parse(template) if field is not None]
    return len(set(fields)) if all(fields) else len(fields)


def test_findings_stand_in_the_order_of_the_files_each_once():
    one = Finding(Place("b.yaml", 2, 1), say("the key '{}' appears twice", "x"))
    two = Finding(Place("a.yaml", 9, 4), say("this is not UTF-8"))
    assert VenueError([one, two, one]).findings == (two, one)


@pytest.mark.parametrize(("name", "known", "found"), [
    ("warn", ["warm", "dim"], "warm"), ("WARM", ["warm", "dim"], "warm"), ("preface.wosh", ["preface.wash"],
    "preface.wash"), ("zzz", ["warm"], None), ("x", [], None),
])  # fmt: skip
def test_the_nearest_name_is_what_was_meant(name, known, found):
    assert nearest(name, known) == found


def test_where_nothing_is_near_all_names_are_shown_if_they_are_few():
    assert near("zzz", ["warm", "dim"]).text() == "choose from warm, dim"
    assert not near("zzz", map(str, range(1000, 1013)))
