"""Places: halls with their sections and cities, named lists of them; and the groups of devices that stand there."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field

from controller.venue.findings import Also, Gather, Words, id_hint, near, nearest, say, silent, twice, wrong
from controller.venue.language.parts_forms import PlaceForm
from controller.venue.language.reading import read_form
from controller.venue.language.titles import titles
from controller.venue.source.nodes import Many, Node, Table, Text, as_text
from devices.registry import all_kinds
from devices.topics import RESERVED_HALLS, is_id
from devices.vocabulary import DeviceId, Kind
from scenes.model import Device, Hall, Place

HOUSE = "house"  # devices of the whole house live there; it is no hall
_GROUP = re.compile(r"(?P<kinds>\S+)\s+(?:in\s+(?P<place>\S+)|everywhere)(?:\s+except\s+(?P<except>.+))?\Z")


@dataclass(frozen=True, slots=True)
class Places:
    """Halls by id; named lists of places, in the author's order."""

    halls: Mapping[str, Hall] = field(default_factory=dict)
    lists: Mapping[str, tuple[Text, ...]] = field(default_factory=dict)

    def names(self) -> tuple[str, ...]:
        """Every place by the name under which it is asked for."""
        return (*self.halls, *self.lists, *self.parts())

    def parts(self) -> tuple[str, ...]:
        """Sections and cities, as hall.name."""
        return tuple(f"{hall.id}.{part}" for hall in self.halls.values() for part in (*hall.sections, *hall.cities))


def read_places(tables: list[Table], gather: Gather) -> Places:
    """All places of a venue. What is wrong is gathered."""
    halls: dict[str, Hall] = {}
    lists: dict[str, tuple[Text, ...]] = {}
    first: dict[str, Place] = {}
    for table in tables:
        for name, node in table:
            place = table.keys[name]
            if first.setdefault(name, place) != place:
                gather.add(twice(place, first[name], "the place {} appears twice", name))
            elif isinstance(node, Many):
                members = gather.attempt(_members, node)
                if members is not None:
                    lists[name] = members
            else:
                hall = gather.attempt(_hall, name, node, place)
                if hall is not None:
                    halls[name] = hall
    places = Places(halls, lists)
    for name, members in lists.items():
        for one in members:
            if one.text not in places.names() and not gather.found:
                gather.add(wrong(one.place, "there is no place '{}'", one.text, hint=near(one.text, places.names())))
            elif one.text in lists and name in _reached(places, one.text):
                gather.add(wrong(one.place, "the list {} contains itself", name))
    return places


def _members(node: Many) -> tuple[Text, ...]:
    return tuple(as_text(one, "a place") for one in node.items)


def _reached(places: Places, name: str, seen: tuple[str, ...] = ()) -> set[str]:
    found = {name}
    for one in places.lists.get(name, ()):
        if one.text not in seen:
            found |= _reached(places, one.text, (*seen, name))
    return found


def _hall(name: str, node: Node, place: Place) -> Hall:
    if not is_id(name) or name in RESERVED_HALLS:
        raise wrong(place, "a hall may not be called '{}'", name, hint=_hall_hint(name))
    if not isinstance(node, Table):
        return Hall(name, titles(node, place), place)
    form = read_form(PlaceForm, node, place, "a hall")
    title = {language: text.text for language, text in (("zh", form.zh), ("en", form.en)) if text is not None}
    first = next(iter(title.values()), name)
    return Hall(name, {"zh": title.get("zh", first), "en": title.get("en", first)}, place,
                _parts(form.sections), _parts(form.cities))  # fmt: skip


def _hall_hint(name: str) -> Words:
    return say("it is a topic of the house") if name in RESERVED_HALLS else id_hint(name)


def _parts(node: Node | None) -> Mapping[str, Mapping[str, str]]:
    """Sections or cities: a list of ids, or id → title."""
    if node is None:
        return {}
    if isinstance(node, Table):
        keys = [node.key(name) for name, _ in node]
        found = {name: titles(one, node.keys[name], name) for name, one in node}
    else:
        keys = [as_text(one, "a section") for one in (node.items if isinstance(node, Many) else (node,))]
        found = {one.text: {"zh": one.text, "en": one.text} for one in keys}
    first: dict[str, Place] = {}
    for key in keys:
        if not is_id(key.text):
            raise wrong(key.place, "'{}' is not an id", key.text, hint=id_hint(key.text))
        if key.text in first:
            raise twice(key.place, first[key.text], "'{}' appears twice", key.text)
        first[key.text] = key.place
    return found


@dataclass(frozen=True, slots=True)
class Targets:
    """What an ask is for: one device, or a group of one kind. ``spelled``: without the names of places."""

    kind: Kind
    devices: tuple[Device, ...]
    label: str
    place: Place
    spelled: str = ""


def near_device(name: str, devices: Mapping[DeviceId, Device], fits: Callable[[Device], bool]) -> Words:
    """The nearest of the devices that would do there; where none is near, of all."""
    fitting = [one.id for one in devices.values() if fits(one)]
    return near(name, fitting if nearest(name, fitting) is not None else devices)


def _any(_: Device) -> bool:
    return True


def _check_askable(kind: Kind, target: Text) -> None:
    if not kind.properties:
        raise wrong(target.place, "{} (kind: {}) cannot be asked for anything, it only speaks", target.text, kind.name)


