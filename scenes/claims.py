"""Claims: whole halls and stations that runs hold. Taken all together or not at all, in the order of names.

The stage keeps for each thing the runs that took it, the lowest band first: the last one holds it, the others are
covered and have it back when it goes. A claim goes with its run, whatever becomes of its ``ends``. A hall and a station
in it are one thing to two runs: who holds the one keeps the other from everybody else.
"""

from collections.abc import Iterator, Mapping

from devices.vocabulary import DeviceId, Fields
from scenes.decision import Decision
from scenes.model import SECOND, Band, Cue, Micros, Scene, Venue
from scenes.stage import Candidate, Run, Stage

PATIENCE: Micros = 10 * SECOND  # so long a candidate waits for what somebody else holds


def holder(stage: Stage, thing: str) -> Run | None:
    """The run that holds a thing now."""
    runs = stage.claims.get(thing)
    return stage.runs[runs[-1]] if runs else None


def waiting(stage: Stage, scene: Scene | None = None) -> list[Candidate]:
    """The candidates that wait for what somebody else holds, of one scene or of all; the longest waiting first."""
    lives = stage.scenes.values() if scene is None else [stage.scenes[scene.id]] if scene.id in stage.scenes else []
    found = [one for life in lives for one in life.pending.values() if "claim" in one.timers]
    return sorted(found, key=lambda one: one.number)


def held_by(stage: Stage, run: Run) -> list[str]:
    """What the run has claims to, also where it is covered."""
    return [thing for thing, runs in stage.claims.items() if run.id in runs]


def obstacle(decision: Decision, scene: Scene) -> Fields | None:
    """What keeps the scene from starting: a thing that somebody else holds, and who; None: nothing does."""
    for thing, run in _held(decision.stage):
        band = _band(decision, run)
        wanted = any(_overlap(thing, one) for one in scene.takes)
        needed = not goes_on_beneath(scene) and any(_overlap(thing, one) for one in decision.index.uses[scene.id])
        if (wanted and band >= scene.band) or (needed and band > scene.band):
            return details(decision, thing, run)
    return None


def details(decision: Decision, thing: str, run: Run) -> Fields:
    """Who holds what, for people."""
    called = {f"held_{language}": called_in(decision.venue, thing, language) for language in ("en", "zh")}
    return {"holder": run.id, "held": thing, **called, "band": _band(decision, run).name.lower()}


def called_in(venue: Venue, thing: str, language: str) -> str:
    """What people call a hall or a station."""
    titles: Mapping[str, str] = {}
    if thing in venue.places:
        titles = venue.places[thing].title
    elif DeviceId(thing) in venue.devices:
        titles = venue.devices[DeviceId(thing)].title
    title = titles.get(language, thing)
    return f"the {title.removeprefix('The ')}" if title.startswith("The ") else title


def goes_on_beneath(scene: Scene) -> bool:
    """The light and the sound of the house are there whoever plays above them."""
    return scene.band <= Band.AMBIENT and scene.loses == "carry_on"


def over(decision: Decision, run: Run) -> tuple[str, Run] | None:
    """The run of a higher band that holds what this one uses, and the thing; the highest of them. None: nobody."""
    band, found = _band(decision, run), None
    used = in_use(decision, run)
    for thing, other in _held(decision.stage):
        highest = _band(decision, found[1]) if found is not None else band
        if _band(decision, other) > highest and any(_overlap(thing, one) for one in used):
            found = thing, other
    return found


def in_use(decision: Decision, run: Run) -> set[str]:
    """The things that a run holds and the devices that it uses; a tour, only those where it is now."""
    scene = decision.venue.scenes[run.scene]
    if not any(phase.cue is not None for phase in scene.phases):
        return {*scene.takes, *decision.index.uses[scene.id]}
    return {*held_by(decision.stage, run), *(decision.stage.outputs[key].device for key in run.outputs)}


def take(decision: Decision, run: Run) -> None:
    """The run takes what its scene takes. The gate has seen to it that nobody is in the way."""
    for thing in decision.venue.scenes[run.scene].takes:
        _take(decision, run, thing)
    if decision.stage.claims:
        decision.claimed = True  # also what takes nothing may begin beneath


def give_up(decision: Decision, run: Run, things: list[str] | None = None) -> None:
    """The run gives back these things; without ``things``, all that it has."""
    claims = decision.stage.claims
    for thing in held_by(decision.stage, run) if things is None else things:
        claims[thing].remove(run.id)
        decision.claimed = True
        if not claims[thing]:
            del claims[thing]


def follow(decision: Decision, scene: Scene, run: Run) -> None:
    """What a run holds by its scene; a tour, without halls that its path gave back where no later cue asks again."""
    wanted = _along(decision.venue, scene, run.trail)
    has = held_by(decision.stage, run)
    give_up(decision, run, [thing for thing in has if thing not in wanted])
    for thing in scene.takes:
        if thing in wanted and thing not in has:
            _take_if_free(decision, scene, run, thing)


def moved(decision: Decision, former: Venue) -> None:
    """The venue was loaded anew: runs of changed scenes hold what their scenes take now, as far as it is free."""
    stage, venue = decision.stage, decision.venue
    for run in stage.runs.values():
        if venue.scenes[run.scene] != former.scenes.get(run.scene):
            follow(decision, venue.scenes[run.scene], run)
    for runs in stage.claims.values():
        runs.sort(key=lambda one: _band(decision, stage.runs[one]))
    decision.claimed = True


def _along(venue: Venue, scene: Scene, trail: list[str]) -> set[str]:
    found = set(scene.takes)
    for name in trail:
        cue = scene.phase(name).cue or Cue({})
        given = set(cue.gives_back)
        for thing in scene.takes:
            inside = {one.id for one in venue.devices.values() if _overlap(thing, one.id)}
            if inside <= given:
                found.discard(thing)
            if any(want.device in inside for want in cue.wants):
                found.add(thing)
    return found


def _take_if_free(decision: Decision, scene: Scene, run: Run, thing: str) -> None:
    for held, other in _held(decision.stage):
        if other is not run and _overlap(held, thing) and _band(decision, other) >= scene.band:
            why = f"goes on without {called_in(decision.venue, thing, 'en')}: {other.id} holds it"
            decision.note("step", scene=scene.id, run=run.id, place=scene.where("takes"), details={"why": why})
            return
    _take(decision, run, thing)


def _take(decision: Decision, run: Run, thing: str) -> None:
    runs = [*decision.stage.claims.get(thing, ()), run.id]
    decision.stage.claims[thing] = sorted(runs, key=lambda one: _band(decision, decision.stage.runs[one]))
    decision.claimed = True


def _held(stage: Stage) -> Iterator[tuple[str, Run]]:
    """Each thing that is held, in the order of names, and by whom."""
    for thing in sorted(stage.claims):
        yield thing, stage.runs[stage.claims[thing][-1]]


def _band(decision: Decision, run: Run) -> Band:
    return decision.venue.scenes[run.scene].band


def _overlap(one: str, other: str) -> bool:
    """Whether two are the same, or the one stands in the other."""
    return one == other or other.startswith(f"{one}.") or one.startswith(f"{other}.")
