"""``wait: TIME``: time passes, nothing else."""

from scenes import strands
from scenes.decision import Decision
from scenes.model import Pause
from scenes.stage import Run, Strand, Waiting
from scenes.steps.going import Going, Instant


class PausePlayer(Instant):
    """Plays a plain wait."""

    def begin(self, decision: Decision, run: Run, strand: Strand, step: Pause) -> Going:
        """The timer's due time is absolute: a restart changes nothing about it."""
        strand.waiting = Waiting()
        strands.wake(decision, run, strand, "step", decision.at + step.time)
        return Going.WAITS

    def due(self, decision: Decision, run: Run, strand: Strand, step: Pause, action: str) -> Going:  # noqa: ARG002
        """Time is up."""
        return Going.NEXT
