"""What a scene asks for: the short form (``warm over 1.5s``) is made into the long one, which is read to wants."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from controller.venue.findings import Also, VenueError, Words, near, say, wrong
from controller.venue.language.forms import WantForm
from controller.venue.language.places import Targets
from controller.venue.language.reading import keys_of, read_form
from controller.venue.language.values import (
    COLOURS,
    colour,
    decibels,
    duration_hint,
    parse_duration,
    scalar,
    share,
    share_of_decibels,
    switch,
)
from controller.venue.source.nodes import Node, Table, Text, as_table, as_text
from devices.vocabulary import Ask, DeviceId, Fields, Kind, Property, Scalar
from scenes.model import Group, Micros, Place, Want

_MODIFIERS = keys_of(WantForm)
MOST_TRIES = 10


@dataclass(frozen=True, slots=True)
class Clip:
    """What a role stands for. ``files`` by ``file`` (all languages), ``zh``, ``en``."""

    role: str
    files: Mapping[str, str]
    lasts: Micros | None = None
    loops: bool | None = None

    def fields(self) -> Fields:
        """What a player is told."""
        loop = {} if self.loops is None else {"loop": self.loops}
        return {"play": next(iter(self.files.values()), ""), "clip": self.role, **loop}


@dataclass(frozen=True, slots=True)
class Palette:
    """What a want may name: looks (name → levels) and clips by role."""

    looks: Mapping[str, Fields] = field(default_factory=dict)
    clips: Mapping[str, Clip] = field(default_factory=dict)
    pages: tuple[str, ...] = ()

    def value(self, ask: Ask, text: Text) -> Fields:
        """The fields that ``ask: text`` means. Raises a finding."""
        found: Scalar = None
        match ask.of:
            case "look" | "clip" | "page" | "word":
                return self._named(ask, text)
            case "level":
                found = share(text.text)
            case "colour":
                found = colour(text.text)
            case "switch":
                found = switch(text.text)
        if found is None:
            raise wrong(text.place, _NO_VALUE[ask.of], text.text, hint=_hint(ask, text.text))
        return {ask.key: found}

    def names(self, ask: Ask) -> Collection[str]:
        """What there is to choose from; empty where a value is no name."""
        match ask.of:
            case "look":
                return self.looks
            case "clip":
                return self.clips
            case "page":
                return self.pages
        return ask.words

    def fits(self, ask: Ask, word: str) -> bool:
        """Whether ``word`` can be a value of ``ask``."""
        match ask.of:
            case "level":
                return share(word) is not None
            case "colour":
                return colour(word) is not None
            case "switch":
                return switch(word) is not None
        return word in self.names(ask)

    def _named(self, ask: Ask, text: Text) -> Fields:
        names = self.names(ask)
        if text.text not in names:
            raise wrong(text.place, _NO_NAME[ask.of], text.text, hint=near(text.text, names))
        if ask.of == "look":
            return self.looks[text.text]
        return self.clips[text.text].fields() if ask.of == "clip" else {ask.key: text.text}


_NO_NAME = {
    "look": "there is no look '{}'",
    "clip": "there is no clip '{}'",
    "page": "there is no page '{}'",
    "word": "'{}' is not one of its words",
}
_ASKED = {
    "look": "a look",
    "clip": "a clip",
    "page": "a page",
    "level": "a level",
    "colour": "a colour",
    "switch": "on or off",
    "word": "a word of its own",
}
_NO_VALUE = {
    "level": "'{}' is not a level",
    "colour": "'{}' is not a colour",
    "switch": "'{}' is neither on nor off",
}


def _hint(ask: Ask, word: str) -> Words:
    match ask.of:
        case "level":
            return (
                say("did you mean {}%?", word) if re.fullmatch(r"\d{1,2}|100", word) else say("0% to 100%, as in 30%")
            )
        case "colour":
            return (
                near(word, COLOURS)
                if re.fullmatch("[a-z]+", word)
                else say("a name such as amber, or '#ffbf00' in quotes")
            )
        case _:
            return say("write on or off")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of one property, for any device of the kind."""

    property: Property
    value: Mapping[str, Scalar]
    asked: Mapping[str, str]
    place: Place
    substitute: Fields | None = None
    times: float | None = None


def read_wants(targets: Targets, node: Node, key: Place, palette: Palette) -> tuple[Want, ...]:
    """The wants that a target's value means: for each device of it, one for each property it fills."""
    table = _long(targets, node, palette) if isinstance(node, Text) else as_table(node, "what is asked")
    form = read_form(WantForm, table, key, "what is asked")
    several = _properties(targets, table, key, form, palette)
    tries, group = _tries(form.retry), _group(targets, table, form, several)
    return tuple(_want(device.id, one, form, tries, group) for device in targets.devices for one in several)


