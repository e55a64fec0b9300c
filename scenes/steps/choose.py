"""``choose``: the first branch whose condition holds when the run comes to it."""

from scenes import strands
from scenes.decision import Decision
from scenes.model import Choose
from scenes.stage import Run, Strand
from scenes.steps.going import Going, Instant


class ChoosePlayer(Instant):
    """Plays ``choose``."""

    def begin(self, decision: Decision, run: Run, strand: Strand, step: Choose) -> Going:
        """What is unknown does not hold. Where nothing holds and there is no else, the run goes on."""
        values = decision.stage.values
        for number, one in enumerate(step.branches):
            if one.condition.holds(values):
                self._note(decision, run, step, f"{one.condition.text}: {one.condition.because(values)}")
                strands.go_into(strand, number)
                return Going.INSIDE
        self._note(decision, run, step, f"nothing to choose from holds: {_seen(decision, step)}")
        if not step.otherwise:
            return Going.NEXT
        strands.go_into(strand, len(step.branches))
        return Going.INSIDE

    def _note(self, decision: Decision, run: Run, step: Choose, why: str) -> None:
        decision.note("step", scene=run.scene, run=run.id, place=step.place, details={"why": why})


def _seen(decision: Decision, step: Choose) -> str:
    """The values that decided, each once."""
    found = {key: one.condition for one in step.branches for key in one.condition.keys}
    return ", ".join(dict.fromkeys(one.because(decision.stage.values) for one in found.values()))
