"""How the small parts of a scene read aloud: devices, places, times, names and values, in one of two languages.

Every fragment is a ``Spoken``: one text a language, with ``{slots}``. Ids, ``_`` and ``$`` end here: a device is called
by its title, any other name by its words, and what stands for a cell of a catalogue's row is that row's.
"""

import re
from collections.abc import Iterable, Mapping
from string import Formatter
from typing import Literal

from devices.registry import all_kinds
from devices.vocabulary import DeviceId, Kind, Spoken
from scenes.model import SceneId, Venue

Language = Literal["zh", "en"]

PLAIN = Spoken("{}", "{}")
BRACKET = Spoken("({})", "（{}）")
_THEN = Spoken("{}{next}", "{}{next}")
QUOTED = Spoken("“{}”", "“{}”")
_NAME = Spoken("{}", "“{}”")  # a foreign word in a Chinese sentence wants marks around it
_THE_ROW = Spoken("the {row}", "该{row}")
_NOW = Spoken("{row} as it is now", "当前{row}")
_NOW_OF = Spoken("{row} for {column} as it is now", "当前{row}中的{column}")
_QUEUE = {
    "$queue": Spoken("how many wait", "排队人数"),
    "$queue.minutes": Spoken("how many minutes one would wait", "预计等待的分钟数"),
}
_ITS_CELL = Spoken("the {row}'s {column}", "该{row}的{column}")
_TIMES = {"1": Spoken("once", "1 次"), "2": Spoken("twice", "2 次")}
_MORE_TIMES = Spoken("{} times", "{}次")
_COLOUR = Spoken("{}", "{}色")
COLOURS: Mapping[str, Spoken] = {
    "amber": Spoken("amber", "琥珀色"),
    "blue": Spoken("blue", "蓝色"),
    "cyan": Spoken("cyan", "青色"),
    "gold": Spoken("gold", "金色"),
    "green": Spoken("green", "绿色"),
    "magenta": Spoken("magenta", "品红色"),
    "red": Spoken("red", "红色"),
    "white": Spoken("white", "白色"),
}
_UNITS: Mapping[str, Spoken] = {
    "ms": Spoken("millisecond", "毫秒"),
    "s": Spoken("second", "秒"),
    "min": Spoken("minute", "分钟"),
    "h": Spoken("hour", "小时"),
}
_PLACES: Mapping[str, Spoken] = {"house": Spoken("the house", "全馆")}
_GROUPS: Mapping[str, Spoken] = {
    "in": Spoken("every {kind} in {place}{other}", "{place}的所有{kind}{other}"),
    "everywhere": Spoken("every {kind} in the house{other}", "全馆所有{kind}{other}"),
}
_OF_A_HALL = Spoken("{} in {hall}", "{hall}的{}")  # where two halls have a device of one name
_EXCEPT = Spoken(" except {}", "（{}除外）")
_LAST = {"and": Spoken("{} and {end}", "{}和{end}"), "or": Spoken("{} or {end}", "{}或{end}")}
_BETWEEN = Spoken(", ", "、")
_NOUNS: Mapping[str, str] = {  # columns and rows are named by authors; these names are likely
    "city": "地市",
    "clip": "影片",
    "device": "设备",
    "exhibit": "展项",
    "film": "影片",
    "guide": "讲解员",
    "hall": "展厅",
    "id": "编号",
    "inside": "馆内人数",
    "language": "语言",
    "light": "灯",
    "look": "灯光效果",
    "medium": "媒体类型",
    "minutes": "分钟数",
    "next_light": "下一盏灯",
    "page": "页面",
    "player": "播放器",
    "screen": "屏幕",
    "section": "单元",
    "sensor": "感应器",
    "speaker": "音箱",
    "station": "互动站",
    "still": "静态画面",
    "title": "标题",
    "topic": "主题",
    "votes": "票数",
    "word": "词",
}
_OF_A_ROW = re.compile(r"\$([a-z][a-z0-9_]*)(?:\.([a-z][a-z0-9_]*))?")
_GROUP = re.compile(r"([a-z_]+) (?:(in) (\S+)|(everywhere))(?: except (.+))?")


