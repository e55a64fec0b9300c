"""What an author may write, table by table, in its long form: which keys there are, which must be there, and what their
values are. One model is one table; what stands below it has a model of its own.

The models judge a venue (``read_form``) and describe it to editors (``schema.py``), so the two cannot differ. A key
that is a word of Python has a ``_`` behind it here. Each key's docstring is what an editor shows for it.
"""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, PlainValidator, WithJsonSchema

from controller.venue.language.values import duration, truth, word_of
from controller.venue.source.nodes import Node, Text, as_list, as_some, as_text
from scenes.model import Micros


class Form(BaseModel):
    """One table."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        arbitrary_types_allowed=True,
        defer_build=True,
        alias_generator=lambda name: name.rstrip("_"),
    )


def _leaf(read: Callable[[Any], Any], schema: dict[str, Any]) -> tuple[PlainValidator, WithJsonSchema]:
    return PlainValidator(read), WithJsonSchema(schema)


def _below(name: str) -> WithJsonSchema:
    """A value that is read by its own form; in the schema, a definition of that name."""
    return WithJsonSchema({DEFINED: name})


DEFINED = "x-defined"  # pydantic follows every $ref; schema.py makes one of this
_SCALAR = {"type": ["string", "number", "boolean"]}
_read_time, _schema_time = _leaf(duration, {DEFINED: "time"})
_read_text, _schema_text = _leaf(lambda node: as_text(node, "this"), _SCALAR)
_read_truth, _schema_truth = _leaf(lambda node: truth(node, "this"), {"type": "boolean"})

Time = Annotated[Micros, _read_time, _schema_time]
Word = Annotated[Text, _read_text, _schema_text]
Truth = Annotated[bool, _read_truth, _schema_truth]


def _any_node(node: Any) -> Any:  # noqa: ANN401 - read later, by its own form
    return node


def _starts(node: Any) -> tuple[Node, ...]:  # noqa: ANN401 - a node of any form
    return as_some(node, "as in starts: {{when: hall.sensor.occupied, for: 800ms}}")


def _steps(node: Any) -> tuple[Node, ...]:  # noqa: ANN401 - a node of any form
    return as_some(node, "write a step, as in - wait: 5s")


def _triggers(node: Any) -> tuple[Text, ...]:  # noqa: ANN401 - a node of any form
    as_some(node, "as in when: hall.sensor.occupied")
    return _texts(node)


def _texts(node: Any) -> tuple[Text, ...]:  # noqa: ANN401 - a node of any form
    return tuple(as_text(one, "each of these") for one in as_list(node))


Conditions = Annotated[tuple[Text, ...], PlainValidator(_texts), _below("conditions")]
Triggers = Annotated[tuple[Text, ...], PlainValidator(_triggers), _below("triggers")]
Titles = Annotated[Node, PlainValidator(_any_node), _below("title")]


def _word(known: tuple[str, ...], what: str) -> tuple[PlainValidator, WithJsonSchema]:
    schema = {"anyOf": [{"enum": list(known)}, {DEFINED: "put_in"}]}
    return _leaf(lambda node: word_of(node, known, what), schema)


BANDS = ("house", "ambient", "exhibit", "session", "tour", "staff")
ROLES = ("guide", "staff", "technician")  # in this order: each may order what those before may

_read_band, _schema_band = _word(BANDS, "a band")
BUSY = ("ignore", "extend", "restart")
_read_crash, _schema_crash = _word(("stop", "restart", "resume"), "a way on after a crash")
_read_reload, _schema_reload = _word(("finish", "restart", "stop"), "a way on after a reload")
_read_loses, _schema_loses = _word(("suspend", "carry_on", "stop"), "a way of giving way")
_read_sessions, _schema_sessions = _word(("finish_their_phase", "stop"), "what sessions do")
_read_since, _schema_since = _word(("end", "start"), "a beginning of cooling")


Band = Annotated[str, _read_band, _schema_band]
AfterCrash = Annotated[Literal["stop", "restart", "resume"], _read_crash, _schema_crash]
OnReload = Annotated[Literal["finish", "restart", "stop"], _read_reload, _schema_reload]
Loses = Annotated[Literal["suspend", "carry_on", "stop"], _read_loses, _schema_loses]
Sessions = Annotated[Literal["finish_their_phase", "stop"], _read_sessions, _schema_sessions]
Since = Annotated[Literal["end", "start"], _read_since, _schema_since]


_read_role, _schema_role = _leaf(lambda node: word_of(node, ROLES, "a role"), {"enum": list(ROLES)})
Role = Annotated[str, _read_role, _schema_role]


def _roles(node: Any) -> tuple[str, ...]:  # noqa: ANN401 - a node of any form
    return tuple(word_of(one, ROLES, "a role") for one in as_some(node, "guide, staff or technician"))


Roles = Annotated[tuple[str, ...], PlainValidator(_roles), _below("roles")]
Starts = Annotated[tuple[Node, ...], PlainValidator(_starts), _below("starts")]
Steps = Annotated[tuple[Node, ...], PlainValidator(_steps), _below("steps")]
Wants = Annotated[Node, PlainValidator(_any_node), _below("wants")]
Otherwise = Annotated[Node, PlainValidator(_any_node), _below("otherwise")]


class DeviceForm(Form):
    """A thing with an id, which says something or can be asked for something."""

    kind: Annotated[Text, _read_text, _below("kind")]
    """What sort of thing it is."""
    title: Titles | None = None
    """What people call it."""
    at: Annotated[Text | None, _read_text, _below("part")] = None
    """The section or city in which it stands."""
    note: Word | None = None
    """For people: where its button is, what to do at night."""
    idle: Annotated[Node | None, PlainValidator(_any_node), _below("want")] = None
    """What it shows when nothing asks for anything."""
    trim: Annotated[Text | None, _read_text, _below("trim")] = None
    """A standing offset: -3dB makes it that much quieter than it is asked to be, -20% a light that much dimmer."""
    spare: Annotated[Text | None, _read_text, _below("spare")] = None
    """The device that takes its place, without the scenes knowing."""
    after: Time | None = None
    """How long it must be gone, or fail, before its spare takes its place."""
    emergency: Truth = False
    """An emergency luminaire: in no group, and no scene may ask it for anything."""
    unused: Truth = False
    """Known to be used by no scene, on purpose."""


class ClipForm(Form):
    """A role: the name by which scenes call a film, a picture or a sound. Its files stand here, once."""

    file: Word | None = None
    """The file, where all languages have the same."""
    zh: Word | None = None
    """中文版文件 (the file in Chinese)"""
    en: Word | None = None
    """The file in English."""
    lasts: Time | None = None
    """How long it is."""
    loops: Truth | None = None
    """It begins anew at its end."""


class SceneForm(Form):
    """A named behaviour: when it starts, what it asks, how it ends."""

    title: Titles | None = None
    """What people call it: one text, or {zh, en}."""
    note: Word | None = None
    """For people."""
    tags: Annotated[tuple[Text, ...] | None, PlainValidator(_texts), _below("names")] = None
    """For people, to find scenes by."""
    band: Band = "exhibit"
    """Its priority: house < ambient < exhibit < session < tour < staff. Among equals the latest wins."""
    for_each: Annotated[Text | None, _read_text, _below("for_each")] = None
    """One scene for each row of a catalogue, as in: exhibit in exhibits. $exhibit.column puts a cell in."""
    needs: Annotated[Node | None, PlainValidator(_any_node), _below("params")] = None
    """What an order gives, as in {guide: text}: text, number, clip, look, device or a catalogue; $guide puts it in."""
    starts: Starts = ()
    """What starts it: one way, or a list of ways. A scene that others call needs none."""
    hours: Annotated[Text | None, _read_text, _below("scene_hours")] = None
    """When it may start: open (while the venue is), or 09:00-17:00. At any time where it is not written."""
    if_: Conditions | None = None
    """What must hold at the moment of start: a condition, or a list of which all must hold."""
    busy: Annotated[Node | None, PlainValidator(_any_node), _below("busy")] = None
    """What becomes of what would start it while it runs: ignore, extend, restart, {queue: 3, ...} or {parallel: 4}."""
    per: Annotated[Text | None, _read_text, _below("given_name")] = None
    """By which value busy and cools count, as in $zone: each value for itself."""
    cools: Annotated[Node | None, PlainValidator(_any_node), _below("cools")] = None
    """How long it cannot start again, from its end; or {for, from: start}."""
    takes: Annotated[tuple[Text, ...] | None, PlainValidator(_texts), _below("taken")] = None
    """Halls and stations that it holds while it runs, whole, all or none; what is lower and plays there gives way."""
    sessions: Sessions | None = None
    """What visitors' sessions do that are going on in what it takes: finish the phase they are in, or stop."""
    loses: Loses | None = None
    """What it does when something higher takes its hall: stand still meanwhile, carry on beneath, or stop."""
    does: Steps | None = None
    """What it does: a list of steps, each of one verb."""
    station: Annotated[Text | None, _read_text, _below("station")] = None
    """The station whose events, pages and commands the phases are about."""
    phases: Annotated[Node | None, PlainValidator(_any_node), _below("phases")] = None
    """A visitor's session at a station: name: phase. It begins with the first; a phase without next is an end."""
    else_: Annotated[Text | None, _read_text, _below("name")] = None
    """The phase to go on to when time is up, for phases with next that name none."""
    cues: Annotated[Node | None, PlainValidator(_any_node), _below("cues")] = None
    """A guided visit: name: cue, in their order. People go on by the orders go, back, skip and hold."""
    clock: Annotated[Node | None, PlainValidator(_any_node), _below("clock")] = None
    """What is asked for by the time of day: {opening: …, 11:00: …, sunset - 20min: …}."""
    ends: Annotated[Node | None, PlainValidator(_any_node), _below("ends")] = None
    """How it ends, always and once: the time over which everything is let go, or a list of steps."""
    at_most: Time | None = None
    """The longest it may run; computed from its steps where it is not written."""
    after_crash: AfterCrash | None = None
    """What becomes of it when the controller died in the middle."""
    resting: Wants | None = None
    """What is shown while staff mark it out of order (the order rest)."""
    on_reload: OnReload = "finish"
    """What becomes of a run when its scene was changed: it goes on as far as it can, begins anew, or ends."""


