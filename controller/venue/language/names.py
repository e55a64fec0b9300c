"""The names a condition may use: what devices say, and the venue's own."""

from collections.abc import Mapping
from difflib import get_close_matches

from controller.venue.findings import Gather, VenueError, Words, near, nearest, say, silent, wrong
from controller.venue.language.places import near_device
from controller.venue.language.times import spoken_span
from controller.venue.source.nodes import Node, Table, Text, as_some, as_text
from devices.vocabulary import DeviceId, EventBody
from scenes.condition import CALLED, Condition, ConditionError, Known, all_of, read_condition
from scenes.model import Device, Happening, Trigger

_TYPES = frozenset(CALLED.values())
_OF_ALL = EventBody.model_fields  # what every event has: its id and its time
_NAMES = say("write hall.device.word, or a variable, a fact or mode.NAME")
_OWN: Mapping[str, Known] = {"venue.open": Known("venue.open", "bool")}


class VenueNames:
    """Looks names up in the venue's devices."""

    def __init__(self, devices: Mapping[DeviceId, Device], unknown: frozenset[str] = frozenset()) -> None:
        """``unknown``: ids of devices with a mistake that is shown already."""
        self._devices = devices
        self._unknown = unknown
        self.own: dict[str, Known] = dict(_OWN)

    def known(self, name: str) -> Known:
        """A value's name. Raises ``ConditionError``, at the part of the name that is wrong."""
        if name in self.own:
            return self.own[name]
        device, word = self._split(name)
        for state in device.kind.states.values():
            if word == state.name:
                return Known(f"{device.id}.{state.name}", state.type)
            if word == state.opposite:
                return Known(f"{device.id}.{state.name}", state.type, opposite=True)
        if word in device.kind.events:
            raise ConditionError(
                "{} happens and does not last",
                name,
                column=len(device.id) + 1,
                width=len(word.encode()),
                hint="an event starts a scene by `when`",
            )
        raise ConditionError(
            "{} is a {}, which has no '{}'",
            device.id,
            device.kind.name,
            word,
            column=len(device.id) + 1,
            width=len(word.encode()),
            hint=self._near_word(device, word),
        )

    def _near_word(self, device: Device, word: str) -> Words:
        """A word of the device that is near; else a device that has the word, the nearest by its name."""
        others = [one.id for one in self._devices.values() if word in one.kind.words()]
        if nearest(word, device.kind.words()) is None and others:
            found = get_close_matches(device.id, others, 1, 0)
            return say("{} has one, for instance", found[0])
        return near(word, device.kind.words())

    def all_of(self, node: Node) -> Condition:
        """One condition, or a list of which all must hold. Raises a finding for each that is wrong."""
        gather = Gather()
        texts = [
            gather.attempt(as_text, one, "a condition") for one in as_some(node, "write a condition, as in venue.open")
        ]
        found = [gather.attempt(self.condition, text) for text in texts if text is not None]
        gather.stop()
        return all_of(one for one in found if one is not None)

    def condition(self, text: Text) -> Condition:
        """A checked condition. Raises a finding at the faulty word."""
        try:
            return read_condition(text.text, self)
        except ConditionError as error:
            raise _of_a_clock(text) or _finding(text, error) from None

    def trigger(self, text: Text) -> Trigger:
        """A condition, or an event when the text is the name of one."""
        parts = text.text.strip().split(".")
        if len(parts) == 3:
            device = self._devices.get(DeviceId(f"{parts[0]}.{parts[1]}"))
            if device is not None and parts[2] in device.kind.events and parts[2] not in device.kind.states:
                return Happening(text.text.strip(), text.place)
        return self.condition(text)

    def check_fields(self, trigger: Trigger, text: Text, gives: Table) -> None:
        """Raises a finding for each name that is no field of the event; a state has none."""
        if not isinstance(trigger, Happening):
            raise wrong(text.place, "{} is a state: only an event gives fields", text.text)
        device, _, event = trigger.name.rpartition(".")
        fields = [one for one in self._devices[DeviceId(device)].kind.events[event].model_fields if one not in _OF_ALL]
        gather = Gather()
        for name in gives.keys:
            if name not in fields:
                hint = near(name, fields) if fields else ""
                gather.add(wrong(gives.keys[name], "{} has no field '{}'", text.text, name, hint=hint))
        gather.stop()

    def _split(self, name: str) -> tuple[Device, str]:
        parts = name.split(".")
        if len(parts) != 3:
            words = [f"{one}.{word}" for one, it in self._devices.items() for word in it.kind.words()]
            behind = len("venue.") if parts[0] == "venue" and len(parts) == 2 else 0
            raise ConditionError(
                "there is no name '{}' here",
                name,
                column=behind,
                width=len(name.encode()) - behind,
                hint=near(name, [*self.own, *words]) or _NAMES,
            )
        device_id = f"{parts[0]}.{parts[1]}"
        device = self._devices.get(DeviceId(device_id))
        if device is None and nearest(device_id, self._unknown) is not None:
            raise silent()
        if device is None:
            hint = near_device(device_id, self._devices, lambda one: parts[2] in one.kind.words())
            raise ConditionError("there is no device '{}'", device_id, width=len(device_id.encode()), hint=hint)
        return device, parts[2]


def _of_a_clock(text: Text) -> VenueError | None:
    """``time >= 18:00``, which belongs to the scene's hours."""
    spoken = spoken_span(text)
    if spoken is None:
        return None
    hint = say("write hours: {} in the scene, beside starts", spoken[1])
    return wrong(spoken[0].place, "'{}': a time of day is no condition", spoken[0].text, hint=hint)


def _finding(text: Text, error: ConditionError) -> VenueError:
    hint = error.hint if isinstance(error.hint, Words) else str(error.hint)
    values = [say(str(one)) if one in _TYPES else one for one in error.values]
    return wrong(text.at(error.column, error.width), error.template, *values, hint=hint)
