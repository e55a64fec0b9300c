"""``say``: a line for staff."""

from scenes.decision import Decision
from scenes.model import Say
from scenes.stage import Run, Strand
from scenes.steps.going import Going, Instant


class SayPlayer(Instant):
    """Plays ``say``."""

    def begin(self, decision: Decision, run: Run, strand: Strand, step: Say) -> Going:  # noqa: ARG002
        """Kept as a note; panel and terminal show it."""
        decision.note("said", scene=run.scene, run=run.id, place=step.place, details={"to": step.to, "text": step.text})
        return Going.NEXT
