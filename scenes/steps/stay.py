"""``stay``: what was asked holds until something lasts, at most so long; an extension refreshes the time."""

from scenes import strands
from scenes.decision import Decision
from scenes.model import Stay
from scenes.stage import Run, Strand
from scenes.steps.going import Going
from scenes.steps.wait import WaitPlayer


class StayPlayer(WaitPlayer):
    """Plays ``stay``."""

    def due(self, decision: Decision, run: Run, strand: Strand, step: object, action: str) -> Going:  # noqa: ARG002
        """Either way the run goes on: staying as long as one may is no failure."""
        return Going.NEXT

    def extend(self, decision: Decision, run: Run, strand: Strand, step: Stay) -> None:
        """Its time begins anew; the run's own limit does not."""
        strands.wake(decision, run, strand, "step", decision.at + step.at_most)
