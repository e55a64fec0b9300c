"""A scene read aloud in Chinese or English: what a curator signs, and what the panel shows.

One key, one fragment, no context: ``SENTENCES`` say how a table reads, ``FRAGMENTS`` how each key in it does, and a
key that the author did not write leaves nothing behind. Short forms read as the long forms that they stand for.
"""

import re
from collections.abc import Callable, Mapping
from typing import Literal

from controller.venue.aloud.branching import Branching
from controller.venue.aloud.condition import is_compound, read_condition_aloud
from controller.venue.aloud.evacuation import Evacuation
from controller.venue.aloud.fragments import (
    ASKED,
    BETWEEN_ASKS,
    BETWEEN_STARTS,
    BETWEEN_STEPS,
    BETWEEN_WANTS,
    DECIBELS,
    FIELD,
    FRAGMENTS,
    FULL_STOP,
    GIVEN,
    MOMENT,
    ORDER,
    SENTENCES,
    STOPS,
    TYPES,
    WORDS,
)
from controller.venue.aloud.named import Named
from controller.venue.aloud.phases import Phases
from controller.venue.aloud.times import Times
from controller.venue.aloud.words import BRACKET, COLOURS, PLAIN, QUOTED, Language, Words
from controller.venue.source.nodes import Many, Node, Table, Text
from devices.registry import all_kinds
from devices.vocabulary import Ask, Kind, Spoken, value_type_of
from scenes.model import SceneId, Venue


def read_aloud(name: str, scene: Table, venue: Venue, language: Language) -> str:
    """The scene as one paragraph. ``scene`` has been checked; a scene of a template has its row already put in."""
    return _Reader(venue, language).scene(name, scene)


def read_evacuation_aloud(part: Table, venue: Venue, language: Language) -> str:
    """The part ``evacuation`` as one paragraph."""
    return _Reader(venue, language).evacuation(part)


def read_named_aloud(sort: str, name: str, table: Table, venue: Venue, language: Language) -> str:
    """A variable, a fact or a mode (``sort``: the part in which it stands) as one paragraph."""
    return _Reader(venue, language).named(sort, name, table)


