"""The words of the model: what a scene is made of. It imports nothing of the project.

A condition is ``("is", sensor, bool)``, ``("least", variable, number)``, ``("fact", name)``, ``("and", a, b)``,
``("or", a, b)`` or ``("not", a)``. A trigger is a condition, which becomes true, or ``("event", name)``, which happens.
Times are whole microseconds.
"""

from dataclasses import dataclass

Lamp = str
Rule = tuple  # a condition
Trigger = tuple  # a condition or an event
NEVER = 1 << 62
EXHIBIT = 2  # the band's number
HALLS = {"wash": "hall", "rim": "hall", "floor": "side"}  # where the lamps are
Value = bool | int


@dataclass(frozen=True)
class When:
    """It becomes true, or happens."""

    rule: Trigger
    lasting: int = 0
    gap: int = 0


@dataclass(frozen=True)
class While:
    """As long as it is true."""

    rule: Rule


@dataclass(frozen=True)
class By:
    """An order."""


@dataclass(frozen=True)
class Several:
    """All of several within a time, or one behind the other."""

    items: tuple[Trigger, ...]
    within: int
    ordered: bool = False


@dataclass(frozen=True)
class Without:
    """Silence."""

    trigger: Trigger
    lasting: int


Start = When | While | By | Several | Without


@dataclass(frozen=True)
class Ask:
    lamp: Lamp
    look: str


@dataclass(frozen=True)
class Release:
    """Lets go of all that was asked so far."""


@dataclass(frozen=True)
class Wait:
    time: int


@dataclass(frozen=True)
class Stay:
    rule: Rule
    lasting: int
    at_most: int


@dataclass(frozen=True)
class Until:
    """A wait with a way on: a step, or the end (None)."""

    rule: Trigger
    lasting: int
    at_most: int
    otherwise: "Ask | None"


@dataclass(frozen=True)
class Choose:
    cases: tuple[tuple[Rule, tuple["Step", ...]], ...]
    otherwise: tuple["Step", ...]


@dataclass(frozen=True)
class Together:
    branches: tuple[tuple["Step", ...], ...]


@dataclass(frozen=True)
class Repeat:
    times: int
    steps: tuple["Step", ...]


@dataclass(frozen=True)
class Call:
    name: str


@dataclass(frozen=True)
class Change:
    """A variable is added to, or set."""

    variable: str
    number: int
    adds: bool


Step = Ask | Release | Wait | Stay | Until | Choose | Together | Repeat | Call | Change


@dataclass(frozen=True)
class Piece:
    """A scene."""

    name: str
    band: int
    starts: tuple[Start, ...]
    does: tuple[Step, ...]
    ends: tuple[Wait, ...] = ()  # then everything is released
    only_if: Rule | None = None
    busy: str = "ignore"  # extend, restart, queue, parallel
    room: int = 0  # the length of the queue, or how many runs side by side
    patience: int = NEVER  # how long one waits in the queue
    cools: int = 0
    cools_from_start: bool = False
    at_most: int = NEVER
    takes: tuple[str, ...] = ()  # halls
    loses: str = ""  # suspend, carry_on, stop; empty: by its band
    after_crash: str = ""  # stop, restart, resume; empty: by its band

    @property
    def halls(self) -> set[str]:
        """Where it plays: the halls of all that it asks, and what it takes."""
        return {HALLS[lamp] for lamp in _lamps(self.does)} | set(self.takes)

    @property
    def gives_way(self) -> str:
        """What it does when something higher takes its hall."""
        return self.loses or ("carry_on" if self.band < EXHIBIT else "suspend")

    @property
    def goes_on(self) -> str:
        """What becomes of it after a crash."""
        by_band = ("restart", "restart", "stop", "stop", "resume", "stop")  # exhibit, session, staff stop; tour resumes
        return self.after_crash or by_band[self.band]


@dataclass(frozen=True)
class Counter:
    """A variable: events that count one more, and one less down to 0."""

    name: str
    number: int
    plus: tuple[str, ...]
    minus: tuple[str, ...]


@dataclass(frozen=True)
class Level:
    """A fact, with two thresholds of a variable."""

    name: str
    begins: Rule
    ends: Rule
    lasting: int = 0


@dataclass(frozen=True)
class Whole:
    """A house: its scenes, its variables, its facts."""

    pieces: tuple[Piece, ...]
    counters: tuple[Counter, ...] = ()
    levels: tuple[Level, ...] = ()


def _lamps(steps: tuple[Step, ...]) -> set[Lamp]:
    """All that these steps may ask."""
    found: set[Lamp] = set()
    for step in steps:
        match step:
            case Ask():
                found.add(step.lamp)
            case Until() if step.otherwise is not None:
                found.add(step.otherwise.lamp)
            case Choose():
                found |= _lamps(step.otherwise).union(*(_lamps(one) for _, one in step.cases))
            case Together():
                found = found.union(*map(_lamps, step.branches))
            case Repeat():
                found |= _lamps(step.steps)
    return found


def truth(rule: Rule, known: dict[str, Value]) -> bool | None:
    """Three-valued: what nobody reported is unknown, never true and never false."""
    match rule:
        case ("is", sensor, value):
            return None if sensor not in known else known[sensor] == value
        case ("least", variable, number):
            return None if variable not in known else known[variable] >= number
        case ("fact", name):
            return None if name not in known else bool(known[name])
        case ("not", one):
            found = truth(one, known)
            return None if found is None else not found
        case ("and", one, other):
            pair = {truth(one, known), truth(other, known)}
            return False if False in pair else (None if None in pair else True)
        case ("or", one, other):
            pair = {truth(one, known), truth(other, known)}
            return True if True in pair else (None if None in pair else False)
        case ("event", _):
            return False  # it happens and does not last
    raise AssertionError(rule)


def names_in(rule: Trigger) -> set[str]:
    """The sensors, variables and facts that a condition reads."""
    if rule[0] in ("is", "least", "fact"):
        return {rule[1]}
    if rule[0] == "event":
        return set()
    return set().union(*(names_in(one) for one in rule[1:]))
