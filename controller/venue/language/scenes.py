"""A scene's table to ``scenes.model.Scene``: how it starts, its gates, what it does, how it ends."""

from collections.abc import Mapping

from controller.venue.findings import Gather, nearest, say, silent, wrong
from controller.venue.language.busy import Meeting, read_meeting
from controller.venue.language.clock import read_clock
from controller.venue.language.forms import ByForm, CoolsForm, SceneForm, Since, WhenForm, WhileForm
from controller.venue.language.hours_forms import AtForm
from controller.venue.language.names import VenueNames
from controller.venue.language.params import Types, check_given
from controller.venue.language.phases import Phases
from controller.venue.language.places import Groups
from controller.venue.language.reading import keys_of, read_form
from controller.venue.language.several import read_all, read_in_order, read_without
from controller.venue.language.steps import Steps, read_ends
from controller.venue.language.taking import taken
from controller.venue.language.times import Times
from controller.venue.language.titles import titles
from controller.venue.language.values import duration, spell_duration
from controller.venue.language.walks import longest_of
from controller.venue.source.nodes import Node, Table, Text, as_list, as_table
from devices.vocabulary import DeviceId
from scenes.condition import Condition
from scenes.model import (
    ENDS,
    SECOND,
    AfterCrash,
    At,
    Band,
    By,
    Loses,
    Micros,
    Phase,
    Place,
    Scene,
    SceneId,
    Start,
    When,
    While,
)

_NO_SCENE = "is this a scene, or a misspelt part of the venue?"
BODIES = ("does", "cues", "phases", "clock")
GRACE = SECOND  # a computed limit is a net under the steps, not one of them
_LOSES: Mapping[Band, Loses] = {Band.HOUSE: "carry_on", Band.AMBIENT: "carry_on"}
_AFTER_CRASH: Mapping[Band, AfterCrash] = {Band.HOUSE: "restart", Band.AMBIENT: "restart", Band.TOUR: "resume"}


class Behaviours:
    """Reads scenes against the names and the steps of one venue."""

    def __init__(
        self,
        names: VenueNames,
        steps: Steps,
        phases: Phases,
        groups: Groups,
        times: Times,
        types: Types | None = None,
    ) -> None:
        self._names = names
        self._steps = steps
        self._phases = phases
        self._groups = groups
        self._times = times
        self._types = types if types is not None else Types()

    def scene(self, name: str, table: Table, place: Place) -> Scene:
        """One scene. Raises ``VenueError`` with everything that is wrong in it."""
        if not any(key in table.keys for key in ("starts", *BODIES)):
            raise wrong(place, "a scene needs starts and does", hint=_NO_SCENE)
        gather = Gather()
        form = gather.attempt(read_form, SceneForm, table, place, "a scene")
        needs = gather.attempt(self._types.read, table.entries["needs"]) if "needs" in table.keys else ()
        starts = gather.attempt(self._starts, table.get("starts"))
        given = [one for start in starts or () if isinstance(start, When) for one in start.gives]
        scope = self._types.scope(table, (*(needs or ()), *given))
        steps = self._steps.within(scope)
        body = gather.attempt(self._body, form, table, place, steps)
        meeting = gather.attempt(read_meeting, table, _named(table), starts or (), steps) or Meeting()
        ends = gather.attempt(read_ends, steps, table.get("ends"), place, body or ())
        cools = gather.attempt(_cools, table.get("cools"), table.keys.get("cools", place))
        condition = gather.attempt(self._names.all_of, table.entries["if"]) if "if" in table.keys else None
        hours = gather.attempt(self._times.of_scene, form.hours) if form is not None and form.hours else None
        title = gather.attempt(titles, table.get("title"), table.keys.get("title", place), name)
        limit = gather.attempt(_limit, table, form, starts, body)
        check_given(starts or (), needs or (), scope, gather)
        takes = gather.attempt(taken, self._groups, form, table) if form is not None else ()
        gather.stop()
        if form is None or starts is None or body is None or ends is None or cools is None or title is None:
            raise silent()
        band = Band[form.band.upper()]
        return Scene(
            id=SceneId(name),
            title=title,
            band=band,
            starts=starts,
            phases=body,
            ends=Phase(ENDS, ends),
            after_crash=form.after_crash or _AFTER_CRASH.get(band, "stop"),
            place=place,
            hours=hours,
            condition=condition,
            busy=meeting.busy,
            cools=cools[0],
            cools_from="start" if cools[1] == "start" else "end",
            at_most=limit,
            station=DeviceId(form.station.text) if form.station is not None else None,
            takes=takes or (),
            loses=form.loses or _LOSES.get(band, "suspend"),
            sessions=form.sessions or "finish_their_phase",
            needs=needs or (),
            per=meeting.per,
            resting=meeting.resting,
            on_reload=form.on_reload,
            keys=dict(table.keys),
        )

    def _body(self, form: SceneForm | None, table: Table, place: Place, steps: Steps) -> tuple[Phase, ...]:
        """Exactly one of does, cues, phases and clock, as phases. Raises ``VenueError``."""
        bodies = [key for key in BODIES if key in table.keys]
        if len(bodies) > 1:
            raise wrong(table.keys[bodies[1]], "a scene has one of {}", BODIES)
        if not bodies and any(nearest(key, BODIES) for key in table.keys if key not in keys_of(SceneForm)):
            raise silent()  # misspelt, and shown as that
        if not bodies:
            raise wrong(
                place, "a scene needs does", hint="write does: and a list of steps; or cues:, phases: or clock:"
            )
        _check_beside(table, bodies[0])
        node = table.entries[bodies[0]]
        if bodies[0] == "does":
            return (Phase("does", steps.read(as_list(node))),)
        if bodies[0] == "clock":
            return (Phase("clock", (), clock=read_clock(node, table.keys["clock"], self._times, steps)),)
        if form is None:
            raise silent()
        if bodies[0] == "cues":
            return self._phases.within(steps).cues(node, place)
        return self._phases.within(steps).phases(form, node, place)

    def _starts(self, node: Node | None) -> tuple[Start, ...]:
        found: list[Start] = []
        gather = Gather()
        for one in _listed(node):
            found += gather.attempt(self._start, one) or ()
        gather.stop()
        return tuple(found)

    def _start(self, node: Node) -> list[Start]:
        table = as_table(node, "a way to start")
        ways = [key for key in _WAYS if key in table.keys]
        if not ways:
            first = next(iter(table.keys), "")
            raise wrong(table.keys.get(first, table.place), "a way to start is one of {}", _WAYS,
                        hint="as in starts: {{when: hall.sensor.occupied, for: 800ms}}")  # fmt: skip
        if len(ways) > 1:
            raise wrong(table.keys[ways[1]], "a way to start is one of {}", _WAYS,
                        hint="make a list: each way an item of its own")  # fmt: skip
        key = next(iter(table.keys.values()))
        match ways[0]:
            case "when":
                return self._when(read_form(WhenForm, table, key, "a start by when"), table)
            case "while":
                node = read_form(WhileForm, table, key, "a start by while").while_
                condition = self._names.all_of(node)
                return [While(condition, condition.text, node.place)]
            case "all":
                return [read_all(self._names, table, key)]
            case "in_order":
                return [read_in_order(self._names, table, key)]
            case "without":
                return [read_without(self._names, table, key)]
            case "at":
                at = read_form(AtForm, table, key, "a start by the clock")
                if at.days == ():
                    raise wrong(table.entries["days"].place, "nothing stands in this list", hint="as in days: [tue]")
                days = tuple(self._times.day(one) for one in at.days or ())
                return [At(self._times.time_of_day(at.at), days, at.late, at.at.place)]
            case _:
                form = read_form(ByForm, table, key, "a start by order")
                return [By(form.by, table.keys["by"])]

    def _when(self, form: WhenForm, table: Table) -> list[Start]:
        gather = Gather()
        found: list[Start] = []
        gives = gather.attempt(self._types.read, form.gives) if form.gives is not None else ()
        if form.gap and not form.for_:
            gather.add(wrong(table.keys["gap"], "gap forgives interruptions of `for`, which is missing"))
        if form.gap > form.for_ > 0:
            gather.add(wrong(table.entries["gap"].place, "interruptions longer than the time itself are forgiven",
                             hint=say("write gap: {} or less", spell_duration(form.for_))))  # fmt: skip
        for text in form.when:
            trigger = gather.attempt(self._names.trigger, text)
            if trigger is None:
                continue
            if form.gives is not None:
                gather.attempt(self._names.check_fields, trigger, text, as_table(form.gives, "what is given"))
            if form.for_ and not isinstance(trigger, Condition):
                gather.add(wrong(table.keys["for"], "{} happens and does not last, so it cannot hold for a time",
                                 text.text))  # fmt: skip
            found.append(When(trigger, text.text, text.place, form.for_, form.gap, table.keys.get("for"), gives or ()))
        gather.stop()
        return found


