"""After a crash or a stop: what was going on is taken up, begun anew or ended, as each scene declares.

Timers never fire inside the outage: what was due then is due now. Nothing that was sent is sure any more, so outputs
are unsent until the link is up, and a command without an answer is repeated only where its kind allows that.
"""

from dataclasses import dataclass

from devices.vocabulary import DeviceId
from scenes import (
    calendar,
    claims,
    commands,
    layers,
    naming,
    notices,
    outputs,
    rewritten,
    runs,
    safety,
    several,
    silences,
    spares,
    starts,
)
from scenes.decision import Decision
from scenes.inputs import Reloaded, Restarted
from scenes.model import ENDS, Device, Scene, Venue, While
from scenes.stage import Asker, Run

_CHANGED = "its scene was changed"


@dataclass(frozen=True, slots=True)
class Ending:
    """A run that cannot go on in the new text of its scene. ``anew``: the start with which it begins there anew."""

    run: Run
    anew: int | None


def take(decision: Decision, restarted: Restarted) -> None:
    """The controller started."""
    stage = decision.stage
    stage.journal, stage.epoch, stage.offset = restarted.journal, restarted.epoch, restarted.offset
    stage.link_up = False
    stage.away_since = (restarted.died_at or 0) if restarted.outage_known else 0  # 0: too long to be fresh
    decision.timers.skip_outage(decision.at)
    outage = decision.at - restarted.died_at if restarted.died_at is not None else None
    why = f"it was away for {outage / 1_000_000:.1f} s" if outage is not None else ""
    decision.note("restarted", details={"epoch": restarted.epoch, "why": why})
    outputs.link_lost(decision)
    commands.restarted(decision)
    safety.look(decision)
    for run in [one for one in stage.runs.values() if one.phase != ENDS]:
        match decision.venue.scenes[run.scene].after_crash:
            case "stop":
                runs.finish(decision, run, "the controller restarted")
            case "restart":
                runs.start_over(decision, run, run.start, stage.epoch, "the controller restarted")
            case "resume":
                pass
    outputs.begin_house(decision)
    safety.taken_up(decision)
    calendar.due(decision)
    naming.begin(decision)
    starts.lasting(decision, decision.index.whiles)
    silences.begin(decision)


def reload(decision: Decision, former: Venue, reloaded: Reloaded) -> list[Ending]:
    """Another configuration: unchanged scenes keep timers, dwell and runs; vanished ones let go.

    ``decision`` still has the former venue. Returns the runs of changed scenes that cannot go on in the new text: after
    the swap they are played through ``ends`` as it is written then.
    """
    venue = reloaded.venue
    changed = [scene for scene in former.scenes.values() if venue.scenes.get(scene.id) != scene]
    ending: list[Ending] = []
    for scene in changed:
        starts.withdraw(decision, scene, _CHANGED)
        several.forget(decision, scene)
        silences.forget(decision, scene)
        notices.hide_all(decision, scene)
        found = venue.scenes.get(scene.id)
        if found is None:
            _vanish(decision, scene)
        else:
            ending += _change(decision, scene, found)
    decision.note("reloaded", details={"changed": len(changed)})
    return ending


def _vanish(decision: Decision, scene: Scene) -> None:
    for run in decision.running(scene):
        runs.drop(decision, run, _CHANGED)
    decision.closed.pop(scene.id, None)


def _change(decision: Decision, former: Scene, scene: Scene) -> list[Ending]:
    """Runs that stand where the new text has the same go on there; returns those that have to end.

    Where none goes on, what should last is looked at anew.
    """
    mine = decision.running(former)
    ending = [Ending(run, _anew(former, scene, run)) for run in mine if not _goes_on(former, scene, run)]
    life = decision.scene_life(former)
    stays = len(ending) < len(mine)
    life.holding = _moved(life.holding, former, scene) if stays else []
    life.again = _moved(life.again, former, scene) if stays else []
    for one in ending:
        runs.turn_to_ends(decision, one.run, _CHANGED)
    for run in mine:
        if not any(one.run is run for one in ending):
            rewritten.adopt(former, scene, run)
    return ending