class Groups:
    """Finds the devices that a target names."""

    def __init__(
        self, devices: Mapping[DeviceId, Device], places: Places, unknown: frozenset[str] = frozenset()
    ) -> None:
        """``unknown``: ids of devices with a mistake that is shown already."""
        self._devices = devices
        self._unknown = unknown
        self._places = places
        self._stands_for = {one.spare.device: one for one in devices.values() if one.spare is not None}

    def targets(self, text: Text, fits: Callable[[Device], bool] = _any) -> Targets:
        """A device, or ``KINDS in PLACE``, ``KINDS everywhere``, each with ``except``. Raises a finding.

        ``fits``: which devices may have been meant by a name that is none.
        """
        if " " not in text.text.strip():
            single = self.one(text, fits)
            (device,) = single.devices
            if device.emergency:
                raise wrong(text.place, "{} is an emergency luminaire: no scene may ask it for anything", device.id,
                            hint="leave it out")  # fmt: skip
            self.check_no_spare(device, text)
            return single
        found = _GROUP.match(text.text)
        if found is None:
            raise wrong(text.place, "'{}' is neither a device nor a group", text.text,
                        hint="as in: lights in preface, screens everywhere except main.wall")  # fmt: skip
        kind = self._kind(text, found)
        _check_askable(kind, text.part(*found.span("kinds")))
        inside = set(self._inside(text.part(*found.span("place"))) if found["place"] else self._devices)
        left_out = {device.id for device in self._excepted(text, found)}
        able = [
            device for device in self._devices.values()
            if device.kind is kind and not device.emergency and device.id not in self._stands_for
        ]  # fmt: skip
        chosen = tuple(device for device in able if device.id in inside and device.id not in left_out)
        if not chosen:
            raise wrong(text.place, "there are no {} there", found["kinds"], hint=_elsewhere(able))
        others = ", ".join(device.id for device in able if device.id not in inside or device.id in left_out)
        spelled = f"{kind.plural} everywhere" + (f" except {others}" if others else "")
        return Targets(kind, chosen, text.text, text.place, spelled)

    def one(self, text: Text, fits: Callable[[Device], bool] = _any) -> Targets:
        """One device, also if no scene may ask it: a spare, an emergency luminaire. Raises a finding."""
        device = self.device(text, fits)
        _check_askable(device.kind, text)
        return Targets(device.kind, (device,), device.id, text.place, device.id)

    def device(self, text: Text, fits: Callable[[Device], bool] = _any) -> Device:
        """The device of that id. Raises a finding; ``fits``: which devices may have been meant."""
        found = self._devices.get(DeviceId(text.text))
        if found is None and nearest(text.text, self._unknown) is not None:
            raise silent()
        if found is None:
            raise wrong(
                text.place, "there is no device '{}'", text.text, hint=near_device(text.text, self._devices, fits)
            )
        return found

    def check_no_spare(self, device: Device, text: Text) -> None:
        """Raises a finding when the device only takes another's place."""
        other = self._stands_for.get(device.id)
        if other is not None and other.spare is not None:
            raise wrong(text.place, "{} is a spare: scenes ask for {}, whose place it takes", device.id, other.id,
                        also=(Also(other.spare.place, say("it is its spare")),))  # fmt: skip

    def inside(self, place: Text) -> tuple[DeviceId, ...]:
        """The devices of a place. Raises a finding."""
        return tuple(self._inside(place))

    def whole(self, place: Text) -> tuple[str, ...]:
        """The halls and stations that a name stands for, as they are taken: whole. Raises a finding."""
        name, lists = place.text, self._places.lists
        if name in lists:
            return tuple(thing for one in lists[name] for thing in self.whole(Text(one.text, place.place)))
        if name in self._devices:
            if not self._devices[DeviceId(name)].kind.station:
                hall = name.partition(".")[0]
                raise wrong(place.place, "{} is no station: only whole halls and stations are taken", name,
                            hint=say("write {}", hall))  # fmt: skip
            return (name,)
        if name in self._places.parts():
            hall = name.partition(".")[0]
            raise wrong(place.place, "{} is a part of a hall: only whole halls and stations are taken", name,
                        hint=say("write {}", hall))  # fmt: skip
        if not tuple(self._inside(place)):
            raise wrong(place.place, "{} has no devices: there is nothing to take", name, hint="leave it out")
        return (name,)

    def _kind(self, text: Text, found: re.Match[str]) -> Kind:
        plurals = {kind.plural: kind for kind in all_kinds().values()}
        word = found["kinds"]
        if word not in plurals:
            raise wrong(text.at(found.start("kinds"), len(word)), "there is no kind '{}'", word,
                        hint=near(word, plurals))  # fmt: skip
        return plurals[word]

    def _excepted(self, text: Text, found: re.Match[str]) -> Iterator[Device]:
        if found["except"]:
            for one in re.finditer(r"[^\s,]+", found["except"]):
                start = found.start("except") + one.start()
                yield self.device(text.part(start, start + len(one.group())))

    def _inside(self, place: Text) -> Iterator[DeviceId]:
        name, lists = place.text, self._places.lists
        if name in lists:
            for one in lists[name]:
                yield from self._inside(one)
            return
        halls = set(self._places.halls) or {device.split(".")[0] for device in self._devices}
        if name in halls or name == HOUSE:
            yield from (device for device in self._devices if device.split(".")[0] == name)
        elif name in self._places.parts():
            yield from (one.id for one in self._devices.values() if one.at == name)
        else:
            raise wrong(
                place.place, "there is no place '{}'", name, hint=near(name, sorted({*halls, *self._places.names()}))
            )


def _elsewhere(able: Collection[Device]) -> Words:
    """Where such devices are."""
    halls = tuple(sorted({one.id.partition(".")[0] for one in able}))
    return say("they are in {}", halls) if halls else say("no device of the venue is one")