class WhenForm(Form):
    """It becomes true, or happens."""

    when: Triggers
    """A state (becomes true) or an event (happens): hall.device.word; or a comparison. A list means any of them."""
    for_: Time = 0
    """How long it must last before the scene starts."""
    gap: Time = 0
    """Interruptions up to this long are forgiven."""
    gives: Annotated[Node | None, PlainValidator(_any_node), _below("params")] = None
    """Fields of the event, as in {film: films, topic: text, word: [zh, en]}; $film puts it in."""


class WhileForm(Form):
    """As long as something holds, also at boot; the run ends when it ends."""

    while_: Annotated[Node, PlainValidator(_any_node), _below("conditions")]
    """The condition, or a list of which all must hold."""


class ByForm(Form):
    """An order of people in one of these roles."""

    by: Roles
    """guide, staff or technician."""


class CoolsForm(Form):
    """How long a scene cannot start again."""

    for_: Time
    """How long."""
    from_: Since = "end"
    """From its end, or from its start."""


class WaitForm(Form):
    """Waits until something holds, happens, or all that was asked is confirmed; with a longest time and a way on."""

    until: Annotated[Text, _read_text, _below("until")]
    """A condition, an event, or done: everything asked is confirmed."""
    for_: Time = 0
    """How long it must last."""
    at_most: Time
    """The longest it waits."""
    else_: Otherwise
    """The way on when time is up: a step, or end."""


