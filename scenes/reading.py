"""What a scene is doing, for everybody to see: read from the stage, never written to it."""

from scenes import claims
from scenes.effects import SceneState
from scenes.model import Scene
from scenes.stage import SceneLife, Stage


def scene_state(stage: Stage, scene: Scene) -> SceneState:
    """The scene's state as the outside sees it."""
    life = stage.scenes.get(scene.id) or SceneLife()
    band = scene.band.name.lower()
    queued = sum(one.queue != "" for one in life.pending.values()) if life.pending else 0
    for run_id in life.runs:
        run = stage.runs[run_id]
        limit = stage.timers.get(run.limit) if run.limit is not None else None
        step = f"{run.phase}.{run.main.path[0] + 1}"
        if run.suspended:
            why = f"{run.suspended} covers it"
            return SceneState(
                stage.now, scene.id, "suspended", band, run.started, run.id, why=why, step=step, queued=queued or None
            )
        return SceneState(
            stage.now,
            scene.id,
            "running",
            band,
            run.started,
            run.id,
            limit.due if limit else None,
            step=step,
            queued=queued or None,
        )
    for waiting in claims.waiting(stage, scene) if life.pending else ():
        due = stage.timers.get(waiting.timers["claim"])
        until = due.due if due is not None else None
        return SceneState(
            stage.now,
            scene.id,
            "blocked",
            band,
            life.since,
            until=until,
            why="another scene is there",
            queued=queued or None,
        )
    if queued:
        return SceneState(stage.now, scene.id, "queued", band, life.since, queued=queued)
    if not life.armed:
        resting = "it is out of order" if life.resting else None
        return SceneState(stage.now, scene.id, "disarmed", band, life.since, why=resting)
    until = max(life.cooling.values(), default=0)
    if until > stage.now:
        return SceneState(stage.now, scene.id, "cooling", band, life.since, until=until, why="cools")
    return SceneState(stage.now, scene.id, "idle", band, life.since)
