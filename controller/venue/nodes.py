"""YAML as a tree in which every key and value knows its place. YAML 1.2: ``12:30``, ``on`` and ``no`` are plain words.

What a plain word means (a number, a time, a name) is decided by who reads it; nothing is guessed here. Aliases, tags
and duplicate keys are refused.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml

from controller.venue.findings import near, wrong
from scenes.model import Place

_PLAIN_TAGS = ("tag:yaml.org,2002:",)


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


class _Loader(yaml.CSafeLoader):
    """Without YAML 1.1's guesses at what a plain word means."""

    yaml_implicit_resolvers: dict[str, list[object]] = {}  # noqa: RUF012 - the name is PyYAML's


def read_yaml(file: str, text: str) -> Table:
    """The mapping in ``text``. Raises ``VenueError``."""
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file, 1, 1)
        raise wrong(place, f"this is not YAML: {error.problem}") from None
    except yaml.YAMLError as error:
        raise wrong(Place(file, 1, 1), f"this is not YAML: {error}") from None
    if root is None:
        return Table({}, {}, Place(file, 1, 1))
    node = _Reader(file).read(root)
    if not isinstance(node, Table):
        raise wrong(node.place, "a file of a venue is a mapping: keys with values")
    return node


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.seen: set[int] = set()

    def read(self, node: yaml.Node) -> Node:
        place = Place(self.file, node.start_mark.line + 1, node.start_mark.column + 1)
        if id(node) in self.seen:
            raise wrong(place, "aliases (*name) are not used here", "write it out")
        self.seen.add(id(node))
        if not node.tag.startswith(_PLAIN_TAGS):
            raise wrong(place, f"{node.tag!r} is a YAML tag", "write 'not' for '!', or quote the text")
        match node:
            case yaml.ScalarNode():
                return Text(node.value, place, quoted=node.style in ("'", '"', "|", ">"))
            case yaml.SequenceNode():
                return Many(tuple(self.read(one) for one in node.value), place)
            case yaml.MappingNode():
                return self._table(node, place)
        raise TypeError(f"{node} is no YAML node")

    def _table(self, node: yaml.MappingNode, place: Place) -> Table:
        entries: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        for key_node, value_node in node.value:
            key = self.read(key_node)
            if not isinstance(key, Text):
                raise wrong(key.place, "a key is a word")
            if key.text in entries:
                raise wrong(key.place, f"the key {key.text!r} stands twice", f"first at line {keys[key.text].line}")
            entries[key.text] = self.read(value_node)
            keys[key.text] = key.place
        return Table(entries, keys, place)


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
