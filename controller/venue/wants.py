"""What a scene asks of a device: the short form (``warm over 1.5s``) and the long form, both to ``Want``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from controller.venue.findings import near, wrong
from controller.venue.nodes import Node, Table, Text, as_table, as_text
from controller.venue.values import colour, duration, parse_duration, share, switch
from devices.vocabulary import Ask, DeviceId, Fields, Property, Scalar
from scenes.model import Device, Micros, Place, Want

_MODIFIERS = ("fade", "within", "retry", "or")


@dataclass(frozen=True, slots=True)
class Palette:
    """What a want may name: looks (name → levels) and clips (role → file and more)."""

    looks: Mapping[str, Fields] = field(default_factory=dict)
    clips: Mapping[str, Fields] = field(default_factory=dict)

    def value(self, ask: Ask, text: Text) -> Fields:
        """The fields that ``ask: text`` means. Raises a finding."""
        found: Scalar = None
        match ask.of:
            case "look":
                return self._named(self.looks, text, "look")
            case "clip":
                return self._named(self.clips, text, "clip")
            case "level":
                found = share(text.text)
            case "colour":
                found = colour(text.text)
            case "switch":
                found = switch(text.text)
        if found is None:
            hint = {"level": "as in 30%", "colour": "as in amber or #ffbf00", "switch": "on or off"}[ask.of]
            raise wrong(text.place, f"{text.text!r} is no {ask.of}", hint)
        return {ask.key: found}

    def _named(self, known: Mapping[str, Fields], text: Text, what: str) -> Fields:
        if text.text not in known:
            raise wrong(text.place, f"there is no {what} {text.text!r}", near(text.text, known))
        return known[text.text]


def read_wants(device: Device, node: Node, palette: Palette) -> tuple[Want, ...]:
    """The wants that one target's value means, one for each property it fills."""
    if isinstance(node, Text):
        return (_short(device, node, palette),)
    return _long(device, as_table(node, "what is asked"), palette)


def _short(device: Device, text: Text, palette: Palette) -> Want:
    name, over, time = text.text.partition(" over ")
    fade = parse_duration(time.strip()) if over else 0
    if fade is None:
        raise wrong(text.place, f"{time!r} is no length of time", "as in: warm over 1.5s")
    word = Text(name.strip(), text.place, text.quoted)
    for property_ in device.kind.properties:
        for ask in property_.asks:
            if _fits(ask, word.text, palette):
                return _want(device.id, property_, palette.value(ask, word), text.text, text.place, fade=fade)
    raise wrong(text.place, *_no_fit(device, word.text, palette))


def _fits(ask: Ask, word: str, palette: Palette) -> bool:
    match ask.of:
        case "look":
            return word in palette.looks
        case "clip":
            return word in palette.clips
        case "level":
            return share(word) is not None
        case "colour":
            return colour(word) is not None
        case "switch":
            return switch(word) is not None


def _no_fit(device: Device, word: str, palette: Palette) -> tuple[str, str]:
    asks = [ask for property_ in device.kind.properties for ask in property_.asks]
    if not asks:
        return f"a {device.kind.name} cannot be asked for anything", "it only speaks"
    names = [
        *(palette.looks if any(one.of == "look" for one in asks) else ()),
        *(palette.clips if any(one.of == "clip" for one in asks) else ()),
    ]
    return f"{word!r} is nothing that {device.id} can be asked for", near(word, names)


def _long(device: Device, table: Table, palette: Palette) -> tuple[Want, ...]:
    asks = {ask.key: (property_, ask) for property_ in device.kind.properties for ask in property_.asks}
    table.only(*asks, *_MODIFIERS, what=f"what is asked of a {device.kind.name}")
    fade = duration(table.entries["fade"], "fade") if "fade" in table.entries else 0
    values: dict[str, dict[str, Scalar]] = {}
    used: dict[str, Property] = {}
    for key, node in table:
        if key in asks:
            property_, ask = asks[key]
            values.setdefault(property_.name, {}).update(palette.value(ask, as_text(node, key)))
            used[property_.name] = property_
    if not used:
        raise wrong(table.place, f"nothing is asked of {device.id}", f"one of {', '.join(asks)}")
    text = ", ".join(f"{key} {node.text}" for key, node in table if isinstance(node, Text) and key in asks)
    wants = []
    for name, property_ in used.items():
        within, retry = _confirmation(table)
        substitute = _substitute(device, property_, table.get("or"), palette)
        wants.append(
            _want(
                device.id,
                property_,
                values[name],
                text,
                table.place,
                fade=fade,
                within=within,
                retry=retry,
                substitute=substitute,
            )
        )
    return tuple(wants)


def _confirmation(table: Table) -> tuple[Micros | None, int | None]:
    within, retry = table.get("within"), table.get("retry")
    tries: int | None = None
    if retry is not None:
        text = as_text(retry, "retry")
        if not re.fullmatch(r"[0-9]|10", text.text):
            raise wrong(text.place, f"{text.text!r} is no number of tries", "0 to 10")
        tries = int(text.text)
    return (duration(within, "within") if within is not None else None), tries


def _substitute(device: Device, property_: Property, node: Node | None, palette: Palette) -> Fields | None:
    if node is None or not any(ask.of in ("clip", "look") for ask in property_.asks):
        return None
    word = as_text(node, "or")
    for ask in property_.asks:
        if _fits(ask, word.text, palette):
            return palette.value(ask, word)
    raise wrong(word.place, *_no_fit(device, word.text, palette))


def _want(
    device: DeviceId,
    property_: Property,
    value: Fields,
    text: str,
    place: Place,
    *,
    fade: Micros,
    within: Micros | None = None,
    retry: int | None = None,
    substitute: Fields | None = None,
) -> Want:
    """With the kind's defaults where the author wrote nothing."""
    if within is None and property_.within_seconds is not None:
        within = round(property_.within_seconds * 1_000_000)
    tries = property_.retry if retry is None else retry
    return Want(device, property_, value, text, place, fade, within, tries if within is not None else 0, substitute)
