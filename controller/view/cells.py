"""Text in cells of a terminal: Chinese takes two, and what others wrote must not move the cursor."""

import re
import unicodedata

from rich.cells import cell_len
from rich.text import Text

LONGEST = 400  # characters of a foreign text that are looked at at all
_SPACES = re.compile(r"\s+")


def clean(text: str) -> str:
    """A foreign text as it may be shown: no control character, nothing invisible, nothing that joins its neighbour."""
    found = unicodedata.normalize("NFC", _SPACES.sub(" ", text[:LONGEST]))
    return "".join(sign for sign in map(_shown, found) if sign)


def _shown(sign: str) -> str:
    category = unicodedata.category(sign)
    if category[0] == "C" or category in ("Zl", "Zp"):
        return "�"
    return sign if cell_len(sign) else ""


def fitted(text: Text | str, width: int, *, right: bool = False) -> Text:
    """Exactly ``width`` cells: cut with an ellipsis, or filled with blanks (before it, if it stands ``right``)."""
    line = Text(text) if isinstance(text, str) else text.copy()
    line.truncate(max(width, 0), overflow="ellipsis")
    blanks = " " * (width - line.cell_len)
    if right:
        return Text.assemble(blanks, line)
    return line.append(blanks)


def between(left: Text, right: Text, width: int) -> Text:
    """One line: the right text whole as long as there is room for it, the left one cut."""
    if right.cell_len + 8 > width:
        return fitted(left, width)
    return Text.assemble(fitted(left, width - right.cell_len - 1), " ", right)


def ruled(title: str, width: int, right: Text | None = None) -> Text:
    """A heading with a line behind it, and a remark at its end."""
    line = Text.assemble((clean(title), "bold"), " " if title else "")
    remark = Text.assemble(" ", right) if right is not None else Text()
    line.append("─" * max(0, width - line.cell_len - remark.cell_len))
    return fitted(line.append_text(remark), width)


def widest(texts: list[str], most: int) -> int:
    """The cells of the widest text, at most ``most``."""
    return min(most, max(map(cell_len, texts), default=0))