def _goes_on(former: Scene, scene: Scene, run: Run) -> bool:
    """As the new text says; what is ending goes on ending."""
    return rewritten.goes_on(former, scene, run) and (scene.on_reload == "finish" or run.phase == ENDS)


def _anew(former: Scene, scene: Scene, run: Run) -> int | None:
    """The way to start of its next life. None: it has none; what lasts is begun anew by its condition."""
    start = rewritten.start_in(former, scene, run)
    if start is None or scene.on_reload != "restart" or run.phase == ENDS:
        return None
    return None if isinstance(scene.starts[start], While) else start


def _moved(numbers: list[int], former: Scene, scene: Scene) -> list[int]:
    """Where these ways to start stand now; those that were changed are no more."""
    return [scene.starts.index(former.starts[one]) for one in numbers if former.starts[one] in scene.starts]


def forget_gone(decision: Decision, former: Venue) -> None:
    """After the swap: what the new venue does not know is forgotten, what it has anew begins."""
    stage, venue = decision.stage, decision.venue
    for key in [key for key, output in stage.outputs.items() if not _has(venue, output.device, output.property)]:
        layers.forget(decision, stage.outputs.pop(key))
        decision.unsettled.pop(key, None)
    notices = (notice for life in stage.scenes.values() for notice in life.notices.values())
    askers: list[Asker] = [*stage.runs.values(), *notices]
    for asker in askers:
        asker.outputs = [key for key in asker.outputs if key in stage.outputs]
    for pending in [one for one in stage.commands.values() if not _can(venue, one.device, one.command)]:
        decision.timers.stop(pending.timer)
        del stage.commands[pending.id]
    for scene in [one for one in stage.scenes if one not in venue.scenes]:
        del stage.scenes[scene]
    decision.touched = {scene: None for scene in decision.touched if scene in venue.scenes}
    gone = {one for one, it in former.devices.items() if not _is_still(venue, it)}
    for key in [one for one in stage.values if one.rpartition(".")[0] in gone]:
        del stage.values[key]  # unknown is neither true nor false; what was said once must not decide for ever
    naming.forget(decision, former)
    spares.forget_gone(decision, gone)
    for device in gone & stage.devices.keys():
        del stage.devices[device]
    claims.moved(decision, former)
    for key, output in list(stage.outputs.items()):
        if venue.devices[output.device] != former.devices.get(output.device):
            layers.unsettle(decision, key)  # it may be trimmed otherwise, or have no idle value any more
    outputs.begin_house(decision)
    safety.taken_up(decision)


def begin_anew(decision: Decision, ending: list[Ending]) -> None:
    """After the swap: what has to end does so as its scene is written now, and what should last begins."""
    for one in ending:
        if one.anew is not None:
            runs.start_over(decision, one.run, one.anew, decision.stage.next_number(), _CHANGED)
        else:
            runs.play_ends(decision, one.run)
    for scene in decision.venue.scenes.values():
        if scene.resting and scene.id in decision.stage.scenes and decision.stage.scenes[scene.id].resting:
            notices.show(decision, scene, "resting", scene.resting)
    calendar.due(decision)
    naming.begin(decision)
    starts.lasting(decision, decision.index.whiles)
    silences.begin(decision)


def _is_still(venue: Venue, device: Device) -> bool:
    """Whether the device is there and can say what it could say."""
    found = venue.devices.get(device.id)
    return found is not None and found.kind.name == device.kind.name


def _has(venue: Venue, device: DeviceId, property_: str) -> bool:
    found = venue.devices.get(device)
    return found is not None and any(one.name == property_ for one in found.kind.properties)


def _can(venue: Venue, device: DeviceId, command: str) -> bool:
    found = venue.devices.get(device)
    return found is not None and found.kind.command(command) is not None
