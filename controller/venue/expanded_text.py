"""Values in full, as YAML: a text, a number, a share, a table on one line."""

import json
import re
from collections.abc import Iterable, Mapping

from controller.venue.source.nodes import UNSEEN
from devices.vocabulary import Scalar

_PLAIN = re.compile(r"[A-Za-z_/][\w./ -]*\Z", re.ASCII)
_NOT_PLAIN = ("true", "false", "null", "~", "")


def text(value: str) -> str:
    """As YAML: in quotes unless it is a plain word."""
    if _PLAIN.match(value) and value == value.strip() and value not in _NOT_PLAIN:
        return value
    return quoted(value)


def quoted(value: str) -> str:
    """What cannot be seen is written as its number: the reader refuses the sign itself."""
    text = json.dumps(value, ensure_ascii=False)
    return UNSEEN.sub(lambda sign: f"\\u{ord(sign.group()):04x}", text)


def scalar(value: Scalar) -> str:
    """A text in quotes, a number as it is plainly written, true, false or null."""
    if isinstance(value, str):
        return quoted(value)  # a text stays a text, whatever it looks like
    if isinstance(value, float):
        whole, _, parts = f"{value:.15f}".partition(".")  # no 1e-07: the reader knows plain numbers only
        return f"{whole}.{parts.rstrip('0') or '0'}"
    return json.dumps(value)


def table(entries: Mapping[str, str | None]) -> str:
    """As YAML on one line, without what is None."""
    return "{" + ", ".join(f"{key}: {value}" for key, value in entries.items() if value is not None) + "}"


def listed(items: Iterable[str]) -> str:
    """As YAML on one line."""
    return f"[{', '.join(items)}]"


def share(value: Scalar) -> str:
    """``30%``."""
    return f"{float(value or 0) * 100:.6f}".rstrip("0").rstrip(".") + "%"
