"""The part ``evacuation``: what sets it off, what everybody sees and hears then, and the drill."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from controller.venue.findings import Gather, near, silent, wrong
from controller.venue.language.evacuation_forms import DrillForm, EvacuationForm
from controller.venue.language.forms import ROLES
from controller.venue.language.names import VenueNames
from controller.venue.language.reading import read_form
from controller.venue.language.steps import Steps
from controller.venue.language.templates import without_row
from controller.venue.language.wants import Palette
from controller.venue.source.nodes import Node, Table, Text, as_table
from devices.registry import all_kinds
from devices.vocabulary import Ask, DeviceId, Property
from scenes.condition import Condition
from scenes.model import SECOND, Device, Drill, Evacuation, Place, Want

EVACUATION = "evacuation"
_A_STATE = "name a state that lasts as long as the alarm, as in house.fire_panel.alarm"


class Evacuations:
    """Reads the part against the names, the steps, the palette and the devices of one venue."""

    def __init__(self, names: VenueNames, steps: Steps, palette: Palette, devices: Mapping[DeviceId, Device]) -> None:
        self._names = names
        self._steps = steps
        self._palette = palette
        self._devices = devices

    def read(self, node: Node, place: Place) -> Evacuation:
        """The whole part. Raises ``VenueError`` with everything that is wrong in it."""
        table, gather = as_table(node, "an evacuation"), Gather()
        without_row(table)
        form = gather.attempt(read_form, EvacuationForm, table, place, "an evacuation")
        given = _words(table)
        condition = gather.attempt(self._input, given["input"]) if "input" in given else None
        lights = gather.attempt(self._lights, given["look"]) if "look" in given else None
        speech = gather.attempt(self._speech, table)
        if speech is not None:
            gather.attempt(self._check_heard, speech, table)
        screens = gather.attempt(self._screens, table)
        drill = gather.attempt(self._drill, table)
        gather.stop()
        if form is None or condition is None or lights is None or speech is None:
            raise silent()
        return Evacuation(condition, form.input.text, form.look.text, lights, speech, place, screens or (), drill)

    def _input(self, text: Text) -> Condition:
        """What devices say, and nothing else: true as long as there is an alarm."""
        condition = self._names.trigger(text)
        if not isinstance(condition, Condition):
            raise wrong(text.place, "{} happens and does not last", text.text,
                        hint=_A_STATE)  # fmt: skip
        for key in condition.keys:
            if key.rpartition(".")[0] not in self._devices:
                raise wrong(text.place, "{} is not said by a device", key,
                            hint=_A_STATE)  # fmt: skip
        return condition

    def _lights(self, text: Text) -> tuple[Want, ...]:
        """For every light that is no emergency luminaire."""
        if text.text not in self._palette.looks:
            raise wrong(text.place, "there is no look '{}'", text.text, hint=near(text.text, self._palette.looks))
        return tuple(
            Want(device.id, property_, self._palette.value(ask, text), {ask.key: text.text}, text.place,
                 within=_within(property_), retry=property_.retry if _within(property_) is not None else 0)
            for device, property_, ask in self._asked("look")
        )  # fmt: skip

    def _asked(self, of: str) -> Iterator[tuple[Device, Property, Ask]]:
        for device in self._devices.values():
            for property_ in device.kind.properties if not device.emergency else ():
                yield from ((device, property_, ask) for ask in property_.asks if ask.of == of)

    def _speech(self, table: Table) -> tuple[Want, ...] | None:
        """Said over and over, unless the clip itself says otherwise."""
        node = table.get("speech")
        if node is None:
            return None
        wants = tuple(map(_over_and_over, _at_once(self._steps.ask(node, table.keys["speech"]))))
        speaking = _speaking(wants)
        for want in wants:
            if want.device not in speaking:
                raise wrong(want.place, "{} is not asked to play anything", want.device,
                            hint="as in speech: {{speakers everywhere: evacuate}}")  # fmt: skip
        return wants

    def _check_heard(self, speech: tuple[Want, ...], table: Table) -> None:
        """No speaker is silent in an evacuation. A spare says what the speaker would whose place it takes."""
        spares = {device.spare.device for device in self._devices.values() if device.spare is not None}
        speakers = [device.id for device, _, _ in self._asked("clip") if device.kind is all_kinds()["speaker"]]
        silents = tuple(device for device in speakers if device not in spares | _speaking(speech))
        if silents:
            raise wrong(table.keys["speech"], "{} would be silent in an evacuation", silents,
                        hint="write speakers everywhere")  # fmt: skip

    def _screens(self, table: Table) -> tuple[Want, ...] | None:
        """What is shown beside looks and speech; everything else is dark."""
        node = table.get("screens")
        wants = _at_once(self._steps.ask(node, table.keys["screens"])) if node is not None else ()
        for want in wants:
            if not any(ask.of in ("clip", "page") for ask in want.property.asks):
                raise wrong(want.place, "{} shows neither a page nor a clip by that", want.device,
                            hint="as in screens: {{screens everywhere: {{page: way_out}}}}")  # fmt: skip
        for device in self._without_safe_value(wants):
            raise wrong(table.keys.get("screens", device.place),
                        "{} has no safe value: in an evacuation it would go on showing what it shows", device.id,
                        hint="name it under screens: in the evacuation")  # fmt: skip
        return wants

    def _without_safe_value(self, screens: tuple[Want, ...]) -> Iterator[Device]:
        """What shows something, is not named, and cannot be dark."""
        named = {(want.device, want.property.name) for want in screens}
        for of in ("page", "clip"):
            for device, property_, _ in self._asked(of):
                is_dark = property_.idle is not None or device.idle_value(property_) is not None
                if not is_dark and (device.id, property_.name) not in named:
                    yield device

    def _drill(self, table: Table) -> Drill | None:
        node = table.get("drill")
        if node is None:
            return None
        place = table.keys["drill"]
        inner = as_table(node, "a drill")
        form = read_form(DrillForm, inner, place, "a drill")
        speech = self._speech(inner) or ()
        least = min(map(ROLES.index, form.by))
        return Drill(ROLES[least:], speech, form.at_most, place)


def _at_once(wants: tuple[Want, ...]) -> tuple[Want, ...]:
    """An evacuation makes nothing less and waits for nobody."""
    for want in wants:
        if want.times is not None:
            raise wrong(want.place, "nothing is made less in an evacuation", hint="ask for a level, as in volume: 100%")
        if want.group is not None:
            raise wrong(want.place, "an evacuation waits for nobody: {} and the others begin at once", want.device,
                        hint="leave one_by_one, in_step and need out")  # fmt: skip
    return wants


def _speaking(wants: tuple[Want, ...]) -> set[DeviceId]:
    return {want.device for want in wants if "clip" in want.value}


def _words(table: Table) -> dict[str, Text]:
    return {key: node for key, node in table if isinstance(node, Text)}


def _within(property_: Property) -> int | None:
    return None if property_.within_seconds is None else round(property_.within_seconds * SECOND)


def _over_and_over(want: Want) -> Want:
    if "clip" not in want.value:
        return want
    return replace(want, value={"loop": True, **want.value})
