"""The interpreter: one shape of run; where it resumes is its phase, and where its strands stand (``strands.py``).

A plain phase is followed by the next one; one that lasts, by where its ways lead (``phases.py``). A run closes with
``ends``: always, once, shielded. Whatever happens there, its layers go.
"""

from collections.abc import Mapping
from typing import Literal, assert_never

from devices.vocabulary import NOTHING, Scalar
from scenes import claims, outputs, phases, queues, strands, suspension
from scenes.decision import Decision
from scenes.index import returned_to
from scenes.model import (
    ENDS,
    Add,
    Ask,
    Assign,
    Call,
    Choose,
    Pause,
    Phase,
    Release,
    Repeat,
    Say,
    Scene,
    Stay,
    Step,
    Tell,
    Timeline,
    Together,
    Wait,
    While,
)
from scenes.stage import Run, Strand, Waiting
from scenes.steps.add import AddPlayer, AssignPlayer
from scenes.steps.ask import AskPlayer
from scenes.steps.call import CallPlayer
from scenes.steps.choose import ChoosePlayer
from scenes.steps.going import Going, StepPlayer
from scenes.steps.pause import PausePlayer
from scenes.steps.release import ReleasePlayer
from scenes.steps.repeat import RepeatPlayer
from scenes.steps.say import SayPlayer
from scenes.steps.stay import StayPlayer
from scenes.steps.tell import TellPlayer
from scenes.steps.timeline import TimelinePlayer
from scenes.steps.together import TogetherPlayer
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
    Choose: ChoosePlayer(),
    Together: TogetherPlayer(),
    Repeat: RepeatPlayer(),
    Add: AddPlayer(),
    Assign: AssignPlayer(),
    Timeline: TimelinePlayer(),
    Call: CallPlayer(),
}
_SEEN = (Ask, Pause, Wait, Stay, Timeline, Call)  # what a run that ends unseen passes over


def begin(
    decision: Decision,
    scene: Scene,
    start: int,
    run_id: str,
    key: str = "",
    session: str = "",
    params: Mapping[str, Scalar] = NOTHING,
    caller: str = "",
) -> Run:
    """A new run, played as far as it goes without waiting. ``session``: of the visitor who came to the station."""
    first = scene.phases[0].name
    run = Run(id=run_id, scene=scene.id, start=start, started=decision.at, phase=first, key=key, params=dict(params))
    run.session, run.caller = session, caller
    decision.stage.runs[run.id] = run
    life = decision.scene_life(scene)
    life.runs.append(run.id)
    life.since = decision.at
    if scene.at_most is not None:
        run.limit = decision.timers.start(decision.at + scene.at_most, "limit", run.id)
    decision.note("started", scene=scene.id, run=run.id, place=scene.starts[start].place)
    claims.take(decision, run)
    if scene.phases[0].lasts():
        phases.enter(decision, scene, run, first)
    _play(decision, scene, run)
    return run


def news(decision: Decision, run: Run, name: str, key: str) -> None:
    """Something that the strand's step, or the phase, waits for changed or happened."""
    scene = decision.venue.scenes[run.scene]
    strand = run.strands.get(name)
    if strand is None or strand.waiting is None or run.suspended:
        return
    step = strands.step_at(scene, run, strand)
    if step is not None:
        _go(decision, scene, run, strand, step, STEPS[type(step)].news(decision, run, strand, step, key))
    elif (to := phases.way_for(decision, scene, run, key)) is not None:
        run.session = run.session or phases.speaking(decision, scene)
        go_to(decision, run, to, key.rpartition(".")[2])


def due(decision: Decision, run: Run, name: str, action: Literal["step", "lasting", "moment", "phase"]) -> None:
    """A timer of the strand's step, or of the phase, fired."""
    scene = decision.venue.scenes[run.scene]
    strand = run.strands.get(name)
    if strand is None or strand.waiting is None:
        return
    step = strands.step_at(scene, run, strand)
    strand.waiting.timers.pop(action, None)
    if step is not None:
        _go(decision, scene, run, strand, step, STEPS[type(step)].due(decision, run, strand, step, action))
    else:
        _phase_is_over(decision, scene, run, f"time was up in {run.phase}")


