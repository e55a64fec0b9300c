"""Findings as people, programs and pull requests get them."""

import io
import json
import unicodedata
from pathlib import Path

import pytest

from controller.commands.complaints import as_json, count_of, default_language, end_of, show
from controller.venue.findings import Also, Finding, say
from scenes.model import Place


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lines = [
        "venue: demo",
        "",
        "a: {zh: 观众走进序厅, en: wram over 1s}",
        f"b: {'x' * 150} wram {'y' * 150}",
        'c: "1',
        ' 2"',
    ]
    (tmp_path / "scenes.yaml").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def finding(line: int, column: int, width: int, *also: Also) -> Finding:
    words = say("there is no look '{}'", "wram"), say("did you mean '{}'?", "warm")
    return Finding(Place("scenes.yaml", line, column, width), *words, also)


def shown(one: Finding, folder: Path, form="human", language="en") -> list[str]:
    out = io.StringIO()
    show([one], form, folder, language, out)
    return out.getvalue().splitlines()


def cells(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def test_a_finding_is_shown_with_its_line_a_caret_and_what_to_do(folder):
    head, bar, line, caret = shown(finding(3, 21, 4), folder)
    assert head == f"{folder}/scenes.yaml:3:21: there is no look 'wram'"
    assert bar == "  |"
    assert line == "3 | a: {zh: 观众走进序厅, en: wram over 1s}"
    assert caret.endswith("^^^^ did you mean 'warm'?")


def test_the_caret_stands_below_its_token_in_the_cells_of_a_terminal(folder):
    _, _, line, caret = shown(finding(3, 21, 4), folder)
    assert caret.index("^") == cells(line[: line.index("wram")])


def test_a_wide_token_has_a_wide_caret(folder):
    *_, caret = shown(finding(3, 9, 6), folder)
    assert caret.count("^") == 12


def test_a_long_line_is_shown_around_its_token(folder):
    _, _, line, caret = shown(finding(4, 155, 4), folder)
    assert cells(line) < 125
    assert line.index("wram") == caret.index("^")


def test_other_places_that_have_to_do_with_it_are_named(folder):
    *_, also = shown(finding(3, 21, 4, Also(Place("scenes.yaml", 1, 1), say("it stands here first"))), folder)
    assert also == f"  = {folder}/scenes.yaml:1:1: it stands here first"


def test_in_chinese_it_is_chinese(folder):
    head, *_, caret = shown(finding(3, 21, 4), folder, language="zh")
    assert head.endswith("没有“wram”这个灯光场景")
    assert caret.endswith("是不是想写“warm”？")


def test_a_text_over_two_lines_ends_on_the_second(folder):
    assert end_of(Place("scenes.yaml", 5, 4, 6), folder) == (6, 4)


def test_programs_get_first_and_last_sign(folder):
    (found,) = as_json([finding(3, 21, 4)], folder, "en")
    assert (found["line"], found["column"], found["end_line"], found["end_column"]) == (3, 21, 3, 25)
    assert json.dumps(found)


def test_an_annotation_escapes_what_would_end_it(folder):
    odd = Finding(Place("scenes.yaml", 1, 1, 5), say("this is not YAML: {}", "50%, a: b\nc"))
    (line,) = shown(odd, folder, "github")
    assert line.startswith(f"::error file={folder}/scenes.yaml,line=1,endLine=1,col=1,endColumn=6,title=")
    assert line.endswith("::this is not YAML: 50%25, a: b%0Ac")
    assert "50%25%2C a%3A b%0Ac" in line


def test_a_file_that_is_gone_is_named_all_the_same(folder):
    one = Finding(Place("gone.yaml", 3, 1, 1), say("this is not UTF-8"))
    assert shown(one, folder) == [f"{folder}/gone.yaml:3:1: this is not UTF-8"]


def test_mistakes_are_counted_in_words():
    one, two = finding(1, 1, 1), Finding(Place("b.yaml", 1, 1), say("this is not UTF-8"))
    assert count_of([one], "en") == "1 mistake"
    assert count_of([one, one, two], "en") == "3 mistakes in 2 files"
    assert count_of([one] * 201, "en") == "more than 200 mistakes; reading stopped there"
    assert count_of([one, one, two], "zh") == "2 个文件里有 3 处错误"


@pytest.mark.parametrize(("environment", "language"), [
    ({"LANG": "zh_CN.UTF-8"}, "zh"), ({"LANG": "C"}, "en"), ({}, "en"), ({"LANG": "zh_CN", "LC_ALL": "en_GB"}, "en"),
    ({"LANG": "C", "RINGMASTER_LANG": "zh"}, "zh"),
])  # fmt: skip
def test_the_terminal_says_which_language(monkeypatch, environment, language):
    for name in ("RINGMASTER_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert default_language() == language
