"""What a scene asks for: the short form (``warm over 1.5s``) is made into the long one, which is read to wants."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import partial

from controller.venue.findings import Also, VenueError, Words, near, say, wrong
from controller.venue.language.forms import WantForm
from controller.venue.language.groups import read_group
from controller.venue.language.places import Targets
from controller.venue.language.reading import keys_of, read_form
from controller.venue.language.relative import times_left
from controller.venue.language.scope import Scope
from controller.venue.language.values import COLOURS, colour, duration_hint, parse_duration, share, switch
from controller.venue.source.nodes import Node, Table, Text, as_table, as_text
from devices.vocabulary import Ask, DeviceId, Fields, Kind, Property, Scalar
from scenes.model import Clip, Given, Group, Place, Put, Want

_MODIFIERS = keys_of(WantForm)
MOST_TRIES = 10


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
_EXAMPLE = {"level": "40%", "colour": "'#ffb066'", "switch": "on"}
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
    puts: tuple[Put, ...] = ()
    or_puts: tuple[Put, ...] = ()
    times: float | None = None


NO_SCOPE = Scope()


def read_wants(targets: Targets, node: Node, key: Place, palette: Palette, scope: Scope = NO_SCOPE) -> tuple[Want, ...]:
    """The wants that a target's value means: for each device of it, one for each property it fills."""
    table = _long(targets, node, palette, scope) if isinstance(node, Text) else as_table(node, "what is asked")
    form = read_form(WantForm, table, key, "what is asked")
    several = _properties(targets, table, key, form, palette, scope)
    group = read_group(targets, table, form, [one.property for one in several])
    tries = _tries(form.retry)
    return tuple(_want(device.id, one, form, tries, group) for device in targets.devices for one in several)


def _want(device: DeviceId, one: _Asked, form: WantForm, tries: int | None, group: Group | None) -> Want:
    """With the kind's defaults where the author wrote nothing."""
    within = form.within
    if within is None and one.property.within_seconds is not None:
        within = round(one.property.within_seconds * 1_000_000)
    retry = 0 if within is None else one.property.retry if tries is None else tries
    return Want(
        device,
        one.property,
        one.value,
        one.asked,
        one.place,
        form.fade,
        within,
        retry,
        one.substitute,
        one.puts,
        one.or_puts,
        one.times,
        group,
    )


def _long(targets: Targets, text: Text, palette: Palette, scope: Scope) -> Table:
    """``warm over 1.5s`` as ``{look: warm, fade: 1.5s}``."""
    found = re.match(r"(.*?)(?:\s+over\s+(\S.*))?\Z", text.text, re.DOTALL)
    word = text.part(*found.span(1)) if found is not None else text
    ask = _ask_for(targets.kind.properties, word, palette, scope)
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
            return "$" in word or _ask_for(kind.properties, Text(word, node.place), palette, NO_SCOPE) is not None
        case Table():
            return all(name in _MODIFIERS or kind.property_of(name) is not None for name, _ in node)
    return False


def _ask_for(properties: tuple[Property, ...], word: Text, palette: Palette, scope: Scope) -> Ask | None:
    """The first way of asking that the word fits; of a name, all that it can stand for."""
    asks = [ask for property_ in properties for ask in property_.asks]
    words = [word.text]
    given = scope.given(word)
    if given is not None:
        possible = scope.possible(given)
        if possible is None:
            keys = tuple(ask.key for ask in asks)
            raise wrong(word.place, "{} can be anything, so say what it is", word.text,
                        hint=say("one of {}", keys))  # fmt: skip
        words = [one.text for one in possible.values()]
    fitting = (ask for ask in asks if all(palette.fits(ask, one) for one in words))
    nearly = (ask for ask in asks if given is not None and any(palette.fits(ask, one) for one in words))
    return next(fitting, None) or next(nearly, None)


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


_LEVELS = {"on": "100", "off": "0"}  # of what has no switch


