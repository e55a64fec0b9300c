"""Times of day, weekdays and hours read aloud."""

import re
from collections.abc import Callable, Mapping, Sequence

from controller.venue.aloud.words import Words
from controller.venue.source.nodes import Many, Node, Text
from devices.vocabulary import Spoken

_AT = Spoken("at {}", "{}")
_BASES: Mapping[str, Spoken] = {
    "opening": Spoken("opening", "开馆"),
    "closing": Spoken("closing", "闭馆"),
    "sunset": Spoken("sunset", "日落"),
}
_WHEN: Mapping[str, Spoken] = {
    "": Spoken("at {base}", "{base}时"),
    "-": Spoken("{} before {base}", "{base}前{}"),
    "+": Spoken("{} after {base}", "{base}后{}"),
}
_DAYS: Mapping[str, Spoken] = {
    "mon": Spoken("Mondays", "周一"),
    "tue": Spoken("Tuesdays", "周二"),
    "wed": Spoken("Wednesdays", "周三"),
    "thu": Spoken("Thursdays", "周四"),
    "fri": Spoken("Fridays", "周五"),
    "sat": Spoken("Saturdays", "周六"),
    "sun": Spoken("Sundays", "周日"),
}
_LATE: Mapping[str, Spoken] = {
    "run": Spoken("late if it was missed", "错过则补启动"),
    "skip": Spoken("not if it was missed", "错过则不补"),
}
_OPEN = Spoken("while the venue is open", "在开馆期间")
_BETWEEN = Spoken("from {} to {end}", "在{}至{end}")
_ENTRY = Spoken("from {} on: {asks}", "从{}起：{asks}")
_FROM: Mapping[str, Spoken] = {
    "": Spoken("{base}", "{base}"),
    "-": Spoken("{} before {base}", "{base}前{}"),
    "+": Spoken("{} after {base}", "{base}后{}"),
}


class Times:
    """Reads them with the words of one venue."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self.values: Mapping[str, Callable[[Node], str]] = {
            "at": lambda node: self._at(_text(node)),
            "days": lambda node: self._days(
                [_text(one) for one in (node.items if isinstance(node, Many) else (node,))]
            ),
            "late": lambda node: words.put(_LATE[_text(node)]),
        }

    def _at(self, text: str) -> str:
        """``opening - 30min``: 30 minutes before opening; ``11:00``: at 11:00."""
        return self._time(text, _WHEN) or self._words.put(_AT, self._words.filled(text))

    def _days(self, days: Sequence[str]) -> str:
        """``[tue, fri]``: Tuesdays and Fridays."""
        return self._words.series([self._words.put(_DAYS[day]) if day in _DAYS else day for day in days])

    def hours(self, text: str) -> str:
        """``open``, or from when to when."""
        if text == "open":
            return self._words.put(_OPEN)
        begins, _, ends = text.partition("-")
        return self._words.put(_BETWEEN, begins.strip(), {"end": ends.strip()})

    def entry(self, time: str, asks: str) -> str:
        """What is asked for from a time on."""
        return self._words.put(_ENTRY, self._time(time, _FROM) or time, {"asks": asks})

    def _time(self, text: str, spoken: Mapping[str, Spoken]) -> str:
        found = re.fullmatch(r"(opening|closing|sunset)(?:\s*([+-])\s*(\S+))?", text.strip())
        if found is None:
            return ""
        base, sign, time = found.groups()
        read = self._words.time(time) if time else ""
        return self._words.put(spoken[sign or ""], read, {"base": self._words.put(_BASES[base])})


def _text(node: Node) -> str:
    return node.text if isinstance(node, Text) else ""
