"""Reads the tests of a venue: every mistake at its token, in the words that the loader has."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from itertools import pairwise
from typing import TypeVar, get_args
from zoneinfo import ZoneInfo

from controller.venue.findings import Gather, near, say, twice, wrong
from controller.venue.language.reading import read_form
from controller.venue.language.values import scalar, word_of
from controller.venue.language.wants import read_wants
from controller.venue.load import Loaded
from controller.venue.source.nodes import Node, Table, Text, as_list, as_table, as_text, read_yaml
from controller.venue.trials.forms import ExpectForm, GivenForm, MomentForm, TrialForm
from controller.venue.trials.model import (
    Claim,
    Expectation,
    HadVerdict,
    Holds,
    Moment,
    Order,
    Presence,
    Saying,
    SceneIs,
    Started,
    Trial,
    Wanted,
    WasSaid,
    WasTold,
)
from devices.contracts.house import SceneWord
from devices.contracts.orders import VERBS
from devices.vocabulary import DeviceId, Scalar
from scenes.model import SECOND, Place, SceneId
from scenes.verdicts import Verdict

DAY, HOUR = "2022-01-18", "10:00"  # a Tuesday: any plain day would do
Read = TypeVar("Read")
ZONE = "Asia/Shanghai"  # of a venue that names none
NOTHING = "nothing"
_CLAIMS = ("is", "verdict", "started", "shows", "wants", "told", "said", "holds")
_OF_A_SCENE = ("is", "verdict", "started")
_OF_A_DEVICE = ("shows", "wants")


def read_trials(files: Mapping[str, str], loaded: Loaded) -> tuple[Trial, ...]:
    """All tests of these texts, in the author's order. Raises ``VenueError`` with everything that is wrong."""
    gather = Gather()
    found: list[Trial] = []
    first: dict[str, Place] = {}
    reading = _Reading(loaded)
    for file, text in files.items():
        node = gather.attempt(read_yaml, file, text)
        table = gather.attempt(as_table, node, "a file of tests") if node is not None else None
        for name, one in table or ():
            place = table.keys[name] if table is not None else Place(file, 1, 1)
            if first.setdefault(name, place) != place:
                gather.add(twice(place, first[name], "the test '{}' appears twice", name))
                continue
            trial = gather.attempt(reading.trial, name, one, place)
            if trial is not None:
                found.append(trial)
    gather.stop()
    return tuple(found)


