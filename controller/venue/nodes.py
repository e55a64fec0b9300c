"""YAML as a tree in which every key and value knows its place. YAML 1.2: ``12:30``, ``on`` and ``no`` are plain words.

What a plain word means (a number, a time, a name) is decided by who reads it; nothing is guessed here. Aliases, tags
and duplicate keys are refused.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml

from controller.venue.findings import near, wrong
from scenes.model import Place


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar. ``quoted``: the author meant text, whatever it looks like."""

    text: str
    place: Place
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Many:
    """A list."""

    items: tuple["Node", ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping, in the author's order."""

    entries: Mapping[str, "Node"]
    keys: Mapping[str, Place]
    place: Place

    def __iter__(self) -> Iterator[tuple[str, "Node"]]:
        return iter(self.entries.items())

    def get(self, key: str) -> "Node | None":
        """The value of ``key``."""
        return self.entries.get(key)

    def only(self, *known: str, what: str) -> None:
        """Raises a finding at the first key that is not known here."""
        for key, place in self.keys.items():
            if key not in known:
                raise wrong(place, f"{what} has no key {key!r}", near(key, known))


Node = Text | Many | Table


MAX_DEPTH = 20
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def read_yaml(file: str, text: str) -> Table:
    """The mapping in ``text``. Raises ``VenueError``."""
    strange = _UNPRINTABLE.search(text)
    if strange is not None:
        line = text.count("\n", 0, strange.start())
        column = strange.start() - (text.rfind("\n", 0, strange.start()) + 1)
        raise wrong(Place(file, line + 1, column + 1), "a sign that cannot be seen", "remove it")
    try:
        node = _Reader(file, text).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file, 1, 1)
        raise wrong(place, f"this is not YAML: {error.problem}") from None
    except yaml.YAMLError as error:
        raise wrong(Place(file, 1, 1), f"this is not YAML: {error}") from None
    if node is None:
        return Table({}, {}, Place(file, 1, 1))
    if not isinstance(node, Table):
        raise wrong(node.place, "a file of a venue is a mapping: keys with values")
    return node


class _Reader:
    """Reads the parser's events, so that nothing is guessed and nothing refused is ever built."""

    def __init__(self, file: str, text: str) -> None:
        self._file = file
        self._events = yaml.parse(text, Loader=yaml.CSafeLoader)

    def document(self) -> Node | None:
        """The one document of the file; None when it is empty."""
        found: Node | None = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent) and found is not None:
                raise wrong(self._place(event), "a second document", "one file, one document: remove the ---")
            if isinstance(event, yaml.NodeEvent):
                found = self._node(event, 1)
        return found

    def _node(self, event: yaml.Event, depth: int) -> Node:
        place = self._place(event)
        if depth > MAX_DEPTH:
            raise wrong(place, f"nested deeper than {MAX_DEPTH}")
        if isinstance(event, yaml.AliasEvent):
            raise wrong(place, "aliases (*name) are not used here", "write it out")
        tag: str | None = getattr(event, "tag", None)
        if tag is not None:
            raise wrong(place, f"{tag!r} is a YAML tag", "write 'not' for '!', or quote the text")
        match event:
            case yaml.ScalarEvent():
                return Text(event.value, place, quoted=event.style in ("'", '"', "|", ">"))
            case yaml.SequenceStartEvent():
                items = []
                while not isinstance(one := next(self._events), yaml.SequenceEndEvent):
                    items.append(self._node(one, depth + 1))
                return Many(tuple(items), place)
            case yaml.MappingStartEvent():
                return self._table(place, depth)
        raise TypeError(f"{event} is no YAML node")

    def _table(self, place: Place, depth: int) -> Table:
        entries: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            if not isinstance(key, Text):
                raise wrong(key.place, "a key is a word")
            if key.text in entries:
                raise wrong(key.place, f"the key {key.text!r} stands twice", f"first at line {keys[key.text].line}")
            entries[key.text] = self._node(next(self._events), depth + 1)
            keys[key.text] = key.place
        return Table(entries, keys, place)

    def _place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        if mark is None:  # the parser marks every event
            return Place(self._file, 1, 1)
        return Place(self._file, mark.line + 1, mark.column + 1)


def as_text(node: Node, what: str) -> Text:
    """A scalar, or a finding that says what was expected."""
    if not isinstance(node, Text):
        raise wrong(node.place, f"{what} is one word or text, not a {'list' if isinstance(node, Many) else 'mapping'}")
    return node


def as_table(node: Node, what: str) -> Table:
    """A mapping, or a finding."""
    if not isinstance(node, Table):
        raise wrong(node.place, f"{what} is a mapping: keys with values")
    return node


def as_list(node: Node) -> tuple[Node, ...]:
    """A list; one thing alone is a list of one."""
    return node.items if isinstance(node, Many) else (node,)