class StayForm(Form):
    """Lasts until something held for a time. With busy: extend, each new start refreshes its time."""

    until: Annotated[Text, _read_text, _below("trigger")]
    """What ends it."""
    for_: Time = 0
    """How long that must last."""
    at_most: Time
    """The longest it lasts."""


class SayForm(Form):
    """A line for people."""

    staff: Word
    """What is said to the staff."""


class WantForm(Form):
    """How a level is asked for: what the kind of the target can be asked, and these."""

    model_config = ConfigDict(extra="allow")

    fade: Time = 0
    """Over which time."""
    within: Time | None = None
    """How long the device may take to confirm; the kind's own time where it is not written."""
    one_by_one: Time | None = None
    """A group one after the other, with this time between them; in reverse when it is let go."""
    in_step: Truth = False
    """All of them begin at one instant."""
    need: Annotated[Text | None, _read_text, _below("need")] = None
    """How many of the group must confirm; when fewer do, the substitute is asked of all of them."""
    retry: Annotated[Text | None, _read_text, _below("retry")] = None
    """How often it is asked again: 0 to 10."""
    with_: Annotated[Node | None, PlainValidator(_any_node), _below("given")] = None
    """What a page is given: names and values."""
    or_: Annotated[Text | None, _read_text, _below("substitute")] = None
    """What is asked instead when no confirmation comes."""


class StepForm(Form):
    """A step has one verb."""

    ask: Wants | None = None
    """Levels that hold until the run ends or asks again. Never waits."""
    tell: Annotated[Node | None, PlainValidator(_any_node), _below("tell")] = None
    """A command, once: hall.device.command, with fields if it has any."""
    wait: Annotated[Node | None, PlainValidator(_any_node), _below("wait")] = None
    """A time; or {until, for, at_most, else}."""
    stay: Annotated[Node | None, PlainValidator(_any_node), _below("stay")] = None
    """{until, for, at_most}: as long as somebody is there."""
    release: Time | None = None
    """Lets go of everything that was asked, over this time."""
    add: Annotated[Node | None, PlainValidator(_any_node), _below("added")] = None
    """So much more of a variable: {inside: 2}, {votes.$topic: 1}; less with a minus."""
    set: Annotated[Node | None, PlainValidator(_any_node), _below("assigned")] = None
    """Another value of a variable: {language: en}."""
    say: Annotated[Node | None, PlainValidator(_any_node), _below("say")] = None
    """{staff: text}."""
    choose: Annotated[Node | None, PlainValidator(_any_node), _below("choices")] = None
    """$name, with one key a value beside it; or conditions, of which the first that holds counts."""
    together: Annotated[Node | None, PlainValidator(_any_node), _below("branches")] = None
    """A list, all at once: each item a step, or a list of steps. Over when all are over."""
    repeat: Annotated[Text | None, _read_text, _below("times")] = None
    """How often the steps beside it are done: repeat: 5, steps: [..]."""
    timeline: Annotated[Text | None, _read_text, _below("player")] = None
    """A player whose film has its moments beside it: timeline: hall.wall, at_most: 5min, at: {0:04.5: {..}}."""
    call: Annotated[Node | None, PlainValidator(_any_node), _below("call")] = None
    """Starts another scene and waits for its end: its name, or {scene: {parameter: value}}."""
