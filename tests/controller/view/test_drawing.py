"""What is drawn: texts that somebody looked at, and rules that hold for every size, language and foreign text.

    RINGMASTER_GOLDEN=write pytest tests/controller/view/test_drawing.py

writes the texts anew, to be looked at before they are kept.
"""

import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from controller.view.cells import clean
from controller.view.drawing import draw
from controller.view.hearing import linked, tricked
from controller.view.sight import Language, Trick
from devices.registry import all_kinds
from devices.vocabulary import DeviceId
from scenes.model import SceneId, Venue
from scenes.verdicts import Verdict
from tests.controller.view.houses import Looking, a_full_house, a_visit, an_evacuation, device, exhibition
from tests.venue import venue_of

GOLDEN = Path(__file__).parent / "golden"
HOUSES = {"visit": a_visit, "full": a_full_house, "evacuated": an_evacuation}
SIZES = ((80, 24), (140, 40))
HOSTILE = "\x1b[31m\x1b]0;owned\x07\r\n\t\u202e\u200b\u0301\u0301 [bold]红[/] \U0001f3ad " + "很长" * 200


@pytest.fixture(autouse=True)
def _in_hangzhou(monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def drawn(looking: Looking, width: int = 80, height: int = 24) -> list[str]:
    return [line.plain for line in draw(looking.sight, looking.poster, looking.now, width, height)]


def row(looking: Looking, word: str, width: int = 80) -> str:
    """The first line with ``word`` in it."""
    return next((line.rstrip() for line in drawn(looking, width) if word in line), "")


def styles(lines: list[Text]) -> set[Style]:
    return {
        Style.parse(span.style) if isinstance(span.style, str) else span.style for one in lines for span in one.spans
    }


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("house", ["visit", "full", "evacuated"])
def test_it_looks_as_it_was_approved(house: str, width: int, height: int, language: Language):
    venue = exhibition() if house == "full" else None
    looking = Looking(venue, language=language)
    HOUSES[house](looking)
    text = "\n".join(line.rstrip() for line in drawn(looking, width, height)) + "\n"
    path = GOLDEN / f"{house}-{width}x{height}-{language}.txt"
    if os.environ.get("RINGMASTER_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@given(
    width=st.integers(20, 220), height=st.integers(6, 70), full=st.booleans(), language=st.sampled_from(["zh", "en"])
)
def test_every_size_is_filled_exactly(width: int, height: int, full: bool, language: Language):
    looking = a_full_house(Looking(exhibition(), language=language)) if full else a_visit(Looking(language=language))
    lines = drawn(looking, width, height)
    assert len(lines) == height
    assert {cell_len(line) for line in lines} == {width}


def test_where_things_stand_does_not_depend_on_what_goes_on():
    quiet, busy = Looking(exhibition()), a_full_house(Looking(exhibition()))
    for width, height in (*SIZES, (80, 40), (200, 60)):
        headings = [
            [(n, line.split()[0]) for n, line in enumerate(drawn(one, width, height)) if "──" in line]
            for one in (quiet, busy)
        ]
        assert headings[0] == headings[1]


def test_only_signs_words_and_the_terminals_own_colours():
    looking = a_full_house(Looking(exhibition()))
    looking.hears("controller/house/status", {"state": "offline"})
    lamps = {"#ffc58f", "#3366ff"}
    used = {one.color.name for one in styles(draw(looking.sight, looking.poster, looking.now, 140, 40)) if one.color}
    assert used - lamps <= {"red", "green"}
    assert used >= {*lamps, "red", "green"}


@pytest.mark.parametrize("size", [(40, 12), *SIZES])
def test_foreign_texts_move_nothing(size):
    hostile = device("preface.evil", all_kinds()["player"], HOSTILE, HOSTILE)
    venue = venue_of("venue: demo\ntitle: {zh: a, en: b}\ndevices:\n  preface.wall: {kind: player}\n")
    scene = exhibition().scenes[SceneId("hello")]
    evil = Venue("demo", {"zh": HOSTILE, "en": HOSTILE}, {**venue.devices, hostile.id: hostile}, {scene.id: scene})
    looking = Looking(evil, broker=HOSTILE, hints=(HOSTILE,))
    looking.says("preface.evil", play=HOSTILE, playing=True)
    looking.wants("preface.evil", "picture", play=f"{HOSTILE}2")
    looking.hears("scene/hello/state", {"state": "running", "band": HOSTILE, "step": HOSTILE, "since": 1.0})
    looking.notes("refused", details={"topic": HOSTILE, "reason": HOSTILE})
    looking.notes("order", details={"by": HOSTILE, "verb": HOSTILE, "target": HOSTILE, "answer": "refused", "why": ""})
    looking.wait(30)
    lines = drawn(looking, *size)
    assert {cell_len(line) for line in lines} == {size[0]}
    assert all(sign.isprintable() for line in lines for sign in line)
    assert any("▲" in line for line in lines)


@given(st.text(max_size=60))
def test_a_clean_text_has_only_signs_with_a_width_of_their_own(text):
    shown = clean(text)
    assert shown.isprintable()
    assert all(cell_len(sign) > 0 for sign in shown)
    assert cell_len(shown) == sum(map(cell_len, shown))


def test_a_device_that_does_not_do_what_was_asked_says_so():
    looking = a_visit(Looking())
    assert row(looking, "the film wall").startswith("✓ the film wall  ▶ opening-v3.mp4  1:08 left")
    looking.says("preface.wall", play=None, playing=False)
    assert row(looking, "the film wall") == "… the film wall  ■ nothing → asked: opening-v3.mp4"
    looking.wait(2.1)
    assert row(looking, "the film wall") == "▲ the film wall  ■ nothing → asked: opening-v3.mp4"
    looking.says("preface.wall", play="opening-v3.mp4", playing=True)
    assert row(looking, "the film wall").startswith("✓ the film wall  ▶ opening-v3.mp4  1:20 left")


def test_what_the_controller_gave_up_is_trouble_at_once_and_until_it_is_shown():
    looking = Looking()
    looking.says("preface.wall", play="opening-v3.mp4", playing=True)
    looking.wants("preface.wall", "picture", play="other.mp4")
    assert row(looking, "the film wall").startswith("…")
    looking.notes("failed", device=DeviceId("preface.wall"), details={"property": "picture", "why": "no"})
    assert row(looking, "the film wall").startswith("▲")
    looking.says("preface.wall", play="other.mp4", playing=True)
    assert row(looking, "the film wall").startswith("✓")


def test_a_lamp_may_take_as_long_as_its_fade():
    looking = Looking()
    looking.says("preface.wash", level=0.0)
    looking.wants("preface.wash", "light", level=1.0, fade=10_000_000)
    looking.wait(11.9)
    assert row(looking, "the hall light").startswith("… the hall light ▕░░░░░░░░░░░░▏   0 % → asked: 100 %")
    looking.wait(0.2)
    assert row(looking, "the hall light").startswith("▲")


def test_a_clip_that_was_there_before_us_has_no_known_end():
    looking = Looking()
    looking.hears("preface/wall/state", {"play": "opening-v3.mp4", "playing": True}, retained=True)
    assert row(looking, "the film wall") == "  the film wall  ▶ opening-v3.mp4"


def test_a_kill_is_seen_and_how_long_it_took_to_come_back():
    looking = a_visit(Looking())
    looking.sight = tricked(looking.sight, Trick(looking.now, "kill"))
    looking.wait(0.3)
    looking.hears("controller/house/status", {"state": "offline"})
    looking.wait(0.3)
    assert row(looking, "controller") == "▲ controller killed · 0.6 s · the house carries on"
    assert row(looking, "the film wall").startswith("✓ the film wall  ▶ opening-v3.mp4")
    looking.wait(0.2)
    looking.controller(2)
    assert row(looking, "controller") == "● controller online 0 s · start 2 · killed, back in 0.8 s"
    looking.wait(61)
    assert row(looking, "controller") == "● controller online 1:01 · start 2"
    looking.hears("controller/house/status", {"state": "offline"})
    assert row(looking, "controller") == "▲ controller away · 0.0 s · the house carries on"


def test_what_the_broker_still_had_of_the_killed_one_is_not_its_return():
    looking = a_visit(Looking())
    looking.sight = tricked(looking.sight, Trick(looking.now, "kill"))
    looking.controller(1)
    assert row(looking, "controller").startswith("▲ controller killed")
    looking.sight = linked(looking.sight, up=False)
    assert row(looking, "broker") == "▲ the broker cannot be reached"


def test_devices_that_come_at_the_start_are_no_news_and_one_that_returns_is():
    looking = Looking()
    wall = DeviceId("preface.wall")
    looking.notes("online", device=wall)
    assert row(looking, "preface.wall is there") == ""
    looking.notes("offline", device=wall)
    looking.notes("online", device=wall)
    assert [row(looking, "is gone"), row(looking, "is there")] == [
        "09:00:00 ✗ preface.wall is gone",
        "09:00:00 · preface.wall is there",
    ]


def test_a_scene_that_is_no_more_is_idle_and_the_rest_is_told():
    looking = Looking()
    at = looking.now / 1_000_000
    looking.scene("welcome", "running", since=at, until=at + 150)
    looking.wait(3)
    assert row(looking, "▶ welcome").endswith("running ·  3 s · ≤ 2:27 left")
    looking.scene("welcome", "cooling", until=at + 20)
    assert row(looking, "◷ welcome").endswith("cooling · 17 s left")
    looking.hears("scene/welcome/state")
    assert row(looking, "  welcome").endswith("idle")


def test_the_last_decision_stands_last_and_trouble_is_red():
    looking = Looking()
    for number in range(30):
        looking.verdict("welcome", Verdict.COOLING, number, left_us=1_000_000, of_us=2_000_000)
    looking.notes("refused", details={"topic": "demo/x", "reason": "not JSON"})
    lines = draw(looking.sight, looking.poster, looking.now, 80, 24)
    last = next(line for line in reversed(lines) if line.plain.startswith("09:"))
    assert last.plain.rstrip() == "09:00:00 ✗ refused on demo/x: not JSON"
    assert {str(span.style) for span in last.spans} == {"red"}
    assert any(line.plain.rstrip().endswith("scenes.yaml:29") for line in lines)


def test_nonsense_changes_nothing():
    looking = a_visit(Looking())
    before = looking.sight
    for topic, body in (
        ("preface/wall/state", "{"),
        ("preface/wall/state", {"play": 7}),
        ("preface/nobody/state", {"play": "x"}),
        ("preface/wall/event/nothing", {}),
        ("scene/welcome/state", {"state": "flying"}),
        ("controller/house/status", "online"),
        ("elsewhere", {}),
    ):
        looking.hears(topic, body)
    assert looking.sight == before


@pytest.mark.parametrize(
    ("state", "said"),
    [("evacuation", "EVACUATION · 42 s · ordered"), ("drill", "EVACUATION DRILL"), ("lifting", "being lifted")],
)
def test_an_evacuation_stands_in_red_at_the_head(state, said):
    looking = a_visit(Looking())
    looking.hears("safety/state", {"state": state, "since": looking.now / 1_000_000, "why": "ordered", "by": "Mei"})
    looking.wait(42)
    (head, *_) = draw(looking.sight, looking.poster, looking.now, 120, 24)
    assert said in head.plain
    assert any(style.bgcolor is not None and style.bgcolor.name == "red" for style in styles([head]))
    looking.hears("safety/state", {"state": "normal"})
    assert "The demo hall" in drawn(looking)[0]
