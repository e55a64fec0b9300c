"""The parts of a venue that scenes lean on: looks, clips, devices."""

import re
from collections.abc import Mapping

from controller.venue.findings import Gather, VenueError, Words, id_hint, near, say, twice, wrong
from controller.venue.language.forms import ClipForm, DeviceForm
from controller.venue.language.parts_forms import LookForm
from controller.venue.language.places import HOUSE, Places, Targets
from controller.venue.language.reading import keys_of, read_form
from controller.venue.language.relative import read_trim
from controller.venue.language.spares import check_spares, read_spare
from controller.venue.language.titles import titles
from controller.venue.language.values import colour, share
from controller.venue.language.wants import Palette, read_wants
from controller.venue.source.nodes import Node, Table, Text, as_list, as_table, as_text
from devices.registry import all_kinds
from devices.topics import RESERVED_HALLS, is_id
from devices.vocabulary import DeviceId, Fields, Scalar
from scenes.model import Clip, Device, Place


def read_looks(nodes: list[Node], gather: Gather) -> Mapping[str, Fields]:
    """Looks by name: a list of names, or name → levels. What is wrong is gathered."""
    found: dict[str, Fields] = {}
    first: dict[str, Place] = {}
    for node in nodes:
        for key, one in _named(node, "a look", gather):
            if key.text in first:
                gather.add(twice(key.place, first[key.text], "the look {} appears twice", key.text))
                continue
            first[key.text] = key.place
            look = gather.attempt(_look, key, one)
            found[key.text] = look if look is not None else {"look": key.text}
    return found


def _named(node: Node, what: str, gather: Gather) -> list[tuple[Text, Node | None]]:
    if isinstance(node, Table):
        return [(node.key(name), one) for name, one in node]
    texts = [gather.attempt(as_text, one, what) for one in as_list(node)]
    return [(text, None) for text in texts if text is not None]


def _look(name: Text, node: Node | None) -> Fields:
    if node is None or (isinstance(node, Text) and not node.text):
        return {"look": name.text}
    form = read_form(LookForm, as_table(node, "a look"), name.place, "a look")
    found: dict[str, Scalar] = {"look": name.text}
    gather = Gather()
    if form.level is not None:
        found["level"] = share(form.level.text)
        if found["level"] is None:
            gather.add(wrong(form.level.place, "'{}' is not a level", form.level.text, hint="0% to 100%, as in 30%"))
    if form.colour is not None:
        found["colour"] = colour(form.colour.text)
        if found["colour"] is None:
            gather.add(wrong(form.colour.place, "'{}' is not a colour", form.colour.text,
                             hint="a name such as amber, or '#ffbf00' in quotes"))  # fmt: skip
    gather.stop()
    return found


def read_pages(nodes: list[Node], gather: Gather) -> tuple[str, ...]:
    """Pages by name: a list. What is wrong is gathered."""
    first: dict[str, Place] = {}
    for node in nodes:
        for one in as_list(node):
            text = gather.attempt(as_text, one, "a page")
            if text is None:
                continue
            if not is_id(text.text):
                gather.add(wrong(text.place, "'{}' is not an id", text.text, hint=id_hint(text.text)))
            elif first.setdefault(text.text, text.place) != text.place:
                gather.add(twice(text.place, first[text.text], "the page {} appears twice", text.text))
    return tuple(first)


def read_clips(tables: list[Table], gather: Gather) -> Mapping[str, Clip]:
    """Clips by role. What is wrong is gathered."""
    found: dict[str, Clip] = {}
    first: dict[str, Place] = {}
    for table in tables:
        for role, node in table:
            key = table.key(role)
            if role in first:
                gather.add(twice(key.place, first[role], "the clip {} appears twice", role))
                continue
            first[role] = key.place
            clip = gather.attempt(_clip, key, node)
            found[role] = clip if clip is not None else Clip(role, {})
    return found


