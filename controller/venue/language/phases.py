"""Phases of a station's session and cues of a guided visit, as an author writes them: ``scenes.model.Phase``."""

from collections.abc import Mapping

from controller.venue.findings import Gather, id_hint, near, say, wrong
from controller.venue.language.forms import SceneForm
from controller.venue.language.places import Groups
from controller.venue.language.reading import read_form
from controller.venue.language.steps import Steps
from controller.venue.language.titles import titles
from controller.venue.language.values import spell_duration
from controller.venue.language.visit_forms import CueForm, PhaseForm
from controller.venue.language.walks import reached, round_at
from controller.venue.source.nodes import Node, Table, Text, as_table, as_text
from devices.topics import is_id
from devices.vocabulary import DeviceId
from scenes.model import ENDS, Ask, Cue, Device, Happening, Micros, Phase, Place, Step, Way

MOST_VISITS = 20
SHORTEST: Micros = 300_000  # for a phase or a cue: what they ask of a light changes by time-outs no faster than is safe


class Phases:
    """Reads phases and cues against the steps and the groups of one venue."""

    def __init__(self, steps: Steps, groups: Groups) -> None:
        self._steps = steps
        self._groups = groups

    def within(self, steps: Steps) -> "Phases":
        """The same with the steps of one scene."""
        return Phases(steps, self._groups)

    def station(self, form: SceneForm, place: Place) -> Device:
        """The station that the phases are about. Raises a finding."""
        if form.station is None:
            raise wrong(place, "phases need a station", hint="write station: and the device whose events they wait for")
        device = self._groups.device(form.station, lambda one: one.kind.station)
        if not device.kind.station:
            raise wrong(form.station.place, "{} is a {}, which has no sessions", device.id, device.kind.name)
        return device

    def phases(self, form: SceneForm, node: Node, place: Place) -> tuple[Phase, ...]:
        """A session's phases, in their order. Raises ``VenueError`` with everything that is wrong in any of them."""
        table, gather = as_table(node, "phases"), Gather()
        station = self.station(form, place)
        _check_names(table, gather)
        if form.else_ is not None:
            gather.attempt(_target, form.else_, table)
        found = [gather.attempt(self._phase, name, one, table, station, form.else_) for name, one in table]
        if not table.entries:
            gather.add(wrong(place, "there are no phases"))
        gather.stop()
        body = tuple(phase for phase in found if phase is not None)
        _check_walks(body, table, gather)
        gather.stop()
        return body

    def _phase(self, name: str, node: Node, phases: Table, station: Device, otherwise: Text | None) -> Phase:
        key = phases.keys[name]
        table = as_table(node, "a phase")
        form = read_form(PhaseForm, table, key, "a phase")
        gather = Gather()
        steps = gather.attempt(self._steps_of, form, table, station)
        ways = gather.attempt(_ways, form.next, phases, station) if form.next is not None else ()
        after = form.else_ or otherwise
        if form.next is None and form.else_ is not None:
            hint = "write next: and an event, or leave else out"
            gather.add(wrong(table.keys["else"], "a phase without next is an end and takes no else", hint=hint))
        elif form.next is not None and after is None:
            hint = "write else: PHASE here, or once for the whole scene"
            gather.add(wrong(key, "{} has no way on when time is up", name, hint=hint))
        elif form.else_ is not None:
            gather.attempt(_target, form.else_, phases)
        visits = gather.attempt(_visits, form.visits)
        gather.attempt(_check_long_enough, form.at_most, table)
        gather.stop()
        return Phase(
            name,
            steps or (),
            key,
            ways or (),
            form.at_most,
            after.text if form.next is not None and after is not None else None,
            visits,
            form.critical,
        )

    def _steps_of(self, form: PhaseForm, table: Table, station: Device) -> tuple[Step, ...]:
        gather = Gather()
        shown = gather.attempt(self._steps.page, station, form.page) if form.page is not None else ()
        asked = gather.attempt(self._steps.ask, form.ask, table.keys["ask"]) if form.ask is not None else ()
        wants = (*(shown or ()), *(asked or ()))
        for want in asked or ():
            if any((want.device, want.property.name) == (one.device, one.property.name) for one in shown or ()):
                gather.add(wrong(want.place, "{} shows the page of this phase already", want.device,
                                 hint="write page: or ask:, one of the two"))  # fmt: skip
        steps: list[Step] = [Ask(wants, table.place)] if wants else []
        if form.tell is not None:
            told = gather.attempt(self._steps.tell_station, station, form.tell, table.keys["tell"])
            steps += [told] if told is not None else []
        gather.stop()
        return tuple(steps)

    def cues(self, node: Node, place: Place) -> tuple[Phase, ...]:
        """A visit's cues, in their order. Raises ``VenueError`` with everything that is wrong in any of them."""
        table, gather = as_table(node, "cues"), Gather()
        _check_names(table, gather)
        found = [gather.attempt(self._cue, name, one, table) for name, one in table]
        if not table.entries:
            gather.add(wrong(place, "there are no cues"))
        gather.stop()
        return tuple(phase for phase in found if phase is not None)

    def _cue(self, name: str, node: Node, cues: Table) -> Phase:
        key = cues.keys[name]
        table = as_table(node, "a cue")
        form = read_form(CueForm, table, key, "a cue")
        gather = Gather()
        wants = gather.attempt(self._steps.ask, form.ask, table.keys["ask"]) if form.ask is not None else ()
        ways = gather.attempt(_named_ways, form.ways, cues) if form.ways is not None else {}
        back = gather.attempt(self._given_back, form.gives_back or ())
        title = gather.attempt(titles, form.title, table.keys.get("title", key), name)
        gather.attempt(_check_long_enough, form.at_most, table)
        gather.stop()
        names = list(cues.keys)
        behind = names[names.index(name) + 1 :]
        cue = Cue(title or {}, wants or (), back or (), ways or {}, stays=form.else_ == "stay")
        after = behind[0] if form.else_ == "go" and behind else None
        return Phase(name, (), key, (), form.at_most, after, cue=cue)

    def _given_back(self, places: tuple[Text, ...]) -> tuple[DeviceId, ...]:
        """In the order of names: which place was named first means nothing."""
        return tuple(sorted({device for place in places for device in self._groups.inside(place)}))


