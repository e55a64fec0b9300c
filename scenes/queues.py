"""Who waits for a scene that is running: first come, first served, each at most so long.

A queue is counted by key. Who is called passes the gates anew that can have changed meanwhile: the table in
``gates.py`` has a column for it. ``busy: restart`` is a queue of one, in which the last to come replaces the others.
"""

from devices.vocabulary import Scalar
from scenes import claims, notices
from scenes.decision import Decision
from scenes.model import SECOND, Micros, Queue, Scene
from scenes.stage import Candidate

_REMEMBERED = 8  # lengths of runs, to tell how long one waits
_MINUTE: Micros = 60 * SECOND


def waiting(decision: Decision, scene: Scene, key: str | None = None) -> list[Candidate]:
    """Those who wait for their turn, the first first; those of one key, where one is named."""
    life = decision.stage.scenes.get(scene.id)
    pending = life.pending.values() if life is not None else ()
    return [one for one in pending if one.queue == "waits" and key in (None, one.key)]


def is_next(decision: Decision, scene: Scene, candidate: Candidate) -> bool:
    """Whether it waits, nobody runs in its way, and nobody was called before it who has not started yet.

    While somebody else holds what the scene needs, no turn comes: who waits is served after that, in order.
    """
    if isinstance(scene.busy, Queue) and claims.obstacle(decision, scene) is not None:
        return False
    life = decision.scene_life(scene)
    called = any(one.queue == "called" and one.key == candidate.key for one in life.pending.values())
    return candidate.queue == "waits" and not called and not decision.running(scene, candidate.key)


def is_ahead(decision: Decision, scene: Scene, key: str) -> bool:
    """Whether somebody waits for his turn, or was called and has not started yet."""
    life = decision.stage.scenes.get(scene.id)
    return life is not None and any(one.queue and one.key == key for one in life.pending.values())


def turn(decision: Decision, scene: Scene, candidate: Candidate) -> int:
    """Which place in the queue it has, from 1."""
    return [one.number for one in waiting(decision, scene, candidate.key)].index(candidate.number) + 1


def changed(decision: Decision, scene: Scene) -> None:
    """Those who wait see how many they are; where nobody waits, nothing is shown."""
    if isinstance(scene.busy, Queue):
        if waiting(decision, scene):
            notices.show(decision, scene, "waiting", scene.busy.waiting, counted(decision, scene))
        else:
            notices.hide(decision, scene, "waiting")


def refused(decision: Decision, scene: Scene, queue: Queue) -> None:
    """One who found the queue full is told when to come back."""
    notices.show_for(decision, scene, "full", queue.full, counted(decision, scene))


def counted(decision: Decision, scene: Scene) -> dict[str, Scalar]:
    """What ``$queue`` and ``$queue.minutes`` stand for."""
    ahead = len(waiting(decision, scene))
    return {"queue": ahead, "queue.minutes": _minutes(decision, scene, ahead)}


def ended(decision: Decision, scene: Scene, lasted: Micros) -> None:
    """A run is over: how long it took tells how long the next ones wait."""
    if isinstance(scene.busy, Queue):
        life = decision.scene_life(scene)
        life.took = [*life.took, lasted][-_REMEMBERED:]


def _minutes(decision: Decision, scene: Scene, ahead: int) -> int:
    """How long one would wait who came now, in whole minutes, rounded up: by what the last runs took.

    Before there were any, by the longest that one can take.
    """
    took = decision.scene_life(scene).took
    usual = sum(took) // len(took) if took else scene.at_most or _MINUTE
    left = [max(usual - (decision.at - run.started), 0) for run in decision.running(scene)]
    return max(-(-(max(left, default=0) + ahead * usual) // _MINUTE), 1)
