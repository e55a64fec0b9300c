"""F5: a house is killed after every decision of a busy stretch, and every run goes on as its scene declares.

The stretch is played by simulated devices and visitors; after each decision that some run changed in, the stage's bytes
are what a restart would find. A quarter of a second later a controller starts from them.
"""

from collections import Counter
from pathlib import Path

import pytest

from controller.commands.rehearse import BEGIN
from controller.commands.simulated import models_of, visitors_of
from controller.inbox import understand
from controller.outputs.letters import letter_of
from controller.rehearse import Rehearsal
from controller.venue.load import Loaded, load
from controller.venue.source.files import read_folder
from scenes.effects import Effect, Note, Set
from scenes.engine import Engine
from scenes.inputs import LinkUp, Ordered, Restarted
from scenes.model import ENDS, SECOND, By, Scene, SceneId, While
from scenes.stage import Run, Stage, from_bytes, to_bytes

ROOT = Path(__file__).resolve().parents[2]
HOUSES = {"demo": ROOT / "config" / "venues" / "demo", "reform": ROOT / "tests" / "venues" / "reform"}
AWAY = SECOND // 4
LONGEST = 24 * 3600 * SECOND
MOST_KILLS = 400


def what_goes_on(stage: Stage) -> tuple[object, ...]:
    """Which runs there are and where they stand."""
    return tuple((run.id, run.phase, run.suspended, *sorted(run.strands)) for run in stage.runs.values())


def stages_of(loaded: Loaded, minutes: int) -> list[bytes]:
    """The stage after each decision in which a run moved."""
    venue, found, last = loaded.venue, [], [()]

    def look(stage: Stage) -> None:
        now = what_goes_on(stage)
        if now != last[0]:
            last[0] = now
            found.append(to_bytes(stage))

    rehearsal = Rehearsal(venue, models_of(loaded, 7), understand, letter_of(venue), 7, look=look)
    visitors = visitors_of(venue, 7, BEGIN, crowd="many", hour=10)
    rehearsal.run(iter(visitors), begin=BEGIN, until=BEGIN + minutes * 60 * SECOND)
    return found


def started_by_hand(loaded: Loaded, stage: bytes) -> list[bytes]:
    """A stage more for each scene that only people start, a minute after they did."""
    found = []
    for scene in loaded.venue.scenes.values():
        if any(isinstance(start, By) for start in scene.starts):
            engine = Engine(loaded.venue, from_bytes(stage))
            wanted = {one.name: "Ms Li" for one in scene.needs}
            engine.take(Ordered(engine.stage.now + 1, 10**6, "start", scene.id, by="staff", params=wanted))
            found.append(to_bytes(engine.stage))
    return found


def restarted(loaded: Loaded, stage: bytes) -> tuple[Engine, Stage, list[Effect]]:
    """The engine after the restart, the stage as it was before, and all that followed from the restart."""
    before = from_bytes(stage)
    engine = Engine(loaded.venue, from_bytes(stage))
    at = before.now + AWAY
    effects = engine.take(Restarted(at, 10**7, before.journal, before.epoch + 1, before.offset, before.now))
    effects += engine.take(LinkUp(at, 10**7 + 1))
    return engine, before, effects


def moved_on(run: Run, stage: Stage, at: int) -> bool:
    """Whether something of the run was due while nobody ran: then more than the restart itself has happened to it."""
    return any(timer.due <= at for timer in stage.timers.values() if timer.subject.startswith(run.id))


def went_on_as_declared(scene: Scene, run: Run, engine: Engine, ended: set[str | None]) -> bool:
    now = engine.stage.runs.get(run.id)
    match scene.after_crash:
        case "resume":
            return now is not None and (now.phase, sorted(now.strands)) == (run.phase, sorted(run.strands))
        case "stop":
            ends = now is not None and (now.phase == ENDS or bool(now.stopping))  # a critical phase comes to its end
            return ends or (now is None and run.id in ended)
        case "restart":
            again = [one for one in engine.stage.runs.values() if one.scene == run.scene and one.id != run.id]
            return now is None and (bool(again) or isinstance(scene.starts[run.start], While))
    return False


def everything_ends_in_words(engine: Engine, lasting: set[SceneId]) -> list[str]:
    """What runs now and still runs a day later though it does not last for ever, and what ended without a word."""
    end, running = engine.stage.now + LONGEST, set(engine.stage.runs)
    notes: list[Effect] = []
    while (due := engine.due()) is not None and due <= end:
        notes += engine.advance(due)
    silent = [str(one) for one in notes if isinstance(one, Note) and one.what == "ended" and not one.details.get("why")]
    return silent + [run.id for run in engine.stage.runs.values() if run.id in running and run.scene not in lasting]


@pytest.mark.parametrize("name", HOUSES)
def test_killed_after_any_decision_every_run_goes_on_as_declared(name, record_property):
    loaded = load(read_folder(HOUSES[name]))
    scenes = loaded.venue.scenes
    lasting = {one.id for one in scenes.values() if any(isinstance(start, While) for start in one.starts)}
    stages = stages_of(loaded, 20)
    step = max(1, len(stages) // MOST_KILLS)
    killed: Counter[str] = Counter()
    kills = [*stages[::step], *started_by_hand(loaded, stages[-1])]
    for number, stage in enumerate(kills):
        engine, before, effects = restarted(loaded, stage)
        ended = {
            one.run: str(one.details.get("why")) for one in effects if isinstance(one, Note) and one.what == "ended"
        }
        assert engine.stage.ended + engine.stage.pending() == engine.stage.candidates
        sent = {(one.device, one.property) for one in effects if isinstance(one, Set)}
        wanted = {(one.device, one.property) for one in engine.stage.outputs.values() if one.wanted is not None}
        assert wanted <= sent, "after the restart all that is wanted is asserted again"
        for run in before.runs.values():
            if run.phase != ENDS and not run.suspended and not moved_on(run, before, engine.stage.now):
                assert went_on_as_declared(scenes[run.scene], run, engine, ended), run
                killed[run.scene] += 1
        if number % 10 == 0:
            assert everything_ends_in_words(engine, lasting) == []
    missed = set(scenes) - set(killed)
    record_property("F5", f"{name}: {len(kills)} kills, {killed.total()} runs of {len(killed)} of {len(scenes)} scenes "
                          f"as declared; never caught running: {', '.join(sorted(missed)) or 'none'}")  # fmt: skip
