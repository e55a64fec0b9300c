"""How a scene stands at the journal's last instant, and what it waits for: the last lines of ``why``."""

import sqlite3
from collections.abc import Iterator
from typing import assert_never

from controller.commands.lines import clock_time
from controller.journal.reader import newest_texts
from controller.resume import EngineFault, resume
from controller.venue.findings import VenueError
from controller.venue.load import read_venue
from scenes.condition import Condition
from scenes.effects import SceneState
from scenes.model import By, Scene, SceneId, Several, Start, When, While, Without
from scenes.reading import scene_state
from scenes.reasons import span
from scenes.stage import Stage


def standing(connection: sqlite3.Connection, name: str) -> Iterator[str]:
    """Lines; none where the journal is of another version, or knows no such scene."""
    try:
        found = resume(connection, read_venue(newest_texts(connection)))
    except (VenueError, EngineFault):
        return
    scene = found.engine.venue.scenes.get(SceneId(name))
    if scene is None or found.fresh:
        return
    stage = found.engine.stage
    state = scene_state(stage, scene)
    until = f" until {clock_time(state.until + stage.offset)}" if state.until is not None else ""
    yield f"now: {state.state}{until}" + (f" ({state.run}, at {state.step})" if state.run else "")
    yield from (f"     {line}" for line in _awaited(scene, state, stage))


def _awaited(scene: Scene, state: SceneState, stage: Stage) -> Iterator[str]:
    """What must happen for it to start; what runs needs nothing."""
    if state.run is not None:
        return
    for start in scene.starts:
        yield _start(start, scene, stage)
    if scene.condition is not None:
        word = {True: "holds", False: "does not hold", None: "is not known"}[scene.condition.holds(stage.values)]
        yield f"if {scene.condition.text}: {word} ({scene.condition.because(stage.values)})"


def _start(start: Start, scene: Scene, stage: Stage) -> str:
    match start:
        case When(trigger=Condition() as condition, text=text):
            holds = condition.holds(stage.values)
            words = "it is true already and must become false first" if holds else "not yet"
            return f"when {text}: {words} ({condition.because(stage.values)})"
        case When(text=text):
            return f"when {text}: whenever it happens"
        case While(condition=condition, text=text):
            return f"while {text}: {condition.because(stage.values)}"
        case Several(texts=texts, within=within, way=way):
            order = "one behind the other" if way == "in_order" else "all"
            return f"{way} {', '.join(texts)}: {order} within {span(within)}"
        case Without(text=text, lasting=lasting):
            return f"without {text}: when nothing was heard of it for {span(lasting)}"
        case By(roles=roles):
            return f"by {' or '.join(roles)}: ringmaster order start {scene.id}"
        case _ as never:
            assert_never(never)