def _fit_hint(kind: Kind, word: str, palette: Palette) -> Words:
    asks = [ask for property_ in kind.properties for ask in property_.asks]
    level = _LEVELS.get(word, word)
    if re.fullmatch(r"\d{1,2}|100", level) and any(one.of == "level" for one in asks):
        return say("did you mean {}%?", level)
    names = [
        *(name for one in asks for name in palette.names(one)),
        *(("on", "off") if any(one.of == "switch" for one in asks) else ()),
        *(COLOURS if any(one.of == "colour" for one in asks) and re.fullmatch("[a-z]+", word) else ()),
    ]
    examples = tuple(text for of, text in _EXAMPLE.items() if any(one.of == of for one in asks))
    return near(word, names) or (
        say("as in {}", examples) if examples else say("it can be asked for {}", tuple(one.key for one in asks))
    )


def _properties(
    targets: Targets, table: Table, key: Place, form: WantForm, palette: Palette, scope: Scope
) -> list[_Asked]:
    kind = targets.kind
    asks = {ask.key: (property_, ask) for property_ in kind.properties for ask in property_.asks}
    relative = {one.relative.key: one for one in kind.properties if one.relative is not None}
    less: list[_Asked] = []
    values: dict[str, dict[str, Scalar]] = {}
    asked: dict[str, dict[str, str]] = {}
    placed: dict[str, Place] = {}
    puts: dict[str, list[Put]] = {}
    for name, node in table:
        if name in asks:
            property_, ask = asks[name]
            text = as_text(node, "what is asked")
            value = values.setdefault(property_.name, {})
            given = scope.given(text)
            if given is None:
                value.update(palette.value(ask, text))
            else:
                choices = scope.choices(given, partial(palette.value, ask))
                puts.setdefault(property_.name, []).append(Put(given, choices=choices))
            asked.setdefault(property_.name, {})[name] = text.text
            placed.setdefault(property_.name, text.place)
        elif name in relative:
            text = as_text(node, "what is asked")
            times = times_left(relative[name], text)
            less.append(_Asked(relative[name], {}, {name: text.text}, text.place, times=times))
        elif name not in _MODIFIERS:
            raise wrong(table.keys[name], "a {} cannot be asked for '{}'", kind.name, name,
                        hint=near(name, [*asks, *relative, *_MODIFIERS]))  # fmt: skip
    if form.with_ is not None:
        _put_with(table, form.with_, (values, puts), asks, scope)
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
            *_substitute(property_, targets, form, palette, tuple(puts.get(property_.name, ())), scope),
        )
        for property_ in kind.properties
        if property_.name in values
    ] + less


def _put_with(
    table: Table,
    node: Node,
    into: tuple[dict[str, dict[str, Scalar]], dict[str, list[Put]]],
    asks: Mapping[str, tuple[Property, Ask]],
    scope: Scope,
) -> None:
    """What a page is given: ``with: {minutes: 5}``, kept flat as ``with.minutes``."""
    values, puts = into
    page = next((property_ for key, (property_, ask) in asks.items() if ask.of == "page" and key in table.keys), None)
    if page is None:
        raise wrong(table.keys["with"], "only a page is given something", hint="with: stands beside page:")
    for name, value in as_table(node, "what a page is given"):
        found = scope.value(value)
        if isinstance(found, Given):
            puts.setdefault(page.name, []).append(Put(found, f"with.{name}"))
        else:
            values[page.name][f"with.{name}"] = found


def _takes_substitute(kind: Kind, name: str) -> bool:
    return any(one.name == name and _named_asks(one) for one in kind.properties)


def _named_asks(property_: Property) -> list[Ask]:
    return [ask for ask in property_.asks if ask.of in ("clip", "look")]


def _substitute(
    property_: Property, targets: Targets, form: WantForm, palette: Palette, puts: tuple[Put, ...], scope: Scope
) -> tuple[Fields | None, tuple[Put, ...], tuple[Put, ...]]:
    """The substitute, beside what is put into the value and into the substitute."""
    if form.or_ is None or not _named_asks(property_):
        return None, puts, ()
    given = scope.given(form.or_)
    ask = _ask_for((property_,), form.or_, palette, scope)
    if ask is None:
        raise _no_fit(targets, form.or_, palette)
    if given is None:
        return palette.value(ask, form.or_), puts, ()
    return {}, puts, (Put(given, choices=scope.choices(given, partial(palette.value, ask))),)


def _tries(retry: Text | None) -> int | None:
    if retry is None:
        return None
    if not re.fullmatch(r"[0-9]|10", retry.text):
        raise wrong(retry.place, "'{}' is not a number of tries", retry.text, hint=say("0 to {}", MOST_TRIES))
    return int(retry.text)
