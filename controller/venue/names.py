"""The names a scene may use: devices, what they say, and the venue's own."""

from collections.abc import Mapping

from controller.venue.findings import VenueError, near, wrong
from controller.venue.nodes import Text
from devices.vocabulary import DeviceId
from scenes.condition import Condition, ConditionError, Known, read_condition
from scenes.model import Device, Happening, Place, Trigger

_OWN: Mapping[str, Known] = {"venue.open": Known("venue.open", "bool")}


class VenueNames:
    """Looks names up in the venue's devices."""

    def __init__(self, devices: Mapping[DeviceId, Device]) -> None:
        self._devices = devices

    def known(self, name: str) -> Known:
        """A value's name. Raises ``ConditionError``."""
        if name in _OWN:
            return _OWN[name]
        device, word = self._split(name)
        for state in device.kind.states.values():
            if word == state.name:
                return Known(f"{device.id}.{state.name}", state.type)
            if word == state.opposite:
                return Known(f"{device.id}.{state.name}", state.type, opposite=True)
        if word in device.kind.events:
            raise ConditionError(f"{name} happens and does not last", hint="an event starts a scene by `when`")
        raise ConditionError(f"a {device.kind.name} never says {word!r}", hint=near(word, device.kind.words()))

    def device(self, text: Text) -> Device:
        """The device of that id. Raises a finding."""
        found = self._devices.get(DeviceId(text.text))
        if found is None:
            raise wrong(text.place, f"there is no device {text.text!r}", near(text.text, self._devices))
        return found

    def condition(self, text: Text) -> Condition:
        """A checked condition. Raises a finding at the faulty word."""
        try:
            return read_condition(text.text, self)
        except ConditionError as error:
            raise self._finding(text, error) from None

    def trigger(self, text: Text) -> Trigger:
        """A condition, or an event when the text is the name of one."""
        parts = text.text.strip().split(".")
        if len(parts) == 3:
            device = self._devices.get(DeviceId(f"{parts[0]}.{parts[1]}"))
            if device is not None and parts[2] in device.kind.events and parts[2] not in device.kind.states:
                return Happening(text.text.strip(), text.place)
        return self.condition(text)

    def _split(self, name: str) -> tuple[Device, str]:
        parts = name.split(".")
        if len(parts) != 3:
            hint = near(
                name, [*_OWN, *(f"{one}.{word}" for one, it in self._devices.items() for word in it.kind.words())]
            )
            raise ConditionError(f"{name!r} is no name here", hint=hint)
        device = self._devices.get(DeviceId(f"{parts[0]}.{parts[1]}"))
        if device is None:
            raise ConditionError(
                f"there is no device '{parts[0]}.{parts[1]}'", hint=near(f"{parts[0]}.{parts[1]}", self._devices)
            )
        return device, parts[2]

    def _finding(self, text: Text, error: ConditionError) -> VenueError:
        quote = 1 if text.quoted else 0
        place = Place(text.place.file, text.place.line, text.place.column + error.column + quote)
        return wrong(place, error.message, error.hint)
