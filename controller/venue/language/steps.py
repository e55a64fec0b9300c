"""What a scene does: its steps, read one by one."""

from collections.abc import Callable, Mapping

from controller.venue.findings import Gather, near, wrong
from controller.venue.language.branching import Branching
from controller.venue.language.changing import Changing
from controller.venue.language.fields import read_fields
from controller.venue.language.forms import SayForm, StayForm, StepForm, WaitForm
from controller.venue.language.names import VenueNames
from controller.venue.language.places import Groups
from controller.venue.language.reading import keys_of, read_form, unknown_key
from controller.venue.language.scope import Scope
from controller.venue.language.timelines import Timelines, check_timelines
from controller.venue.language.values import duration, scalar, spell_duration
from controller.venue.language.wants import Palette, read_wants, takes
from controller.venue.source.nodes import Node, Table, Text, as_list, as_table, as_text
from scenes.model import (
    ENDS,
    Ask,
    Call,
    Device,
    Given,
    Happening,
    Pause,
    Phase,
    Place,
    Release,
    Say,
    SceneId,
    Stay,
    Step,
    Tell,
    Trigger,
    Wait,
    Want,
)


class Steps:
    """Reads steps against the names, the groups and the palette of one venue, and what ``$`` means in one scene."""

    def __init__(self, names: VenueNames, groups: Groups, palette: Palette, scope: Scope | None = None) -> None:
        self._names = names
        self._groups = groups
        self._palette = palette
        self._scope = scope if scope is not None else Scope()
        self._verbs: dict[str, Callable[[Node, Place], Step]] = {
            "ask": self._ask,
            "tell": self._tell,
            "wait": self._wait,
            "stay": self._stay,
            "release": lambda node, place: Release(duration(node), place),
            "say": self._say,
        }
        within = Branching(names, self._scope, self.read)
        changing = Changing(self._scope)
        self._verbs |= {"together": within.together, "call": self._call, "add": changing.add, "set": changing.set}
        self._tables: Mapping[str, Callable[[Table, Place], Step]] = {  # verbs with keys beside them
            "choose": within.choose,
            "timeline": Timelines(groups, self._ask, self._otherwise).read,
            "repeat": within.repeat,
        }

    def within(self, scope: Scope) -> "Steps":
        """The same for a scene that can put in what ``scope`` names."""
        return Steps(self._names, self._groups, self._palette, scope)

    def given(self, text: Text) -> Given | None:
        """What is given when the scene starts, as a name with its $; None: the text is no such name."""
        given = self._scope.given(text)
        return given if given is not None and given.name in self._scope.params else None

    def read(self, nodes: tuple[Node, ...]) -> tuple[Step, ...]:
        """A list of steps. Raises ``VenueError`` with what is wrong in any of them."""
        gather = Gather()
        found = [gather.attempt(self._step, one) for one in nodes]
        gather.stop()
        return tuple(step for step in found if step is not None)

    def check(self, phases: tuple[Phase, ...]) -> None:
        """What can be wrong with several steps together. Raises what is."""
        check_timelines(phases, self._palette)

    def _step(self, node: Node) -> Step:
        table = as_table(node, "a step")
        wide = next((verb for verb in self._tables if verb in table.keys), None)
        if wide is not None:
            return self._tables[wide](table, table.keys[wide])
        for name in table.keys:
            if name not in self._verbs:
                raise unknown_key(table, name, keys_of(StepForm), "a step")
        if len(table.entries) != 1:
            second = list(table.keys.values())[1] if table.keys else table.place
            raise wrong(second, "a step has one verb", hint="begin a new line with - for the next step")
        ((verb, value),) = table.entries.items()
        return self._verbs[verb](value, table.keys[verb])

    def _ask(self, node: Node, place: Place) -> Ask:
        """Groups first, and of them those that are one: what is asked of one device by name is meant for it."""
        table, gather = as_table(node, "ask"), Gather()
        wants: list[tuple[int, tuple[Want, ...]]] = []
        for target, value in table:
            key = table.key(target)
            found = gather.attempt(self._wants, key, value)
            wants.append((0 if found and found[0].group else 1 if " " in target else 2, found or ()))
        if not table.entries:
            gather.add(wrong(place, "nothing is asked", hint="as in ask: {{hall.light: warm over 1s}}"))
        gather.stop()
        return Ask(tuple(want for _, several in sorted(wants, key=lambda one: one[0]) for want in several), place)

    def _wants(self, target: Text, value: Node) -> tuple[Want, ...]:
        targets = self._groups.targets(target, lambda one: not one.emergency and takes(one.kind, value, self._palette))
        return read_wants(targets, value, target.place, self._palette, self._scope)

    def ask(self, node: Node, place: Place) -> tuple[Want, ...]:
        """The wants of an ask."""
        return self._ask(node, place).wants

    def page(self, station: Device, page: Text) -> tuple[Want, ...]:
        """What a station is asked for when it shall show a page."""
        targets = self._groups.targets(Text(station.id, page.place))
        table = Table({"page": page}, {"page": page.place}, page.place)
        return read_wants(targets, table, page.place, self._palette, self._scope)

    def tell_station(self, station: Device, node: Node, place: Place) -> Tell:
        """A command of the station's own, named without the station."""
        if isinstance(node, Text):
            return self._tell(_of(station, node), place)
        table = as_table(node, "tell")
        entries = {_of(station, table.key(name)).text: value for name, value in table}
        keys = {_of(station, table.key(name)).text: table.keys[name] for name, _ in table}
        return self._tell(Table(entries, keys, table.place), place)

    def _tell(self, node: Node, place: Place) -> Tell:
        if isinstance(node, Text):
            name, fields = node, Table({}, {}, node.place)
        else:
            table = as_table(node, "tell")
            if len(table.entries) != 1:
                raise wrong(table.place, "tell says one command", hint="a step for each")
            ((target, value),) = table.entries.items()
            name, fields = table.key(target), as_table(value, "what a command is told with")
        dot = name.text.rfind(".")
        if dot < 0:
            raise wrong(name.place, "'{}' is not a command", name.text, hint="as in tell: hall.light.flash")
        word = name.part(dot + 1, len(name.text))
        device = self._groups.device(name.part(0, dot), lambda one: one.kind.command(word.text) is not None)
        command = device.kind.command(word.text)
        if command is None:
            known = [one.name for one in device.kind.commands]
            raise wrong(word.place, "a {} has no command '{}'", device.kind.name, word.text,
                        hint=near(word.text, known))  # fmt: skip
        if device.emergency:
            raise wrong(name.place, "{} is an emergency luminaire: no scene may ask it for anything", device.id,
                        hint="leave it out")  # fmt: skip
        self._groups.check_no_spare(device, name)
        told, puts = read_fields(command, fields, name.place, self._scope)
        return Tell(device.id, command, told, place, puts)

    def _wait(self, node: Node, place: Place) -> Step:
        if isinstance(node, Text):
            return Pause(duration(node), place)
        form = read_form(WaitForm, as_table(node, "a wait"), place, "a wait")
        table = as_table(node, "a wait")
        gather = Gather()
        gather.attempt(_check_for, form, table)
        otherwise = gather.attempt(self._otherwise, form.else_)
        until = None if form.until.text == "done" else gather.attempt(self._trigger, form.until, table)
        gather.stop()
        return Wait(until, form.at_most, otherwise or "end", form.until.text, place, form.for_)

    def _otherwise(self, node: Node) -> Step | None:
        """None: the run ends."""
        if isinstance(node, Text):
            if node.text == "end":
                return None
            raise wrong(
                node.place,
                "'{}' is not a way on",
                node.text,
                hint="write end, or a step such as {{say: {{staff: late}}}}",
            )
        return self._step(node)

    def _stay(self, node: Node, place: Place) -> Stay:
        table = as_table(node, "a stay")
        form = read_form(StayForm, table, place, "a stay")
        _check_for(form, table)
        return Stay(self._trigger(form.until, table), form.at_most, form.until.text, place, form.for_)

    def _say(self, node: Node, place: Place) -> Say:
        form = read_form(SayForm, as_table(node, "say"), place, "say")
        return Say("staff", form.staff.text, place, self._scope.parts(form.staff))

    def _call(self, node: Node, place: Place) -> Call:
        """Whether there is such a scene, and what it is given, is looked at when all are read (``calls.py``)."""
        if isinstance(node, Text):
            return Call(SceneId(node.text), (), node.place)
        table = as_table(node, "call")
        if len(table.entries) != 1:
            raise wrong(place, "call names one scene", hint="a step for each")
        ((name, value),) = table.entries.items()
        params = as_table(value, "what a scene is given")
        texts = [(one, as_text(it, "a value")) for one, it in params]
        return Call(
            SceneId(name), tuple((one, self._scope.given(it) or scalar(it)) for one, it in texts), table.keys[name]
        )

    def _trigger(self, text: Text, table: Table) -> Trigger:
        trigger = self._names.trigger(text)
        if isinstance(trigger, Happening) and "for" in table.keys:
            raise wrong(table.keys["for"], "{} happens and does not last, so it cannot hold for a time", text.text)
        return trigger


def _check_for(form: WaitForm | StayForm, table: Table) -> None:
    if form.for_ > form.at_most:
        most = spell_duration(form.at_most)
        raise wrong(table.entries["for"].place, "it lasts {} at the most: nothing can hold for longer", most,
                    hint="write a shorter for, or a longer at_most")  # fmt: skip


def _of(station: Device, command: Text) -> Text:
    """``shoot`` as ``hall.ring.shoot``, with the place of what is written."""
    if "." in command.text:
        return command
    behind = len(station.id) + 1
    return Text(f"{station.id}.{command.text}", command.place, parts=((0, command.place, True),
                (behind, command.at(0), command.whole)))  # fmt: skip


def read_ends(steps: Steps, node: Node | None, place: Place, body: tuple[Phase, ...]) -> tuple[Step, ...]:
    """``ends: 3s`` is a release over three seconds; a list is steps; absent: released at once. ``body`` goes before."""
    if node is None:
        ends: tuple[Step, ...] = (Release(0, place),)
    elif isinstance(node, Text):
        ends = (Release(duration(node), node.place),)
    else:
        ends = steps.read(as_list(node))
    steps.check((*body, Phase(ENDS, ends)))
    return ends
