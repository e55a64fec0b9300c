"""Modes: one switch that changes many scenes. A mode is on as long as its scene runs.

Rules
- A scene that a mode disarms starts no more while it is on; one that some mode arms starts only while such a mode is.
- What runs goes on, but what runs as long as something holds ends with its arming, and begins with it.
- What a mode itself asks lies in the band of staff when a person switched it on, else in that of the house.
"""

from scenes import runs, starts
from scenes.decision import Decision
from scenes.model import ENDS, Mode, While
from scenes.named import disarmed_by
from scenes.stage import NamedLife


def look(decision: Decision) -> None:
    """Which modes are on may have changed."""
    for mode in decision.venue.modes.values():
        life = decision.stage.scenes.get(mode.name)
        on = life is not None and any(decision.stage.runs[one].phase != ENDS for one in life.runs)
        if decision.stage.values.get(mode.key()) is not on:
            _turn(decision, mode, on=on)


def _turn(decision: Decision, mode: Mode, *, on: bool) -> None:
    decision.change(mode.key(), on)
    decision.stage.named.setdefault(mode.key(), NamedLife()).since = decision.at
    decision.named[mode.key()] = None
    decision.note("mode", scene=mode.name, place=mode.place, details={"name": mode.name, "value": on})
    for name in (*mode.disarms, *mode.arms):
        scene = decision.venue.scenes[name]
        decision.touched[name] = None
        if disarmed_by(decision.venue.modes.values(), decision.stage.values, name) is None:
            starts.armed(decision, scene)
            continue
        for run in decision.running(scene):
            if isinstance(scene.starts[run.start], While):
                runs.finish(decision, run, f"the mode {mode.name} is {'on' if on else 'off'}")
