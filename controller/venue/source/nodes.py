"""YAML as a tree in which every key and value knows its place. YAML 1.2: ``12:30``, ``on`` and ``no`` are plain words.

What a plain word means (a number, a time, a name) is decided by who reads it; nothing is guessed here. Aliases, tags
and duplicate keys are refused.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml

from controller.venue.findings import Gather, VenueError, say, twice, wrong
from scenes.model import Place


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar. ``quoted``: the author meant text, whatever it looks like.

    ``parts``: where its parts stand, as (first character, place, whole), where that is not one stretch on one line:
    texts with a catalogue's cell put in. ``whole``: nothing within has a place of its own (escapes, several lines).
    """

    text: str
    place: Place
    quoted: bool = False
    parts: tuple[tuple[int, Place, bool], ...] = ()
    whole: bool = False

    def at(self, column: int, width: int = 0) -> Place:
        """Where the ``width`` characters from ``column`` (from 0) stand."""
        if self.whole:
            return self.place
        start, place, fixed = 0, self._inside(), False
        for first, one, whole in self.parts:
            if first <= column:
                start, place, fixed = first, one, whole
        if fixed:
            return place
        return Place(place.file, place.line, place.column + column - start, max(width, 1))

    def part(self, start: int, end: int) -> "Text":
        """The text from ``start`` to ``end``, with its place."""
        return Text(self.text[start:end], self.at(start, end - start), parts=self._parts_from(start), whole=self.whole)

    def _inside(self) -> Place:
        """Behind the quote."""
        if not self.quoted:
            return self.place
        return Place(self.place.file, self.place.line, self.place.column + 1, self.place.width - 2)

    def _parts_from(self, start: int) -> tuple[tuple[int, Place, bool], ...]:
        if not self.parts:
            return ()
        fixed = [whole for first, _, whole in self.parts if first <= start]
        later = [(first - start, place, whole) for first, place, whole in self.parts if first > start]
        return ((0, self.at(start), bool(fixed and fixed[-1])), *later)


