"""Evacuation: a latch that the fire panel or a person closes, and that only two steps of people open.

- It is closed whenever the input is true, however that is heard: live, retained, at boot, by a reload; or by order.
- While it is closed no candidate passes (``gates.py``), every run ends through its ``ends``, and a layer in the band
  of safety, which no scene can have, lies on everything that is seen or heard. What has no such layer stays as it is.
- It stands in the stage: neither a crash nor a reload opens it.
- A drill closes it, too, with other words, and ends by itself. A real alarm makes an evacuation of it.
- To open it: ``lift``, then ``confirm_lift`` within a minute, by somebody else or by the same person a moment later;
  and never while the input is true.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Literal

from devices.vocabulary import Property
from scenes import layers, runs, silences, starts
from scenes.calendar import LATEST
from scenes.decision import Decision
from scenes.effects import SafetyState
from scenes.inputs import Ordered
from scenes.model import ENDS, SECOND, At, Band, Device, Place, SceneId, Want
from scenes.reasons import span
from scenes.stage import Answered, Safety, Stage

LIFT_WITHIN = 60 * SECOND  # between the two steps
SAME_AFTER = 2 * SECOND  # one person's second step is no slip of the finger
FADE = 2 * SECOND  # over which the house comes back
LONGEST = 600 * SECOND  # a drill of which the venue says nothing any more
LAYER = "evacuation"  # whose layer it is; a run's id has a number behind it
ROLES = ("guide", "staff", "technician")


def look(decision: Decision) -> None:
    """Closes the latch if the input is true."""
    evacuation, safety = decision.venue.evacuation, decision.stage.safety
    if evacuation is None or not evacuation.input.holds(decision.stage.values):
        return
    if safety.state != "evacuation":
        _close(decision, "evacuation", evacuation.text)
    elif safety.lifting:
        _keep_closed(decision, f"{evacuation.text} again")


def due(decision: Decision, what: str) -> None:
    """The drill is over, or nobody confirmed."""
    decision.stage.safety.timers.pop(what, None)
    if what == "drill":
        _open(decision, "the drill is over")
    else:
        _keep_closed(decision, "nobody confirmed")


def taken_up(decision: Decision) -> None:
    """After a restart or a reload: what is new is covered, what was covered stays as it is."""
    decision.safety = True
    if decision.stage.safety.holds():
        _cover(decision, anew=False)
        _time_drill(decision)
    look(decision)


def mirror(stage: Stage) -> SafetyState:
    """How the latch stands, for everybody to see."""
    safety = stage.safety
    timer = stage.timers.get(safety.timers.get("lift" if safety.lifting else "drill", 0))
    until = timer.due if timer is not None else None
    if safety.lifting:
        return SafetyState(stage.now, "lifting", safety.lifting_since, safety.why, safety.lifting, until)
    return SafetyState(stage.now, safety.state, safety.since, safety.why, safety.by, until)


def take(decision: Decision, order: Ordered) -> Answered:
    """An order about the evacuation: of the whole house, whatever target it names."""
    if decision.venue.evacuation is None and not decision.stage.safety.holds():
        return Answered("refused", "this venue says nothing of an evacuation; write evacuation: among its parts")
    if order.verb != "evacuate" and not order.by:  # who evacuates need not explain
        return Answered("refused", f"say who: {order.verb} needs by")
    return VERBS[order.verb](decision, order)


def _evacuate(decision: Decision, order: Ordered) -> Answered:
    safety = decision.stage.safety
    if safety.state != "evacuation":
        _close(decision, "evacuation", "ordered", order.by)
        return Answered("done", "the house is evacuated")
    if safety.lifting:
        _keep_closed(decision, "ordered again", order.by)
    return Answered("done", "the house is evacuated already")


def _drill(decision: Decision, order: Ordered) -> Answered:
    drill = decision.venue.evacuation.drill if decision.venue.evacuation is not None else None
    if drill is None:
        return Answered("refused", "no drill is written in this venue's evacuation")
    if order.by in ROLES and order.by not in drill.roles:
        return Answered("refused", f"a drill is ordered by {' or '.join(drill.roles)}")
    if decision.stage.safety.state == "evacuation":
        return Answered("refused", "the house is evacuated: this is no drill")
    if decision.stage.safety.state == "normal":
        _close(decision, "drill", "ordered", order.by)
    timer = decision.stage.timers.get(decision.stage.safety.timers.get("drill", 0))
    left = span(timer.due - decision.at) if timer is not None else "some time"
    return Answered("done", f"a drill, for {left} at most")


def _lift(decision: Decision, order: Ordered) -> Answered:
    safety = decision.stage.safety
    refused = _not_to_be_lifted(decision)
    if refused is not None:
        return refused
    if not safety.lifting:
        safety.lifting, safety.lifting_since = order.by, decision.at
        safety.timers["lift"] = decision.timers.start(decision.at + LIFT_WITHIN, "safety", "lift")
        _tell(decision, "lifting", "the first of two steps", order.by)
    left = span(safety.lifting_since + LIFT_WITHIN - decision.at)
    return Answered("done", f"first step by {safety.lifting}; now confirm_lift within {left}, better by somebody else")


def _confirm_lift(decision: Decision, order: Ordered) -> Answered:
    safety = decision.stage.safety
    refused = _not_to_be_lifted(decision)
    if refused is not None:
        return refused
    if not safety.lifting:
        return Answered("refused", "this is the second of two steps: lift comes first")
    if order.by == safety.lifting and decision.at - safety.lifting_since < SAME_AFTER:
        return Answered("refused", f"one person confirms {span(SAME_AFTER)} after lift at the earliest")
    _open(decision, f"lifted by {safety.lifting}, confirmed by {order.by}", order.by)
    return Answered("done", "it is lifted: the house comes back")


VERBS: Mapping[str, Callable[[Decision, Ordered], Answered]] = {
    "evacuate": _evacuate,
    "drill": _drill,
    "lift": _lift,
    "confirm_lift": _confirm_lift,
}


def _not_to_be_lifted(decision: Decision) -> Answered | None:
    evacuation = decision.venue.evacuation
    if not decision.stage.safety.holds():
        return Answered("done", "the house is not evacuated")
    if evacuation is not None and evacuation.input.holds(decision.stage.values):
        return Answered("refused", f"{evacuation.text} still holds: it is lifted when that is over")
    return None


def _close(decision: Decision, state: Literal["evacuation", "drill"], why: str, by: str = "") -> None:
    """The latch closes; from a drill to an evacuation only what is said changes."""
    was = _forget(decision)
    stage = decision.stage
    stage.safety = Safety(state=state, since=decision.at, why=why, by=by, again=was.again)
    _tell(decision, state, why, by)
    _time_drill(decision)
    _cover(decision)  # first of all
    layers.relatives_changed(decision)
    if not was.holds():
        _stop_everything(decision)


def _time_drill(decision: Decision) -> None:
    """A drill ends by itself, also where nobody knows any more since when it lasts."""
    safety, evacuation = decision.stage.safety, decision.venue.evacuation
    if safety.state == "drill" and "drill" not in safety.timers:
        at_most = evacuation.drill.at_most if evacuation is not None and evacuation.drill is not None else LONGEST
        safety.timers["drill"] = decision.timers.start(decision.at + at_most, "safety", "drill")


def _open(decision: Decision, why: str, by: str = "") -> None:
    """Everything shows what is true now; what lasts comes back, and what the clock began."""
    was = _forget(decision)
    decision.stage.safety = Safety(since=decision.at, why=why, by=by)
    _tell(decision, "normal", why, by)
    layers.uncover(decision, LAYER, FADE)
    for scene in decision.venue.scenes.values():
        life = decision.stage.scenes.get(scene.id)
        if life is not None and life.silences:
            silences.forget(decision, scene)  # an evacuation is no silence
        if life is not None and life.holding:
            starts.armed(decision, scene)
    silences.begin(decision)
    if decision.at - was.since <= LATEST:
        for scene_id, number in was.again.items():
            _begin_late(decision, scene_id, number)


def _begin_late(decision: Decision, scene_id: SceneId, number: int) -> None:
    """What was begun by the clock, or would have been, and wants that (``late: run``)."""
    scene = decision.venue.scenes.get(scene_id)
    start = scene.starts[number] if scene is not None and number < len(scene.starts) else None
    if scene is not None and isinstance(start, At) and start.late == "run" and not decision.running(scene):
        starts.open_candidate(decision, scene, number, "calendar")


def _keep_closed(decision: Decision, why: str, by: str = "") -> None:
    """The first step of lifting counts no more."""
    safety = decision.stage.safety
    decision.timers.stop(safety.timers.pop("lift", None))
    safety.lifting, safety.lifting_since = "", 0
    _tell(decision, safety.state, why, by)


def _forget(decision: Decision) -> Safety:
    """No timer of the latch is left. Returns how it stood."""
    safety = decision.stage.safety
    for timer in safety.timers.values():
        decision.timers.stop(timer)
    return safety


def _tell(decision: Decision, state: str, why: str, by: str) -> None:
    decision.safety = True
    evacuation = decision.venue.evacuation
    place = evacuation.place if evacuation is not None else None
    decision.note("safety", place=place, details={"state": state, "why": why, "by": by})


def _stop_everything(decision: Decision) -> None:
    """Runs end, critical phases too; what was about to start does not."""
    why = f"the house is evacuated: {decision.stage.safety.why}"
    for scene in decision.venue.scenes.values():
        if scene.id in decision.stage.scenes:
            starts.held(decision, scene)
    for run in [one for one in decision.stage.runs.values() if one.phase != ENDS]:
        start = decision.venue.scenes[run.scene].starts[run.start]
        if isinstance(start, At) and start.late == "run":
            decision.stage.safety.again[run.scene] = run.start
        runs.turn_to_ends(decision, run, why)
        runs.play_ends(decision, run)


def _cover(decision: Decision, *, anew: bool = True) -> None:
    """The band of safety lies on everything that is seen or heard; not ``anew``: on what it does not lie on yet."""
    for want in _safe(decision):
        output = decision.stage.outputs.get(layers.key_of(want.device, want.property.name))
        if anew or output is None or all(one.run != LAYER for one in output.layers):
            layers.put(decision, LAYER, Band.SAFETY, want)


def _safe(decision: Decision) -> Iterator[Want]:
    """What everything shall show: as the venue says, else dark or silent, else what it shows when nothing asks."""
    evacuation = decision.venue.evacuation
    said: dict[tuple[str, str], Want] = {}
    if evacuation is not None:
        is_drill = decision.stage.safety.state == "drill" and evacuation.drill is not None
        speech = evacuation.drill.speech if is_drill and evacuation.drill is not None else evacuation.speech
        wants = (*evacuation.lights, *evacuation.screens, *speech)
        said = {(want.device, want.property.name): want for want in wants}
    for device in decision.venue.devices.values():
        for property_ in device.kind.properties:
            want = said.get((device.id, property_.name)) or _quiet(device, property_)
            if want is not None:
                yield want


def _quiet(device: Device, property_: Property) -> Want | None:
    value = device.idle_value(property_)
    if value is None:
        return None
    if property_.idle is not None and any(ask.of in ("clip", "page") for ask in property_.asks):
        value = property_.idle  # a station that invites is no way out
    within = None if property_.within_seconds is None else round(property_.within_seconds * SECOND)
    return Want(device.id, property_, value, {}, Place("", 0, 0), within=within, retry=property_.retry if within else 0)
