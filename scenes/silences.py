"""Silence: of something nothing was heard for so long. Counted from the start, and anew behind each hearing.

The stage keeps, for each start that wants silence, the timer that counts it, or 0 while what must be silent is true.
A timer that has fired stays there: each silence is told once.
"""

from scenes.condition import Condition
from scenes.decision import Decision
from scenes.index import Listener
from scenes.model import Scene, Without


def begin(decision: Decision) -> None:
    """Counts for every start that is not counted yet."""
    for listener in decision.index.silences:
        life = decision.stage.scenes.get(listener.scene.id)
        if life is None or listener.start not in life.silences:
            _look(decision, listener)


def news(decision: Decision, listeners: list[Listener]) -> None:
    """Something that must be silent was heard, or became true or false."""
    for listener in listeners:
        timer = decision.scene_life(listener.scene).silences.get(listener.start)
        was, holds = timer == 0, _holds(decision, listener)
        if holds or was or not isinstance(listener.trigger, Condition):
            decision.timers.stop(timer)
            _look(decision, listener)


def forget(decision: Decision, scene: Scene) -> None:
    """Counts no more: the scene was changed."""
    life = decision.scene_life(scene)
    for timer in life.silences.values():
        decision.timers.stop(timer)
    life.silences.clear()


def _look(decision: Decision, listener: Listener) -> None:
    start = listener.scene.starts[listener.start]
    if not isinstance(start, Without):
        raise TypeError(f"{listener.scene.id} start {listener.start} wants no silence")
    timer = 0
    if not _holds(decision, listener):
        subject = f"{listener.start} {listener.scene.id}"
        timer = decision.timers.start(decision.at + start.lasting, "silence", subject)
    decision.scene_life(listener.scene).silences[listener.start] = timer


def _holds(decision: Decision, listener: Listener) -> bool:
    """What is unknown is not heard."""
    return isinstance(listener.trigger, Condition) and listener.trigger.holds(decision.stage.values) is True