def go_to(decision: Decision, run: Run, phase: str | None, why: str = "") -> None:
    """On to a phase of the run, or through ``ends`` where there is none."""
    scene = decision.venue.scenes[run.scene]
    _leave(decision, scene, run)
    if scene.phase(run.phase).ways:
        run.left = why
    if run.stopping or phase is None:
        turn_to_ends(decision, run, run.stopping or why)
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
    if run.main.waiting is not None:
        decision.timers.stop(run.main.waiting.timers.pop("phase", None))
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
    strands.abandon_all(decision, scene, run)
    if run.limit_left is not None:
        run.limit = decision.timers.start(decision.at + run.limit_left, "limit", run.id)
        run.limit_left = None


def failed(decision: Decision, run: Run, why: str) -> None:
    """What the run's phase told a device was not done: the phase's way on, where it has one; else the run ends."""
    scene = decision.venue.scenes[run.scene]
    here = scene.phase(run.phase)
    if here.lasts() and here.otherwise is not None and not run.suspended:
        decision.note("step", scene=scene.id, run=run.id, place=here.place, details={"why": why})
        go_to(decision, run, here.otherwise, why)
    else:
        finish(decision, run, why)


def extend(decision: Decision, run: Run) -> None:
    """A candidate found the scene running and refreshes its stay."""
    scene = decision.venue.scenes[run.scene]
    for strand in run.strands.values():
        step = strands.step_at(scene, run, strand)
        if isinstance(step, Stay):
            _STAY.extend(decision, run, strand, step)


def finish(decision: Decision, run: Run, why: str) -> None:
    """Ends the run through its ``ends``; one that is ending already goes on ending, a critical phase ends first."""
    if run.phase != ENDS:
        scene = decision.venue.scenes[run.scene]
        if scene.phase(run.phase).critical and run.main.waiting is not None:
            run.stopping = run.stopping or why
            return
        turn_to_ends(decision, run, why)
        _play(decision, scene, run)


def finish_phase(decision: Decision, run: Run, why: str) -> None:
    """Ends the run when the phase that it is in is over; one that lasts by its condition alone is over."""
    scene = decision.venue.scenes[run.scene]
    is_over = strands.step_at(scene, run, run.main) is None and not scene.phase(run.phase).lasts()
    if is_over:
        finish(decision, run, why)
    elif run.phase != ENDS:
        run.stopping = run.stopping or why


def end_unseen(decision: Decision, run: Run, why: str) -> None:
    """Ends a covered run in this decision: its layers go first, and of its ``ends`` nothing is shown or waited for."""
    outputs.release(decision, run, None)
    run.silent = True
    turn_to_ends(decision, run, why)
    play_ends(decision, run)


def start_over(decision: Decision, run: Run, start: int, life: int, why: str) -> None:
    """``restart``: the former life is over without ``ends``, a new one begins at the first step.

    ``life``: a number that no former life of this run had.
    """
    scene = decision.venue.scenes[run.scene]
    session, run.session = run.session, ""  # the visitor is still there: the session is not closed
    caller, run.caller = run.caller, ""  # and its caller waits on
    drop(decision, run, why)
    begin(decision, scene, start, f"{run.id.split('~')[0]}~{life}", run.key, session, run.params, caller)


def drop(decision: Decision, run: Run, why: str) -> None:
    """Ends the run here and now, without ``ends``; its layers go."""
    suspension.lift(decision, run)
    strands.abandon_all(decision, decision.venue.scenes[run.scene], run)
    run.why_ends = run.why_ends or why
    _close(decision, run)


def turn_to_ends(decision: Decision, run: Run, why: str) -> None:
    """The run waits for nothing more and stands before its ``ends``."""
    suspension.lift(decision, run)
    strands.abandon_all(decision, decision.venue.scenes[run.scene], run)
    decision.timers.stop(run.limit)
    run.limit = None
    run.phase, run.why_ends = ENDS, run.why_ends or why


def play_ends(decision: Decision, run: Run) -> None:
    """The run stands before its ``ends``: they are played."""
    _play(decision, decision.venue.scenes[run.scene], run)


def _play(decision: Decision, scene: Scene, run: Run) -> None:
    """Plays what the strands have to play until all of them wait or the run is over."""
    decision.touched[scene.id] = None
    while run.id in decision.stage.runs and (strand := strands.ready(run)) is not None:
        step = strands.step_at(scene, run, strand)
        if step is None:
            _behind(decision, scene, run, strand)
        else:
            unseen = run.silent and isinstance(step, _SEEN)
            going = Going.NEXT if unseen else STEPS[type(step)].begin(decision, run, strand, step)
            _move(decision, scene, run, strand, step, going)


