"""The stage: all that is going on. One value with one owner, changed only inside ``take`` and ``advance``.

Written to bytes and back in a millisecond; times are engine microseconds; keys are text, so that the bytes are the same
in every process.
"""

from typing import Literal

import msgspec

from devices.vocabulary import DeviceId, Scalar
from scenes.model import SceneId

CandidateSource = Literal["event", "order", "while", "calendar", "call"]
Confirmation = Literal["left", "unsent", "sent", "waiting", "confirmed", "failed"]
TimerAction = Literal[
    "dwell", "gap", "queue", "step", "lasting", "moment", "phase", "limit", "confirm", "command", "cooled", "turn",
    "spare", "claim", "safety", "calendar", "notice", "silence", "reset", "fact",
]  # fmt: skip


class Timer(msgspec.Struct, array_like=True):
    """Fires at ``due``; among equals what was due first, then the lower number. ``subject`` is whose it is."""

    due: int
    number: int
    action: TimerAction
    subject: str
    was_due: int  # before an outage moved it


class Candidate(msgspec.Struct, omit_defaults=True):
    """An event that could start a scene, on its way through the gates."""

    number: int
    scene: SceneId
    start: int  # which of the scene's starts
    source: CandidateSource
    since: int
    key: str = ""
    stale: str = ""  # why it is not fresh, if it is not
    edge: bool = True
    gate: int = 0  # where it waits
    broken_at: int | None = None  # an interruption that is still forgiven
    timers: dict[str, int] = {}
    params: dict[str, Scalar] = {}  # what the order or the event gave
    session: str = ""  # the visitor's, where the scene is about a station
    caller: str = ""  # the run and its strand that wait for it
    queue: Literal["", "waits", "called"] = ""  # it waits for its turn; its turn has come


class Notice(msgspec.Struct, omit_defaults=True):
    """What a scene shows that is no run: to those who wait, to one who was refused, while it is out of order."""

    id: str
    scene: SceneId
    outputs: list[str] = []  # where it has layers
    params: dict[str, Scalar] = {}
    timer: int | None = None  # until when it shows, if it goes by itself


class SceneLife(msgspec.Struct, omit_defaults=True):
    """What is remembered of a scene beyond its runs."""

    armed: bool = True
    since: int = 0
    cooling: dict[str, int] = {}  # key → until
    runs: list[str] = []  # the longest running first
    pending: dict[int, Candidate] = {}  # by number: the longest waiting first
    holding: list[int] = []  # the ``while`` starts whose condition holds
    again: list[int] = []  # those that found the scene running, or its hall taken: they start when that is over
    resting: bool = False  # out of order
    notices: dict[str, Notice] = {}  # by what they tell: waiting, full, resting
    took: list[int] = []  # how long the last runs were, where people queue for it
    came: dict[int, dict[int, int]] = {}  # start that wants several → item → when it came, or its sequence began
    silences: dict[int, int] = {}  # start that wants silence → its timer; 0 while what must be silent is true


class Waiting(msgspec.Struct, omit_defaults=True):
    """A step that waits. ``since``: how long what it waits for has been lasting."""

    timers: dict[str, int] = {}
    since: int | None = None
    follows: bool = False  # a timeline: the player plays its film
    next: int = 0  # which of its moments comes next
    order: int = 0  # who waits longer goes on first


MAIN = ""  # the strand that every run has


class Strand(msgspec.Struct, omit_defaults=True):
    """One line of steps of a run: where it stands (``strands.py`` says how to read a path), and how it waits there."""

    name: str = MAIN
    path: tuple[int, ...] = (0,)
    waiting: Waiting | None = None


def _one_strand() -> dict[str, Strand]:
    return {MAIN: Strand()}


