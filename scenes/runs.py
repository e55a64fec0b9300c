"""The interpreter: one shape of run, one resume point (``phase`` and ``path``).

A path is the index of a step in its phase; a second part means the step's way on (``else``). A plain phase is followed
by the next one; one that lasts, by where its ways lead (``phases.py``). A run closes with ``ends``: always, once,
shielded. Whatever happens there, its layers go.
"""

from collections.abc import Mapping
from typing import Literal, assert_never

from scenes import outputs, phases
from scenes.decision import Decision
from scenes.model import (
    ENDS,
    Ask,
    Pause,
    Phase,
    Release,
    Say,
    Scene,
    Stay,
    Step,
    Tell,
    Wait,
    While,
)
from scenes.stage import Run
from scenes.steps.ask import AskPlayer
from scenes.steps.going import Going, StepPlayer
from scenes.steps.pause import PausePlayer
from scenes.steps.release import ReleasePlayer
from scenes.steps.say import SayPlayer
from scenes.steps.stay import StayPlayer
from scenes.steps.tell import TellPlayer
from scenes.steps.wait import WaitPlayer

_STAY = StayPlayer()
STEPS: Mapping[type, StepPlayer] = {
    Ask: AskPlayer(),
    Tell: TellPlayer(),
    Pause: PausePlayer(),
    Wait: WaitPlayer(),
    Stay: _STAY,
    Release: ReleasePlayer(),
    Say: SayPlayer(),
}


def begin(decision: Decision, scene: Scene, start: int, run_id: str, key: str = "", session: str = "") -> Run:
    """A new run, played as far as it goes without waiting. ``session``: else of whom the station speaks."""
    first = scene.phases[0].name
    run = Run(id=run_id, scene=scene.id, start=start, started=decision.at, phase=first, key=key)
    run.session = session or phases.speaking(decision, scene)
    decision.stage.runs[run.id] = run
    life = decision.scene_life(scene)
    life.runs[key] = run.id
    life.since = decision.at
    if scene.at_most is not None:
        run.limit = decision.timers.start(decision.at + scene.at_most, "limit", run.id)
    decision.note("started", scene=scene.id, run=run.id, place=scene.starts[start].place)
    if scene.phases[0].lasts():
        phases.enter(decision, scene, run, first)
    _play(decision, scene, run)
    return run


def news(decision: Decision, run: Run, key: str) -> None:
    """Something that the run's step or phase waits for changed or happened."""
    scene = decision.venue.scenes[run.scene]
    step = step_at(scene, run)
    if run.waiting is None:
        return
    if step is not None:
        _go(decision, scene, run, STEPS[type(step)].news(decision, run, step, key))
    elif (to := phases.way_for(decision, scene, run, key)) is not None:
        run.session = run.session or phases.speaking(decision, scene)
        go_to(decision, run, to, key.rpartition(".")[2])


def due(decision: Decision, run: Run, action: Literal["step", "lasting", "phase"]) -> None:
    """A timer of the run's step or phase fired."""
    scene = decision.venue.scenes[run.scene]
    step = step_at(scene, run)
    if run.waiting is None:
        return
    run.waiting.timers.pop(action, None)
    if step is not None:
        _go(decision, scene, run, STEPS[type(step)].due(decision, run, step, action))
    else:
        _phase_is_over(decision, scene, run, f"time was up in {run.phase}")


def go_to(decision: Decision, run: Run, phase: str | None, why: str = "") -> None:
    """On to a phase of the run, or through ``ends`` where there is none."""
    scene = decision.venue.scenes[run.scene]
    _leave(decision, scene, run)
    if scene.phase(run.phase).ways:
        run.left = why
    if run.stopping or phase is None:
        _to_ends(decision, run, run.stopping or why)
    else:
        phases.enter(decision, scene, run, phase)
    _play(decision, scene, run)


def go_back(decision: Decision, run: Run) -> None:
    """To the cue that the run came from."""
    scene = decision.venue.scenes[run.scene]
    _leave(decision, scene, run)
    phases.step_back(decision, scene, run)
    _play(decision, scene, run)


def hold(decision: Decision, run: Run) -> None:
    """The cue is kept as it is, until somebody orders otherwise. A limit that nobody wrote does not count meanwhile."""
    if run.waiting is not None:
        decision.timers.stop(run.waiting.timers.pop("phase", None))
    until = limit_of(decision, run)
    if until is not None and "at_most" not in decision.venue.scenes[run.scene].keys:
        decision.timers.stop(run.limit)
        run.limit, run.limit_left = None, until - decision.at