class Words:
    """Reads the words of one venue in one language."""

    def __init__(self, venue: Venue, language: Language) -> None:
        self._venue = venue
        self.variables, self.facts, self.modes = venue.variables, venue.facts, venue.modes
        self.language: Language = language

    def put(self, spoken: Spoken, text: str = "", parts: Mapping[str, str] | None = None) -> str:
        """The fragment with ``text`` in its ``{}`` and ``parts`` in its named slots; a slot without its part is empty.

        A blank parts Chinese from Latin letters and figures, as Chinese print does; only at the seams: what an
        author wrote stays as it is.
        """
        found = ""
        for literal, slot, _, _ in Formatter().parse(spoken.zh if self.language == "zh" else spoken.en):
            part = "" if slot is None else text if slot == "" else (parts or {}).get(slot, "")
            for piece in (literal, part):
                found += (" " if found and piece and _scripts_meet(found[-1], piece[0]) else "") + piece
        return found

    def join(self, between: Spoken, items: Iterable[str]) -> str:
        """The items with ``between`` between them."""
        found, link = "", self.put(between)
        for item in items:
            found = self.put(_THEN, self.put(_THEN, found, {"next": link}), {"next": item}) if found else item
        return found

    def series(self, items: Iterable[str], last: Literal["and", "or"] = "and") -> str:
        """``a, b and c``."""
        *first, end = items
        return self.put(_LAST[last], self.join(_BETWEEN, first), {"end": end}) if first else end

    def titles(self, titles: Mapping[str, str]) -> str:
        """The title in this language, else in any."""
        return titles.get(self.language) or next(iter(titles.values()), "")

    def noun(self, name: str) -> str:
        """A word that an author chose, for a row or a column."""
        spaced = name.replace("_", " ")
        return _NOUNS.get(name, spaced) if self.language == "zh" else spaced

    def mode(self, name: str) -> str:
        """A mode by its title."""
        scene = self._venue.scenes.get(SceneId(name))
        return self.put(QUOTED, self.titles(scene.title) if scene is not None else name)

    def name(self, text: str) -> str:
        """A look, a clip or another name; what stands for a cell is the cell's."""
        if _OF_A_ROW.search(text):
            return self.filled(text)
        return self.put(_NAME, text.replace("_", " "))

    def filled(self, text: str) -> str:
        """Text with each ``$row.column`` in words."""
        found, at = "", 0
        for one in _OF_A_ROW.finditer(text):
            row, column = self.noun(one[1]), self.noun(one[2] or "")
            plain, with_column = (_NOW, _NOW_OF) if one[1] in self.variables else (_THE_ROW, _ITS_CELL)
            spoken = self.put(with_column if column else plain, parts={"row": row, "column": column})
            spoken = self.put(_QUEUE[one[0]]) if one[0] in _QUEUE else spoken
            found = self.put(_THEN, self.put(_THEN, found, {"next": text[at : one.start()]}), {"next": spoken})
            at = one.end()
        return self.put(_THEN, found, {"next": text[at:]})

    def time(self, text: str) -> str:
        """``1min30s``: ``1 minute 30 seconds``."""
        parts = re.findall(r"([0-9.]+)(ms|min|s|h)", text)
        if self.language == "zh":
            return " ".join(f"{number} {_UNITS[unit].zh}" for number, unit in parts)
        return " ".join(f"{number} {_UNITS[unit].en}{'' if number == '1' else 's'}" for number, unit in parts)

    def times(self, number: str) -> str:
        """``once``, ``twice``, ``3 times``."""
        return self.put(_TIMES.get(number, _MORE_TIMES), number)

    def colour(self, text: str) -> str:
        """A colour's name, or its number."""
        return self.put(COLOURS.get(text, _COLOUR), text)

    def device(self, name: str) -> str:
        """The device by its title; without one by its name in its hall."""
        own = self._own_name(name)
        namesakes = [one for one in self._venue.devices if one != name and self._own_name(one) == own]
        return self.put(_OF_A_HALL, own, {"hall": self.place(name.partition(".")[0])}) if namesakes else own

    def _own_name(self, name: str) -> str:
        known = self._venue.devices.get(DeviceId(name))
        if known is not None and known.title:
            return self.titles(known.title)
        own = name if name.startswith("$") else name.partition(".")[2] or name
        return self.filled(own).replace("_", " ").replace(".", " ")

    def place(self, name: str) -> str:
        """A hall, a section or city by its title; a list of places by its words."""
        if "$" in name:
            return self.filled(name)
        hall, _, part = name.partition(".")
        known = self._venue.places.get(hall)
        if known is not None:
            title = {**known.sections, **known.cities}.get(part) if part else known.title
            return self.titles(title) if title else part.replace("_", " ")
        return self.put(_PLACES[name]) if name in _PLACES else name.replace("_", " ").replace(".", " ")

    def target(self, text: str) -> tuple[str, Kind | None]:
        """Who is asked: a device or a group, and its kind where that is known."""
        group = _GROUP.fullmatch(text)
        if group is None:
            return self.device(text), self.kind(text)
        plural, in_, place, everywhere, others = group.groups()
        kind = next((one for one in all_kinds().values() if one.plural == plural), None)
        names = [self.device(one.strip()) for one in others.split(",")] if others else []
        parts = {
            "kind": plural if kind is None else kind.title_zh if self.language == "zh" else kind.name.replace("_", " "),
            "place": self.place(place or ""),
            "other": self.put(_EXCEPT, self.series(names)) if names else "",
        }
        return self.put(_GROUPS[in_ or everywhere], parts=parts), kind

    def kind(self, name: str) -> Kind | None:
        """The kind of a device; None for a cell of a row, which may name any."""
        known = self._venue.devices.get(DeviceId(name))
        return None if known is None else known.kind


def _scripts_meet(left: str, right: str) -> bool:
    """A Chinese sign beside a Latin letter or a figure."""
    return (_han(left) and _latin(right)) or (_latin(left) and _han(right))


def _han(sign: str) -> bool:
    return "\u4e00" <= sign <= "\u9fff"


def _latin(sign: str) -> bool:
    return sign in "#%-" or (sign.isalnum() and ord(sign) < 0x250)
