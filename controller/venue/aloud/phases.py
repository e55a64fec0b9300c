"""Phases of a session and cues of a tour read aloud: what is shown, how long at most, and where it leads."""

from collections.abc import Callable, Mapping

from controller.venue.aloud.words import Words
from controller.venue.source.nodes import Many, Node, Table, Text
from devices.vocabulary import Kind, Spoken

NAMED = Spoken("{name}: {said}", "{name}：{said}")
BETWEEN = Spoken("; ", "；")
_PAGE = Spoken("the page {}", "显示页面{}")
_TELL = Spoken("it is told: {}", "发出指令：{}")
_AT_MOST = Spoken("at most {}", "最长{}")
_NEXT = Spoken("when it {event}, on to {to}", "若{device}{event}，转到{to}")
_ELSE = Spoken("when time is up, on to {}", "超时则转到{}")
_VISITS = Spoken("{} at most", "最多{}")
_CRITICAL = Spoken("not to be interrupted", "不可打断")
_WAY = Spoken("way {name}: {to}", "岔路{name}：{to}")
_GIVES_BACK = Spoken("gives back {}", "交还{}")
_AFTER: Mapping[str, Spoken] = {
    "go": Spoken("then on to the next", "到时进入下一段"),
    "stay": Spoken("then it stays", "到时保持不变"),
    "end": Spoken("then the tour ends", "到时导览结束"),
}


class Phases:
    """Reads them with the words of one venue. ``ask`` reads a table of wants, ``tell`` a device's command."""

    def __init__(self, words: Words, ask: Callable[[Node], str], tell: Callable[[Node], str]) -> None:
        self._words = words
        self._ask = ask
        self._tell = tell

    def phases(self, node: Node, station: str) -> list[str]:
        """A sentence a phase, in their order."""
        return [self._phase(name, one, station) for name, one in _tables(node)]

    def cues(self, node: Node) -> list[str]:
        """A sentence a cue, in their order."""
        return [self._cue(name, one) for name, one in _tables(node)]

    def _phase(self, name: str, phase: Table, station: str) -> str:
        put, words = self._words.put, self._words
        page, otherwise, visits = (_text(phase, key) for key in ("page", "else", "visits"))
        return self._named(
            words.name(name),
            put(_PAGE, words.name(page)) if page else "",
            self._ask(phase.entries["ask"]) if "ask" in phase.keys else "",
            self._told(phase.entries["tell"], station) if "tell" in phase.keys else "",
            put(_AT_MOST, words.time(_text(phase, "at_most"))),
            *self._next(phase.get("next"), station),
            put(_ELSE, words.name(otherwise)) if otherwise else "",
            put(_VISITS, words.times(visits)) if visits else "",
            put(_CRITICAL) if _text(phase, "critical") == "true" else "",
        )

    def _named(self, name: str, *said: str) -> str:
        """``name: this; that``; what is empty is left out."""
        read = self._words.join(BETWEEN, [one for one in said if one])
        return self._words.put(NAMED, parts={"name": name, "said": read})

    def _told(self, node: Node, station: str) -> str:
        """A command of the station by itself in its own words; with fields, or of another device, as a step reads."""
        name, fields = next(iter(node)) if isinstance(node, Table) else (_of(node), node)
        if "." not in name and not (isinstance(fields, Table) and fields.entries):
            return self._words.put(_TELL, self._word(self._words.kind(station), name))
        name = name if "." in name else f"{station}.{name}"
        return self._tell(Table({name: fields}, {name: node.place}, node.place))

    def _word(self, kind: Kind | None, word: str) -> str:
        spoken = kind.spoken.get(word) if kind is not None else None
        return self._words.put(spoken) if spoken is not None else self._words.name(word)

    def _next(self, node: Node | None, station: str) -> list[str]:
        found = []
        for event, to in node if isinstance(node, Table) else ():
            said = self._word(self._words.kind(station), event)
            parts = {"device": self._words.device(station), "event": said, "to": self._words.name(_of(to))}
            found.append(self._words.put(_NEXT, parts=parts))
        return found

    def _cue(self, name: str, cue: Table) -> str:
        put, words = self._words.put, self._words
        title = cue.get("title")
        by_language = {key: _of(one) for key, one in title} if isinstance(title, Table) else {}
        called = words.titles(by_language) or (_of(title) if title is not None else "") or words.name(name)
        ways = cue.get("ways")
        back = cue.get("gives_back")
        places = [
            words.place(_of(one)) for one in (back.items if isinstance(back, Many) else (back,)) if one is not None
        ]
        return self._named(
            called,
            self._ask(cue.entries["ask"]) if "ask" in cue.keys else "",
            put(_AT_MOST, words.time(_text(cue, "at_most"))),
            put(_AFTER[_text(cue, "else")]) if _text(cue, "else") in _AFTER else "",
            *(
                put(_WAY, parts={"name": words.name(way), "to": words.name(_of(to))})
                for way, to in (ways if isinstance(ways, Table) else ())
            ),
            put(_GIVES_BACK, words.series(places)) if places else "",
        )


def _tables(node: Node) -> list[tuple[str, Table]]:
    return [(name, one) for name, one in node if isinstance(one, Table)] if isinstance(node, Table) else []


def _of(node: Node | None) -> str:
    return node.text if isinstance(node, Text) else ""


def _text(table: Table, key: str) -> str:
    return _of(table.get(key))
