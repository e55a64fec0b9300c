"""What a scene does: its steps, read one by one."""

from collections.abc import Callable, Mapping

from controller.venue.findings import near, wrong
from controller.venue.names import VenueNames
from controller.venue.nodes import Node, Table, Text, as_list, as_table, as_text
from controller.venue.values import duration, parse_duration, scalar
from controller.venue.wants import Palette, read_wants
from devices.payload import DeviceError
from devices.speech import checked
from scenes.model import Ask, Device, Happening, Micros, Pause, Place, Release, Say, Stay, Step, Tell, Trigger, Wait


class Steps:
    """Reads steps against the names and the palette of one venue."""

    def __init__(self, names: VenueNames, palette: Palette) -> None:
        self._names = names
        self._palette = palette
        self._verbs: Mapping[str, Callable[[Node, Place], Step]] = {
            "ask": self._ask,
            "tell": self._tell,
            "wait": self._wait,
            "stay": self._stay,
            "release": self._release,
            "say": self._say,
        }

    def read(self, node: Node) -> tuple[Step, ...]:
        """A list of steps; one alone is a list of one."""
        return tuple(self._step(one) for one in as_list(node))

    def _step(self, node: Node) -> Step:
        table = as_table(node, "a step")
        table.only(*self._verbs, what="a step")
        if len(table.entries) != 1:
            raise wrong(table.place, "a step has one verb", "begin a new line with - for the next step")
        ((verb, value),) = table.entries.items()
        return self._verbs[verb](value, table.keys[verb])

    def _ask(self, node: Node, place: Place) -> Ask:
        table = as_table(node, "ask")
        wants = [
            want
            for target, value in table
            for want in read_wants(self._device(target, table.keys[target]), value, self._palette)
        ]
        return Ask(tuple(wants), place)

    def _tell(self, node: Node, place: Place) -> Tell:
        if isinstance(node, Text):
            name, fields = node, None
        else:
            table = as_table(node, "tell")
            if len(table.entries) != 1:
                raise wrong(table.place, "tell says one command", "a step for each")
            ((target, fields),) = table.entries.items()
            name = Text(target, table.keys[target])
        device_id, _, command_name = name.text.rpartition(".")
        device = self._device(device_id, name.place)
        command = device.kind.command(command_name)
        if command is None:
            known = [f"{device.id}.{one.name}" for one in device.kind.commands]
            raise wrong(name.place, f"a {device.kind.name} cannot {command_name!r}", near(name.text, known))
        table = as_table(fields, command_name) if fields is not None else Table({}, {}, name.place)
        values = {key: scalar(value) for key, value in table}
        try:
            body = checked(command.body, values)
        except DeviceError as error:
            where = table.keys.get(error.pointer.strip("/"), name.place)
            raise wrong(where, f"{command_name}: {error}", near("", command.body.model_fields)) from None
        return Tell(device.id, command, body.model_dump(), place)

    def _wait(self, node: Node, place: Place) -> Step:
        if isinstance(node, Text):
            return Pause(duration(node, "wait"), place)
        table = as_table(node, "wait")
        table.only("until", "for", "at_most", "else", what="wait")
        until = self._need(table, "until", "what it waits for")
        text = as_text(until, "until")
        otherwise = self._need(table, "else", "a way on when time is up: a step, or end")
        return Wait(
            until=None if text.text == "done" else self._trigger(text, table),
            at_most=duration(self._need(table, "at_most", "a longest time"), "at_most"),
            otherwise="end" if isinstance(otherwise, Text) and otherwise.text == "end" else self._step(otherwise),
            text=text.text,
            place=place,
            lasting=self._lasting(table),
        )

    def _stay(self, node: Node, place: Place) -> Stay:
        table = as_table(node, "stay")
        table.only("until", "for", "at_most", what="stay")
        text = as_text(self._need(table, "until", "what ends it"), "until")
        at_most = duration(self._need(table, "at_most", "a longest time"), "at_most")
        return Stay(self._trigger(text, table), at_most, text.text, place, self._lasting(table))

    def _release(self, node: Node, place: Place) -> Release:
        return Release(duration(node, "release"), place)

    def _say(self, node: Node, place: Place) -> Say:
        table = as_table(node, "say")
        table.only("staff", what="say")
        return Say("staff", as_text(self._need(table, "staff", "a text"), "say").text, place)

    def _trigger(self, text: Text, table: Table) -> Trigger:
        trigger = self._names.trigger(text)
        if isinstance(trigger, Happening) and "for" in table.keys:
            raise wrong(table.keys["for"], f"{text.text} happens and does not last, so it cannot hold for a time")
        return trigger

    def _lasting(self, table: Table) -> Micros:
        node = table.get("for")
        return duration(node, "for") if node is not None else 0

    def _need(self, table: Table, key: str, what: str) -> Node:
        node = table.get(key)
        if node is None:
            raise wrong(table.place, f"{key} is missing", f"{what}: every wait has an end")
        return node

    def _device(self, name: str, place: Place) -> Device:
        return self._names.device(Text(name, place))


def read_ends(steps: Steps, node: Node | None, place: Place) -> tuple[Step, ...]:
    """``ends: 3s`` is a release over three seconds; a list is steps; absent: released at once."""
    if node is None:
        return (Release(0, place),)
    if isinstance(node, Text):
        if parse_duration(node.text) is None:
            raise wrong(node.place, f"{node.text!r} is no length of time", "ends: 3s, or a list of steps")
        return (Release(duration(node, "ends"), node.place),)
    return steps.read(node)


def longest(steps: tuple[Step, ...]) -> Micros:
    """The longest that these steps can take, microseconds."""
    total = 0
    for step in steps:
        match step:
            case Pause(time=time):
                total += time
            case Wait(at_most=time, otherwise=otherwise):
                total += time + (longest((otherwise,)) if otherwise != "end" else 0)
            case Stay(at_most=time):
                total += time
            case _:
                pass
    return total