def _check_names(table: Table, gather: Gather) -> None:
    for name, place in table.keys.items():
        if not is_id(name):
            gather.add(wrong(place, "'{}' is not an id", name, hint=id_hint(name)))
        elif name == ENDS:
            gather.add(wrong(place, "nothing here may be called '{}': every run closes with a phase of that name", name,
                             hint="write goodbye, for instance"))  # fmt: skip


def _check_walks(body: tuple[Phase, ...], table: Table, gather: Gather) -> None:
    """Every phase is reached and reaches an end; no round goes on for ever; nobody is sent where he may not come."""
    phases = {phase.name: phase for phase in body}
    there = reached(phases, body[0].name)
    ends = {name for name, phase in phases.items() if not phase.ways}
    around = round_at(phases)
    for name, phase in phases.items():
        if name not in there:
            hint = "let the next: or else: of another phase lead here, or remove it"
            gather.add(wrong(table.keys[name], "no way leads to {}", name, hint=hint))
        elif not reached(phases, name) & ends:
            hint = "a phase without next: is an end"
            gather.add(wrong(table.keys[name], "no way from {} leads to an end", name, hint=hint))
        elif name == around:
            gather.add(wrong(table.keys[name], "a visitor could come back to {} for ever", name,
                             hint="write visits: 3 in one of the phases of this round"))  # fmt: skip
        if phase.otherwise is not None and phases[phase.otherwise].visits is not None:
            gather.add(wrong(table.keys[name], "when time is up {} leads to {}, which may be used up", name,
                             phase.otherwise, hint="write else: and a phase without visits"))  # fmt: skip


def _ways(node: Node, phases: Table, station: Device) -> tuple[Way, ...]:
    table, gather, found = as_table(node, "next"), Gather(), []
    for event, to in table:
        key = table.key(event)
        if event not in station.kind.events:
            gather.add(wrong(key.place, "{} is a {}, which has no event '{}'", station.id, station.kind.name, event,
                             hint=near(event, station.kind.events)))  # fmt: skip
        target = gather.attempt(_target, to, phases)
        if target is not None:
            found.append(Way(Happening(f"{station.id}.{event}", key.place), target))
    if not table.entries:
        gather.add(wrong(table.place, "next names no event", hint="as in next: {{done: goodbye}}"))
    gather.stop()
    return tuple(found)


def _named_ways(node: Node, cues: Table) -> Mapping[str, str]:
    table, gather = as_table(node, "ways"), Gather()
    if "" in table.keys:
        gather.add(wrong(table.keys[""], "a way needs a name", hint="as in ways: {{short: goodbye}}"))
    found = {name: gather.attempt(_target, to, cues) for name, to in table}
    gather.stop()
    return {name: to for name, to in found.items() if to is not None}


def _target(node: Node, among: Table) -> str:
    text = as_text(node, "a phase")
    if text.text not in among.keys:
        raise wrong(text.place, "there is no phase '{}' here", text.text, hint=near(text.text, among.keys))
    return text.text


def _check_long_enough(at_most: Micros, table: Table) -> None:
    if at_most < SHORTEST:
        least = spell_duration(SHORTEST)
        raise wrong(table.entries["at_most"].place, "shorter than {}: light could flash, and nobody can follow", least,
                    hint=say("write at_most: {} or more", least))  # fmt: skip


def _visits(text: Text | None) -> int | None:
    if text is None:
        return None
    if not text.text.isascii() or not text.text.isdigit() or not 1 <= int(text.text) <= MOST_VISITS:
        raise wrong(text.place, "'{}' is not a number of visits", text.text, hint=say("1 to {}", MOST_VISITS))
    return int(text.text)
