"""After a crash or a stop: what was going on is taken up, begun anew or ended, as each scene declares.

Timers never fire inside the outage: what was due then is due now. Nothing that was sent is sure any more, so outputs
are unsent until the link is up, and a command without an answer is repeated only where its kind allows that.
"""

from devices.vocabulary import DeviceId
from scenes import commands, outputs, runs, starts
from scenes.decision import Decision
from scenes.inputs import Reloaded, Restarted
from scenes.model import ENDS, Device, Venue


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
    for run in [one for one in stage.runs.values() if one.phase != ENDS]:
        match decision.venue.scenes[run.scene].after_crash:
            case "stop":
                runs.finish(decision, run, "the controller restarted")
            case "restart":
                runs.start_over(decision, run)
            case "resume":
                pass
    outputs.begin_house(decision)
    decision.set_value("venue.open", value=True)
    starts.lasting(decision, decision.index.whiles)


def reload(decision: Decision, former: Venue, reloaded: Reloaded) -> None:
    """Another configuration: unchanged scenes keep timers, dwell and runs; changed and vanished ones let go.

    ``decision`` still has the former venue, so that what ends does so as it was written then.
    """
    venue = reloaded.venue
    changed = [scene for scene in former.scenes.values() if venue.scenes.get(scene.id) != scene]
    for scene in changed:
        starts.withdraw(decision, scene, "its scene was changed")
        life = decision.scene_life(scene)
        for run in [decision.stage.runs[one] for one in life.runs.values()]:
            runs.drop(decision, run, "its scene was changed")
        life.holding.clear()
        life.again.clear()
        decision.closed.pop(scene.id, None)
    decision.note("reloaded", details={"changed": len(changed)})


def forget_gone(decision: Decision, former: Venue) -> None:
    """After the swap: what the new venue does not know is forgotten, what it has anew begins."""
    stage, venue = decision.stage, decision.venue
    for key in [key for key, output in stage.outputs.items() if not _has(venue, output.device, output.property)]:
        decision.timers.stop(stage.outputs.pop(key).timer)
        decision.unsettled.pop(key, None)
    for pending in [one for one in stage.commands.values() if not _can(venue, one.device, one.command)]:
        decision.timers.stop(pending.timer)
        del stage.commands[pending.id]
    for scene in [one for one in stage.scenes if one not in venue.scenes]:
        del stage.scenes[scene]
    decision.touched = {scene: None for scene in decision.touched if scene in venue.scenes}
    gone = {one for one, it in former.devices.items() if not _is_still(venue, it)}
    for key in [one for one in stage.values if one.rpartition(".")[0] in gone]:
        del stage.values[key]  # unknown is neither true nor false; what was said once must not decide for ever
    for device in gone & stage.devices.keys():
        del stage.devices[device]
    outputs.begin_house(decision)
    starts.lasting(decision, decision.index.whiles)


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
