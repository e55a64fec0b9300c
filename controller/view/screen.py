"""The drawn lines on a terminal: at most eight times a second, and only when something in them is different."""

import asyncio
import html
import re
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.live import Live
from rich.segment import Segment
from rich.terminal_theme import MONOKAI, TerminalTheme
from rich.text import Text

from controller.view.drawing import draw
from controller.view.onlooker import Onlooker, wall_clock
from controller.view.sight import Poster

FRAME_SECONDS = 0.125
LEAST_WIDTH, LEAST_HEIGHT = 20, 6
PICTURE: TerminalTheme = MONOKAI


class Frame:
    """Lines that are as wide as the terminal: written as they are, nothing is wrapped."""

    def __init__(self, lines: list[Text]) -> None:
        self.lines = lines

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for number, line in enumerate(self.lines):
            if number:
                yield Segment.line()
            yield from line.render(console)

    def same_as(self, other: "Frame | None") -> bool:
        """Whether drawing it anew would change nothing."""
        return other is not None and [(one.plain, one.spans) for one in self.lines] == [
            (one.plain, one.spans) for one in other.lines
        ]


class Screen:
    """Shows what an onlooker sees. ``news`` is called before each look: it reads what the journal has.

    ``drawn``: how often it was drawn, for measuring.
    """

    def __init__(
        self,
        onlooker: Onlooker,
        poster: Poster,
        console: Console,
        news: Callable[[], None],
        now: Callable[[], int] = wall_clock,
    ) -> None:
        self.poster = poster
        self.drawn = 0
        self._onlooker = onlooker
        self._console = console
        self._news = news
        self._now = now

    def frame(self) -> Frame:
        """What is to be seen now."""
        width, height = max(LEAST_WIDTH, self._console.width), max(LEAST_HEIGHT, self._console.height)
        return Frame(draw(self._onlooker.sight, self.poster, self._now(), width, height))

    async def show(self) -> None:
        """Until it is cancelled; then the terminal shows what it showed before."""
        with Live(
            console=self._console, screen=True, auto_refresh=False, redirect_stdout=False, redirect_stderr=False
        ) as live:
            shown: Frame | None = None
            size = None
            while True:
                began = time.monotonic()
                self._news()
                frame, now_size = self.frame(), self._console.size
                if size != now_size or not frame.same_as(shown):
                    live.update(frame, refresh=True)
                    shown, size = frame, now_size
                    self.drawn += 1
                await asyncio.sleep(max(0.01, FRAME_SECONDS - (time.monotonic() - began)))

    def picture(self, path: Path) -> None:
        """Writes what is to be seen now as SVG; its font is the reader's own, nothing is fetched."""
        width, height = self._console.width, self._console.height
        console = Console(
            file=StringIO(), record=True, force_terminal=True, width=width, height=height, color_system="truecolor"
        )
        frame = self.frame()
        for line in frame.lines:
            line.rstrip()
        console.print(frame, soft_wrap=True)
        drawn = console.export_svg(title="make demo", theme=PICTURE, code_format=_SVG, unique_id="demo")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_TEXT.sub(_as_wide, drawn), encoding="utf-8")


def _as_wide(text: re.Match[str]) -> str:
    """rich counts characters, and Chinese takes two cells each: it would be pressed together."""
    length = float(text[2]) * cell_len(html.unescape(text[4])) / max(1, len(html.unescape(text[4])))
    return f'{text[1]}textLength="{length:g}"{text[3]}>{text[4]}</text>'


_TEXT = re.compile(r'(<text [^>]*)textLength="([0-9.]+)"([^>]*)>([^<]*)</text>')


_SVG = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", "Noto Sans Mono CJK SC",
  monospace; font-size: {char_height}px; line-height: {line_height}px; font-variant-east-asian: full-width; }}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: sans-serif; }}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" /></clipPath>{lines}</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">{matrix}</g>
</g>
</svg>
"""
