"""Calls of one scene by another, once all are read: who is called, how long that can take, what nobody starts."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from controller.venue.findings import Gather, near, say, wrong
from controller.venue.language.walks import longest, longest_of
from scenes.model import SECOND, Call, Called, Micros, Queue, Scene, SceneId, While
from scenes.step import every

GRACE = SECOND  # as for a scene that calls nobody


def calls_of(scene: Scene) -> tuple[Call, ...]:
    """Every call among the steps of a scene."""
    steps = (step for phase in (*scene.phases, scene.ends) for step in every(phase.steps))
    return tuple(step for step in steps if isinstance(step, Call))


def with_calls(scenes: Mapping[SceneId, Scene], written: Collection[str], gather: Gather) -> dict[SceneId, Scene]:
    """The scenes, those that are called with that way to start, and callers with the limit that follows.

    ``written``: every scene's name, also of those with a mistake that is shown already.
    """
    called: dict[SceneId, Call] = {}
    for scene in scenes.values():
        for call in calls_of(scene):
            called.setdefault(call.scene, call)
            if call.scene not in scenes and call.scene not in written:
                gather.add(wrong(call.place, "there is no scene '{}'", call.scene, hint=near(call.scene, scenes)))
    limits: dict[SceneId, Micros | None] = {}
    found: dict[SceneId, Scene] = {}
    for scene in scenes.values():
        starts = (*scene.starts, Called(scene.place)) if scene.id in called else scene.starts
        if not starts:
            gather.add(wrong(scene.place, "{} needs {}", say("a scene"), ("starts",),
                             hint="write starts: and what starts it, or call it from another scene"))  # fmt: skip
        found[scene.id] = replace(scene, starts=starts, at_most=_limit(scene, scenes, limits))
    return found


def _limit(scene: Scene, scenes: Mapping[SceneId, Scene], limits: dict[SceneId, Micros | None]) -> Micros | None:
    """As written; else what its steps take, and what they call. ``limits``: of those that were looked at."""
    if scene.id in limits:
        return limits[scene.id]
    limits[scene.id] = scene.at_most  # a circle is shown as a mistake of its own
    calls = [one for phase in scene.phases for one in every(phase.steps) if isinstance(one, Call)]
    if calls and "at_most" not in scene.keys and not any(isinstance(start, While) for start in scene.starts):
        taken = {one.scene: _longest(scenes[one.scene], scenes, limits) for one in calls if one.scene in scenes}
        limits[scene.id] = longest_of(scene.phases, taken) + GRACE
    return limits[scene.id]


def _longest(scene: Scene, scenes: Mapping[SceneId, Scene], limits: dict[SceneId, Micros | None]) -> Micros:
    """Until a scene that is called is over: its turn, its limit, its ends."""
    wait = scene.busy.wait if isinstance(scene.busy, Queue) else 0
    return wait + (_limit(scene, scenes, limits) or 0) + longest(scene.ends.steps)
