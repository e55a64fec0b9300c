"""The small values of the language: times, shares, switches, colours, words of a fixed list."""

import re
from collections.abc import Iterable, Mapping

from controller.venue.findings import near, wrong
from controller.venue.nodes import Node, Table, Text, as_text
from devices.vocabulary import Scalar
from scenes.model import Micros

_UNITS: Mapping[str, Micros] = {"ms": 1_000, "s": 1_000_000, "min": 60_000_000, "h": 3_600_000_000}
_PART = re.compile(r"([0-9]{1,9})(?:\.([0-9]{1,6}))?(ms|min|s|h)")
_COLOURS: Mapping[str, str] = {
    "amber": "#ffbf00",
    "blue": "#0000ff",
    "cyan": "#00ffff",
    "gold": "#ffd700",
    "green": "#00ff00",
    "magenta": "#ff00ff",
    "red": "#ff0000",
    "white": "#ffffff",
}


def duration(node: Node, what: str = "a time") -> Micros:
    """``800ms``, ``1.5s``, ``1min30s``: microseconds, exactly. Raises a finding when the unit is missing."""
    text = as_text(node, what)
    found = parse_duration(text.text)
    if found is None:
        hint = (
            f"did you mean {text.text}s?" if re.fullmatch(r"\d+(\.\d+)?", text.text) else "as in 800ms, 1.5s, 25min, 2h"
        )
        raise wrong(text.place, f"{text.text!r} is no length of time", hint)
    return found


def parse_duration(text: str) -> Micros | None:
    """Microseconds; None when ``text`` is no duration. Whole numbers throughout: no float is a time."""
    total, position = 0, 0
    for part in _PART.finditer(text):
        if part.start() != position:
            return None
        whole, fraction, unit = part.groups()
        total += int(whole) * _UNITS[unit] + int((fraction or "").ljust(6, "0")) * _UNITS[unit] // 1_000_000
        position = part.end()
    return total if position == len(text) and position else None


def share(text: str) -> float | None:
    """``30%`` as 0.3; None when it is none."""
    found = re.fullmatch(r"(\d{1,3})(?:\.(\d+))?%", text)
    if found is None or float(text[:-1]) > 100:
        return None
    return round(float(text[:-1]) / 100, 6)


def colour(text: str) -> str | None:
    """``#rrggbb``, from the same or from a name; None when it is no colour."""
    if re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        return text.lower()
    return _COLOURS.get(text)


def switch(text: str) -> bool | None:
    """``on`` or ``off``."""
    return {"on": True, "off": False}.get(text)


def word_of(node: Node, known: Iterable[str], what: str) -> str:
    """One word of a fixed list."""
    text, words = as_text(node, what), tuple(known)
    if text.text not in words:
        raise wrong(text.place, f"{text.text!r} is no {what}", near(text.text, words))
    return text.text


def scalar(node: Node) -> Scalar:
    """A value as written: a number, true or false, else text."""
    text = as_text(node, "a value")
    if text.quoted:
        return text.text
    if text.text in ("true", "false"):
        return text.text == "true"
    if text.text in ("null", "~", ""):
        return None
    if re.fullmatch(r"-?\d{1,15}", text.text):
        return int(text.text)
    return float(text.text) if re.fullmatch(r"-?\d{1,15}\.\d{1,15}", text.text) else text.text


def titles(node: Node | None, fallback: str) -> Mapping[str, str]:
    """``{zh, en}``, or one text for both."""
    if node is None:
        return {"zh": fallback, "en": fallback}
    if isinstance(node, Text):
        return {"zh": node.text, "en": node.text}
    if not isinstance(node, Table):
        raise wrong(node.place, "a title is {zh: …, en: …} or one text")
    node.only("zh", "en", what="a title")
    found = {language: as_text(text, "a title").text for language, text in node}
    first = next(iter(found.values()), fallback)
    return {"zh": found.get("zh", first), "en": found.get("en", first)}
