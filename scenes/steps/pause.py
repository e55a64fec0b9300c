"""``wait: TIME``: time passes, nothing else."""

from scenes.decision import Decision
from scenes.model import Pause
from scenes.stage import Run, Waiting
from scenes.steps.going import Going, Instant


class PausePlayer(Instant):
    """Plays a plain wait."""

    def begin(self, decision: Decision, run: Run, step: Pause) -> Going:
        """The timer's due time is absolute: a restart changes nothing about it."""
        run.waiting = Waiting(timers={"step": decision.timers.start(decision.at + step.time, "step", run.id)})
        return Going.WAITS

    def due(self, decision: Decision, run: Run, step: Pause, action: str) -> Going:  # noqa: ARG002
        """Time is up."""
        return Going.NEXT
