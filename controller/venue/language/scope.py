"""The names that ``$`` may put in while a scene is played: what orders and events give it, variables, its queue."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from controller.venue.findings import Also, Gather, VenueError, near, say, silent, wrong
from controller.venue.language.catalogues import Catalogue
from controller.venue.language.values import scalar
from controller.venue.source.nodes import Node, Text, as_text
from devices.vocabulary import Fields, Scalar
from scenes.model import Given, Param, Place, Variable

USE = re.compile(r"\$([a-zA-Z_][a-zA-Z0-9_]*)(?:\.([a-zA-Z_][a-zA-Z0-9_]*))?")
QUEUE = "queue"
_OF_A_QUEUE = ("minutes",)


@dataclass(frozen=True, slots=True)
class Scope:
    """What one scene can put in.

    ``queues``: it has a queue. ``catalogues``: None where one has a mistake that is shown already.
    """

    params: Mapping[str, Param] = field(default_factory=dict)
    variables: Mapping[str, Variable] = field(default_factory=dict)
    catalogues: Mapping[str, Catalogue | None] = field(default_factory=dict)
    queues: bool = False
    unread: frozenset[str] = frozenset()  # declared with a mistake that is shown already
    used: dict[str, Place] = field(default_factory=dict)  # where each name is put in first

    def names(self) -> tuple[str, ...]:
        """Every name that may stand behind ``$``."""
        return (*self.params, *sorted(self.unread), *self.variables, *((QUEUE,) if self.queues else ()))

    def given(self, text: Text) -> Given | None:
        """``$name`` or ``$name.column`` as the whole of the text; None: the text is no such name. Raises a finding."""
        found = USE.fullmatch(text.text)
        return self._given(text, found) if found is not None else None

    def value(self, node: Node) -> Scalar | Given:
        """A value as written, or what ``$name`` stands for, which stands alone. Raises a finding."""
        text = as_text(node, "a value")
        given = self.given(text)
        if given is not None:
            return given
        found = USE.search(text.text)
        if found is not None:
            raise wrong(text.at(found.start(), len(found.group())), "'{}' stands alone, without other text",
                        found.group(), hint="only what is said may have more text around it")  # fmt: skip
        return scalar(node)

    def possible(self, given: Given) -> dict[str, Text] | None:
        """Every text that the name can stand for, by the value it then has; None: it can be anything.

        Raises a finding at the cell that is empty.
        """
        param = self.params.get(given.name)
        if param is None:
            words = self.variables[given.name].words if given.name in self.variables else ()
            return {word: Text(word, given.place) for word in words} if words else None
        if param.type in ("text", "number"):
            return None
        if not param.catalogue:
            return {word: Text(word, given.place) for word in param.words}
        rows = self.catalogues.get(param.catalogue)
        if rows is None:
            raise silent()
        found: dict[str, Text] = {}
        gather = Gather()
        for row in rows.rows:
            cell = row.cells[given.column] if given.column else Text(row.id, row.place)
            if not cell.text:
                used = Also(given.place, say("used here"))
                gather.add(wrong(cell.place, "the cell {} of the row {} is empty, and is used", given.column, row.id,
                                 also=(used,)))  # fmt: skip
            found[row.id] = cell
        gather.stop()
        return found

    def is_number(self, given: Given) -> bool:
        """Whether it always is a number."""
        param = self.params.get(given.name)
        if param is not None:
            return param.type == "number"
        variable = self.variables.get(given.name)
        return variable is not None and (variable.type == "number" or bool(given.column))

    def sample(self, given: Given) -> Text:
        """A text of the type of what can be anything."""
        param = self.params.get(given.name)
        is_text = param is not None and param.type == "text"
        return Text("text" if is_text else "1", given.place)

    def choices(self, given: Given, read: Callable[[Text], Fields]) -> Mapping[str, Fields]:
        """What each text that it can stand for means, by the value that it then has. Raises a finding."""
        texts = self.possible(given)
        if texts is None:
            raise wrong(given.place, "{} can be anything, and this must be known before", given.text,
                        hint="give it a type: a catalogue, a list of words, clip or look")  # fmt: skip
        gather = Gather()
        found = {value: gather.attempt(read, text) for value, text in texts.items()}
        gather.stop()
        return {value: fields for value, fields in found.items() if fields is not None}

    def words(self, given: Given) -> tuple[str, ...] | None:
        """Everything that it can be, where that is known."""
        param = self.params.get(given.name)
        if param is None:
            return (self.variables[given.name].words or None) if given.name in self.variables else None
        rows = self.catalogues.get(param.catalogue) if param.catalogue else None
        if rows is not None:
            return rows.words(given.column) if given.column else tuple(row.id for row in rows.rows)
        return param.words or None

    def parts(self, text: Text) -> tuple[str | Given, ...]:
        """A text for people in pieces: as written, and what is put in. Raises a finding."""
        pieces: list[str | Given] = []
        end = 0
        for found in USE.finditer(text.text):
            given = self._given(text, found)
            variable = self.variables.get(given.name) if given.name not in self.params else None
            if variable is not None and variable.type == "table" and not given.column:
                raise wrong(given.place, "{} counts several: a page can be given it, a text cannot", given.text)
            pieces += [text.text[end : found.start()], given]
            end = found.end()
        pieces.append(text.text[end:])
        return tuple(one for one in pieces if one != "")

    def _given(self, text: Text, found: re.Match[str]) -> Given:
        name, column = found[1], found[2] or ""
        if name in self.unread:
            raise silent()
        if name not in self.names():
            raise unknown_name(text, found, self.names())
        if name in self.variables and name not in self.params:
            return self._variable(text, found, self.variables[name])
        self.used.setdefault(name, text.at(found.start(), len(found.group())))
        param = self.params.get(name)
        catalogue = param.catalogue if param is not None else ""
        if column and column not in self._columns(param):
            place = text.at(found.start(2), len(column))
            columns = self._columns(param)
            if not columns:
                raise wrong(place, "{} is one value, it has no columns", f"${name}", hint=say("write {}", f"${name}"))
            raise wrong(place, "{} has no column '{}'", f"${name}", column, hint=near(column, columns))
        return Given(name, column, found.group(), text.at(found.start(), len(found.group())), catalogue)

    def _variable(self, text: Text, found: re.Match[str], variable: Variable) -> Given:
        if found[2] and variable.type != "table":
            place = text.at(found.start(2), len(found[2]))
            raise wrong(place, "{} is one value, it has no columns", f"${variable.name}",
                        hint=say("write {}", f"${variable.name}"))  # fmt: skip
        return Given(variable.name, found[2] or "", found.group(), text.at(found.start(), len(found.group())))

    def _columns(self, param: Param | None) -> Collection[str]:
        if param is None:
            return _OF_A_QUEUE
        if not param.catalogue:
            return ()
        rows = self.catalogues.get(param.catalogue)
        if rows is None:
            raise silent()
        return rows.columns


def unknown_name(text: Text, found: re.Match[str], known: Collection[str]) -> VenueError:
    """A ``$name`` that stands for nothing: the nearest one that does."""
    name = f"${found[1]}"
    hint = near(name, [f"${one}" for one in known]) if known else "$ puts in what for_each, needs or gives name"
    return wrong(text.at(found.start(), len(name)), "nothing is called '{}' here", name, hint=hint)
