"""``tell``: a command to a device, once. Does not wait for the answer."""

from scenes import commands
from scenes.asking import Unfit
from scenes.decision import Decision
from scenes.model import Tell
from scenes.stage import Run, Strand
from scenes.steps.going import Going, Instant


class TellPlayer(Instant):
    """Plays ``tell``."""

    def begin(self, decision: Decision, run: Run, strand: Strand, step: Tell) -> Going:
        """What becomes of the command is followed in ``scenes/commands.py``."""
        try:
            commands.tell(decision, run, strand, step)
        except Unfit as unfit:
            decision.note("step", scene=run.scene, run=run.id, place=step.place, details={"why": str(unfit)})
            return Going.END
        return Going.NEXT