class _Reader:
    """Reads a scene's table, key by key."""

    def __init__(self, venue: Venue, language: Language) -> None:
        self._words = Words(venue, language)
        self._venue = venue
        self._put = self._words.put
        self._phases = Phases(self._words, self._asks, self._tell)
        self._times = Times(self._words)
        self._values: Mapping[str, Callable[[Node], str]] = {
            **dict.fromkeys(("for", "gap", "at_most", "fade", "within", "wait", "one_by_one"), self._time),
            **dict.fromkeys(("all", "in_order"), self._series),
            **dict.fromkeys(("waiting", "full"), self._asks),
            "without": self._condition,
            "queue": _text,
            "when": lambda node: self._condition(node, "or"),
            "while": self._condition,
            "until": self._until,
            **self._times.values,
            "by": lambda node: self._words.series([self._word("by", one) for one in _several(node)], "or"),
            "else": lambda node: self._step(node) if isinstance(node, Table) else self._word("else", node),
            "in_step": lambda node: self._word("in_step", node),
            "need": lambda node: self._words.filled(_text(node)),
            "retry": lambda node: self._words.times(_text(node)),
            "or": lambda node: self._value("", _text(node)),
            "gives": self._params,
            "with": lambda node: self._words.series([self._given(key, one) for key, one in _entries(node)]),
            "staff": lambda node: self._put(QUOTED, self._words.filled(_text(node))),
        }
        self._steps: Mapping[str, Callable[[Node], str]] = {
            "ask": self._ask,
            "tell": self._tell,
            "wait": lambda node: self._table("wait", node) if isinstance(node, Table) else self._timed("pause", node),
            "stay": lambda node: self._table("stay", node),
            "add": lambda node: self._changes("add", node),
            "set": lambda node: self._changes("set", node),
            "say": lambda node: self._table("say", node),
            "call": self._call,
            "release": lambda node: self._timed("release", node),
        }
        branching = Branching(self._words, self._step, self._condition)
        self._wide: Mapping[str, Callable[[Table], str]] = {  # verbs with keys beside them
            "choose": branching.choose,
            "together": branching.together,
            "repeat": branching.repeat,
            "timeline": self._timeline,
        }
        self._keys = self._keys_of_scenes()

    def _keys_of_scenes(self) -> Mapping[str, Callable[[Node], str]]:
        return {
            "for_each": self._for_each,
            "needs": lambda node: self._put(SENTENCES["needs"], self._params(node)),
            "starts": self._starts,
            "hours": lambda node: self._put(SENTENCES["hours"], self._times.hours(_text(node))),
            "if": lambda node: self._put(SENTENCES["if"], self._condition(node)),
            "station": lambda node: self._put(SENTENCES["station"], self._words.device(_text(node))),
            "else": lambda node: self._put(SENTENCES["scene else"], self._words.name(_text(node))),
            "busy": self._busy,
            "per": lambda node: self._put(SENTENCES["per"], self._words.filled(_text(node))),
            "resting": lambda node: self._put(SENTENCES["resting"], self._asks(node)),
            "on_reload": lambda node: self._word("on_reload", node),
            "cools": self._cools,
            "takes": lambda node: self._put(SENTENCES["takes"], self._words.series(map(self._thing, _several(node)))),
            "sessions": lambda node: self._word("sessions", node),
            "loses": lambda node: self._word("loses", node),
            "band": lambda node: self._put(SENTENCES["band"], self._word("band", node)),
            "ends": self._ends,
            "at_most": lambda node: self._timed("at_most", node),
            "after_crash": lambda node: self._word("after_crash", node),
        }

    def scene(self, name: str, scene: Table) -> str:
        sentences = [self._title(scene.get("title"), name)]
        for key in ORDER[1:]:
            node = scene.get(key)
            if node is None or (key == "for_each" and "." in name):  # a row's own scene is for one only
                continue
            read = [self._keys[key](node)] if key in self._keys else self._body(key, node, scene)
            sentences += [self._put(FULL_STOP, _capital(one)) for one in read]
        return ("" if self._words.language == "zh" else " ").join(sentences)

    def evacuation(self, part: Table) -> str:
        return self._paragraph(Evacuation(self._words, self._asks, self._condition, self._values["by"]).sentences(part))

    def named(self, sort: str, name: str, table: Table) -> str:
        read = Named(self._words, self._asks, self._condition, self._values["by"])
        return self._paragraph(read.sentences(sort, name, table))

    def _paragraph(self, read: list[str]) -> str:
        sentences = [self._put(FULL_STOP, _capital(one)) for one in read]
        return ("" if self._words.language == "zh" else " ").join(sentences)

    def _changes(self, verb: str, node: Node) -> str:
        several = [self._change(verb, name, _text(one)) for name, one in _entries(node)]
        return self._words.join(BETWEEN_WANTS, several)

    def _change(self, verb: str, name: str, value: str) -> str:
        variable, _, topic = name.partition(".")
        called = self._put(SENTENCES["topic"], self._words.noun(variable), {"topic": self._words.filled(topic)})
        parts = {"name": called if topic else self._words.noun(variable)}
        return self._put(SENTENCES[verb], self._words.filled(value), parts)

    def _body(self, key: str, node: Node, scene: Table) -> list[str]:
        if key == "clock":
            return [self._times.entry(time, self._asks(one)) for time, one in _entries(node)]
        if key == "phases":
            return self._phases.phases(node, _text(scene.get("station")))
        return self._phases.cues(node) if key == "cues" else [self._step(one) for one in _several(node)]

    def _title(self, node: Node | None, name: str) -> str:
        by_language = {language: _text(one) for language, one in node} if isinstance(node, Table) else {}
        title = self._words.titles(by_language) or (node.text if isinstance(node, Text) else "")
        read = self._words.filled(title) if title else name.replace("_", " ").replace(".", " ")
        read = _capital(read) if not title or "$" in title else read  # an author's own small letter is meant
        return read if read.endswith(STOPS) else self._put(FULL_STOP, read)

    def _for_each(self, node: Node) -> str:
        row, _, catalogue = _text(node).partition(" in ")
        parts = {"row": self._words.noun(row.strip()), "catalogue": self._words.name(catalogue.strip())}
        return self._put(SENTENCES["for_each"], parts=parts)

    def _starts(self, node: Node) -> str:
        ways = [(way, one) for one in _several(node) for way in _WAYS if _get(one, way) is not None]
        return self._words.join(BETWEEN_STARTS, [self._way(way, one) for way, one in ways])

    def _way(self, way: str, node: Node) -> str:
        if way in ("all", "in_order", "without"):  # their times are no fragments of their own
            parts = {key: self._values[key](value) for key, value in _entries(node)}
            return self._put(SENTENCES[way], parts=parts)
        return self._table(way, node)

    def _series(self, node: Node) -> str:
        return self._words.series([self._condition(one) for one in _several(node)])

    def _busy(self, node: Node) -> str:
        if isinstance(node, Text):
            return self._word("busy", node)
        parallel = _get(node, "parallel")
        if parallel is not None:
            return self._put(SENTENCES["parallel"], _text(parallel))
        return self._table("queue", node)

    def _params(self, node: Node) -> str:
        return self._words.series([self._param(self._words.noun(name), one) for name, one in _entries(node)])

    def _param(self, name: str, node: Node) -> str:
        if isinstance(node, Many):
            words = self._words.series(_texts(node), "or")
            return self._put(TYPES["word"], words, {"name": name})
        type_ = _text(node)
        return self._put(TYPES.get(type_, TYPES[""]), self._words.name(type_), {"name": name})

    def _cools(self, node: Node) -> str:
        since = _get(node, "from")
        sentence = "cools from start" if since is not None and _text(since) == "start" else "cools"
        return self._timed(sentence, _get(node, "for") or node)

    def _thing(self, node: Node) -> str:
        name = _text(node)
        return self._words.device(name) if self._words.kind(name) is not None else self._words.place(name)

    def _ends(self, node: Node) -> str:
        steps = _several(node)
        released = _get(steps[0], "release") if len(steps) == 1 else None
        if isinstance(node, Text) or released is not None:
            return self._timed("ends", released or node)
        read = self._words.join(BETWEEN_STEPS, map(self._step, steps))
        return self._put(SENTENCES["ends by steps"], read)

    def _step(self, node: Node) -> str:
        wide = next((verb for verb in self._wide if _get(node, verb) is not None), None)
        if wide is not None and isinstance(node, Table):
            return self._wide[wide](node)
        ((verb, value),) = _entries(node)
        return self._steps[verb](value)

    def _call(self, node: Node) -> str:
        name, given = (node.text, None) if isinstance(node, Text) else next(iter(_entries(node)))
        known = self._venue.scenes.get(SceneId(name))
        with_ = self._values["with"](given) if given is not None and _entries(given) else ""
        parts = {"with": self._put(FRAGMENTS["with"], with_) if with_ else ""}
        title = self._words.titles(known.title) if known is not None else name.replace("_", " ")
        return self._put(SENTENCES["call"], title, parts)

    def _timeline(self, step: Table) -> str:
        moments = [(text, self._asks(asks)) for text, asks in _entries(step.get("at"))]
        read = self._words.join(BETWEEN_WANTS, [self._put(MOMENT, asks, {"time": text}) for text, asks in moments])
        rest = Table({key: node for key, node in step if key not in ("at", "timeline")}, step.keys, step.place)
        return self._table("timeline", rest, player=self._words.device(_text(step.get("timeline"))), moments=read)

    def _ask(self, node: Node) -> str:
        return self._put(SENTENCES["ask"], self._asks(node))

    def _asks(self, node: Node) -> str:
        return self._words.join(BETWEEN_WANTS, [self._want(target, value) for target, value in _entries(node)])

    def _want(self, target: str, node: Node) -> str:
        called, kind = self._words.target(target)
        if isinstance(node, Text):
            value, _, fade = node.text.partition(" over ")
            long = {"": Text(value.strip(), node.place)} | ({"fade": Text(fade, node.place)} if fade else {})
            node = Table(long, {}, node.place)
        asks = [self._asked(kind, key, _text(value)) for key, value in _entries(node) if key not in FRAGMENTS]
        return self._table("want", node, target=called, asks=self._words.join(BETWEEN_ASKS, asks))

    def _asked(self, kind: Kind | None, key: str, value: str) -> str:
        of = _guess(value)
        way = _way(kind, key, of)
        if way is not None:
            return self._put(way.spoken, self._value(way.of, value))
        return self._put(ASKED[value if of == "switch" else of], self._value(of, value))

    def _value(self, of: str, value: str) -> str:
        match of or _guess(value):
            case "switch" if f"switch {value}" in WORDS:
                return self._put(WORDS[f"switch {value}"])
            case "colour" if "$" not in value:
                return self._words.colour(value)
            case "level" | "dimming" if "$" not in value:
                return value
            case "decibels" if "$" not in value:
                return self._put(DECIBELS, value.removesuffix("dB"))
        return self._words.name(value)

    def _given(self, key: str, node: Node) -> str:
        return self._put(GIVEN, self._words.filled(_text(node)), {"name": key.replace("_", " ")})

    def _tell(self, node: Node) -> str:
        target, fields = (node.text, None) if isinstance(node, Text) else next(iter(_entries(node)))
        device, _, word = target.rpartition(".")
        kind = self._words.kind(device) or next((one for one in all_kinds().values() if one.command(word)), None)
        command = kind.command(word) if kind is not None else None
        order = tuple(command.body.model_fields) if command is not None else ()  # the fragments follow one another
        told = sorted(_entries(fields), key=lambda one: order.index(one[0]) if one[0] in order else len(order))
        plain = Spoken(word.replace("_", " "), word.replace("_", " "))
        parts = {
            "device": self._words.device(device),
            "command": self._put(plain if kind is None else kind.spoken.get(word, plain)),
            "fields": "".join(self._field(kind, word, key, _text(value)) for key, value in told),
        }
        return self._put(SENTENCES["tell"], parts=parts)

    def _field(self, kind: Kind | None, word: str, key: str, value: str) -> str:
        command = kind.command(word) if kind is not None else None
        info = command.body.model_fields.get(key) if command is not None else None
        read = self._words.filled(value)
        if key.endswith("seconds"):  # a field says its unit, where it has one
            read = self._words.time(f"{float(value):g}s") if re.fullmatch(r"[0-9.]+", value) else read
        elif key == "times":
            read = self._words.times(value)
        elif info is not None and value_type_of(info.annotation) == "text":
            read = self._put(QUOTED, read)
        spoken = kind.spoken.get(f"{word}.{key}", FIELD) if kind is not None else FIELD
        return self._put(spoken, read, {"field": key.replace("_", " ")})

    def _table(self, sentence: str, node: Node, **more: str) -> str:
        """The sentence, with a fragment for each key that stands there and nothing for the others."""
        entries = dict(_entries(node))
        read = {key: self._values[key](value) for key, value in entries.items() if key in self._values}
        for key in {"when", "until"} & set(read) if "for" in read else ():
            if is_compound(_texts(entries[key])):  # the time is of all of it
                read[key] = self._put(BRACKET, read[key])
        parts = {key: self._put(FRAGMENTS.get(key, PLAIN), text) for key, text in read.items()}
        return self._put(SENTENCES[sentence], parts=parts | more)

    def _timed(self, sentence: str, node: Node) -> str:
        return self._put(SENTENCES[sentence], self._time(node))

    def _time(self, node: Node) -> str:
        return self._words.time(_text(node))

    def _word(self, key: str, node: Node) -> str:
        return self._put(WORDS[f"{key} {_text(node)}"])

    def _until(self, node: Node) -> str:
        return self._word("until", node) if _text(node) == "done" else self._condition(node)

    def _condition(self, node: Node, joined: Literal["and", "or"] = "and") -> str:
        return read_condition_aloud(_texts(node), self._words, joined)


