"""All pages: links resolve, commands are named, the tables of codes and words are those of the program."""

import re
from io import StringIO

import pytest
from rich.console import Console

from controller.__main__ import app
from controller.exits import Exit
from controller.view.words import WORDS
from scenes.effects import Note
from scenes.reasons import _SENTENCES, _VERDICTS, sentence
from tests.docs.pages import DOCS, ROOT, WRITTEN, anchors, blocks, links, text_of
from tests.venue import House

COMMANDS = re.compile(r"(?m)^│ ([a-z]+)\s")
SOURCES = [path for room in ("controller", "scenes", "link") for path in (ROOT / room).rglob("*.py")]


def helped(*words: str) -> str:
    """What ``ringmaster WORDS --help`` prints."""
    printed = StringIO()
    app.help_print(words, console=Console(file=printed, width=80))
    return printed.getvalue()


@pytest.mark.parametrize("page", WRITTEN)
def test_every_link_leads_somewhere(page):
    for link in links(page):
        if link.startswith("http"):
            continue
        name, _, anchor = link.partition("#")
        target = (DOCS / name) if name else DOCS / page
        assert target.exists(), f"{page}: {link}"
        assert not anchor or anchor in anchors(target), f"{page}: {link}"


def test_every_page_is_in_the_list_of_pages():
    listed = {link.partition("#")[0] for link in links("README.md")}
    assert {path.name for path in DOCS.glob("*.md")} - {"README.md"} <= listed


def test_every_command_stands_on_a_page():
    text = "\n".join(text_of(page) for page in WRITTEN)
    commands = COMMANDS.findall(helped())
    assert {"run", "check", "why"} <= set(commands)
    assert [one for one in commands if f"ringmaster {one}" not in text] == []
    assert [one for one in COMMANDS.findall(helped("export")) if f"`{one}`" not in text_of("quickstart.md")] == []


def test_every_option_that_a_page_writes_is_one():
    """A line of a page with an option that its command does not have is a line that nobody tried."""
    written = re.compile(r"ringmaster ([a-z]+)((?: [^`\n#|]+)?)")
    options: dict[str, set[str]] = {}
    for page in WRITTEN:
        for command, rest in written.findall(text_of(page)):
            for option in re.findall(r"(?<!\S)--[a-z]+", rest):
                options.setdefault(command, set()).add(option)
    assert options
    for command, used in options.items():
        if command != "export":
            said = helped(command)
            assert [one for one in used if one not in said] == [], command


def test_the_table_of_exit_codes_is_true():
    rows = dict(re.findall(r"(?m)^\| (\d+) \| (.+) \|$", text_of("quickstart.md")))
    assert {int(code) for code in rows} == set(Exit)
    broken = {int(code) for code in re.findall(r"exit code (\d+)", text_of("when-it-breaks.md"))}
    assert broken <= set(Exit)


def test_the_live_views_keys_are_those_of_the_page():
    keys = re.findall(r"(?m)^\| `(\w)` \|", text_of("quickstart.md"))
    assert sorted(keys) == sorted(word[-1] for word in WORDS if word.startswith("key "))


def test_what_one_sees_when_it_breaks_is_what_the_program_says():
    """Each quoted text of the first column, cut at its dots, stands in the program's own texts."""
    program = "\n".join(path.read_text("utf-8") for path in SOURCES)
    program += (ROOT / "config" / "venues" / "demo" / "stations.yaml").read_text("utf-8")
    seen = re.findall(r"(?m)^\| ([^|]*`[^|]*) \|", text_of("when-it-breaks.md"))
    assert len(seen) > 25
    program = re.sub(r"\{[^{}]*\}", "…", program)
    for cell in seen:
        for quoted in re.findall(r"`([^`]+)`", cell):
            for part in re.split(r"…", quoted):
                words = part.strip(" ,:")
                verdict = re.search(r"\((\w+)\)", words)
                if verdict is not None:
                    assert verdict[1] in [str(one) for one in _VERDICTS], quoted
                elif words and words not in SAID_WITH_VALUES:
                    assert words in program, f"nothing says {words!r}"


# What is put together of values: what the house really says is below, `watch` and the view are tested with them.
SAID_WITH_VALUES = {
    "says pressed: button 7", "ordered go: refused", "start 2", "refused", "able is false", "check",
    "did not shoot: no answer came", "the broker is gone",
}  # fmt: skip


def test_a_station_and_a_remote_that_fail_are_told_in_the_words_of_the_page():
    folder = ROOT / "config" / "venues" / "demo"
    texts = {path.stem: path.read_text("utf-8") for path in folder.glob("*.yaml")}
    house = House(texts.pop("venue"), **texts)
    house.starts()
    house.happens("house.remote_1.pressed", button=1)
    house.happens("house.remote_1.pressed", button=7)
    house.says("epilogue.ring", able=False)
    house.happens("epilogue.ring.touched", session="aaaa-0001")
    house.says("epilogue.ring", able=True)
    house.happens("epilogue.ring.touched", session="aaaa-0002")
    house.happens("epilogue.ring.touched", session="aaaa-0003")
    for event in ("agreed", "placed", "done"):
        house.happens(f"epilogue.ring.{event}", session="aaaa-0002")
    house.advance("2min")
    house.happens("epilogue.ring.agreed", session="aaaa-0002")
    house.link_goes()
    told = "\n".join(sentence(one) for one in house.effects if isinstance(one, Note))
    for words in (
        "ordered go: refused",
        "able is false",
        "ring_session does not start (busy)",
        "did not shoot: no answer came",
        "comes to sorry",
        "the broker is gone",
        "says agreed of aaaa-0002, a session that is over",
    ):
        assert words in told, told
    assert "button" not in told  # a button without an order is told by nobody but `watch`


def test_every_verdict_but_the_good_ones_stands_in_the_table():
    text = text_of("when-it-breaks.md")
    left_out = {"started", "extended", "no_edge", "expired"}  # nothing is broken then, or an order says it
    assert [str(one) for one in _VERDICTS if f"({one})" not in text and str(one) not in left_out | {"set_aside"}] == []
    assert "late" in _SENTENCES


def test_the_glossary_says_each_word_once_in_both_languages():
    lines = [line for line in text_of("glossary.md").splitlines() if line.startswith("| ")][2:]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert [row for row in rows if len(row) != 3 or not all(row)] == []
    words = [word for row in rows for word in row[0].split(", ")]
    assert len(words) > 45
    assert len(words) == len(set(words))
    assert [row for row in rows if not re.search(r"[\u4e00-\u9fff]", row[1])] == []


def test_shell_blocks_are_marked_or_on_the_list_of_those_that_are_not_run():
    """A block that is not marked must be tried elsewhere."""
    elsewhere = {"make demo\nmake test\n"}  # tests/journeys/test_demo.py and this run
    assert [one.line for page in WRITTEN for one in blocks(page, "sh") if "run" not in one.words
            and one.text not in elsewhere] == []  # fmt: skip
