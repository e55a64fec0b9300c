"""A suspended run: its clock stands still and it hears nothing, while its layers stay where they are."""

from devices.vocabulary import Fields
from scenes.decision import Decision
from scenes.layers import relatives_changed
from scenes.stage import Run


def suspend(decision: Decision, run: Run, by: Run, details: Fields) -> None:
    """From now on, until nothing covers it. Its timers keep what is left of them."""
    run.suspended = by.id
    run.frozen += decision.timers.freeze(run.id, decision.at)
    relatives_changed(decision)
    decision.note("suspended", scene=run.scene, run=run.id, details=details)
    decision.touched[run.scene] = None


def lift(decision: Decision, run: Run) -> None:
    """Its clock goes on; what it waits for is not looked at here."""
    if run.suspended:
        decision.timers.thaw(run.frozen, decision.at)
        run.suspended, run.frozen = "", []
        relatives_changed(decision)
        decision.touched[run.scene] = None
