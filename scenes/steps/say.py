"""``say``: a line for staff."""

from scenes.decision import Decision
from scenes.given import put_in
from scenes.model import Say
from scenes.stage import Run, Strand
from scenes.steps.going import Going, Instant


class SayPlayer(Instant):
    """Plays ``say``."""

    def begin(self, decision: Decision, run: Run, strand: Strand, step: Say) -> Going:  # noqa: ARG002
        """Kept as a note; panel and terminal show it."""
        text = put_in(decision, run.params, step.parts) if step.parts else step.text
        decision.note("said", scene=run.scene, run=run.id, place=step.place, details={"to": step.to, "text": text})
        return Going.NEXT
