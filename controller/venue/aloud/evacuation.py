"""The evacuation read aloud: what sets it off, what everybody sees and hears, and the drill."""

from collections.abc import Callable, Mapping

from controller.venue.aloud.words import Words
from controller.venue.source.nodes import Node, Table, Text
from devices.vocabulary import Spoken

_TITLE = Spoken("Evacuation", "疏散")
_SENTENCES: Mapping[str, Spoken] = {
    "input": Spoken("begins when {}, and by order", "当{}时开始，也可手动下令"),
    "look": Spoken("every light but emergency luminaires goes to {} at once", "所有灯（应急灯除外）立即转为{}"),
    "speech": Spoken("over and over: {}", "反复播报：{}"),
    "screens": Spoken("on screens: {}", "屏幕：{}"),
    "drill": Spoken("drill: by order of {by}; over and over: {speech}; at most {at_most}",
                    "演习：由{by}下令；反复播报：{speech}；最长{at_most}"),
}  # fmt: skip
_REST = Spoken("everything else is dark and silent, every scene ends, and none starts",
               "其余画面全黑、声音全停，所有场景结束，不再启动")  # fmt: skip
_LIFTED = Spoken("it is lifted in two steps, by two people", "解除分两步，由两人完成")


class Evacuation:
    """Reads it with the words of one venue: ``ask`` wants, ``condition`` what sets it off, ``roles`` who may."""

    def __init__(
        self,
        words: Words,
        ask: Callable[[Node], str],
        condition: Callable[[Node], str],
        roles: Callable[[Node], str],
    ) -> None:
        self._words = words
        self._values: Mapping[str, Callable[[Node], str]] = {
            "input": condition,
            "look": lambda node: words.name(_text(node)),
            "speech": ask,
            "screens": ask,
            "by": roles,
            "at_most": lambda node: words.time(_text(node)),
        }

    def sentences(self, table: Table) -> list[str]:
        """One a key, and two of what holds for every evacuation."""
        put, found = self._words.put, [self._words.put(_TITLE)]
        for key in ("input", "look", "speech", "screens"):
            node = table.get(key)
            found += [put(_SENTENCES[key], self._values[key](node))] if node is not None else []
        found += [put(_REST), put(_LIFTED)]
        drill = table.get("drill")
        if isinstance(drill, Table):
            parts = {key: self._values[key](node) for key, node in drill}
            found.append(put(_SENTENCES["drill"], parts=parts))
        return found


def _text(node: Node) -> str:
    return node.text if isinstance(node, Text) else ""
