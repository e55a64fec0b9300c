"""A device as a row: whether it does what is asked, what it reports to show, and what it was asked for if it differs.

Everything follows from its kind: an ask's type says how a value is drawn, a property's name only tells two apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from controller.view.cells import clean, fitted
from controller.view.hearing import shows
from controller.view.sight import SECOND, DeviceSight, Language, Poster, Sight, Wish
from controller.view.words import length, say, titled
from devices.vocabulary import NOTHING, Fields, Kind, Property, Scalar
from scenes.model import Device

Mark = Literal["confirmed", "waiting", "astray", "gone", "silent", "free"]
SIGNS: Mapping[Mark, tuple[str, str]] = {
    "confirmed": ("✓", "green"),
    "waiting": ("…", ""),
    "astray": ("▲", "bold red"),
    "gone": ("✗", "bold red"),
    "silent": ("?", ""),
    "free": (" ", ""),
}
WORST: tuple[Mark, ...] = ("astray", "waiting", "confirmed")
BAR, SHORT_BAR = 12, 6
ROOMY = 50  # cells of a row with a long bar
_SWITCHES: Mapping[str, Mapping[Language, str]] = {"power": {"zh": "电源", "en": "power"}}  # read aloud as clauses
EVENT_SECONDS = 10  # for so long a device that only ever says events is seen to have said one
TITLE, NARROW_TITLE = 18, 14


@dataclass(frozen=True, slots=True)
class Look:
    """With what eyes a row is drawn: what is known, when it is, and the reader's language."""

    poster: Poster
    sight: Sight
    now: int

    @property
    def language(self) -> Language:
        """The reader's."""
        return self.poster.language

    def of(self, device: Device) -> DeviceSight:
        """What is known of a device."""
        return self.sight.devices.get(device.id, DeviceSight())


def mark_of(look: Look, device: Device) -> Mark:
    """The worst of its properties."""
    seen = look.of(device)
    if seen.online is False:
        return "gone"
    marks = [
        _mark(one, wish, seen, look.now)
        for one in device.kind.properties
        if (wish := seen.wishes.get(one.name)) is not None and wish.values is not None
    ]
    for worst in WORST:
        if worst in marks:
            return worst
    is_known = seen.values or (seen.online and not device.kind.properties) or device.emergency
    return "free" if is_known else "silent"


def is_active(look: Look, device: Device) -> bool:
    """It is lit, plays, is on, or somebody is there: worth a row where there is little room."""
    values = look.of(device).values
    reports = [name for one in device.kind.properties for name in one.reports] or list(values)
    return any(values.get(name) for name in reports)


def asked_row(look: Look, device: Device, width: int, title_width: int) -> Text:
    """A device that can be asked, in ``width`` cells."""
    seen, mark = look.of(device), mark_of(look, device)
    sign, style = SIGNS[mark]
    row = Text.assemble((sign, style), " ", fitted(title_of(look, device), title_width), " ")
    if mark == "gone":
        row.append(say(look.language, "gone"), "bold red")
    elif device.emergency:
        row.append(say(look.language, "emergency"))
    elif mark == "silent":
        row.append(say(look.language, "unheard"))
    else:
        row.append_text(_shown(look, device, seen, BAR if width >= ROOMY else SHORT_BAR))
    return fitted(row, width)


def sensor_cell(look: Look, device: Device, width: int, title_width: int) -> Text:
    """A device that only speaks: who is there as dots, the rest in its own words."""
    seen = look.of(device)
    mark = mark_of(look, device)
    sign, style = SIGNS[mark]
    row = Text.assemble((sign, style), " ", fitted(title_of(look, device), title_width), " ")
    if mark == "gone":
        row.append(say(look.language, "gone"), "bold red")
    else:
        is_zone = {"occupied", "count"} & set(seen.values)  # the dots say it
        said = "" if is_zone else _said(look, device.kind, seen, leave_out=())
        row.append(f"{_people(look, seen)} {said}")
    return fitted(row, width)


