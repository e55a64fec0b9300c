"""How often it is drawn, how it is left, and the picture."""

import asyncio
import html
import re
import time
from collections.abc import Callable
from io import StringIO

import pytest
from rich.cells import cell_len
from rich.console import Console

from controller.view.onlooker import Onlooker
from controller.view.screen import FRAME_SECONDS, Screen
from link.over_aiomqtt import AiomqttLink
from link.port import Broker
from tests.controller.view.houses import START, Looking, a_visit

ENTER, LEAVE = "\x1b[?1049h", "\x1b[?1049l"


def screen_of(news: Callable[[Onlooker], None], paper: StringIO, size: tuple[int, int] = (80, 24)) -> Screen:
    """A screen in front of a visit; its clock stands."""
    looking = a_visit(Looking())
    onlooker = Onlooker(looking.venue, AiomqttLink(Broker("127.0.0.1")), lambda: START)
    onlooker.sight = looking.sight
    console = Console(file=paper, force_terminal=True, width=size[0], height=size[1], color_system="truecolor")
    return Screen(onlooker, looking.poster, console, lambda: news(onlooker), lambda: looking.now)


async def show(screen: Screen, seconds: float) -> None:
    async with asyncio.timeout(seconds):
        await screen.show()


def test_however_much_happens_it_is_drawn_eight_times_a_second_at_most():
    screen = screen_of(lambda onlooker: onlooker.tricked("visitor"), StringIO())
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        asyncio.run(show(screen, 0.8))
    assert 3 <= screen.drawn <= (time.monotonic() - began) / FRAME_SECONDS + 1
    assert FRAME_SECONDS >= 1 / 8


def test_what_did_not_change_is_not_drawn_again():
    screen = screen_of(lambda _: None, StringIO())
    with pytest.raises(TimeoutError):
        asyncio.run(show(screen, 0.4))
    assert screen.drawn == 1


def test_a_bug_while_looking_leaves_the_screen_and_is_loud():
    def fails(onlooker: Onlooker) -> None:
        if onlooker.sight.lines[-1:] and screen.drawn:
            raise ZeroDivisionError

    paper = StringIO()
    screen = screen_of(fails, paper)
    with pytest.raises(ZeroDivisionError):
        asyncio.run(show(screen, 5))
    text = paper.getvalue()
    assert text.count(ENTER) == text.count(LEAVE) == 1
    assert text.rindex("\x1b[?25h") > text.rindex("\x1b[?25l")


def test_a_picture_gives_chinese_two_cells(tmp_path):
    path = tmp_path / "made" / "house.svg"
    screen_of(lambda _: None, StringIO()).picture(path)
    found = re.search(r'textLength="([0-9.]+)"[^>]*>(演示展厅[^<]*)<', path.read_text("utf-8"))
    assert found is not None
    assert float(found[1]) == pytest.approx(cell_len(html.unescape(found[2])) * 12.2)