class _Reading:
    """Reads tests against one venue."""

    def __init__(self, loaded: Loaded) -> None:
        self._venue = loaded.venue
        self._palette = loaded.palette
        self._names = loaded.names
        self._groups = loaded.groups
        hours = loaded.venue.hours
        self._zone = hours.zone if hours is not None else ZONE
        usual = date.fromisoformat(DAY)
        self._day = (hours.open_day(usual) if hours is not None else usual).isoformat()

    def trial(self, name: str, node: Node, place: Place) -> Trial:
        """One test."""
        form = read_form(TrialForm, as_table(node, "a test"), place, "a test")
        gather = Gather()
        given = gather.attempt(self._given, form.given, place)
        moments = _each(gather, form.when, self._moment)
        expects = _each(gather, form.expect, self._expectation)
        gather.stop()
        for former, later in pairwise(expects):
            if later.time < former.time:
                raise wrong(later.place, "this is expected before what stands above it",
                            hint="expectations stand in the order of time")  # fmt: skip
        if given is None or not expects:
            raise wrong(place, "nothing is expected in this test", hint="expect: and a list, as in "
                        "- {{at: 1s, scene: welcome, is: running}}")  # fmt: skip
        begins, says, silent = given
        ordered = tuple(sorted(moments, key=lambda one: one.at))
        return Trial(name, place, begins, says, silent, ordered, tuple(expects))

    def _given(self, node: Node | None, place: Place) -> tuple[int, tuple[Saying, ...], frozenset[DeviceId]]:
        if node is None:
            return _instant(Text(self._day, place), Text(HOUR, place), self._zone), (), frozenset()
        form = read_form(GivenForm, as_table(node, "what is given"), place, "what is given")
        silent = [self._groups.device(as_text(one, "a device")).id for one in _some(form.silent)]
        begins = _instant(form.on or Text(self._day, place), form.at or Text(HOUR, place), self._zone)
        return begins, tuple(self._sayings(form.says)), frozenset(silent)

    def _moment(self, node: Node) -> Moment:
        table = as_table(node, "what happens")
        form = read_form(MomentForm, table, table.place, "what happens")
        acts: list[Saying | Order | Presence] = [*self._sayings(form.says)]
        if form.orders is not None:
            acts.append(self._order(form.orders, form))
        for text, online in ((form.goes, False), (form.comes, True)):
            if text is not None:
                acts.append(Presence(self._groups.device(text).id, online))
        if not acts:
            raise wrong(table.place, "nothing happens here", hint=say("one of {}", ("says", "orders", "goes", "comes")))
        return Moment(form.at, tuple(acts))

    def _order(self, text: Text, form: MomentForm) -> Order:
        verb, _, target = text.text.partition(" ")
        target = target.strip()
        if verb not in VERBS:
            raise wrong(text.part(0, len(verb)).place, "'{}' is not an order", verb, hint=near(verb, VERBS))
        body: dict[str, object] = {}
        if form.by is not None:
            body["by"] = form.by.text
        if form.way is not None:
            body["way"] = form.way.text
        if form.with_ is not None:
            body["with"] = {key: scalar(value) for key, value in as_table(form.with_, "what a scene is given")}
        return Order(verb, target, body)

    def _sayings(self, node: Node | None) -> Iterator[Saying]:
        """``hall.device.word``, or a table: word with its value, event with its fields; or a list of these."""
        for one in _some(node):
            if isinstance(one, Table):
                for name, value in one:
                    yield self._saying(one.key(name), value)
            else:
                yield self._saying(as_text(one, "what is said"), None)

    def _saying(self, text: Text, value: Node | None) -> Saying:
        name, _, word = text.text.rpartition(".")
        device = self._groups.device(text.part(0, len(name)) if name else text)
        kind = device.kind
        place = text.at(len(name) + 1, len(word))
        if word not in kind.words():
            raise wrong(place, "{} is a {}, which has no '{}'", device.id, kind.name, word,
                        hint=near(word, kind.words()))  # fmt: skip
        if word in kind.events and word not in kind.states:
            table = as_table(value, "what an event carries") if value is not None else None
            return Saying(device.id, word, fields={key: scalar(one) for key, one in table or ()})
        state = next(one for one in kind.states.values() if word in (one.name, one.opposite))
        if value is None and state.type != "bool":
            raise wrong(place, "{} is {}, and has a value", text.text, say(_TYPES[state.type]),
                        hint=say("write {}: and the value", text.text))  # fmt: skip
        found: Scalar = True if value is None else scalar(value)
        if value is not None and not isinstance(found, _FITS[state.type]):
            raise wrong(value.place, "{} is {}, not '{}'", text.text, say(_TYPES[state.type]), found)
        return Saying(device.id, word, found)

    def _expectation(self, node: Node) -> Expectation:
        table = as_table(node, "what is expected")
        form = read_form(ExpectForm, table, table.place, "what is expected")
        if (form.at is None) == (form.by is None):
            raise wrong(table.place, "what is expected has one time, at or by",
                        hint="at: 1s (so at that instant), or by: 10s (at the latest then)")  # fmt: skip
        stated = [key for key in table.keys if key in _CLAIMS]
        if len(stated) != 1:
            raise wrong(table.place, "what is expected is one thing", hint=say("one of {}", _CLAIMS))
        key = stated[0]
        for subject, keys in (("scene", _OF_A_SCENE), ("device", _OF_A_DEVICE)):
            if (subject in table.keys) != (key in keys):
                raise wrong(table.keys.get(subject, table.keys[key]), "{} stands beside {}", subject, keys)
        time = form.at if form.at is not None else form.by or 0
        return Expectation(time, "by" if form.at is None else "at", self._claim(form, table), table.keys[key])

    def _claim(self, form: ExpectForm, table: Table) -> Claim:
        if form.scene is not None:
            return self._of_a_scene(SceneId(self._scene(form.scene)), form)
        if form.device is not None:
            key = "shows" if form.shows is not None else "wants"
            return self._of_a_device(form.device, table.entries[key], table.keys[key], shown=key == "shows")
        if form.told is not None:
            return self._told(form.told)
        if form.said is not None:
            return WasSaid(form.said.text)
        return Holds(self._names.all_of(table.entries["holds"]))

    def _of_a_scene(self, scene: SceneId, form: ExpectForm) -> Claim:
        if form.is_ is not None:
            return SceneIs(scene, word_of(form.is_, get_args(SceneWord), "a state of a scene"))
        if form.verdict is not None:
            return HadVerdict(scene, word_of(form.verdict, [str(one) for one in Verdict], "a verdict"))
        text = form.started or Text("", form.scene.place if form.scene is not None else Place("", 1, 1))
        if not re.fullmatch(r"\d{1,6}", text.text):
            raise wrong(text.place, "'{}' is not a number of starts", text.text, hint="as in 0 or 3")
        return Started(scene, int(text.text))

    def _scene(self, text: Text) -> str:
        if text.text not in self._venue.scenes:
            raise wrong(text.place, "there is no scene '{}'", text.text, hint=near(text.text, self._venue.scenes))
        return text.text

    def _of_a_device(self, device: Text, node: Node, key: Place, *, shown: bool) -> Wanted:
        targets = self._groups.targets(device) if " " in device.text else self._groups.one(device)
        if isinstance(node, Text) and node.text == NOTHING:
            if shown:  # what a device shows when nobody asks is a value of its own
                raise wrong(node.place, "{} stands beside {}", NOTHING, ("wants",))
            return Wanted(tuple(one.id for one in targets.devices), (), shown, NOTHING)
        wants = read_wants(targets, node, key, self._palette)
        text = ", ".join(dict.fromkeys(value for one in wants for value in one.asked.values()))
        return Wanted(tuple(one.id for one in targets.devices), wants, shown, text)

    def _told(self, text: Text) -> WasTold:
        name, _, word = text.text.rpartition(".")
        device = self._groups.device(text.part(0, len(name)) if name else text)
        if device.kind.command(word) is None:
            commands = [one.name for one in device.kind.commands]
            raise wrong(text.at(len(name) + 1, len(word)), "a {} has no command '{}'", device.kind.name, word,
                        hint=near(word, commands))  # fmt: skip
        return WasTold(device.id, word)


_TYPES = {"bool": "true or false", "number": "a number", "text": "text"}
_FITS: Mapping[str, type | tuple[type, ...]] = {"bool": bool, "number": (int, float), "text": str}


def _some(node: Node | None) -> tuple[Node, ...]:
    return () if node is None else as_list(node)


def _each(gather: Gather, node: Node | None, read: Callable[[Node], Read]) -> list[Read]:
    found = [gather.attempt(read, one) for one in _some(node)]
    return [one for one in found if one is not None]


def _instant(day: Text, hour: Text, zone: str) -> int:
    """Wall time in microseconds. Raises a finding."""
    try:
        midnight = datetime.strptime(day.text, "%Y-%m-%d")  # noqa: DTZ007 - its zone is below
    except ValueError:
        raise wrong(day.place, "'{}' is not a date", day.text, hint="as in 2022-01-18") from None
    found = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", hour.text)
    if found is None:
        raise wrong(hour.place, "'{}' is not a time of day", hour.text, hint="as in 14:32")
    moment = midnight.replace(hour=int(found[1]), minute=int(found[2]), tzinfo=ZoneInfo(zone))
    return round(moment.timestamp()) * SECOND