_WAYS = ("when", "while", "all", "in_order", "without", "at", "by")


def _check_beside(table: Table, body: str) -> None:
    """What would be read by nobody beside this body is a mistake."""
    gather = Gather()
    for key in ("station", "else") if body != "phases" else ():
        if key in table.keys:
            gather.add(wrong(table.keys[key], "{} belongs to phases", key))
    gather.stop()


def _listed(node: Node | None) -> tuple[Node, ...]:
    return as_list(node) if node is not None else ()


def _named(table: Table) -> str:
    """By which key the scene's body is written."""
    return next((key for key in BODIES if key in table.keys), "does")


def _cools(node: Node | None, key: Place) -> tuple[Micros, Since]:
    if node is None:
        return 0, "end"
    if isinstance(node, Text):
        return duration(node), "end"
    form = read_form(CoolsForm, as_table(node, "cools"), key, "cools")
    return form.for_, form.from_


def _limit(
    table: Table, form: SceneForm | None, starts: tuple[Start, ...] | None, body: tuple[Phase, ...] | None
) -> Micros | None:
    """The longest the run may last: as written, or computed from its body; None where nothing bounds it."""
    if form is None or starts is None or body is None:
        return None
    computed = longest_of(body)
    if form.at_most is not None:
        _check_limit(table, body, computed, form.at_most)
        return form.at_most
    busy = table.get("busy")
    if isinstance(busy, Text) and busy.text == "extend":
        raise wrong(table.keys["busy"], "what can be extended needs a limit", hint="write at_most: 150s")
    if any(phase.cue is not None and phase.cue.stays for phase in body):
        raise wrong(table.keys["cues"], "a tour with a cue that stays needs a limit", hint="write at_most: 120min")
    if starts and all(isinstance(start, While) for start in starts):
        return None
    if body[0].clock:
        raise wrong(table.keys["clock"], "a clock goes on until its scene ends: this one needs a limit",
                    hint="write at_most: 10h, or start it by while")  # fmt: skip
    if any(isinstance(start, While) for start in starts):
        return None
    return computed + GRACE if computed else None


def _check_limit(table: Table, body: tuple[Phase, ...], computed: Micros, written: Micros) -> None:
    """The longest walk through phases fits; a plain scene's and a tour's limit is a net, and may cut them short."""
    if computed > written and body[0].ways:
        takes = spell_duration(computed)
        hint = say("write at_most: {} or more", takes)
        raise wrong(table.entries["at_most"].place, "the longest way through the phases takes {}", takes, hint=hint)


KEYS = keys_of(SceneForm)
