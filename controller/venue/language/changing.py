"""``add`` and ``set``: how a scene changes variables, as an author writes it."""

from collections.abc import Callable

from controller.venue.findings import Gather, near, say, silent, wrong
from controller.venue.language.scope import USE, Scope
from controller.venue.source.nodes import Node, Text, as_table
from scenes.model import Add, Assign, Change, Given, Place, Step, Variable


class Changing:
    """Reads them with the variables and ``$names`` of one scene."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def add(self, node: Node, place: Place) -> Step:
        """``{votes.$topic: 1, inside: -2}``. Raises a finding."""
        return Add(self._changes(node, place, self._amount), place)

    def set(self, node: Node, place: Place) -> Step:
        """``{language: $word}``. Raises a finding."""
        return Assign(self._changes(node, place, self._value), place)

    def _changes(self, node: Node, place: Place, read: Callable[[Variable, Node, Place], Change]) -> tuple[Change, ...]:
        table, gather = as_table(node, "what changes"), Gather()
        found = [gather.attempt(self._change, table.key(name), one, read) for name, one in table]
        if not found:
            gather.add(wrong(place, "nothing changes", hint="as in set: {{language: en}}"))
        gather.stop()
        return tuple(one for one in found if one is not None)

    def _change(self, key: Text, node: Node, read: Callable[[Variable, Node, Place], Change]) -> Change:
        name, dot, topic = key.text.partition(".")
        variables = self._scope.variables
        if name not in variables:
            raise wrong(key.at(0, len(name)), "there is no variable '{}'", name, hint=near(name, variables))
        variable = variables[name]
        if variable.type == "table" and not dot:
            raise wrong(key.place, "{} counts several: say which", name, hint=say("as in {}", f"{name}.$topic"))
        if variable.type != "table" and dot:
            raise wrong(key.at(len(name), len(topic) + 1), "{} is one value, it has no columns", name)
        change = read(variable, node, key.place)
        text = key.part(len(name) + 1, len(key.text)) if dot else None
        used = USE.search(topic)
        given = self._scope.given(text) if text is not None else None
        if used is not None and given is None and text is not None:
            raise wrong(text.place, "'{}' stands alone, without other text", used.group())
        return Change(name, change.value, given if given is not None else topic)

    def _amount(self, variable: Variable, node: Node, key: Place) -> Change:
        if variable.type == "word":
            raise wrong(key, "{} is a word: nothing can be added to it", variable.name, hint="write set")
        return self._value(variable, node, key)

    def _value(self, variable: Variable, node: Node, _: Place) -> Change:
        value, place = self._scope.value(node), node.place
        if isinstance(value, Given):
            possible = self._scope.possible(value)
            texts = [one.text for one in possible.values()] if possible is not None else None
            if variable.type == "word":
                if not variable.words:
                    raise silent()
                others = [one for one in texts or () if one not in variable.words]
                if texts is None or others:
                    hint = "give it a type: the words that the variable can be"
                    raise wrong(place, "{} can be something that {} cannot", value.text, variable.name, hint=hint)
            elif not self._scope.is_number(value):
                raise wrong(place, "{} is not a number", value.text)
        elif variable.type == "word":
            if not variable.words:  # what is wrong with the variable is shown already
                raise silent()
            if value not in variable.words:
                raise wrong(place, "'{}' is none of its words", str(value), hint=near(str(value), variable.words))
        elif isinstance(value, bool) or not isinstance(value, int | float):
            raise wrong(place, "'{}' is not a number", str(value), hint=say("{} is a number", variable.name))
        return Change(variable.name, value)
