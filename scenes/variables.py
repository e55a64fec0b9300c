"""Variables: values of the venue's own that count by themselves, outside any run.

Rules
- What the broker kept from before counts nothing; what waited there while nobody listened does, unless the sender's
  time stamp lies before the last reset.
- What is counted down stops at nothing: a door that missed somebody must not make the house emptier than empty.
- ``day``: midnight in the venue. ``visit``: no scene of a visitor's (exhibit, session, tour) ran for ``QUIET``.
  ``silence``: what it names was not heard for so long, counted from the last change and from each hearing.
"""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import assert_never

from devices.vocabulary import Scalar
from scenes import layers
from scenes.condition import Condition, plain
from scenes.decision import Decision
from scenes.inputs import Heard, Ordered
from scenes.model import SECOND, Band
from scenes.named import Variable
from scenes.stage import Answered, NamedLife

QUIET = 60 * SECOND
DAY = 24 * 3600 * SECOND
_OF_VISITORS = (Band.EXHIBIT, Band.SESSION, Band.TOUR)


def begin(decision: Decision) -> None:
    """The controller started, or another venue was loaded: every variable has a value, and its reset is planned."""
    for variable in decision.venue.variables.values():
        life = life_of(decision, variable)
        if variable.type != "table" and not fits(variable, decision.stage.values.get(variable.name)):
            put(decision, variable, variable.initial, "it begins")
        decision.named[variable.name] = None
        if variable.resets == "day":
            today = midnight(decision, decision.at + decision.stage.offset)
            if life.reset and life.reset < today:
                reset(decision, variable)
            life.reset = max(life.reset, today)
            _plan_midnight(decision, variable, life)
        else:
            _listen(decision, variable, life, anew=False)


def forget(decision: Decision, former: Mapping[str, Variable]) -> None:
    """After a reload: variables that are no more, or are another thing now, are forgotten."""
    for variable in former.values():
        found = decision.venue.variables.get(variable.name)
        if found is None or (found.type, found.each) != (variable.type, variable.each):
            for key in [one for one in decision.stage.values if one in keys_of(decision, variable)]:
                del decision.stage.values[key]
            life = decision.stage.named.pop(variable.name, None)
            decision.timers.stop(life.timer if life is not None else None)


def heard(decision: Decision, heard: Heard) -> None:
    """An event counts; whatever is heard ends a silence."""
    name = f"{heard.device}.{heard.event}" if heard.event else ""
    for variable in decision.index.counting.get(name, ()) if name and heard.source != "retained" else ():
        if heard.ts is None or heard.ts >= life_of(decision, variable).reset:
            _count(decision, variable, name, heard)
    for variable in decision.index.quiet.get(name, ()) if name else ():
        _listen(decision, variable, life_of(decision, variable), anew=True)


def news(decision: Decision, key: str) -> None:
    """A value changed that ends or begins a silence."""
    for variable in decision.index.quiet.get(key, ()):
        if isinstance(variable.heard, Condition):
            _listen(decision, variable, life_of(decision, variable), anew=True)


def visits(decision: Decision) -> None:
    """A run began or ended: the house may be without visitors' scenes now, or no more."""
    for variable in decision.venue.variables.values():
        if variable.resets == "visit":
            _listen(decision, variable, life_of(decision, variable), anew=False)


def due(decision: Decision, name: str) -> None:
    """It is as at first again."""
    variable = decision.venue.variables.get(name)
    if variable is None:
        return
    life = life_of(decision, variable)
    life.timer = None
    reset(decision, variable)
    if variable.resets == "day":
        _plan_midnight(decision, variable, life)


def clock_stepped(decision: Decision) -> None:
    """Midnight is at another instant now."""
    for variable in decision.venue.variables.values():
        if variable.resets == "day":
            begin(decision)
            return


def reset(decision: Decision, variable: Variable) -> None:
    """As at first."""
    life = life_of(decision, variable)
    life.reset = decision.at + decision.stage.offset
    if variable.type == "table":
        for key in keys_of(decision, variable):
            put(decision, variable, 0, "it was reset", key.partition(".")[2])
    else:
        put(decision, variable, variable.initial, "it was reset")


def put(decision: Decision, variable: Variable, value: Scalar, why: str, topic: str = "") -> None:
    """The variable, or its number for ``topic``, has another value from now on."""
    key = f"{variable.name}.{topic}" if topic else variable.name
    former = decision.stage.values.get(key)
    if former == value and key in decision.stage.values:
        return
    if former is None:
        decision.set_value(key, value)  # what begins did not become so
    else:
        decision.change(key, value)
    life = life_of(decision, variable)
    life.since = decision.at
    decision.named[variable.name] = None
    details = {"name": key, "value": value, "was": former, "why": why}
    decision.note("variable", place=variable.place, details=details)
    if topic:
        decision.news[variable.name] = None
    layers.follow(decision, variable.name)
    if variable.resets in ("silence", "visit"):
        _listen(decision, variable, life, anew=True)