def limit_of(decision: Decision, run: Run) -> int | None:
    """When the run ends at the latest; None: nothing bounds it now."""
    timer = decision.stage.timers.get(run.limit) if run.limit is not None else None
    return timer.due if timer is not None else None


def _leave(decision: Decision, scene: Scene, run: Run) -> None:
    """The run leaves the phase that it is in, held or not."""
    _abandon(decision, run, waits_for(scene, run))
    if run.limit_left is not None:
        run.limit = decision.timers.start(decision.at + run.limit_left, "limit", run.id)
        run.limit_left = None


def failed(decision: Decision, run: Run, why: str) -> None:
    """What the run's phase told a device was not done: the phase's way on, where it has one; else the run ends."""
    scene = decision.venue.scenes[run.scene]
    here = scene.phase(run.phase)
    if here.lasts() and here.otherwise is not None:
        decision.note("step", scene=scene.id, run=run.id, place=here.place, details={"why": why})
        go_to(decision, run, here.otherwise, why)
    else:
        finish(decision, run, why)


def extend(decision: Decision, run: Run) -> None:
    """A candidate found the scene running and refreshes its stay."""
    step = step_at(decision.venue.scenes[run.scene], run)
    if isinstance(step, Stay):
        _STAY.extend(decision, run, step)


def finish(decision: Decision, run: Run, why: str) -> None:
    """Ends the run through its ``ends``; one that is ending already goes on ending, a critical phase ends first."""
    if run.phase != ENDS:
        scene = decision.venue.scenes[run.scene]
        if scene.phase(run.phase).critical and run.waiting is not None:
            run.stopping = run.stopping or why
            return
        _to_ends(decision, run, why)
        _play(decision, scene, run)


def start_over(decision: Decision, run: Run) -> None:
    """``after_crash: restart``: the former life is over without ``ends``, a new one begins at its first step."""
    scene = decision.venue.scenes[run.scene]
    session, run.session = run.session, ""  # the visitor is still there: the session is not closed
    drop(decision, run, "the controller restarted")
    begin(decision, scene, run.start, f"{run.id.split('~')[0]}~{decision.stage.epoch}", run.key, session)


def drop(decision: Decision, run: Run, why: str) -> None:
    """Ends the run here and now, without ``ends``; its layers go."""
    _abandon(decision, run, waits_for(decision.venue.scenes[run.scene], run))
    run.why_ends = run.why_ends or why
    _close(decision, run)


def goes_on(former: Scene, scene: Scene, run: Run) -> bool:
    """Whether the run can go on in another text of its scene: where it stands, the same is done, for the same reason.

    Titles, times, ways and other phases do not matter.
    """
    there = next((phase for phase in (*scene.phases, scene.ends) if phase.name == run.phase), None)
    here = former.phase(run.phase)
    if there is None or _what(there) != _what(here):
        return False
    return run.phase == ENDS or (scene.station == former.station and _start_in(former, scene, run) is not None)


def adopt(former: Scene, scene: Scene, run: Run) -> None:
    """The run goes on in another text of its scene; deadlines that are running stay as they are."""
    run.start = _start_in(former, scene, run) or 0
    names = [phase.name for phase in scene.phases]
    run.trail = [name for name in run.trail if name in names]


def turn_to_ends(decision: Decision, run: Run, why: str) -> None:
    """The run waits for nothing more and stands before its ``ends``."""
    _abandon(decision, run, waits_for(decision.venue.scenes[run.scene], run))
    decision.timers.stop(run.limit)
    run.limit = None
    run.phase, run.path, run.why_ends = ENDS, (0,), run.why_ends or why


def play_ends(decision: Decision, run: Run) -> None:
    """The run stands before its ``ends``: they are played."""
    _play(decision, decision.venue.scenes[run.scene], run)


def step_at(scene: Scene, run: Run) -> Step | None:
    """The step at the run's resume point; None behind the last one of the phase."""
    steps = scene.phase(run.phase).steps
    if run.path[0] >= len(steps):
        return None
    step = steps[run.path[0]]
    if len(run.path) == 1:
        return step
    return step.otherwise if isinstance(step, Wait) and step.otherwise != "end" else None


def waits_for(scene: Scene, run: Run) -> Step | Phase | None:
    """The step, or the phase, that the run waits in; None: it does not wait."""
    if run.waiting is None:
        return None
    return step_at(scene, run) or scene.phase(run.phase)


def _play(decision: Decision, scene: Scene, run: Run) -> None:
    """Plays steps until one waits or the run is over."""
    decision.touched[scene.id] = None
    while True:
        step = step_at(scene, run)
        if step is None:
            phase = scene.phase(run.phase)
            if len(run.path) > 1:
                run.path = (run.path[0] + 1,)
            elif phase.lasts():
                phases.begin(decision, run, phase)
                _wait(decision, run, phase)
                return
            elif not _next_phase(decision, scene, run):
                return
            continue
        going = STEPS[type(step)].begin(decision, run, step)
        if going is Going.WAITS:
            _wait(decision, run, step)
            return
        _advance(decision, scene, run, step, going)


