"""Phases that last: a station's, and the cues of a tour. Which way on, how often, and what a path shows.

The interpreter (``runs.py``) moves the run; here stands what a phase says about it. A way to a phase whose visits are
used up is not offered: what would take it is heard and nothing happens.
"""

from itertools import product

from devices.vocabulary import DeviceId
from scenes import claims, clock, layers, strands
from scenes.decision import Decision
from scenes.model import Cue, Phase, Scene, Want
from scenes.stage import Run, Waiting

_REMEMBERED = 64  # sessions that are over, of each station


def enter(decision: Decision, scene: Scene, run: Run, name: str) -> None:
    """The run comes to a phase: counted, noted, and for a cue the picture of the path is shown."""
    phase = scene.phase(name)
    run.phase, run.main.path = name, (0,)
    run.visits[name] = run.visits.get(name, 0) + 1
    if phase.clock:
        clock.show(decision, scene, run)
        return
    decision.note("phase", scene=scene.id, run=run.id, place=phase.place, details={"phase": name})
    if phase.cue is not None:
        run.trail.append(name)
        show(decision, scene, run)
        claims.follow(decision, scene, run)


def step_back(decision: Decision, scene: Scene, run: Run) -> None:
    """To the cue that the run came from; the picture is that of the path up to there."""
    run.trail.pop()
    run.phase, run.main.path = run.trail[-1], (0,)
    decision.note("phase", scene=scene.id, run=run.id, place=scene.phase(run.phase).place,
                  details={"phase": run.phase, "why": "back"})  # fmt: skip
    show(decision, scene, run)
    claims.follow(decision, scene, run)


def visit(run: Run) -> str:
    """The phase that the run is in, and which time it is there: ``fire``, then ``fire~2``."""
    times = run.visits.get(run.phase, 1)
    return f"{run.phase}~{times}" if times > 1 else run.phase


def begin(decision: Decision, run: Run, phase: Phase) -> None:
    """The steps are played: the phase lasts from here."""
    run.main.waiting = Waiting()
    if phase.at_most is not None:
        strands.wake(decision, run, run.main, "phase", decision.at + phase.at_most)


def way_for(decision: Decision, scene: Scene, run: Run, key: str) -> str | None:
    """The phase to which what happened leads; None: nowhere, for now."""
    phase = scene.phase(run.phase)
    said = speaking(decision, scene)
    if said and run.session and said != run.session:
        return None  # of another visitor
    waited_before = run.main.waiting is not None and run.main.waiting.order <= decision.began
    for way in phase.ways if waited_before else ():  # the event that began the waiting does not end it
        if way.trigger.name == key and is_open(scene, run, way.to):
            return way.to
    return None


def speaking(decision: Decision, scene: Scene) -> str:
    """The session of which the scene's station speaks in this decision; empty: of none."""
    return decision.sessions.get(scene.station, "") if scene.station is not None else ""


def is_open(scene: Scene, run: Run, name: str) -> bool:
    """Whether the run may come there once more."""
    visits = scene.phase(name).visits
    return visits is None or run.visits.get(name, 0) < visits


def close_session(decision: Decision, station: DeviceId, session: str) -> None:
    """What comes of it from now on is late: counted and dropped."""
    closed = decision.device_life(station).closed
    closed[session] = decision.at
    while len(closed) > _REMEMBERED:
        del closed[next(iter(closed))]


def next_cue(scene: Scene, name: str, skipped: int = 0) -> str | None:
    """The cue behind that one, in the order of the scene; None: that was the last."""
    names = [phase.name for phase in scene.phases]
    behind = names[names.index(name) + 1 + skipped :]
    return behind[0] if behind else None


def show(decision: Decision, scene: Scene, run: Run) -> None:
    """Asks for the picture of the path so far; what is no part of it any more goes.

    What a cue gives back goes over that cue's own fade; without one, and on the way back, it goes as it came.
    """
    wanted = picture(scene, run.trail)
    cue = scene.phase(run.phase).cue or Cue({})
    fade = max((want.fade for want in cue.wants), default=0)
    gone: dict[tuple[int, bool], list[str]] = {}
    for key, relative in product(run.outputs, (False, True)):
        layer = layers.layer_of(decision, run, key, relative=relative)
        if layer is not None and (key, relative) not in wanted:
            own = fade if decision.stage.outputs[key].device in cue.gives_back else 0
            gone.setdefault((own or layer.fade, relative), []).append(key)
    for (over, relative), keys in gone.items():
        layers.release_some(decision, run, keys, over, relative=relative)
    for (key, relative), want in wanted.items():
        layer = layers.layer_of(decision, run, key, relative=relative)
        if layer is None or (layer.written or layer.value, layer.times) != (
            layers.written(decision, run, want),
            want.times,
        ):
            layers.ask(decision, run, scene.band, want)


def picture(scene: Scene, trail: list[str]) -> dict[tuple[str, bool], Want]:
    """What the cues of a path want together: later ones over earlier ones, less what was given back.

    By property, and whether it is relative: both may be asked of one.
    """
    found: dict[tuple[str, bool], Want] = {}
    for name in trail:
        cue = scene.phase(name).cue or Cue({})
        found = {key: want for key, want in found.items() if want.device not in cue.gives_back}
        found |= {layers.slot_of(want): want for want in cue.wants}
    return found