def title_of(look: Look, device: Device) -> str:
    """Its title, or the part of its id that is its name."""
    return titled(device.title, look.language, device.id.partition(".")[2])


def _mark(property_: Property, wish: Wish, seen: DeviceSight, now: int) -> Mark:
    if not property_.reports:
        return "free"  # nobody can tell
    if shows(property_, wish, seen.values):
        return "confirmed"
    return "astray" if wish.failed or now - wish.since > wish.patience else "waiting"


def _shown(look: Look, device: Device, seen: DeviceSight, bar: int) -> Text:
    """Each property that is reported or wished, the first one always; then what else it says."""
    row = Text()
    for number, property_ in enumerate(device.kind.properties):
        reported = {name: seen.values[name] for name in property_.reports if name in seen.values}
        wish = seen.wishes.get(property_.name, Wish())
        differs = wish.values is not None and bool(property_.reports) and not shows(property_, wish, seen.values)
        if number and not differs and not _is_telling(property_, reported):
            continue
        row.append(f"  {_noun(look, device.kind, property_)} " if number else "")
        row.append_text(_value(look, property_, reported, seen, bar))
        wished = _words(look.language, property_, wish.values or NOTHING)
        if differs and wished != _words(look.language, property_, reported):
            row.append(" → ").append(say(look.language, "wished", wished), "bold")
    shown = {name for one in device.kind.properties for name in one.reports}
    more = _said(look, device.kind, seen, leave_out=(*shown, "playing", "ready"))
    row.append(f"  {more}" if more else "")
    return row.append_text(_session(look, seen)) if device.kind.station else row


def _is_telling(property_: Property, reported: Fields) -> bool:
    """Beside the first property: what is off is worth a word, what is on goes without saying."""
    types = {ask.of for ask in property_.asks}
    return any(value is not None and (value is False or "switch" not in types) for value in reported.values())


def _value(look: Look, property_: Property, reported: Fields, seen: DeviceSight, bar: int) -> Text:
    types = {ask.of for ask in property_.asks}
    if "level" in types and len(types) > 1:
        return _lamp(look.language, property_, reported, bar)
    if "clip" in types:
        text = _words(look.language, property_, reported)
        is_dark = all(value is None for value in reported.values())
        return Text("■ " if is_dark else "▶ ").append(text).append("" if is_dark else _left_of(look, property_, seen))
    return Text(_words(look.language, property_, reported))


def _noun(look: Look, kind: Kind, property_: Property) -> str:
    """What a property is called beside others: by its word for a number or a text, else by its name."""
    if any(ask.of == "switch" for ask in property_.asks):
        return _SWITCHES.get(property_.name, {}).get(look.language, clean(property_.name))
    return _word(look, kind, property_.name)


def _lamp(language: Language, property_: Property, reported: Fields, bar: int) -> Text:
    """A bar of its length and its colour between two edges, then its words: a white lamp is seen on white, too."""
    level = next((reported.get(ask.key) for ask in property_.asks if ask.of == "level"), None)
    colour = next((reported.get(ask.key) for ask in property_.asks if ask.of == "colour"), None)
    share = level if isinstance(level, int | float) and not isinstance(level, bool) else 0.0
    lit = min(bar, max(1 if share > 0 else 0, round(share * bar)))
    return Text.assemble(
        "▕", ("█" * lit, _style(colour)), "░" * (bar - lit), "▏ ", _words(language, property_, reported)
    )


def _style(colour: Scalar) -> Style:
    if not isinstance(colour, str) or len(colour) != 7 or not colour.startswith("#"):
        return Style()
    try:
        return Style(color=f"#{int(colour[1:], 16):06x}")
    except ValueError:
        return Style()


