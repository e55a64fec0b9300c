"""Variables, facts and modes read aloud: one key, one fragment."""

from collections.abc import Callable, Mapping

from controller.venue.aloud.words import Words
from controller.venue.source.nodes import Many, Node, Table, Text
from devices.vocabulary import Spoken

_TITLES: Mapping[str, Spoken] = {
    "variables": Spoken("Variable: {}", "变量：{}"),
    "facts": Spoken("Fact: {}", "事实：{}"),
    "modes": Spoken("Mode: {}", "模式：{}"),
}
_SENTENCES: Mapping[str, Spoken] = {
    "number": Spoken("a number, {} at first", "数字，初始为{}"),
    "word": Spoken("a word, {} at first", "词，初始为{}"),
    "of": Spoken("it is {}", "取值：{}"),
    "plus": Spoken("one more when {}", "当{}时加一"),
    "minus": Spoken("one less when {}, down to 0", "当{}时减一，最低为 0"),
    "each": Spoken("each {} is counted for itself", "每个{}分别计数"),
    "counts": Spoken("counted when {}", "当{}时计数"),
    "resets": Spoken("it begins anew {}", "复位：{}"),
    "by": Spoken("switched on and off by {}", "由{}开启和结束"),
    "when": Spoken("begins when {when}{for}", "当{when}{for}时开启"),
    "if": Spoken("only if {}", "前提：{}"),
    "from": Spoken("true from when {}", "从{}起成立"),
    "until": Spoken("until {until}{quiet}", "直到{until}{quiet}"),
    "for": Spoken("each for {}", "各须持续{}"),
    "disarms": Spoken("while it lasts these do not start: {}", "期间不启动：{}"),
    "arms": Spoken("only while it lasts these start: {}", "仅在此期间才启动：{}"),
    "instead": Spoken("instead of {} it plays {instead}", "以{instead}代替{}"),
    "quieter": Spoken("quieter: {}", "降低音量：{}"),
    "ask": Spoken("ask: {}", "执行：{}"),
    "at_most": Spoken("at most {}", "最长{}"),
}
_RESETS: Mapping[str, Spoken] = {
    "day": Spoken("at midnight", "每天零点"),
    "visit": Spoken("a minute after the last scene of visitors", "最后一个观众场景结束一分钟后"),
    "never": Spoken("never", "从不"),
    "without": Spoken("after {for} without this: {without}", "{for}内没有{without}之后"),
}
_FOR = Spoken(" for {}", "并持续{}")
_BY = Spoken("{} by {by}", "{}降低 {by}")
_BETWEEN = Spoken("; ", "；")


class Named:
    """Reads them with the words of one venue: ``ask`` wants, ``roles`` who may.

    ``condition``: what holds or happens, all of it (``and``, as usual) or any of it (``or``).
    """

    def __init__(
        self,
        words: Words,
        ask: Callable[[Node], str],
        condition: Callable[..., str],
        roles: Callable[[Node], str],
    ) -> None:
        self._words = words
        self._condition = condition
        self._values: Mapping[str, Callable[[Node], str]] = {
            **dict.fromkeys(("plus", "minus", "counts"), lambda node: condition(node, "or")),
            **dict.fromkeys(("if", "from"), condition),
            **dict.fromkeys(("for", "at_most"), lambda node: words.time(_text(node))),
            "of": lambda node: words.series([words.name(one) for one in _texts(node)], "or"),
            "number": _text,
            "word": lambda node: words.name(_text(node)),
            "each": lambda node: words.noun(_text(node)),
            "resets": self._resets,
            "by": roles,
            **dict.fromkeys(("disarms", "arms"), lambda node: words.series([words.name(one) for one in _texts(node)])),
            "ask": ask,
        }

    def sentences(self, sort: str, name: str, table: Table) -> list[str]:
        """Its title, and a sentence a key."""
        put, words = self._words.put, self._words
        titles = table.get("title")
        by_language = {language: _text(one) for language, one in titles} if isinstance(titles, Table) else {}
        title = words.titles(by_language) or _text(titles) or words.noun(name)
        found = [put(_TITLES[sort], title)]
        for key in _SENTENCES:
            node = table.get(key)
            if node is None or (key == "for" and "when" in table.keys):
                continue
            found.append(self._sentence(key, node, table))
        return found

    def _sentence(self, key: str, node: Node, table: Table) -> str:
        put, words = self._words.put, self._words
        if key in ("when", "until"):
            time = table.get("for" if key == "when" else "quiet")
            lasting = put(_FOR, words.time(_text(time))) if time is not None else ""
            read = self._condition(node, "or" if key == "when" else "and")
            return put(_SENTENCES[key], parts={key: read, "for": lasting, "quiet": lasting})
        if key == "quieter":
            several = [put(_BY, words.target(target)[0], {"by": _text(one)})
                       for target, one in (node if isinstance(node, Table) else ())]  # fmt: skip
            return put(_SENTENCES[key], words.join(_BETWEEN, several))
        if key == "instead":
            pairs = [put(_SENTENCES[key], words.name(role), {"instead": words.name(_text(one))})
                     for role, one in (node if isinstance(node, Table) else ())]  # fmt: skip
            return words.join(_BETWEEN, pairs)
        return put(_SENTENCES[key], self._values[key](node))

    def _resets(self, node: Node) -> str:
        if isinstance(node, Table):
            parts = {"without": self._condition(node.entries["without"]),
                     "for": self._words.time(_text(node.get("for")))}  # fmt: skip
            return self._words.put(_RESETS["without"], parts=parts)
        return self._words.put(_RESETS[_text(node)])


def _text(node: Node | None) -> str:
    return node.text if isinstance(node, Text) else ""


def _texts(node: Node) -> tuple[str, ...]:
    return tuple(_text(one) for one in (node.items if isinstance(node, Many) else (node,)))
