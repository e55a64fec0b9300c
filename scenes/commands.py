"""One-shots on their way: told, answered, told again, or unknown.

*Resend* (no answer came) keeps the id: the device does an id once. *Again* (``ok: false`` came) takes a new one. Where
a kind's command is not repeatable by id, what became of it without an answer is unknown; it is never told again.
"""

from devices.vocabulary import Command
from scenes import phases
from scenes.asking import with_puts
from scenes.decision import Decision
from scenes.effects import NoteWord, Tell
from scenes.model import Tell as TellStep
from scenes.stage import Pending, Run, Strand


def tell(decision: Decision, run: Run, strand: Strand, step: TellStep) -> None:
    """Tells the device once; the step does not wait for the answer. Raises ``Unfit``."""
    fields = with_puts(decision, run.params, step.fields, step.puts)
    path = f"{phases.visit(run)}/{'.'.join(map(str, strand.path))}"
    pending = Pending(
        id=decision.one_shot_id(run.id, path, "0"),
        device=decision.device_life(step.device).spare or step.device,
        command=step.command.name,
        fields=fields,
        run=run.id,
        scene=run.scene,
        path=path,
        expires=decision.at + round(step.command.expires_seconds * 1_000_000),
    )
    decision.stage.commands[pending.id] = pending
    decision.note(
        "told",
        device=pending.device,
        scene=run.scene,
        run=run.id,
        place=step.place,
        details={"command": pending.command, "id": pending.id, **pending.fields},
    )
    if decision.stage.safety.holds() and not decision.venue.devices[pending.device].kind.station:
        _give_up(decision, pending, "expired", "the house is evacuated")  # nothing else is seen or heard
    elif decision.stage.link_up:
        _send(decision, pending)


def link_up(decision: Decision) -> None:
    """What waited for the link leaves now; what may be repeated is repeated under its id."""
    for pending in list(decision.stage.commands.values()):
        if pending.sent and not _command(decision, pending).repeatable:
            _wait(decision, pending)
        elif decision.at >= pending.expires:
            _give_up(decision, pending, "expired", "the link came back too late")
        else:
            _send(decision, pending)


def link_lost(decision: Decision) -> None:
    """No answer can come now; the waiting goes on when the link is back."""
    for pending in decision.stage.commands.values():
        decision.timers.stop(pending.timer)
        pending.timer = None


def restarted(decision: Decision) -> None:
    """After a restart nobody knows whether a command that was decided did leave."""
    link_lost(decision)
    for pending in list(decision.stage.commands.values()):
        if not _command(decision, pending).repeatable:
            _give_up(decision, pending, "unknown", "the controller restarted before the answer came")


def acked(decision: Decision, command_id: str, *, ok: bool, reason: str) -> None:
    """A device answered."""
    pending = decision.stage.commands[command_id]
    if ok:
        decision.note(
            "done",
            device=pending.device,
            scene=pending.scene,
            run=pending.run,
            details={"command": pending.command, "id": pending.id},
        )
        _forget(decision, pending)
    elif pending.attempt < _command(decision, pending).retry and decision.at < pending.expires:
        _again(decision, pending, reason)
    else:
        _give_up(decision, pending, "failed", reason or "the device said no")


def not_sent(decision: Decision, command_id: str, reason: str) -> None:
    """The output could not send it: nothing left the house, so it may be tried again as if it were new."""
    pending = decision.stage.commands.get(command_id)
    if pending is not None:
        pending.sent = False
        pending.tries -= 1
        if decision.at >= pending.expires:
            _give_up(decision, pending, "expired", reason)
        else:
            _wait(decision, pending)


def due(decision: Decision, command_id: str) -> None:
    """No answer came in time."""
    pending = decision.stage.commands[command_id]
    command = _command(decision, pending)
    if decision.at >= pending.expires:
        _give_up(decision, pending, "unknown" if pending.sent else "expired", "no answer came")
    elif (pending.sent and not command.repeatable) or pending.tries > command.retry:
        _give_up(decision, pending, "unknown", "no answer came")
    else:
        _send(decision, pending)


def _command(decision: Decision, pending: Pending) -> Command:
    found = decision.venue.devices[pending.device].kind.command(pending.command)
    if found is None:
        raise LookupError(f"{pending.device} has no command {pending.command}")
    return found


def _send(decision: Decision, pending: Pending) -> None:
    pending.sent = True
    pending.tries += 1
    decision.effects.append(
        Tell(decision.at, pending.device, pending.command, pending.fields, pending.id, pending.expires)
    )
    _wait(decision, pending)


def _wait(decision: Decision, pending: Pending) -> None:
    decision.timers.stop(pending.timer)
    within = round(_command(decision, pending).within_seconds * 1_000_000)
    pending.timer = decision.timers.start(decision.at + within, "command", pending.id)


def _again(decision: Decision, pending: Pending, reason: str) -> None:
    _forget(decision, pending)
    pending.attempt += 1
    pending.tries = 0
    pending.id = decision.one_shot_id(pending.run, pending.path, str(pending.attempt))
    decision.stage.commands[pending.id] = pending
    decision.note(
        "again",
        device=pending.device,
        scene=pending.scene,
        run=pending.run,
        details={"command": pending.command, "id": pending.id, "why": reason},
    )
    _send(decision, pending)


def _give_up(decision: Decision, pending: Pending, what: NoteWord, why: str) -> None:
    _forget(decision, pending)
    decision.note(
        what,
        device=pending.device,
        scene=pending.scene,
        run=pending.run,
        details={"command": pending.command, "id": pending.id, "why": why},
    )
    visit = pending.path.partition("/")[0]
    decision.failed[pending.run, visit] = f"{pending.device} did not {pending.command}: {why}"


def _forget(decision: Decision, pending: Pending) -> None:
    decision.timers.stop(pending.timer)
    pending.timer = None
    decision.stage.commands.pop(pending.id, None)
