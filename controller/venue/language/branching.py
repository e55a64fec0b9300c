"""Steps within steps: choose, together and repeat, as an author writes them."""

from collections.abc import Callable, Collection

from controller.venue.findings import Also, Gather, near, say, silent, wrong
from controller.venue.language.names import VenueNames
from controller.venue.language.reading import read_form
from controller.venue.language.scope import Scope
from controller.venue.language.step_forms import RepeatForm
from controller.venue.source.nodes import Many, Node, Table, Text, as_list, as_some
from scenes.condition import Condition
from scenes.model import Ask, Branch, Choose, Given, Place, Repeat, Step, Together, Want
from scenes.step import branches, every

MOST_TIMES = 100
MOST_TIMES_IN_ALL = 1000
_STEPS = "write a step, as in - wait: 5s"


class Branching:
    """Reads them with the names and ``$names`` of one scene. ``read`` reads a list of steps."""

    def __init__(self, names: VenueNames, scope: Scope, read: Callable[[tuple[Node, ...]], tuple[Step, ...]]) -> None:
        self._names = names
        self._scope = scope
        self._read = read

    def choose(self, table: Table, place: Place) -> Step:
        """By one value, with a branch for each of its words; or the first of several conditions. Raises a finding."""
        value = table.entries["choose"]
        beside = _without(table, "choose")
        if isinstance(value, Text) and (value.text or value.quoted):
            return self._by_value(value, beside, place)
        if isinstance(value, Many):
            raise wrong(value.place, "choose has branches, not a list", hint="as in inside >= 100: {{wait: 5s}}")
        if isinstance(value, Table) and beside.entries:
            raise wrong(next(iter(beside.keys.values())), "a step has one verb",
                        hint="begin a new line with - for the next step")  # fmt: skip
        ways = value if isinstance(value, Table) else beside
        return self._ways(ways, place, None, self._names.condition)

    def _by_value(self, value: Text, ways: Table, place: Place) -> Step:
        given = self._scope.given(value)
        if given is not None:
            self._check_words(ways, given, place)
            return self._ways(ways, place, given, lambda text: text.text)
        if not value.parts:
            raise wrong(value.place, "'{}' is nothing to choose by", value.text,
                        hint="as in choose: $film; or choose: with conditions below it")  # fmt: skip
        if value.text in ways.entries and value.text != "else":
            node = ways.entries[value.text]
        elif "else" in ways.entries:
            node = ways.entries["else"]
        else:
            raise wrong(value.place, "nothing is done for '{}'", value.text, hint=near(value.text, ways.keys))
        chosen = self._steps(node)
        return chosen[0] if len(chosen) == 1 else Repeat(1, chosen, place)

    def _ways(self, ways: Table, place: Place, given: Given | None, read: Callable[[Text], Condition | str]) -> Choose:
        gather = Gather()
        found: list[Branch] = []
        for name, node in ways:
            if name != "else":
                holds, steps = gather.attempt(read, ways.key(name)), gather.attempt(self._steps, node)
                found.append(Branch(holds or "", steps or (), ways.keys[name]))
        otherwise = gather.attempt(self._steps, ways.entries["else"]) if "else" in ways.entries else ()
        if not found:
            gather.add(wrong(place, "there is nothing to choose from", hint="write a branch, as in film: {{wait: 5s}}"))
        gather.stop()
        return Choose(tuple(found), otherwise or (), place, given)

    def _check_words(self, ways: Table, given: Given, place: Place) -> None:
        """What the value can never be, and what it can be and nothing is done for. Raises a finding for each."""
        known = self._scope.words(given)
        if known is None:
            return
        gather = Gather()
        for name, key in ways.keys.items():
            if name != "else" and name not in known:
                gather.add(wrong(key, "{} can never be '{}'", given.text, name, hint=near(name, known)))
        missing = tuple(word for word in known if word not in ways.keys)
        if missing and "else" not in ways.keys:
            gather.add(wrong(place, "nothing is done where {} is {}", given.text, missing[:3],
                             hint="write a branch for each, or else:"))  # fmt: skip
        gather.stop()

    def _steps(self, node: Node) -> tuple[Step, ...]:
        """One step, or a list of steps."""
        return self._read(as_some(node, _STEPS))

    def together(self, node: Node, place: Place) -> Together:
        """A list; each item is a step, or a list of steps that follow one another. Raises a finding."""
        items = as_list(node)
        if len(items) < 2:
            raise wrong(place, "together has two steps at least", hint="each begins with - on a line of its own")
        gather = Gather()
        found = [gather.attempt(self._steps, one) for one in items]
        gather.stop()
        together = Together(tuple(one for one in found if one is not None), place)
        _check_apart(together, gather)
        gather.stop()
        return together

    def repeat(self, table: Table, place: Place) -> Repeat:
        """So many times, and the steps. Raises a finding."""
        form = read_form(RepeatForm, table, place, "a repeat")
        gather = Gather()
        times = gather.attempt(_times, form.repeat)
        steps = gather.attempt(self._read, form.steps)
        gather.stop()
        if times is None or steps is None:
            raise silent()
        if times * _most(steps) > MOST_TIMES_IN_ALL:
            raise wrong(form.repeat.place, "altogether this is done {} times", times * _most(steps),
                        hint=say("{} at most", MOST_TIMES_IN_ALL))  # fmt: skip
        return Repeat(times, steps, place)


def _without(table: Table, key: str) -> Table:
    entries = {name: node for name, node in table if name != key}
    return Table(entries, {name: table.keys[name] for name in entries}, table.place)


def _times(text: Text) -> int:
    if not text.text.isascii() or not text.text.isdigit() or not 1 <= int(text.text) <= MOST_TIMES:
        raise wrong(text.place, "'{}' is not a number of times", text.text, hint=say("1 to {}", MOST_TIMES))
    return int(text.text)


def _most(steps: Collection[Step]) -> int:
    """How often the innermost of these steps is done at most."""
    found = [
        (step.times if isinstance(step, Repeat) else 1) * _most(within) for step in steps for within in branches(step)
    ]
    return max(found, default=1)


def _check_apart(together: Together, gather: Gather) -> None:
    """What two branches ask of one property comes in no order."""
    first: dict[tuple[str, str], tuple[int, Want]] = {}
    for number, branch in enumerate(together.branches):
        for want in (want for step in every(branch) if isinstance(step, Ask) for want in step.wants):
            other, there = first.setdefault((want.device, want.property.name), (number, want))
            if other != number:
                gather.add(wrong(want.place, "{} is asked for its {} by two of these at once", want.device,
                                 want.property.name, hint="ask for both in one of them, one after the other",
                                 also=(Also(there.place, say("the other asks here")),)))  # fmt: skip
                return