def _want(device: DeviceId, one: _Asked, form: WantForm, tries: int | None, group: Group | None) -> Want:
    """With the kind's defaults where the author wrote nothing."""
    within = form.within
    if within is None and one.property.within_seconds is not None:
        within = round(one.property.within_seconds * 1_000_000)
    retry = 0 if within is None else one.property.retry if tries is None else tries
    asked = (one.asked, one.place, form.fade, within, retry, one.substitute, one.times, group)
    return Want(device, one.property, one.value, *asked)


def _group(targets: Targets, table: Table, form: WantForm, several: list[_Asked]) -> Group | None:
    """The devices as one, where the author wrote how they belong together."""
    if form.one_by_one is None and not form.in_step and form.need is None:
        return None
    if form.in_step and not any(one.property.in_step for one in several):
        raise wrong(table.keys["in_step"], "{} cannot begin in step: only what plays can", targets.label)
    if form.in_step and form.one_by_one is not None:
        raise wrong(table.keys["one_by_one"], "a group begins in step or one by one, not both")
    size = len(targets.devices)
    need = int(form.need.text) if form.need is not None and re.fullmatch("[1-9][0-9]{0,2}", form.need.text) else None
    if form.need is not None and need is None:
        raise wrong(form.need.place, "'{}' is not a number of devices", form.need.text, hint=say("1 to {}", size))
    if form.need is not None and need is not None and need > size:
        raise wrong(form.need.place, "{} of {} are needed, and there are {}", need, targets.label, size,
                    hint=say("1 to {}", size))  # fmt: skip
    if need is not None and form.within is None and all(one.property.within_seconds is None for one in several):
        raise wrong(table.keys["need"], "nobody waits until {} confirm", targets.label, hint="write within: 2s, too")
    return Group(tuple(one.id for one in targets.devices), targets.spelled, form.one_by_one or 0, form.in_step, need)


def _long(targets: Targets, text: Text, palette: Palette) -> Table:
    """``warm over 1.5s`` as ``{look: warm, fade: 1.5s}``."""
    found = re.match(r"(.*?)(?:\s+over\s+(\S.*))?\Z", text.text, re.DOTALL)
    word = text.part(*found.span(1)) if found is not None else text
    ask = _ask_for(targets.kind, word, palette)
    if ask is None:
        raise _no_fit(targets, word, palette)
    entries: dict[str, Node] = {ask.key: word}
    keys = {ask.key: word.place}
    if found is not None and found[2] is not None:
        time = text.part(*found.span(2))
        if parse_duration(time.text) is None:
            raise wrong(time.place, "'{}' is not a duration", time.text, hint=duration_hint(time.text))
        entries["fade"], keys["fade"] = time, time.place
    return Table(entries, keys, text.place)


def takes(kind: Kind, node: Node, palette: Palette) -> bool:
    """Whether a device of that kind can be asked for what stands there."""
    match node:
        case Text():
            word = re.sub(r"\s+over\s.*", "", node.text, flags=re.DOTALL)
            return _ask_for(kind, Text(word, node.place), palette) is not None
        case Table():
            return all(name in _MODIFIERS or kind.property_of(name) is not None for name, _ in node)
    return False


def _ask_for(kind: Kind, word: Text, palette: Palette) -> Ask | None:
    """The first way of asking that the word fits."""
    asks = [ask for property_ in kind.properties for ask in property_.asks]
    return next((ask for ask in asks if palette.fits(ask, word.text)), None)


def _no_fit(targets: Targets, word: Text, palette: Palette) -> VenueError:
    """What the word is, if it is anything, and what the target is."""
    label, kind = targets.label, targets.kind
    kind_asks = [ask for property_ in kind.properties for ask in property_.asks]
    asks = tuple(ask.key for ask in kind_asks)
    for known, what in ((palette.clips, "a clip"), (palette.looks, "a look"), (palette.pages, "a page")):
        if word.text in known:
            hint = say("it can be asked for {}", asks)
            return wrong(word.place, "'{}' is {}, and {} is a {}", word.text, say(what), label, kind.name,
                         hint=hint, also=(Also(targets.place, say("it is asked of this")),))  # fmt: skip
    hint = _fit_hint(kind, word.text, palette)
    names = tuple(say(_ASKED[ask]) for ask in dict.fromkeys(one.of for one in kind_asks))
    return wrong(word.place, "{} takes {}: '{}' is none of these", label, names, word.text, hint=hint)