def add(decision: Decision, variable: Variable, amount: float, why: str, topic: str = "") -> None:
    """So much more, or less."""
    key = f"{variable.name}.{topic}" if topic else variable.name
    now = decision.stage.values.get(key)
    base = now if isinstance(now, int | float) else 0
    put(decision, variable, base + amount, why, topic)


def fits(variable: Variable, value: Scalar) -> bool:
    """Whether the variable, or a number of its table, can have this value."""
    if variable.type == "word":
        return value in variable.words
    return isinstance(value, int | float) and not isinstance(value, bool)


def told(decision: Decision, variable: Variable) -> Scalar | dict[str, Scalar]:
    """Its value; of a table, the number of each topic."""
    if variable.type != "table":
        return decision.stage.values.get(variable.name)
    return {key.partition(".")[2]: decision.stage.values[key] for key in keys_of(decision, variable)}


def keys_of(decision: Decision, variable: Variable) -> list[str]:
    """Where the stage keeps its values."""
    if variable.type != "table":
        return [variable.name]
    return [key for key in decision.stage.values if key.startswith(f"{variable.name}.")]


def life_of(decision: Decision, variable: Variable) -> NamedLife:
    """What is remembered of it beyond its value."""
    return decision.stage.named.setdefault(variable.name, NamedLife(since=decision.at))


def midnight(decision: Decision, wall: int) -> int:
    """The midnight before that wall time, as wall time: the venue's, or that of UTC where it has no hours."""
    hours = decision.venue.hours
    return wall - wall % DAY if hours is None else hours.midnight(wall)


def _count(decision: Decision, variable: Variable, name: str, heard: Heard) -> None:
    if variable.counts is not None and variable.counts.name == name:
        topic = heard.fields.get(variable.each)
        if topic is not None:
            add(decision, variable, 1, name, plain(topic))
        return
    amount = sum(one.name == name for one in variable.plus) - sum(one.name == name for one in variable.minus)
    now = decision.stage.values.get(variable.name)
    if amount < 0 and isinstance(now, int | float):
        amount = max(amount, -round(max(now, 0)))
    if amount:
        add(decision, variable, amount, name)


def _listen(decision: Decision, variable: Variable, life: NamedLife, *, anew: bool) -> None:
    """Plans the reset while it is quiet and there is something to reset; ``anew``: the quiet counts from now."""
    match variable.resets:
        case "silence":
            is_quiet = not (isinstance(variable.heard, Condition) and variable.heard.holds(decision.stage.values))
            after = variable.after
        case "visit":
            is_quiet, after = not any(_visitors_runs(decision)), QUIET
        case "day" | "never":
            return
        case _ as never:
            assert_never(never)
    waits = is_quiet and any(
        decision.stage.values[key] != variable.initial
        for key in keys_of(decision, variable)
        if key in decision.stage.values
    )
    if anew or not waits:
        decision.timers.stop(life.timer)
        life.timer = None
    if waits and life.timer is None:
        life.timer = decision.timers.start(decision.at + after, "reset", variable.name)


def _visitors_runs(decision: Decision) -> Iterator[str]:
    scenes = decision.venue.scenes
    return (
        run.id
        for run in decision.stage.runs.values()
        if run.scene in scenes and scenes[run.scene].band in _OF_VISITORS and run.scene not in decision.venue.modes
    )


def _plan_midnight(decision: Decision, variable: Variable, life: NamedLife) -> None:
    decision.timers.stop(life.timer)
    wall = decision.at + decision.stage.offset
    ahead = midnight(decision, midnight(decision, wall) + DAY + DAY // 12)  # a day may have 25 hours
    life.timer = decision.timers.start(ahead - decision.stage.offset, "reset", variable.name)


def take(decision: Decision, order: Ordered) -> Answered:
    """The order ``set``: ``with: {value: 3}``; for a table, ``with: {TOPIC: 3}``."""
    variable = decision.venue.variables.get(order.target)
    if variable is None:
        near = get_close_matches(order.target, decision.venue.variables, 1, 0.5)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        return Answered("refused", f"there is no variable {order.target!r}{hint}")
    wanted = {"" if variable.type != "table" else key: value for key, value in order.params.items()}
    if not wanted or (variable.type != "table" and list(order.params) != ["value"]):
        example = "TOPIC: 3" if variable.type == "table" else f"value: {plain(variable.initial)}"
        return Answered("refused", f"which value? with: {{{example}}}")
    for value in wanted.values():
        if not fits(variable, value):
            choice = f"one of {', '.join(variable.words)}" if variable.type == "word" else "a number"
            return Answered("refused", f"{variable.name} cannot be {plain(value)}: {choice}")
    for topic, value in wanted.items():
        put(decision, variable, value, f"by order of {order.by}" if order.by else "by order", topic)
    said = ", ".join(f"{topic} {plain(value)}".strip() for topic, value in wanted.items())
    return Answered("done", f"{variable.name} is {said}")