def _behind(decision: Decision, scene: Scene, run: Run, strand: Strand) -> None:
    """The strand stands behind the last step: out of the branch, to those that waited for it, or on in the phase."""
    if strands.go_out(scene, run, strand):
        return
    phase = scene.phase(run.phase)
    if strand is not run.main:
        above = strands.join(run, strand)
        if above is not None:
            strands.abandon(decision, scene, run, above)
            strands.go_on(above)
    elif phase.lasts():
        phases.begin(decision, run, phase)
        _wait(decision, run, strand, phase)
    elif not _next_phase(decision, scene, run):
        strand.waiting = Waiting()  # it lasts as long as its condition: starts.lasting ends it


def _wait(decision: Decision, run: Run, strand: Strand, step: Step | Phase) -> None:
    if strand.waiting is not None:
        strand.waiting.order = decision.stage.next_number()
    decision.index.watch(run.id, strand.name, step)


def _phase_is_over(decision: Decision, scene: Scene, run: Run, why: str) -> None:
    """Its longest time has passed: the way on, or on with it where it stays."""
    phase = scene.phase(run.phase)
    if phase.cue is not None and phase.cue.stays and not run.stopping:
        decision.note("step", scene=scene.id, run=run.id, place=phase.place, details={"why": f"{phase.name} lasts on"})
        return
    go_to(decision, run, phase.otherwise, "" if not phase.ways else why)


def _go(decision: Decision, scene: Scene, run: Run, strand: Strand, step: Step, going: Going) -> None:
    """A waiting step was told something; plays on when it waits no more."""
    if going is not Going.WAITS:
        _move(decision, scene, run, strand, step, going)
        _play(decision, scene, run)


def _move(decision: Decision, scene: Scene, run: Run, strand: Strand, step: Step, going: Going) -> None:
    """Moves the strand on from ``step``."""
    if going is not Going.WAITS:
        strands.abandon(decision, scene, run, strand)
    match going:
        case Going.WAITS:
            _wait(decision, run, strand, step)
        case Going.NEXT:
            strands.go_on(strand)
        case Going.INSIDE:
            pass
        case Going.OTHERWISE:
            decision.note("step", scene=scene.id, run=run.id, place=step.place, details={"why": "time was up"})
            if isinstance(step, Wait | Timeline) and step.otherwise == "end":
                _to_ends(decision, run, strand, "time was up while waiting")
            else:
                strands.go_into(strand, 0)
        case Going.END:
            _to_ends(decision, run, strand, run.why_ends or "a step failed")
        case _ as never:
            assert_never(never)


def _next_phase(decision: Decision, scene: Scene, run: Run) -> bool:
    """On to the phase that follows, or to the end; False where the run lasts on."""
    names = [phase.name for phase in scene.phases]
    after = names[names.index(run.phase) + 1 :] if run.phase != ENDS else []
    if run.phase == ENDS:
        _close(decision, run)
    elif after:
        run.phase, run.main.path = after[0], (0,)
    elif isinstance(scene.starts[run.start], While):
        return False
    else:
        turn_to_ends(decision, run, "")
    return True


def _to_ends(decision: Decision, run: Run, strand: Strand, why: str) -> None:
    if run.phase == ENDS:  # shielded: a failing step there is passed over
        strands.go_on(strand)
    else:
        turn_to_ends(decision, run, why)


def _close(decision: Decision, run: Run) -> None:
    scene = decision.venue.scenes[run.scene]
    outputs.release(decision, run, 0)
    decision.timers.stop(run.limit)
    claims.give_up(decision, run)
    del decision.stage.runs[run.id]
    if run.caller:
        decision.news[returned_to(run.caller)] = None
    if run.session and scene.station is not None:
        phases.close_session(decision, scene.station, run.session)
    life = decision.scene_life(scene)
    life.runs.remove(run.id)
    life.since = decision.at
    queues.ended(decision, scene, decision.at - run.started)
    decision.closed[scene.id] = None
    until = (run.started if scene.cools_from == "start" else decision.at) + scene.cools
    if until > decision.at:
        life.cooling[run.key] = until
        decision.timers.start(until, "cooled", scene.id)
    why = run.why_ends or ("it came to its end" + (f": {run.left}" if run.left else ""))
    decision.note("ended", scene=scene.id, run=run.id, details={"lasted_us": decision.at - run.started, "why": why})
