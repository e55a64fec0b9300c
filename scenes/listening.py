"""What devices say, as the starts of scenes hear it: becoming true, happening, one of several; and how old it is."""

from collections import ChainMap

from devices.vocabulary import Fields, Scalar
from scenes import several, starts
from scenes.condition import Condition
from scenes.decision import Decision
from scenes.index import Listener
from scenes.inputs import Heard
from scenes.model import SECOND, Several, When
from scenes.params import Misfit, fitting

MAX_AGE = 5 * SECOND  # older messages set state only


def staleness(decision: Decision, heard: Heard) -> str:
    """Why a report cannot start anything; empty when it is fresh.

    Its age is told by the sender's time stamp; without one, what waited at the broker is as old as our absence.
    """
    if heard.source == "retained":
        return "retained"
    if heard.ts is not None:
        age = decision.at + decision.stage.offset - heard.ts
    elif heard.source == "backlog":
        if not decision.stage.away_since:
            return "of unknown age"
        age = decision.at - decision.stage.away_since
    else:
        return ""
    return f"{age // 100_000 / 10:.1f} s old" if age > MAX_AGE else ""


def truths(decision: Decision, keys: Fields, device: str) -> dict[int, tuple[Listener, bool | None]]:
    """What every start that listens to one of these values sees now, by listener."""
    found: dict[int, tuple[Listener, bool | None]] = {}
    for key in keys:
        for listener in decision.index.becoming.get(f"{device}.{key}", ()):
            if id(listener) not in found:
                trigger = listener.trigger
                assert isinstance(trigger, Condition)  # noqa: S101 - the index holds nothing else there
                found[id(listener)] = (listener, trigger.holds(decision.stage.values))
    return found


def heard(decision: Decision, heard: Heard, before: dict[int, tuple[Listener, bool | None]]) -> None:
    """A device reported, its values are known by now; ``before`` is what the starts saw without them."""
    stale = staleness(decision, heard)
    _became(decision, before, stale)
    if heard.event:
        for listener in decision.index.happening.get(f"{heard.device}.{heard.event}", ()):
            if isinstance(listener.scene.starts[listener.start], Several):
                _one_of_several(decision, listener, stale)
                continue
            params = _given(decision, listener, heard)
            if params is not None:
                starts.open_candidate(decision, listener.scene, listener.start, "event", stale=stale, params=params)


def changed(decision: Decision) -> None:
    """Values of the venue's own changed by themselves: starts that listen to them see it."""
    former, decision.former = decision.former, {}
    seen = ChainMap(former, decision.stage.values)
    before: dict[int, tuple[Listener, bool | None]] = {}
    for key in former:
        for listener in decision.index.becoming.get(key, ()):
            if isinstance(listener.trigger, Condition):
                before[id(listener)] = (listener, listener.trigger.holds(seen))
    _became(decision, before, "")


def _became(decision: Decision, before: dict[int, tuple[Listener, bool | None]], stale: str) -> None:
    """What holds now and did not ``before`` starts what it starts."""
    for listener, was in before.values():
        holds = isinstance(listener.trigger, Condition) and listener.trigger.holds(decision.stage.values)
        if isinstance(listener.scene.starts[listener.start], Several):
            if holds and not was:
                _one_of_several(decision, listener, stale)
            continue
        pending = starts.dwelling(decision, listener)
        if not holds:
            if pending is not None:
                starts.interrupt(decision, listener.scene, pending)
        elif pending is None:
            starts.open_candidate(decision, listener.scene, listener.start, "event", stale=stale, edge=not was)
        elif pending.broken_at is not None:  # else the same said again, of which one waits already
            starts.take_up(decision, listener.scene, pending)


def _one_of_several(decision: Decision, listener: Listener, stale: str) -> None:
    one = listener.scene.id, listener.start
    if one in decision.completed:  # what was the last of a sequence is not the first of the next
        return
    if several.came(decision, listener.scene, listener.start, listener.item, stale):
        decision.completed.add(one)
        starts.open_candidate(decision, listener.scene, listener.start, "event", stale=stale)


def _given(decision: Decision, listener: Listener, heard: Heard) -> dict[str, Scalar] | None:
    """What the event gives the scene. None: its fields do not fit; that is counted, and no candidate."""
    start = listener.scene.starts[listener.start]
    try:
        return fitting(decision.venue, start.gives if isinstance(start, When) else (), heard.fields)
    except Misfit as misfit:
        decision.stage.refused += 1
        decision.device_life(heard.device).refused += 1
        details = {"topic": f"{heard.device}.{heard.event}", "reason": str(misfit)}
        decision.note("refused", scene=listener.scene.id, device=heard.device, place=start.place, details=details)
        return None
