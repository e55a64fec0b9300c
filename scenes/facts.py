"""Facts: names for conditions that do not flicker, because they begin and end at different thresholds."""

from scenes.decision import Decision
from scenes.named import Fact
from scenes.stage import NamedLife


def begin(decision: Decision) -> None:
    """The controller started, or another venue was loaded."""
    for fact in decision.venue.facts.values():
        decision.named[fact.name] = None
        look(decision, fact)


def look(decision: Decision, fact: Fact) -> None:
    """Its thresholds may hold now, or hold no more. What is not known changes nothing."""
    life = decision.stage.named.setdefault(fact.name, NamedLife(since=decision.at))
    is_true = decision.stage.values.get(fact.name) is True
    other = fact.ends if is_true else fact.begins
    if not other.holds(decision.stage.values):
        decision.timers.stop(life.timer)
        life.timer = None
        if fact.name not in decision.stage.values and fact.begins.holds(decision.stage.values) is False:
            _turn(decision, fact, life, value=False)
    elif not fact.lasting:
        _turn(decision, fact, life, value=not is_true)
    elif life.timer is None:
        life.timer = decision.timers.start(decision.at + fact.lasting, "fact", fact.name)


def due(decision: Decision, name: str) -> None:
    """Its threshold held long enough."""
    fact = decision.venue.facts.get(name)
    if fact is not None:
        life = decision.stage.named.setdefault(name, NamedLife(since=decision.at))
        life.timer = None
        _turn(decision, fact, life, value=decision.stage.values.get(name) is not True)


def _turn(decision: Decision, fact: Fact, life: NamedLife, *, value: bool) -> None:
    because = (fact.begins if value else fact.ends).because(decision.stage.values)
    decision.change(fact.name, value)
    life.since = decision.at
    decision.named[fact.name] = None
    decision.note("fact", place=fact.place, details={"name": fact.name, "value": value, "why": because})
