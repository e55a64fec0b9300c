"""The parts of a venue that are no scenes: title, devices, looks, clips."""

from collections.abc import Mapping

from controller.venue.findings import near, wrong
from controller.venue.nodes import Node, Table, Text, as_list, as_table, as_text
from controller.venue.values import colour, duration, share, switch, titles
from controller.venue.wants import Palette, read_wants
from devices.registry import all_kinds
from devices.topics import RESERVED_HALLS, is_id
from devices.vocabulary import DeviceId, Fields, Scalar
from scenes.model import Device, Place


def read_palette(looks: list[Node], clips: list[Table]) -> Palette:
    """Looks (a list of names, or name → levels) and clips (role → file)."""
    found_looks: dict[str, Fields] = {}
    for node in looks:
        if isinstance(node, Table):
            found_looks |= {name: _look(name, one) for name, one in node}
        else:
            for text in as_list(node):
                name = as_text(text, "a look").text
                found_looks[name] = {"look": name}
    found_clips = {role: _clip(role, one) for table in clips for role, one in table}
    return Palette(found_looks, found_clips)


def _look(name: str, node: Node) -> Fields:
    table = as_table(node, f"the look {name}")
    table.only("level", "colour", what="a look")
    found: dict[str, Scalar] = {"look": name}
    for key, read in (("level", share), ("colour", colour)):
        value = table.get(key)
        if value is not None:
            text = as_text(value, key)
            found[key] = read(text.text)
            if found[key] is None:
                raise wrong(text.place, f"{text.text!r} is no {key}", "as in level: 60%, colour: '#ffc58f'")
    return found


def _clip(role: str, node: Node) -> Fields:
    if isinstance(node, Text):
        return {"play": node.text, "clip": role}
    table = as_table(node, f"the clip {role}")
    table.only("file", "zh", "en", "lasts", "loops", what="a clip")
    file = table.get("file") or table.get("zh") or table.get("en")
    if file is None:
        raise wrong(table.place, f"the clip {role} has no file", "file: NAME, or one for each language")
    if "lasts" in table.entries:
        duration(table.entries["lasts"], "lasts")
    found: dict[str, Scalar] = {"play": as_text(file, "a file").text, "clip": role}
    loops = table.get("loops")
    if loops is not None:
        text = as_text(loops, "loops")
        value = {"true": True, "false": False}.get(text.text, switch(text.text))
        if value is None:
            raise wrong(text.place, f"{text.text!r} is neither true nor false")
        found["loop"] = value
    return found


def read_devices(tables: list[Table], palette: Palette) -> Mapping[DeviceId, Device]:
    """Devices by id. Raises a finding at the first mistake of a device."""
    found: dict[DeviceId, Device] = {}
    for table in tables:
        for name, node in table:
            place = table.keys[name]
            if name in found:
                raise wrong(place, f"the device {name} stands twice", f"first at {found[DeviceId(name)].place}")
            found[DeviceId(name)] = _device(DeviceId(name), node, place, palette)
    return found


def _device(device: DeviceId, node: Node, place: Place, palette: Palette) -> Device:
    parts = device.split(".")
    if len(parts) != 2 or not all(map(is_id, parts)):
        raise wrong(place, f"{device!r} is no device id", "hall.name: small letters, digits, _")
    if parts[0] in RESERVED_HALLS:
        raise wrong(place, f"a hall may not be called {parts[0]!r}", "it is a topic of the house")
    table = as_table(node, device)
    table.only("kind", "title", "note", "idle", what="a device")
    kind_node = table.get("kind")
    if kind_node is None:
        raise wrong(place, f"{device} has no kind", f"kind: {' | '.join(all_kinds())}")
    text = as_text(kind_node, "a kind")
    if text.text not in all_kinds():
        raise wrong(text.place, f"there is no kind {text.text!r}", near(text.text, all_kinds()))
    note = table.get("note")
    title = titles(table.get("title"), "") if "title" in table.keys else {}
    words = as_text(note, "a note").text if note else ""
    plain = Device(device, all_kinds()[text.text], place, note=words, title=title)
    idle = table.get("idle")
    if idle is None:
        return plain
    values = {want.property.name: want.value for want in read_wants(plain, idle, palette)}
    return Device(plain.id, plain.kind, place, values, plain.note, plain.title)
