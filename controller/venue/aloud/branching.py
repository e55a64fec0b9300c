"""Steps within steps read aloud: which branch is taken when, what goes on at once, what is done again."""

from collections.abc import Callable, Iterable

from controller.venue.aloud.fragments import BETWEEN_STEPS
from controller.venue.aloud.words import BRACKET, Words
from controller.venue.source.nodes import Many, Node, Table, Text
from devices.vocabulary import Spoken

_BY_VALUE = Spoken("depending on {of}: {}", "根据{of}选择：{}")
_WAY = Spoken("for {word}, {}", "若为{word}，则{}")
_IF = Spoken("if {if}, {}", "如果{if}，则{}")
_ELSE_IF = Spoken("else if {if}, {}", "否则如果{if}，则{}")
_OTHERWISE = Spoken("otherwise {}", "否则{}")
_TOGETHER = Spoken("at the same time: {}", "同时进行：{}")
_REPEAT = Spoken("{times}: {}", "重复{times}：{}")
_BETWEEN = Spoken("; ", "；")
_AND = Spoken("; and ", "；以及")


class Branching:
    """Reads them with the words of one venue. ``step`` reads one step, ``condition`` a condition."""

    def __init__(self, words: Words, step: Callable[[Node], str], condition: Callable[[Node], str]) -> None:
        self._words = words
        self._step = step
        self._condition = condition

    def choose(self, table: Table) -> str:
        """Each branch; of a scene of a row, the one that is taken."""
        of = table.entries["choose"]
        ways = (
            of if isinstance(of, Table) else Table({k: v for k, v in table if k != "choose"}, table.keys, table.place)
        )
        if isinstance(of, Text) and of.parts:
            return self._steps(ways.get(of.text) or ways.get("else") or Many((), of.place))
        if isinstance(of, Table) or not of.text:  # type: ignore[union-attr]
            return self._words.join(_BETWEEN, self._conditions(ways))
        read = self._words.join(_BETWEEN, self._values(ways))
        return self._words.put(_BY_VALUE, read, {"of": self._words.filled(of.text)})  # type: ignore[union-attr]

    def _conditions(self, ways: Table) -> Iterable[str]:
        put, first = self._words.put, _IF
        for name, node in ways:
            if name != "else":
                yield put(first, self._steps(node), {"if": self._condition(ways.key(name))})
                first = _ELSE_IF
        yield from self._otherwise(ways)

    def _values(self, ways: Table) -> Iterable[str]:
        for name, node in ways:
            if name != "else":
                yield self._words.put(_WAY, self._steps(node), {"word": self._words.name(name)})
        yield from self._otherwise(ways)

    def _otherwise(self, ways: Table) -> Iterable[str]:
        node = ways.get("else")
        if node is not None:
            yield self._words.put(_OTHERWISE, self._steps(node))

    def together(self, table: Table) -> str:
        """All branches."""
        node = table.entries["together"]
        items = node.items if isinstance(node, Many) else (node,)
        return self._words.put(_TOGETHER, self._words.join(_AND, map(self._steps, items)))

    def repeat(self, table: Table) -> str:
        """How often, and what."""
        times, steps = table.entries["repeat"], table.entries["steps"]
        read = self._words.times(times.text) if isinstance(times, Text) else ""
        return self._words.put(_REPEAT, self._steps(steps), {"times": read})

    def _steps(self, node: Node) -> str:
        """One step as it is, several in brackets."""
        items = node.items if isinstance(node, Many) else (node,)
        read = self._words.join(BETWEEN_STEPS, map(self._step, items))
        return self._words.put(BRACKET, read) if len(items) > 1 else read
