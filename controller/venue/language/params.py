"""Parameters: what an order (``needs``) or an event (``gives``) gives a scene, and of which type each is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from controller.venue.findings import Also, Gather, id_hint, near, say, silent, twice, wrong
from controller.venue.language.catalogues import Catalogue
from controller.venue.language.scope import QUEUE, Scope
from controller.venue.source.nodes import Many, Node, Table, Text, as_list, as_table, as_text
from devices.topics import is_id
from scenes.model import By, Param, ParamType, Start, Variable, When

PLAIN: tuple[ParamType, ...] = ("text", "number", "word", "clip", "look", "device")


@dataclass(frozen=True, slots=True)
class Types:
    """What a parameter can be one of. ``catalogues``: None where one has a mistake that is shown already."""

    catalogues: Mapping[str, Catalogue | None] = field(default_factory=dict)
    clips: Collection[str] = ()
    looks: Collection[str] = ()
    devices: Collection[str] = ()
    variables: Mapping[str, Variable] = field(default_factory=dict)

    def read(self, node: Node) -> tuple[Param, ...]:
        """``{guide: text, film: films, word: [zh, en]}``. Raises a finding for each that is wrong."""
        gather = Gather()
        table = as_table(node, "what is given")
        found = [gather.attempt(self._param, table.key(name), one) for name, one in table]
        gather.stop()
        return tuple(one for one in found if one is not None)

    def scope(self, scene: Table, params: Collection[Param]) -> Scope:
        """What ``$`` may name in a scene of which these parameters could be read."""
        busy = scene.get("busy")
        queues = isinstance(busy, Table) and "queue" in busy.keys
        by_name = {one.name: one for one in params}
        unread = frozenset(declared(scene) - by_name.keys())
        return Scope(by_name, self.variables, self.catalogues, queues=queues, unread=unread)

    def _param(self, name: Text, node: Node) -> Param:
        if not is_id(name.text):
            raise wrong(name.place, "'{}' is not an id", name.text, hint=id_hint(name.text))
        if name.text in self.variables or name.text == QUEUE:
            what = say("a variable" if name.text in self.variables else "the scene's queue")
            raise wrong(name.place, "'{}' is {} already", name.text, what, hint="give it another name")
        if isinstance(node, Many):
            words = tuple(as_text(one, "a word").text for one in as_list(node))
            if not words:
                raise wrong(node.place, "nothing stands in this list", hint="as in word: [zh, en]")
            return Param(name.text, "word", name.place, words)
        text = as_text(node, "what is given")
        if text.text in self.catalogues:
            rows = self.catalogues[text.text]
            if rows is None:
                raise silent()
            return Param(name.text, "row", name.place, catalogue=text.text)
        ids: Mapping[str, Collection[str]] = {"clip": self.clips, "look": self.looks, "device": self.devices}
        type_: ParamType | None = next((one for one in PLAIN if text.text == one), None)
        if type_ is None:
            known = (*PLAIN, *self.catalogues)
            raise wrong(text.place, "'{}' is neither a type nor a catalogue", text.text, hint=near(text.text, known))
        return Param(name.text, type_, name.place, tuple(ids.get(type_, ())))


def declared(scene: Table) -> set[str]:
    """The names that a scene's ``needs`` and ``gives`` declare, rightly or not."""
    starts = scene.get("starts")
    tables = [scene.get("needs"), *(one.get("gives") for one in as_list(starts or scene) if isinstance(one, Table))]
    return {name for table in tables if isinstance(table, Table) for name in table.keys}


def check_given(starts: tuple[Start, ...], needs: tuple[Param, ...], scope: Scope, gather: Gather) -> None:
    """Every way to start gives what the scene puts in, each name of one type."""
    first: dict[str, Param] = {}
    for one in (*needs, *(param for start in starts if isinstance(start, When) for param in start.gives)):
        former = first.setdefault(one.name, one)
        if former != one:
            gather.add(twice(one.place, former.place, "'{}' is given twice, with another type", one.name))
    for start in starts:
        given = {
            one.name for one in (start.gives if isinstance(start, When) else needs if isinstance(start, By) else ())
        }
        for name, place in scope.used.items():
            if name in scope.params and name not in given:
                gather.add(wrong(start.place, "this way to start does not give {}, which the scene uses", name,
                                 hint=_HOW.get(type(start), _HOW[When]),
                                 also=(Also(place, say("used here")),)))  # fmt: skip


_HOW = {
    When: "write gives: {{NAME: TYPE}} beside when, or another scene for each way to start",
    By: "write needs: {{NAME: TYPE}} in the scene",
}
