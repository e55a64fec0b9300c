"""``together``: a strand for each branch; over when all are over."""

from scenes import strands
from scenes.decision import Decision
from scenes.model import Together
from scenes.stage import Run, Strand, Waiting
from scenes.steps.going import Going, Instant


class TogetherPlayer(Instant):
    """Plays ``together``."""

    def begin(self, decision: Decision, run: Run, strand: Strand, step: Together) -> Going:  # noqa: ARG002
        """Waits for no news and no time: the last of its strands moves it on."""
        strand.waiting = Waiting()
        strands.divide(run, strand, step)
        return Going.WAITS