class Run(msgspec.Struct, omit_defaults=True):
    """One life of a scene. Where it resumes: ``phase``, and where each of its strands stands."""

    id: str
    scene: SceneId
    start: int
    started: int
    phase: str
    key: str = ""
    strands: dict[str, Strand] = msgspec.field(default_factory=_one_strand)  # in the order in which they began
    outputs: list[str] = []  # where it has layers, in the order of asking
    limit: int | None = None  # number of the timer of its limit
    limit_left: int | None = None  # what was left of a computed limit when the cue was held
    why_ends: str = ""
    visits: dict[str, int] = {}  # phase → how often the run came there
    trail: list[str] = []  # the cues of the path so far
    session: str = ""  # the visitor's, where the scene is about a station
    left: str = ""  # by what the last phase that has ways was left
    stopping: str = ""  # why the run ends when its critical phase is over
    suspended: str = ""  # the run that covers it: its clock stands still and it hears nothing
    frozen: list[Timer] = []  # its timers meanwhile, each due after what is left of it
    silent: bool = False  # it ends unseen: of its ``ends`` nothing is shown
    params: dict[str, Scalar] = {}  # what its order or its event gave
    caller: str = ""  # the run and its strand that wait for its end

    @property
    def main(self) -> Strand:
        """The strand that goes through the phases."""
        return self.strands[MAIN]


Asker = Run | Notice  # who has layers


class Layer(msgspec.Struct, omit_defaults=True):
    """What one run asks of one property. ``timer``: of its coming or going, where a group does so one by one."""

    run: str
    band: int
    order: int
    value: dict[str, Scalar]
    fade: int = 0
    within: int | None = None
    retry: int = 0
    substitute: dict[str, Scalar] | None = None
    substituted: bool = False
    on_top: int | None = None  # since when
    played: int = 0  # how long it was on top before something was shown over it
    written: dict[str, Scalar] = {}  # the value before the language chose a file, where that differs
    follows: dict[str, str] = {}  # field → the variable with which it changes
    times: float | None = None  # relative: the share that is left of what is wanted otherwise
    starts: int | None = None  # the instant at which it begins, in step with others
    group: int = 0  # what was asked as one has one number
    may_fail: int | None = None  # how many of its group need not confirm; None: each counts for itself
    apart: int = 0
    timer: int | None = None
    fade_out: int = 0


class Output(msgspec.Struct, omit_defaults=True):
    """One property of one device: its layers (lowest first) and what became of what is wanted.

    ``relatives`` make less of what the layers want; ``coming``: layers whose turn has not come. ``own``: what it
    showed before somebody made less of it, where it has no idle value to go back to.
    """

    device: DeviceId
    property: str
    layers: list[Layer] = []
    wanted: dict[str, Scalar] | None = None
    revision: int = 0
    state: Confirmation = "left"
    tries: int = 0
    timer: int | None = None
    fade: int = 0
    since: int = 0
    begins: int = 0  # where in its clip
    relatives: list[Layer] = []
    coming: list[Layer] = []
    own: dict[str, Scalar] | None = None
    starts: int | None = None


class Pending(msgspec.Struct, omit_defaults=True):
    """A command that has no answer yet."""

    id: str
    device: DeviceId
    command: str
    fields: dict[str, Scalar]
    run: str
    scene: SceneId
    path: str
    expires: int
    sent: bool = False
    tries: int = 0
    attempt: int = 0  # how often it was told anew after a refusal
    timer: int | None = None


class Clock(msgspec.Struct, omit_defaults=True):
    """How far a player is in its file, microseconds: ``position`` at the instant ``at``."""

    play: str
    position: int
    at: int
    runs: bool
    ended: bool = False


class DeviceLife(msgspec.Struct, omit_defaults=True):
    """What is remembered of a device beyond its values."""

    online: bool | None = None
    heard_at: int | None = None
    ids: dict[str, int] = {}  # event ids lately heard → when
    duplicates: int = 0
    refused: int = 0
    late: int = 0  # events of sessions that were over
    closed: dict[str, int] = {}  # sessions that are over → when
    clock: Clock | None = None  # of what plays films or sounds
    spare: DeviceId = DeviceId("")  # what stands in for it
    stands_for: DeviceId = DeviceId("")  # for what it stands in
    timer: int | None = None  # when its spare comes or goes


