"""Venues written in one text file each, below ``tests/venues``: how they are read (``tests/venues/README.md``)."""

from dataclasses import dataclass
from pathlib import Path

from controller.venue.source.files import Texts

FOLDER = Path(__file__).parent / "venues"
OPEN, CLOSE = "⟦", "⟧"


@dataclass(frozen=True, slots=True)
class Written:
    """One file: the venue in it, and where its mistake stands (file, line, column, width), if it has one."""

    name: str
    texts: Texts
    mark: tuple[str, int, int, int] | None
    says: tuple[str, ...]
    hint: tuple[str, ...]


def written(kind: str) -> list[Written]:
    """All of ``mistakes`` or ``unusual``, in the order of names."""
    return [_read(path) for path in sorted((FOLDER / kind).glob("*.txt"))]


def _read(path: Path) -> Written:
    head, *files = path.read_text("utf-8").split("=== ")
    texts: dict[str, str] = {}
    mark = None
    for one in files:
        name, _, text = one.partition("\n")
        name = name.strip()
        start = text.find(OPEN)
        if start >= 0:
            end = text.index(CLOSE)
            line = text.count("\n", 0, start) + 1
            column = start - (text.rfind("\n", 0, start) + 1) + 1
            mark = (name, line, column, end - start - 1)
            text = text.replace(OPEN, "").replace(CLOSE, "")
        texts[name] = text
    return Written(path.stem, texts, mark, _after(head, "# says:"), _after(head, "# hint:"))


def _after(head: str, word: str) -> tuple[str, ...]:
    return tuple(line.removeprefix(word).strip() for line in head.splitlines() if line.startswith(word))
