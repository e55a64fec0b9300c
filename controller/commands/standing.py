"""How a scene stands now, or stood at an instant, and what it waits for: the last lines of ``why``."""

import sqlite3
from collections.abc import Iterator
from typing import assert_never

from controller.commands.instants import Instant
from controller.commands.lines import clock_time
from controller.journal.reader import engine_time, newest_texts
from controller.resume import EngineFault, Resumed, resume, resume_at
from controller.venue.findings import VenueError
from controller.venue.load import read_venue
from scenes.calendar import when_text
from scenes.condition import Condition
from scenes.engine import Engine
from scenes.hours import WEEKDAYS, Hours
from scenes.model import At, By, Called, Scene, SceneId, Several, Start, When, While, Without
from scenes.reading import scene_state
from scenes.reasons import ordinal, span
from scenes.stage import SceneLife, Stage


def standing(
    connection: sqlite3.Connection, name: str, then: Instant | None = None, *, is_alive: bool = True
) -> Iterator[str]:
    """Lines; none where the journal is of another version, or knows no such scene. ``then``: not now, but at that
    instant. ``is_alive``: a controller runs, so that the journal's end is now.
    """
    engine = engine_at(connection, then)
    scene = engine.venue.scenes.get(SceneId(name)) if engine is not None else None
    if engine is None or scene is None:
        return
    stage = engine.stage
    state = scene_state(stage, scene)
    until = f" until {clock_time(state.until + stage.offset)}" if state.until is not None else ""
    last = "now" if is_alive else f"when the controller stopped, {clock_time(stage.now + stage.offset)}"
    when = last if then is None else f"at {clock_time(then.wall)}"
    yield f"{when}: {state.state}{until}" + (f" ({state.run}, at {state.step})" if state.run else "")
    if stage.safety.holds():
        yield f"     nothing starts: {stage.safety.state}, {stage.safety.why} ({stage.safety.by or 'nobody named'})"
    yield from (f"     {line}" for line in queue(scene, stage))
    if state.run is None:  # what runs needs nothing
        yield from (f"     {line}" for line in awaited(scene, stage, engine.venue.hours))


def queue(scene: Scene, stage: Stage) -> Iterator[str]:
    """Who waits for his turn, the first first."""
    life = stage.scenes.get(scene.id, SceneLife())
    waiting = [one for one in life.pending.values() if one.queue]
    for place, one in enumerate(waiting, 1):
        yield f"{ordinal(place)} in the queue: there since {clock_time(one.since + stage.offset)}"


def engine_at(connection: sqlite3.Connection, then: Instant | None) -> Engine | None:
    """An engine with the stage of the last instant that was kept, or of ``then``; None: of another version."""
    texts = newest_texts(connection)
    try:
        if not texts:
            return None
        venue = read_venue(texts)
        if then is None:
            found: Resumed | None = resume(connection, venue)
        else:
            at = engine_time(connection, then.wall)
            found = resume_at(connection, venue, at) if at is not None else None
    except (VenueError, EngineFault):
        return None
    return found.engine if found is not None and not found.fresh else None


def awaited(scene: Scene, stage: Stage, hours: Hours | None = None) -> Iterator[str]:
    """What must happen for it to start. ``hours``: the venue's."""
    for start in scene.starts:
        yield _start(start, scene, stage) + (f": {_next(start, stage, hours)}" if isinstance(start, At) else "")
    if scene.hours is not None and hours is not None:
        yield f"hours {scene.hours}: it is {hours.local(stage.now + stage.offset):%H:%M}"
    if scene.condition is not None:
        word = {True: "holds", False: "does not hold", None: "is not known"}[scene.condition.holds(stage.values)]
        yield f"if {scene.condition.text}: {word} ({scene.condition.because(stage.values)})"


def _came(start: Several, scene: Scene, stage: Stage) -> str:
    """What of several came lately."""
    came = stage.scenes.get(scene.id, SceneLife()).came.get(scene.starts.index(start), {})
    lately = [start.texts[item] for item, at in sorted(came.items()) if at >= stage.now - start.within]
    return f"of these lately: {', '.join(lately)}" if lately else "none of these lately"


def _silence(start: Without, scene: Scene, stage: Stage) -> str:
    """When the silence is long enough, as things are now."""
    number = stage.scenes.get(scene.id, SceneLife()).silences.get(scene.starts.index(start), 0)
    timer = stage.timers.get(number)
    if timer is not None:
        return f"that is at {clock_time(timer.due + stage.offset)}"
    return "told already: it must be heard first" if number else "it is so now"


def _next(start: At, stage: Stage, hours: Hours | None) -> str:
    """When it comes next."""
    life = stage.calendar
    found = hours.next_time(start.time, life.done, start.days, life.later) if hours is not None else None
    if hours is None or found is None:
        return "never again by the venue's hours"
    return f"next at {when_text(hours, found, stage.now + stage.offset)}"


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
            return f"{way} {', '.join(texts)}: {order} within {span(within)}; {_came(start, scene, stage)}"
        case Without(text=text, lasting=lasting):
            return f"without {text}: when nothing was heard of it for {span(lasting)}; {_silence(start, scene, stage)}"
        case At(time=time, days=days):
            on = f" on {', '.join(WEEKDAYS[day] for day in days)}" if days else ""
            return f"at {time.text}{on}"
        case Called():
            return "when another scene calls it"
        case By(roles=roles):
            return f"by {' or '.join(roles)}: ringmaster order start {scene.id}"
        case _ as never:
            assert_never(never)