_WAYS = ("when", "while", "all", "in_order", "without", "at", "by")


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _guess(value: str) -> str:
    """What a value is by its looks: a level, a switch, a colour; anything else is a name."""
    if re.fullmatch(r"\d{1,3}(\.\d+)?%", value):
        return "level"
    if value in ("on", "off"):
        return "switch"
    return "colour" if value in COLOURS or value.startswith("#") else ""


def _way(kind: Kind | None, key: str, of: str) -> Ask | None:
    """The ask that ``key`` spells; without a key, or by look, the one that takes such a value.

    A look may be named ``red`` or ``off``: it reads as the colour or the switch, for the short form cannot tell.
    """
    kinds = [*all_kinds().values()] if kind is None and key else [] if kind is None else [kind]
    properties = [property_ for one in kinds for property_ in one.properties]
    asks = [ask for one in properties for ask in (*one.asks, *((one.relative,) if one.relative is not None else ()))]
    if key not in ("", "look"):
        return next((ask for ask in asks if ask.key == key), None)
    fitting = [ask for ask in asks if ask.of == of]
    named = [ask for ask in asks if ask.of in ("look", "clip") and of in ("", "colour")]
    return next(iter((*fitting, *named)), None)


def _text(node: Node | None) -> str:
    return node.text if isinstance(node, Text) else ""


def _texts(node: Node) -> tuple[str, ...]:
    return tuple(_text(one) for one in _several(node))


def _several(node: Node) -> tuple[Node, ...]:
    return node.items if isinstance(node, Many) else (node,)


def _entries(node: Node | None) -> tuple[tuple[str, Node], ...]:
    return tuple(node) if isinstance(node, Table) else ()


def _get(node: Node, key: str) -> Node | None:
    return node.get(key) if isinstance(node, Table) else None
