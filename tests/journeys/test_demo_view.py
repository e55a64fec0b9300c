"""``ringmaster demo`` on a terminal: what is seen, what the keys do, and how the terminal is left."""

import json
import os
import re
import signal
import time
from pathlib import Path

import pytest

from tests.brokers import needs
from tests.journeys.test_demo import demo, is_closed, port_of
from tests.journeys.watching import HOME, Person, person, plain

SHOW = Path(".ringmaster") / "demo-show"
FILM = re.compile(r"✓ the film wall +▶ opening-")


def pid_in(folder: Path) -> int:
    return int(json.loads((folder / SHOW / "controller.json").read_text())["pid"])


def is_left(one: Person, port: int, pid: int) -> None:
    """No process, no port, and the terminal as it was."""
    assert is_closed(port)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert one.after == (one.before, one.flags)
    assert one.text.count("\x1b[?1049h") == one.text.count("\x1b[?1049l") == 1
    assert one.text.rindex("\x1b[?25h") > one.text.rindex("\x1b[?25l")


def test_a_visit_a_kill_a_fault_and_a_goodbye(tmp_path):
    needs("mosquitto")
    with person(tmp_path, size=(140, 45)) as one:
        one.sees(lambda: "running" in one.row("ambient"), "the first scene", 8)
        print(f"a first scene was seen after {time.monotonic() - one.began:.1f} s")
        one.sees(lambda: "running" in one.row("welcome  "), "a visitor's scene", 8)
        print(f"a visitor's scene after {time.monotonic() - one.began:.1f} s")
        one.sees(lambda: FILM.match(one.row("the film wall")), "the film")
        port, killed = port_of("\n".join(one.lines)), pid_in(tmp_path)
        seen = len(one.text)

        one.presses("k")
        one.sees(lambda: "▲ controller killed" in one.row("controller"), "the outage")
        one.sees(lambda: re.search(r"start 2 · killed, back in \d+\.\d s", one.row("controller online")), "it is back")
        one.sees(lambda: "start 2" in one.row("the controller started (start 2)"), "a second start")
        assert "running" in one.row("welcome  ")
        walls = re.findall(r"^. the film wall.*", plain(one.text[seen:]), re.MULTILINE)
        assert len(walls) > 2
        assert [wall for wall in walls if not FILM.match(wall)] == []
        with pytest.raises(ProcessLookupError):
            os.kill(killed, 0)

        one.presses("f")
        one.sees(lambda: one.row("the film wall").startswith("▲"), "that the wall does not do what was asked")
        assert "→ asked: " in one.row("the film wall")
        pid = pid_in(tmp_path)
        one.presses("q")
        assert one.ends() == 0
        is_left(one, port, pid)
        assert one.text.count(HOME) <= 8 * (time.monotonic() - one.began) + 2


def test_a_closed_terminal_leaves_nobody_behind(tmp_path):
    needs("mosquitto")
    with person(tmp_path) as one:
        one.sees(lambda: "online" in one.row("controller"), "the controller")
        port, pid = port_of("\n".join(one.lines)), pid_in(tmp_path)
        one.closes_the_terminal()
        one.process.wait(8)
        assert is_closed(port)
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_a_visitor_comes_when_called_and_the_tour_begins(tmp_path):
    needs("mosquitto")
    with person(tmp_path, size=(100, 60)) as one:
        one.sees(lambda: re.search("the entry +●", one.row("the entry")), "the first visitor")
        one.sees(lambda: re.search("the entry +○", one.row("the entry")), "an empty entry", 20)
        one.presses("\x1b[A")  # an arrow is no key of ours
        one.presses("v")
        one.sees(lambda: re.search("the entry +●", one.row("the entry")), "somebody in the entry")
        one.sees(lambda: one.row("a visitor walks in"), "that the key was taken")
        one.presses("t")
        one.sees(lambda: "running" in one.row("▶ short_tour"), "the tour")
        one.presses("t")
        one.sees(lambda: one.row("demo ordered go short_tour: done"), "that it shall go on")
        port, pid = port_of("\n".join(one.lines)), pid_in(tmp_path)
        one.process.send_signal(signal.SIGTERM)
        assert one.ends() == 0
        is_left(one, port, pid)


def test_a_key_evacuates_and_the_same_key_lifts_it(tmp_path):
    needs("mosquitto")
    with person(tmp_path, size=(140, 45)) as one:
        one.sees(lambda: FILM.match(one.row("the film wall")), "the film")
        one.presses("e")
        one.sees(lambda: one.row(" ▲ EVACUATION"), "the red head")
        one.sees(lambda: one.row("✓ the hall light").endswith("safe") or "safe" in one.row("✓ the hall light"), "light")
        one.sees(lambda: "evacuate-zh-en.wav" in one.row("✓ the speaker"), "the announcement")
        one.presses("e")
        one.sees(lambda: one.row("the evacuation is over: lifted by demo, confirmed by demo-2"), "that it is lifted")
        one.sees(lambda: "running" in one.row("▶ ambient"), "what lasts by itself")
        one.presses("q")
        assert one.ends() == 0


def test_the_terminal_is_left_well_when_a_part_dies(tmp_path):
    needs("mosquitto")
    with person(tmp_path) as one:
        one.sees(lambda: "online" in one.row("controller"), "the controller")
        port, pid = port_of("\n".join(one.lines)), pid_in(tmp_path)
        os.kill(pid, signal.SIGKILL)  # not by our key: nobody starts it again
        assert one.ends() == 70
        is_left(one, port, pid)
        assert "a part of the demo ended with -9; its log is" in one.text


def test_plain_lines_on_a_terminal_and_a_picture_without_one(tmp_path):
    needs("mosquitto")
    with person(tmp_path, "--plain", "--for", "1500ms") as one:
        assert one.ends() == 0
        assert "ambient starts" in one.text
        assert "\x1b[?1049h" not in one.text
    drawing = tmp_path / "pictures" / "demo.svg"
    process = demo(tmp_path, "--picture", str(drawing), "--for", "2s")
    said, complaints = process.communicate(timeout=20)
    assert (process.returncode, said, complaints) == (0, "", "")
    words = re.sub("<[^>]*>", "", drawing.read_text("utf-8")).replace("&#160;", " ")
    assert "演示展馆 · The demo house" in words
    assert "ambient starts" in words
    assert drawing.stat().st_size < 200_000
    assert "http" not in drawing.read_text().replace("http://www.w3.org/2000/svg", "")
