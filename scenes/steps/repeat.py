"""``repeat``: the same steps so many times. How often it was counts in the path."""

from scenes import strands
from scenes.decision import Decision
from scenes.model import Repeat
from scenes.stage import Run, Strand
from scenes.steps.going import Going, Instant


class RepeatPlayer(Instant):
    """Plays ``repeat``."""

    def begin(self, decision: Decision, run: Run, strand: Strand, step: Repeat) -> Going:  # noqa: ARG002
        """Into the steps, for the first time."""
        strands.go_into(strand, 0)
        return Going.INSIDE
