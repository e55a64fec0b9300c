"""``release``: the run's layers go; what lies beneath shows as it is now."""

from scenes import outputs
from scenes.decision import Decision
from scenes.model import Release
from scenes.stage import Run, Strand
from scenes.steps.going import Going, Instant


class ReleasePlayer(Instant):
    """Plays ``release``."""

    def begin(self, decision: Decision, run: Run, strand: Strand, step: Release) -> Going:  # noqa: ARG002
        """Nothing is written back: the stack decides what shows."""
        outputs.release(decision, run, step.fade)
        return Going.NEXT
