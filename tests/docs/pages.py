"""The pages of docs/ as they are read: their blocks, their links, and what is marked as runnable."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
WRITTEN = (
    "README.md",
    "quickstart.md",
    "write-a-scene.md",
    "scenes.md",
    "test-your-scenes.md",
    "add-a-device-kind.md",
    "build-a-station.md",
    "glossary.md",
    "when-it-breaks.md",
)
_BLOCK = re.compile(r"(?ms)^```(?P<info>[^\n`]*)\n(?P<text>.*?)^```$")
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block. ``info`` is what stands behind the three signs, such as ``yaml part``."""

    page: str
    info: str
    text: str
    line: int

    @property
    def words(self) -> list[str]:
        return self.info.split()


@cache
def text_of(page: str) -> str:
    return (DOCS / page).read_text("utf-8")


def blocks(page: str, language: str = "") -> list[Block]:
    """The fenced blocks of a page, those in one language if it is given."""
    text = text_of(page)
    found = [
        Block(page, one["info"].strip(), one["text"], text.count("\n", 0, one.start()) + 1)
        for one in _BLOCK.finditer(text)
    ]
    return [one for one in found if not language or one.words[:1] == [language]]


def links(page: str) -> list[str]:
    """Where a page points to, blocks left out."""
    return _LINK.findall(_BLOCK.sub("", text_of(page)))


def anchors(path: Path) -> set[str]:
    """The headings of a Markdown file as anchors, as GitHub makes them."""
    heads = re.findall(r"(?m)^#+ (.*)$", _BLOCK.sub("", path.read_text("utf-8")))
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def runnable(page: str) -> list[str]:
    """The shell lines that are marked as runnable (```sh run), comments left out, in their order."""
    lines = [line for block in blocks(page, "sh") if "run" in block.words for line in block.text.splitlines()]
    return [line.split("  #")[0].strip() for line in lines if line.strip() and not line.startswith("#")]