def _words(language: Language, property_: Property, values: Fields) -> str:
    """The values of a property in words: ``80 % warm``, ``opening.mp4``, ``on``."""
    found: list[str] = []
    for ask in sorted(property_.asks, key=lambda one: one.of != "level"):
        value = values.get(ask.key)
        match ask.of:
            case _ if value is None:
                continue
            case "level":
                found.append(
                    f"{value:4.0%}".replace("%", " %") if isinstance(value, int | float) else clean(str(value))
                )
            case "colour" if len(found) > 1:
                continue  # a look says more
            case "switch":
                found.append(say(language, "on" if value is True else "off"))
            case _:
                found.append(clean(str(value)))
    return " ".join(found) or say(language, "dark" if values else "unheard")


def _left_of(look: Look, property_: Property, seen: DeviceSight) -> str:
    """What is left of a clip, where its length and its beginning are known."""
    if seen.values.get("playing") is False:
        return f"  {say(look.language, 'ended')}" if _length_of(look, property_, seen) else ""
    wish = seen.wishes.get(property_.name, Wish()).values or NOTHING
    if wish.get("loop") is True and shows(property_, Wish(wish), seen.values):
        return f"  {say(look.language, 'loops')}"
    lasts, begun = _length_of(look, property_, seen), seen.begun.get(_file_of(property_), 0)
    return f"  {say(look.language, 'left', length(begun + lasts - look.now))}" if lasts and begun else ""


def _file_of(property_: Property) -> str:
    return next((ask.key for ask in property_.asks if ask.of == "clip"), "")


def _length_of(look: Look, property_: Property, seen: DeviceSight) -> int:
    return look.poster.lengths.get(str(seen.values.get(_file_of(property_))), 0)


def _said(look: Look, kind: Kind, seen: DeviceSight, *, leave_out: tuple[str, ...]) -> str:
    """What else is known of it: truths that hold, numbers, texts; of one that only says events, the last one."""
    found: list[str] = []
    for name, value in seen.values.items():
        word = _word(look, kind, name)
        if name == "able":
            found += [] if value else [_word(look, kind, "not able")]
            continue
        if name in leave_out or not value:
            continue
        number = f"{value:g}" if isinstance(value, float) else clean(str(value))
        noun = name.replace("_", " ") if look.language == "en" else word  # as short as the room
        found.append(word if value is True else f"{noun} {number}")
    recent = look.now - seen.event_at < EVENT_SECONDS * SECOND
    if not seen.values and seen.event and recent:
        found.append(_word(look, kind, seen.event) if look.language == "zh" else clean(seen.event))
    return " ".join(found)


def _word(look: Look, kind: Kind, name: str) -> str:
    """How a word of the kind reads."""
    spoken = kind.spoken.get(name)
    return clean((spoken.zh if look.language == "zh" else spoken.en) if spoken is not None else name)


def _people(look: Look, seen: DeviceSight) -> str:
    """``●●`` for two, ``●×7`` for seven, ``○`` for nobody; blanks where it cannot tell."""
    count, occupied = seen.values.get("count"), seen.values.get("occupied")
    if isinstance(count, int) and not isinstance(count, bool) and count > 0:
        return "●" * count if count <= 3 else f"●×{count}"
    if occupied is not None or count == 0:
        return "●" if occupied is True else "○"
    just_said = not seen.values and look.now - seen.event_at < EVENT_SECONDS * SECOND
    return "●" if just_said or any(value is True for value in seen.values.values()) else "·"


def _session(look: Look, seen: DeviceSight) -> Text:
    """What is left of the session that a station is in: of the scene that asks for its page."""
    scenes = [wish.scene for wish in seen.wishes.values() if wish.scene is not None]
    bodies = [body for one in scenes if (body := look.sight.scenes.get(one)) is not None and body.state == "running"]
    until = next((body.until for body in bodies if body.until is not None), None)
    if until is None:
        return Text()
    return Text(f"  {say(look.language, 'at most', length(round(until * SECOND) - look.now))}")


def title_cells(look: Look, devices: list[Device], width: int) -> int:
    """How wide the column of titles is."""
    most = max(TITLE if width >= ROOMY else NARROW_TITLE, width // 3)
    return min(most, max((cell_len(title_of(look, one)) for one in devices), default=0))
