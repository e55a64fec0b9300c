"""The small values of the language: times, shares, switches, colours, words of a fixed list."""

import re
from collections.abc import Iterable, Mapping

from controller.venue.findings import Words, near, say, wrong
from controller.venue.source.nodes import Node, as_text
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
COLOURS = tuple(_COLOURS)
LONGEST: Micros = 366 * 24 * _UNITS["h"]


def duration(node: Node, what: str = "a time") -> Micros:
    """``800ms``, ``1.5s``, ``1min30s``: microseconds, exactly. Raises a finding when the unit is missing."""
    text = as_text(node, what)
    found = parse_duration(text.text)
    if found is None:
        raise wrong(text.place, "'{}' is not a duration", text.text, hint=duration_hint(text.text))
    if found > LONGEST:
        raise wrong(text.place, "'{}' is longer than a year", text.text)
    return found


_SPELLED = {
    "": "s",
    "sec": "s",
    "secs": "s",
    "m": "min",
    "mins": "min",
    "hr": "h",
    "hrs": "h",
    "hour": "h",
    "hours": "h",
}


def duration_hint(text: str) -> Words:
    """What a time without its unit, with a comma or with another unit may have been meant to be."""
    number = re.fullmatch(r"(\d+)(?:[.,](\d+))?\s*([a-zA-Z]*)", text)
    if number is not None:
        whole, fraction, unit = number.groups()
        unit = _SPELLED.get(unit.lower(), unit.lower())
        if unit in _UNITS:
            return say("did you mean {}?", f"{whole}.{fraction}{unit}" if fraction else f"{whole}{unit}")
    return say("as in 800ms, 1.5s, 25min, 2h")


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


def spell_duration(time: Micros) -> str:
    """A time as an author writes it; ``parse_duration`` reads it back."""
    for unit, size in (("h", _UNITS["h"]), ("min", _UNITS["min"])):
        if time >= size and time % size == 0:
            return f"{time // size}{unit}"
    if time >= _UNITS["min"] and time % _UNITS["s"] == 0:
        return f"{time // _UNITS['min']}min{time % _UNITS['min'] // _UNITS['s']}s"
    if 0 < time < _UNITS["s"] and time % _UNITS["ms"] == 0:
        return f"{time // _UNITS['ms']}ms"
    seconds, rest = divmod(time, _UNITS["s"])
    return f"{seconds}" + (f".{rest:06d}".rstrip("0") if rest else "") + "s"


def share(text: str) -> float | None:
    """``30%`` as 0.3; None when it is none."""
    found = re.fullmatch(r"([0-9]{1,3})(?:\.([0-9]{1,4}))?%", text)
    if found is None or float(text[:-1]) > 100:
        return None
    return round(float(text[:-1]) / 100, 6)


def decibels(text: str) -> float | None:
    """``14dB`` as 14.0, ``-3dB`` as -3.0; None when it is none."""
    found = re.fullmatch(r"([+-]?[0-9]{1,2}(?:\.[0-9])?)dB", text)
    return float(found[1]) if found is not None else None


def share_of_decibels(loudness: float) -> float:
    """What is left of a volume that becomes so many decibels louder: 20 of them are a factor of ten."""
    return round(float(10 ** (loudness / 20)), 6)


def colour(text: str) -> str | None:
    """``#rrggbb``, from the same or from a name; None when it is no colour."""
    if re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        return text.lower()
    return _COLOURS.get(text)


def switch(text: str) -> bool | None:
    """``on`` or ``off``."""
    return {"on": True, "off": False}.get(text)


def truth(node: Node, what: str) -> bool:
    """``true`` or ``false``."""
    text = as_text(node, what)
    if text.quoted or text.text not in ("true", "false"):
        raise wrong(text.place, "'{}' is neither true nor false", text.text)
    return text.text == "true"


def word_of(node: Node, known: Iterable[str], what: str) -> str:
    """One word of a fixed list. ``what``: a noun with its article."""
    text, words = as_text(node, what), tuple(known)
    if text.text not in words:
        raise wrong(text.place, "'{}' is not {}", text.text, say(what), hint=near(text.text, words))
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
    if re.fullmatch(r"-?[0-9]{1,15}", text.text):
        return int(text.text)
    return float(text.text) if re.fullmatch(r"-?[0-9]{1,15}\.[0-9]{1,15}", text.text) else text.text