def _clip(role: Text, node: Node) -> Clip:
    if not is_id(role.text):
        raise wrong(role.place, "'{}' is not an id", role.text, hint=id_hint(role.text))
    if isinstance(node, Text):
        node = Table({"file": node}, {"file": node.place}, node.place)
    form = read_form(ClipForm, as_table(node, "a clip"), role.place, "a clip")
    written = {"file": form.file, "zh": form.zh, "en": form.en}
    files = {key: text.text for key, text in written.items() if text is not None and text.text}
    if not files:
        raise wrong(role.place, "the clip {} has no file", role.text, hint="file: NAME, or zh: NAME and en: NAME")
    return Clip(role.text, files, form.lasts, form.loops)


def read_devices(
    tables: list[Table], palette: Palette, places: Places, gather: Gather
) -> tuple[Mapping[DeviceId, Device], frozenset[str]]:
    """Devices by id, and the ids under which nothing is known for sure. What is wrong is gathered.

    A device with a mistake stands for itself all the same if its kind is known, so that what names it is not wrong.
    """
    found: dict[DeviceId, Device] = {}
    unknown: set[str] = set()
    first: dict[str, Place] = {}
    for table in tables:
        for name, node in table:
            place = table.keys[name]
            if name in first:
                gather.add(twice(place, first[name], "the device {} appears twice", name))
                continue
            first[name] = place
            fault = _id_fault(name, place, places)
            if fault is not None:
                gather.add(fault)
                unknown.add(name)
                continue
            device = gather.attempt(_device, DeviceId(name), node, place, palette, places)
            device = device or _stand_in(DeviceId(name), node, place)
            if device is None:
                unknown.add(name)
            else:
                found[device.id] = device
    check_spares(found, frozenset(unknown), gather)
    return found, frozenset(unknown)


def _stand_in(device: DeviceId, node: Node, place: Place) -> Device | None:
    kind = node.get("kind") if isinstance(node, Table) else None
    known = all_kinds().get(kind.text) if isinstance(kind, Text) else None
    return Device(device, known, place) if known is not None else None


def _device(device: DeviceId, node: Node, place: Place, palette: Palette, places: Places) -> Device:
    form = read_form(DeviceForm, as_table(node, "a device"), place, "a device")
    if form.kind.text not in all_kinds():
        raise wrong(form.kind.place, "there is no kind '{}'", form.kind.text, hint=near(form.kind.text, all_kinds()))
    if form.at is not None and form.at.text not in places.parts():
        raise wrong(form.at.place, "there is no section or city '{}'", form.at.text,
                    hint=near(form.at.text, places.parts()))  # fmt: skip
    kind = all_kinds()[form.kind.text]
    plain = Device(device, kind, place)
    idle: dict[str, Fields] = {}
    if form.idle is not None:
        wants = read_wants(Targets(kind, (plain,), device, place), form.idle, place, palette)
        for want in wants:
            if want.times is not None:
                raise wrong(want.place, "what is idle is asked for a level of its own", hint="trim makes it less")
        idle = {want.property.name: want.value for want in wants}
    return Device(
        device,
        kind,
        place,
        idle,
        at=form.at.text if form.at is not None else "",
        emergency=form.emergency,
        unused=as_table(node, "a device").keys["unused"] if form.unused else None,
        note=form.note.text if form.note is not None else "",
        title=titles(form.title, place),
        trim=read_trim(form.trim, kind),
        spare=read_spare(form, as_table(node, "a device")),
    )


def _device_hint(device: str) -> Words:
    if device in keys_of(DeviceForm):
        return say("is this line indented too little?")
    parts = [re.sub("[^a-z0-9_]+", "_", part.lower()).strip("_") for part in device.split(".")]
    if len(parts) == 2 and all(map(is_id, parts)):
        return say("write {}: small letters, digits and _ only", ".".join(parts))
    return say("write hall.name: small letters, digits and _, one dot")


def _id_fault(device: str, place: Place, places: Places) -> VenueError | None:
    hall, dot, name = device.partition(".")
    if not dot or not is_id(hall) or not is_id(name):
        return wrong(place, "'{}' is not a device id", device, hint=_device_hint(device))
    if hall in RESERVED_HALLS:
        return wrong(place, "a hall may not be called '{}'", hall, hint="it is a topic of the house")
    if places.halls and hall not in places.halls and hall != HOUSE:
        return wrong(place, "there is no hall '{}'", hall, hint=near(hall, [*places.halls, HOUSE]))
    return None
