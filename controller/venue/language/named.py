"""Variables and facts as an author writes them: ``scenes.named``."""

from collections.abc import Collection, Mapping
from functools import partial

from controller.venue.findings import Gather, id_hint, near, say, twice, wrong
from controller.venue.language.named_forms import FactForm, SilenceForm, VariableForm
from controller.venue.language.names import VenueNames
from controller.venue.language.reading import read_form
from controller.venue.language.values import scalar
from controller.venue.source.nodes import Node, Table, Text, as_table
from devices.topics import is_id
from devices.vocabulary import Scalar
from scenes.condition import Condition, Known, all_of
from scenes.model import Happening, Place
from scenes.named import Fact, Resets, Variable

RESETS: tuple[Resets, ...] = ("day", "visit", "never")
_UNREAD = all_of(())  # of a fact with a mistake that is shown already
_RESERVED = ("and", "or", "not", "in", "is", "if", "true", "false", "done", "end", "venue", "mode", "queue")


class Named:
    """Reads them against the names of the venue; a name stands for one thing. ``halls``: names that are taken, too."""

    def __init__(self, names: VenueNames, halls: Collection[str], gather: Gather) -> None:
        self._names = names
        self._halls = halls
        self._gather = gather
        self._first: dict[str, Place] = {}

    def variables(self, tables: list[Table]) -> dict[str, Variable]:
        """Variables by name. What is wrong is gathered."""
        found: dict[str, Variable] = {}
        for table in tables:
            for name, node in table:
                if self._is_free(name, table.keys[name]):
                    read = self._gather.attempt(self._variable, name, node, table.keys[name])
                    found[name] = read if read is not None else _stand_in(name, node, table.keys[name])
        return found

    def facts(self, tables: list[Table]) -> dict[str, Fact]:
        """Facts by name; their conditions may name variables, not other facts. What is wrong is gathered."""
        found: dict[str, Fact] = {}
        for table in tables:
            for name, node in table:
                if self._is_free(name, table.keys[name]):
                    read = self._gather.attempt(self._fact, name, node, table.keys[name])
                    found[name] = read if read is not None else Fact(name, _UNREAD, _UNREAD, table.keys[name])
        return found

    def _is_free(self, name: str, place: Place) -> bool:
        if not is_id(name):
            self._gather.add(wrong(place, "'{}' is not an id", name, hint=id_hint(name)))
        elif name in _RESERVED or name in self._halls:
            what = say("a hall" if name in self._halls else "a word of conditions")
            self._gather.add(wrong(place, "'{}' is {} already", name, what, hint="give it another name"))
        elif name in self._first:
            self._gather.add(twice(place, self._first[name], "the name '{}' appears twice", name))
        else:
            self._first[name] = place
            return True
        return False

    def _variable(self, name: str, node: Node, place: Place) -> Variable:
        form = read_form(VariableForm, as_table(node, "a variable"), place, "a variable")
        table, gather = as_table(node, "a variable"), Gather()
        gather.attempt(_check_sort, table, place)
        plus, minus = (tuple(filter(None, (gather.attempt(self._event, one) for one in several or ()))) for several in
                       (form.plus, form.minus))  # fmt: skip
        counts = gather.attempt(self._event, form.counts) if form.counts is not None else None
        if form.each is not None and counts is not None and form.counts is not None:
            each = Table({form.each.text: form.each}, {form.each.text: form.each.place}, form.each.place)
            gather.attempt(self._names.check_fields, counts, form.counts, each)
        initial = gather.attempt(_initial, form)
        resets = (
            gather.attempt(partial(self._resets, key=table.keys["resets"]), form.resets)
            if form.resets is not None
            else None
        )
        gather.stop()
        sort = "word" if form.word is not None else "table" if form.each is not None else "number"
        kept: Resets = resets[0] if resets is not None else "never"
        return Variable(
            name,
            "word" if sort == "word" else "table" if sort == "table" else "number",
            0 if sort == "table" else initial,
            place,
            tuple(one.text for one in form.of or ()),
            plus,
            minus,
            counts,
            form.each.text if form.each is not None else "",
            kept,
            resets[1] if resets is not None else None,
            resets[2] if resets is not None else 0,
        )

    def _event(self, text: Text) -> Happening:
        trigger = self._names.trigger(text)
        if not isinstance(trigger, Happening):
            raise wrong(text.place, "{} is a state: only events are counted", text.text)
        return trigger

    def _resets(self, node: Node, key: Place) -> tuple[Resets, Condition | Happening | None, int]:
        if isinstance(node, Text):
            word: Resets | None = next((one for one in RESETS if node.text == one), None)
            if word is None:
                raise wrong(node.place, "'{}' is not {}", node.text, say("a time to reset"),
                            hint=say("{} or {}", RESETS, "{without: NAME, for: TIME}"))  # fmt: skip
            return word, None, 0
        form = read_form(SilenceForm, as_table(node, "a silence"), key, "a silence")
        return "silence", self._names.trigger(form.without), form.for_

    def _fact(self, name: str, node: Node, place: Place) -> Fact:
        form = read_form(FactForm, as_table(node, "a fact"), place, "a fact")
        gather = Gather()
        begins = gather.attempt(self._names.all_of, form.from_)
        ends = gather.attempt(self._names.all_of, form.until)
        gather.stop()
        if begins is None or ends is None:
            raise wrong(place, "a fact needs {}", "from, until")
        return Fact(name, begins, ends, place, form.for_, form.until.place)


def known_names(variables: Mapping[str, Variable], facts: Collection[str], modes: Collection[str]) -> dict[str, Known]:
    """How conditions name them; a table has no value of its own."""
    plain = {one.name: Known(one.name, "text" if one.type == "word" else "number")
             for one in variables.values() if one.type != "table"}  # fmt: skip
    return {
        **plain,
        **{name: Known(name, "bool") for name in facts},
        **{f"mode.{name}": Known(f"mode.{name}", "bool") for name in modes},
    }


def _stand_in(name: str, node: Node, place: Place) -> Variable:
    """For a variable with a mistake that is shown already, so that what names it is not wrong."""
    keys = node.keys if isinstance(node, Table) else ()
    return Variable(name, "word" if "word" in keys else "table" if "each" in keys else "number", 0, place)


def _check_sort(table: Table, place: Place) -> None:
    """Which keys belong to which sort of variable."""
    sorts = {"word": ("word", "of"), "each": ("number", "each", "counts"), "number": ("number", "plus", "minus")}
    sort = next((key for key in sorts if key in table.keys), None)
    if sort is None:
        raise wrong(place, "a variable is a number or a word", hint="write number: 0, or word: zh and of: [zh, en]")
    needed = {"word": "of", "each": "counts"}.get(sort)
    if needed is not None and needed not in table.keys:
        raise wrong(place, "a variable needs {}", needed, hint=_EXAMPLES[needed])
    for key, where in table.keys.items():
        if key not in (*sorts[sort], "resets"):
            raise wrong(where, "{} does not belong beside {}", key, sort)


_EXAMPLES = {"of": "as in of: [zh, en]", "counts": "as in counts: hall.post.voted"}


def _initial(form: VariableForm) -> Scalar:
    if form.word is not None:
        words = [one.text for one in form.of or ()]
        if form.word.text not in words:
            raise wrong(form.word.place, "'{}' is none of its words", form.word.text, hint=near(form.word.text, words))
        return form.word.text
    if form.number is None:
        return 0
    found = scalar(form.number)
    if isinstance(found, bool) or not isinstance(found, int | float):
        raise wrong(form.number.place, "'{}' is not a number", form.number.text, hint="as in number: 0")
    return found