@dataclass(frozen=True, slots=True)
class Many:
    """A list."""

    items: tuple["Node", ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping, in the author's order. ``place`` is its first sign."""

    entries: Mapping[str, "Node"]
    keys: Mapping[str, Place]
    place: Place

    def __iter__(self) -> Iterator[tuple[str, "Node"]]:
        return iter(self.entries.items())

    def get(self, key: str) -> "Node | None":
        """The value of ``key``."""
        return self.entries.get(key)

    def key(self, name: str) -> Text:
        """The key itself, as a text with a place."""
        return Text(name, self.keys[name])


Node = Text | Many | Table


MAX_DEPTH = 20
UNSEEN = re.compile(  # unprintable, of zero width, or they turn the reading round
    "[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)


def read_yaml(file: str, text: str) -> Node | None:
    """What stands in ``text``; None when it is empty. Raises ``VenueError`` with everything that is wrong."""
    strange = UNSEEN.search(text)
    if strange is not None:
        line = text.count("\n", 0, strange.start())
        column = strange.start() - (text.rfind("\n", 0, strange.start()) + 1)
        place = Place(file, line + 1, column + 1, 1)
        raise wrong(place, "a sign that cannot be seen (U+{})", f"{ord(strange.group()):04X}", hint="remove it")
    reader = _Reader(file, text)
    try:
        node = reader.document()
    except yaml.YAMLError as error:
        reader.gather.add(_unreadable(file, text, error))
        node = None
    reader.gather.stop()
    return node


_PROBLEMS: Mapping[str, tuple[str, str]] = {  # what the parser says → what it means, what to do
    "could not find expected ':'": ("a key without its ':'", "write KEY: VALUE, with a space behind the colon"),
    "mapping values are not allowed in this context": (
        "a ':' where no key can stand",
        "one key a line, all keys of a table at the same indent; put text that has a ': ' in quotes",
    ),
    "found character '\\t' that cannot start any token": (
        "a tab, where only spaces can stand",
        "indent with spaces, as many as the lines beside it",
    ),
    "found a tab character": (
        "a tab, where only spaces can stand",
        "indent with spaces, as many as the lines beside it",
    ),
    "found character that cannot start any token": ("a sign that can begin nothing", "put the text in quotes"),
    "did not find expected key": ("a key is expected here", "look at the indent, and at brackets and quotes above"),
    "did not find expected '-' indicator": ("a '-' is expected here", "look at the indent of the list"),
    "did not find expected ',' or '}'": ("a ',' or '}}' is expected here", "is the line above closed?"),
    "did not find expected ',' or ']'": ("a ',' or ']' is expected here", "is the line above closed?"),
    "found unexpected end of stream": ("a quote that was opened is not closed", "close it"),
    "did not find expected node content": ("a value is expected here", "put text that begins with a sign in quotes"),
    "did not find expected alphabetic or numeric character": ("'&', '*' and '!' begin no plain text", "quote it"),
    "block sequence entries are not allowed in this context": (
        "a '-' where no list can stand",
        "begin the list on a line of its own",
    ),
}


_AT_CONTEXT = ("found unexpected end of stream", "could not find expected ':'")  # the end tells nothing of the cause
_QUOTES = str.maketrans("“”‘’", "\"\"''")
_WIDE = re.compile(
    r"(?:^|[{\[,\s-])[\w.$]+(：)|(，)\s*[\w.$]+\s*[:：]|:\s*([｛［“”‘’])", re.ASCII
)  # where a sign of YAML stands


def _unreadable(file: str, text: str, error: yaml.YAMLError) -> VenueError:
    """The parser's complaint in plain words, where a person would look."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return wrong(Place(file, 1, 1, 1), "this is not YAML: {}", error)
    mark, context, problem = error.problem_mark, error.context_mark, error.problem or ""
    message, hint = _PROBLEMS.get(problem, ("", ""))
    if context is not None and problem in _AT_CONTEXT:
        mark = context
    elif context is not None and "a flow" in (error.context or "") and context.line != mark.line:
        mark, message, hint = context, "a bracket that is not closed", "close it, or look for a missing comma below it"
    lines = text.split("\n")
    line = lines[mark.line] if mark.line < len(lines) else ""
    for number in (mark.line, mark.line - 1):  # a key with a full-width colon is noticed a line later
        wide = _WIDE.search(lines[number]) if 0 <= number < len(lines) else None
        if wide is not None and wide.lastindex is not None:
            sign = wide[wide.lastindex]
            plain = unicodedata.normalize("NFKC", sign).translate(_QUOTES)
            place = Place(file, number + 1, wide.start(wide.lastindex) + 1, 1)
            return wrong(place, "'{}' is a full-width sign", sign, hint=say("write the plain '{}'", plain))
    if line[mark.column : mark.column + 1] == "\t":
        message, hint = _PROBLEMS["found a tab character"]
    last = max(number for number, one in enumerate(lines) if one.strip() or number == 0)
    if mark.line > last:  # the end of the file: what is missing is missing behind its last line
        place = Place(file, last + 1, len(lines[last].rstrip()) + 1, 1)
    else:
        place = Place(file, mark.line + 1, mark.column + 1, 1)
    return wrong(place, message, hint=hint) if message else wrong(place, "this is not YAML: {}", problem)


class _Reader:
    """Reads the parser's events, so that nothing is guessed and nothing refused is ever built."""

    def __init__(self, file: str, text: str) -> None:
        self.gather = Gather()
        self._file = file
        self._lines = text.split("\n")
        self._events = yaml.parse(text, Loader=yaml.CSafeLoader)

    def document(self) -> Node | None:
        """The one document of the file; None when it is empty."""
        found: Node | None = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent) and found is not None:
                raise wrong(self._place(event), "a second document", hint="one file, one document: remove the ---")
            if isinstance(event, yaml.NodeEvent):
                found = self._node(event, 1)
        return found

    def _node(self, event: yaml.Event, depth: int) -> Node:
        place = self._place(event)
        if getattr(event, "anchor", None) is not None or getattr(event, "tag", None) is not None:
            place = self._sign(place)
        if depth > MAX_DEPTH:
            raise wrong(place, "nested deeper than {}", MAX_DEPTH)
        if isinstance(event, yaml.AliasEvent):
            raise wrong(place, "aliases (*name) are not used here", hint="write it out")
        if getattr(event, "anchor", None) is not None:
            raise wrong(place, "anchors (&name) are not used here", hint="write it out")
        tag: str | None = getattr(event, "tag", None)
        if tag is not None:
            raise wrong(place, "'{}' is a YAML tag", self._at(place), hint="write 'not' for '!', or quote the text")
        match event:
            case yaml.ScalarEvent():
                return self._text(event, place)
            case yaml.SequenceStartEvent():
                items = []
                while not isinstance(one := next(self._events), yaml.SequenceEndEvent):
                    items.append(self._node(one, depth + 1))
                if not event.flow_style and items:
                    place = items[0].place
                return Many(tuple(items), place)
            case yaml.MappingStartEvent():
                return self._table(place, depth)
        raise TypeError(f"{event} is no YAML node")

    def _text(self, event: yaml.ScalarEvent, place: Place) -> Text:
        quoted = event.style in ("'", '"', "|", ">")
        raw = len(event.value) + (2 if event.style in ("'", '"') else 0)
        start, end = event.start_mark, event.end_mark
        one_line = start is not None and end is not None and start.line == end.line
        folded = event.style in ("|", ">") or raw != place.width or not one_line
        return Text(event.value, place, quoted, whole=folded)

    def _table(self, place: Place, depth: int) -> Table:
        entries: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            if not isinstance(key, Text):
                raise wrong(key.place, "a key is a word")
            value = self._node(next(self._events), depth + 1)
            if key.text in entries:
                self.gather.add(twice(key.place, keys[key.text], "the key '{}' appears twice", key.text))
                continue
            entries[key.text] = value
            keys[key.text] = key.place
        return Table(entries, keys, place)

    def _sign(self, place: Place) -> Place:
        """The anchor, alias or tag alone, without what it stands before."""
        line = self._lines[place.line - 1]
        found = re.compile(r"[^\s,\[\]{}]+").match(line, place.column - 1)
        return Place(place.file, place.line, place.column, len(found.group()) if found is not None else 1)

    def _at(self, place: Place) -> str:
        return self._lines[place.line - 1][place.column - 1 :][: place.width]

    def _place(self, event: yaml.Event) -> Place:
        start, end = event.start_mark, event.end_mark
        if start is None:  # the parser marks every event
            return Place(self._file, 1, 1)
        width = 1 if isinstance(event, yaml.CollectionStartEvent) or end is None else end.index - start.index
        return Place(self._file, start.line + 1, start.column + 1, width)


def as_text(node: Node, what: str) -> Text:
    """A scalar, or a finding that says what was expected. ``what``: a noun with its article, as in ``a time``."""
    if isinstance(node, Many):
        raise wrong(node.place, "{} is one word or text, not a list", say(what), hint="write it without [ ] and -")
    if isinstance(node, Table):
        raise wrong(
            node.place, "{} is one word or text, not a table", say(what), hint="write it without {{ }} and keys"
        )
    return node


def as_table(node: Node, what: str) -> Table:
    """A mapping, or a finding."""
    if isinstance(node, Text) and not node.text and not node.quoted:
        raise wrong(node.place, "nothing stands here, where {} should be", say(what),
                    hint="is the next line indented too little?")  # fmt: skip
    if not isinstance(node, Table):
        raise wrong(node.place, "{} is a table: keys with values", say(what))
    return node


def as_list(node: Node) -> tuple[Node, ...]:
    """A list; one thing alone is a list of one."""
    return node.items if isinstance(node, Many) else (node,)


def as_some(node: Node, hint: str) -> tuple[Node, ...]:
    """A list in which something stands; one thing alone is a list of one. Raises a finding with the hint."""
    found = as_list(node)
    if not found:
        raise wrong(node.place, "nothing stands in this list", hint=hint)
    return found