def _fit_hint(kind: Kind, word: str, palette: Palette) -> Words:
    asks = [ask for property_ in kind.properties for ask in property_.asks]
    if re.fullmatch(r"\d{1,2}|100", word) and any(one.of == "level" for one in asks):
        return say("did you mean {}%?", word)
    names = [
        *(name for one in asks for name in palette.names(one)),
        *(("on", "off") if any(one.of == "switch" for one in asks) else ()),
        *(COLOURS if any(one.of == "colour" for one in asks) and re.fullmatch("[a-z]+", word) else ()),
    ]
    return near(word, names)


def _properties(targets: Targets, table: Table, key: Place, form: WantForm, palette: Palette) -> list[_Asked]:
    kind = targets.kind
    asks = {ask.key: (property_, ask) for property_ in kind.properties for ask in property_.asks}
    relative = {one.relative.key: one for one in kind.properties if one.relative is not None}
    less: list[_Asked] = []
    values: dict[str, dict[str, Scalar]] = {}
    asked: dict[str, dict[str, str]] = {}
    placed: dict[str, Place] = {}
    for name, node in table:
        if name in asks:
            property_, ask = asks[name]
            text = as_text(node, "what is asked")
            values.setdefault(property_.name, {}).update(palette.value(ask, text))
            asked.setdefault(property_.name, {})[name] = text.text
            placed.setdefault(property_.name, text.place)
        elif name in relative:
            less.append(_less(relative[name], as_text(node, "what is asked")))
        elif name not in _MODIFIERS:
            raise wrong(table.keys[name], "a {} cannot be asked for '{}'", kind.name, name,
                        hint=near(name, [*asks, *relative, *_MODIFIERS]))  # fmt: skip
    if form.with_ is not None:
        _put_with(table, form.with_, values, asks)
    if not values and not less:
        raise wrong(key, "nothing is asked of {}", targets.label, hint=say("one of {}", (*asks, *relative)))
    substitute = form.or_
    if substitute is not None and not any(_takes_substitute(kind, name) for name in values):
        raise wrong(table.keys["or"], "there is no substitute for that", hint="or: stands beside a clip or a look")
    return [
        _Asked(
            property_,
            values[property_.name],
            asked[property_.name],
            placed[property_.name],
            _substitute(property_, targets, form, palette),
        )
        for property_ in kind.properties
        if property_.name in values
    ] + less


def _less(property_: Property, text: Text) -> _Asked:
    """A relative want: ``quieter: 14dB``, ``dimmer: 40%``."""
    relative = property_.relative
    if relative is None:
        raise LookupError(f"{property_.name} takes no relative want")
    times = _times_left(relative, text.text)
    if times is None:
        said, hint = _NO_LESS[relative.of]
        raise wrong(text.place, said, text.text, hint=hint)
    return _Asked(property_, {}, {relative.key: text.text}, text.place, times=times)


_NO_LESS = {
    "decibels": ("'{}' is not a number of decibels", "as in quieter: 14dB"),
    "dimming": ("'{}' is not a share", "as in dimmer: 40%"),
}


def _times_left(relative: Ask, text: str) -> float | None:
    """The share that is left; None where the text is no such number, or makes nothing less."""
    if relative.of == "decibels":
        loudness = decibels(text)
        return share_of_decibels(-loudness) if loudness is not None and loudness >= 0 else None
    darkness = share(text)
    return round(1 - darkness, 6) if darkness is not None else None


def _put_with(
    table: Table, node: Node, values: dict[str, dict[str, Scalar]], asks: Mapping[str, tuple[Property, Ask]]
) -> None:
    """What a page is given: ``with: {minutes: 5}``, kept flat as ``with.minutes``."""
    page = next((property_ for key, (property_, ask) in asks.items() if ask.of == "page" and key in table.keys), None)
    if page is None:
        raise wrong(table.keys["with"], "only a page is given something", hint="with: stands beside page:")
    for name, value in as_table(node, "what a page is given"):
        values[page.name][f"with.{name}"] = scalar(value)


def _takes_substitute(kind: Kind, name: str) -> bool:
    return any(one.name == name and _named_asks(one) for one in kind.properties)


def _named_asks(property_: Property) -> list[Ask]:
    return [ask for ask in property_.asks if ask.of in ("clip", "look")]


def _substitute(property_: Property, targets: Targets, form: WantForm, palette: Palette) -> Fields | None:
    if form.or_ is None or not _named_asks(property_):
        return None
    for ask in property_.asks:
        if palette.fits(ask, form.or_.text):
            return palette.value(ask, form.or_)
    raise _no_fit(targets, form.or_, palette)


def _tries(retry: Text | None) -> int | None:
    if retry is None:
        return None
    if not re.fullmatch(r"[0-9]|10", retry.text):
        raise wrong(retry.place, "'{}' is not a number of tries", retry.text, hint=say("0 to {}", MOST_TRIES))
    return int(retry.text)