def _wait(decision: Decision, run: Run, step: Step | Phase) -> None:
    if run.waiting is not None:
        run.waiting.order = decision.stage.next_number()
    decision.index.watch(run.id, step)


def _phase_is_over(decision: Decision, scene: Scene, run: Run, why: str) -> None:
    """Its longest time has passed: the way on, or on with it where it stays."""
    phase = scene.phase(run.phase)
    if phase.cue is not None and phase.cue.stays and not run.stopping:
        decision.note("step", scene=scene.id, run=run.id, place=phase.place, details={"why": f"{phase.name} lasts on"})
        return
    go_to(decision, run, phase.otherwise, "" if not phase.ways else why)


def _go(decision: Decision, scene: Scene, run: Run, going: Going) -> None:
    """A waiting step was told something; plays on when it waits no more."""
    if going is Going.WAITS:
        return
    step = step_at(scene, run)
    if step is not None:
        _advance(decision, scene, run, step, going)
        _play(decision, scene, run)


def _advance(decision: Decision, scene: Scene, run: Run, step: Step, going: Going) -> None:
    """Moves the resume point on from ``step``."""
    _abandon(decision, run, step)
    match going:
        case Going.NEXT:
            run.path = (run.path[0] + 1,)
        case Going.OTHERWISE:
            way = step.otherwise if isinstance(step, Wait) else None
            decision.note("step", scene=scene.id, run=run.id, place=step.place, details={"why": "time was up"})
            if way == "end":
                _to_ends(decision, run, "time was up while waiting")
            else:
                run.path = (run.path[0] + 1,) if way is None else (*run.path, 0)
        case Going.END:
            _to_ends(decision, run, run.why_ends or "a step failed")
        case Going.WAITS:
            pass
        case _ as never:
            assert_never(never)


def _next_phase(decision: Decision, scene: Scene, run: Run) -> bool:
    """On to the phase that follows; False when the run is over."""
    if run.phase == ENDS:
        _close(decision, run)
        return False
    names = [phase.name for phase in scene.phases]
    after = names[names.index(run.phase) + 1 :]
    if after:
        run.phase, run.path = after[0], (0,)
    elif isinstance(scene.starts[run.start], While):
        return False  # it lasts as long as its condition: starts.lasting ends it
    else:
        _to_ends(decision, run, "")
    return True


def _to_ends(decision: Decision, run: Run, why: str) -> None:
    if run.phase == ENDS:  # shielded: a failing step there is passed over
        run.path = (run.path[0] + 1,)
        return
    turn_to_ends(decision, run, why)


def _what(phase: Phase) -> tuple[object, ...]:
    """What a phase does, without what it is called and where it leads."""
    return phase.steps, phase.cue.wants if phase.cue is not None else None, phase.clock, phase.lasts()


def _start_in(former: Scene, scene: Scene, run: Run) -> int | None:
    """Where the run's way to start stands in another text; what happened once may be any that does not last."""
    start = former.starts[run.start]
    if start in scene.starts:
        return scene.starts.index(start)
    others = [number for number, one in enumerate(scene.starts) if not isinstance(one, While)]
    return others[0] if others and not isinstance(start, While) else None


def _abandon(decision: Decision, run: Run, step: Step | Phase | None) -> None:
    """The step waits no more."""
    if run.waiting is not None:
        for timer in run.waiting.timers.values():
            decision.timers.stop(timer)
        run.waiting = None
        if step is not None:
            decision.index.unwatch(run.id, step)


def _close(decision: Decision, run: Run) -> None:
    scene = decision.venue.scenes[run.scene]
    outputs.release(decision, run, 0)
    decision.timers.stop(run.limit)
    del decision.stage.runs[run.id]
    if run.session and scene.station is not None:
        phases.close_session(decision, scene.station, run.session)
    life = decision.scene_life(scene)
    if life.runs.get(run.key) == run.id:
        del life.runs[run.key]
    life.since = decision.at
    decision.closed[scene.id] = None
    until = (run.started if scene.cools_from == "start" else decision.at) + scene.cools
    if until > decision.at:
        life.cooling[run.key] = until
        decision.timers.start(until, "cooled", scene.id)
    why = run.why_ends or ("it came to its end" + (f": {run.left}" if run.left else ""))
    decision.note("ended", scene=scene.id, run=run.id, details={"lasted_us": decision.at - run.started, "why": why})
