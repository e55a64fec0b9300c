"""What the venue has names for, all together: begun, forgotten, and told to everybody."""

from scenes import facts, variables
from scenes.decision import Decision
from scenes.effects import NamedState
from scenes.model import Venue
from scenes.stage import NamedLife, Timer


def begin(decision: Decision) -> None:
    """The controller started, or another venue was loaded."""
    variables.begin(decision)
    for mode in decision.venue.modes.values():
        if mode.key() not in decision.stage.values:
            decision.set_value(mode.key(), value=False)
        decision.named[mode.key()] = None
    facts.begin(decision)


def due(decision: Decision, timer: Timer) -> None:
    """A variable is reset, or a fact's threshold held long enough."""
    if timer.action == "reset":
        variables.due(decision, timer.subject)
    else:
        facts.due(decision, timer.subject)


def forget(decision: Decision, former: Venue) -> None:
    """After a reload: what is no more is known no more; what other thresholds may say otherwise begins anew."""
    variables.forget(decision, former.variables)
    for fact in former.facts.values():
        if decision.venue.facts.get(fact.name) != fact:
            _drop(decision, fact.name)
    for mode in former.modes.values():
        if mode.name not in decision.venue.modes:
            _drop(decision, mode.key())


def names(venue: Venue) -> list[str]:
    """Of all variables, facts and modes."""
    return [*venue.variables, *venue.facts, *(mode.key() for mode in venue.modes.values())]


def states(decision: Decision) -> list[NamedState]:
    """What everybody is told of those that changed."""
    found: list[NamedState] = []
    for name in decision.named:
        variable = decision.venue.variables.get(name)
        value = variables.told(decision, variable) if variable is not None else decision.stage.values.get(name)
        since = decision.stage.named.get(name, NamedLife()).since
        mode = name.partition(".")[2]
        if mode:
            found.append(NamedState(decision.at, "mode", mode, value, since))
        elif value is not None:
            found.append(NamedState(decision.at, "variable" if variable is not None else "fact", name, value, since))
    return found


def _drop(decision: Decision, name: str) -> None:
    decision.stage.values.pop(name, None)
    life = decision.stage.named.pop(name, None)
    decision.timers.stop(life.timer if life is not None else None)