class NamedLife(msgspec.Struct, omit_defaults=True):
    """What is remembered of a variable, a fact or a mode beyond its value."""

    since: int = 0
    timer: int | None = None  # its reset, or how long its threshold must hold
    reset: int = 0  # wall time of the last reset


class CalendarLife(msgspec.Struct, omit_defaults=True):
    """Up to which instant of wall time the calendar is done, and the closings that were moved by order."""

    timer: int | None = None
    done: int = 0  # 0: it never was
    later: dict[int, int] = {}  # closing as planned → as it is now


class Answered(msgspec.Struct, omit_defaults=True):
    """What an order was answered, so that the same id gets the same answer."""

    answer: Literal["accepted", "refused", "done", "expired"]
    why: str
    run: str | None = None
    verdict: str | None = None


class Safety(msgspec.Struct, omit_defaults=True):
    """The latch of the evacuation. ``lifting``: who took the first of the two steps that open it, and when."""

    state: Literal["normal", "evacuation", "drill"] = "normal"
    since: int = 0
    why: str = ""
    by: str = ""
    lifting: str = ""
    lifting_since: int = 0
    again: dict[SceneId, int] = {}  # starts at a time of day that come late, when it is lifted
    timers: dict[str, int] = {}  # "lift": the first step lapses; "drill": the drill is over

    def holds(self) -> bool:
        """Whether nothing may start, and nothing else may be seen or heard."""
        return self.state != "normal"


class Stage(msgspec.Struct):
    """All that is going on."""

    now: int = 0
    offset: int = 0  # wall time is engine time plus this
    journal: str = ""
    epoch: int = 0
    number: int = 0  # the last number given to a timer, candidate or layer
    link_up: bool = False
    away_since: int = 0  # until when it is known that we listened
    candidates: int = 0
    ended: int = 0
    refused: int = 0
    values: dict[str, Scalar] = {}
    devices: dict[DeviceId, DeviceLife] = {}
    scenes: dict[SceneId, SceneLife] = {}
    runs: dict[str, Run] = {}
    outputs: dict[str, Output] = {}
    claims: dict[str, list[str]] = {}  # hall or station → runs that took it, the lowest band first: the last holds it
    commands: dict[str, Pending] = {}
    timers: dict[int, Timer] = {}
    answers: dict[str, Answered] = {}
    named: dict[str, NamedLife] = {}
    calendar: CalendarLife = msgspec.field(default_factory=CalendarLife)
    safety: Safety = msgspec.field(default_factory=Safety)

    def next_number(self) -> int:
        """A number that this stage never gave before."""
        self.number += 1
        return self.number

    def pending(self) -> int:
        """How many candidates are on their way through the gates."""
        return sum(len(life.pending) for life in self.scenes.values())


_encoder = msgspec.msgpack.Encoder()  # keeps the order of every dict: what iterates must go on in the same order
_decoder = msgspec.msgpack.Decoder(Stage)


def latch_text(stage: Stage) -> str:
    """How the evacuation stands, in a form that any version reads."""
    return msgspec.json.encode(stage.safety).decode()


def latch_of(text: str) -> Safety:
    """The same again, without its timers and the first step of lifting it; empty text: it was never closed."""
    if not text:
        return Safety()
    kept = msgspec.json.decode(text, type=Safety)
    return Safety(state=kept.state, since=kept.since, why=kept.why, by=kept.by, again=kept.again)


def to_bytes(stage: Stage) -> bytes:
    """The stage as bytes; the same stage gives the same bytes."""
    return _encoder.encode(stage)


def from_bytes(data: bytes) -> Stage:
    """The stage again. Raises ``msgspec.ValidationError`` when the bytes are of another version."""
    return _decoder.decode(data)
