"""Several things within a time: which of them came lately. Each counts once, and the time slides along.

The stage keeps, for each start that wants several, by item: when it came (``all``), or when the latest sequence began
that came as far as this item (``in_order``).
"""

from scenes.decision import Decision
from scenes.model import Scene, Several


def came(decision: Decision, scene: Scene, start: int, item: int, stale: str = "") -> bool:
    """One of them came. True: with it all of them came within the time; then they count no more.

    What is ``stale`` does not count; it is told all the same that it would have been the last.
    """
    wanted = scene.starts[start]
    if not isinstance(wanted, Several):
        raise TypeError(f"{scene.id} start {start} wants one thing")
    life = decision.scene_life(scene)
    lately = {one: at for one, at in life.came.get(start, {}).items() if at >= decision.at - wanted.within}
    if wanted.way == "all":
        so_far = {**lately, item: decision.at}
        is_all = len(so_far) == len(wanted.items)
    else:
        began = decision.at if item == 0 else lately.get(item - 1)
        so_far = lately if began is None else {**lately, item: began}
        is_all = began is not None and item == len(wanted.items) - 1
    if not stale:
        life.came[start] = {} if is_all else so_far
    return is_all


def forget(decision: Decision, scene: Scene) -> None:
    """Nothing has come: the scene was changed."""
    decision.scene_life(scene).came.clear()
