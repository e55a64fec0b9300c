"""``choose``: the first branch that holds when the run comes to it."""

from devices.vocabulary import Scalar
from scenes import strands
from scenes.condition import plain
from scenes.decision import Decision
from scenes.given import look_up
from scenes.model import Branch, Choose
from scenes.stage import Run, Strand
from scenes.steps.going import Going, Instant


class ChoosePlayer(Instant):
    """Plays ``choose``."""

    def begin(self, decision: Decision, run: Run, strand: Strand, step: Choose) -> Going:
        """What is unknown does not hold. Where nothing holds and there is no else, the run goes on."""
        given = look_up(decision, run.params, step.of) if step.of is not None else None
        for number, one in enumerate(step.branches):
            if _holds(decision, one, given):
                _note(
                    decision, run, step, f"chooses {one.holds if isinstance(one.holds, str) else one.holds.text}", given
                )
                strands.go_into(strand, number)
                return Going.INSIDE
        _note(decision, run, step, "chooses else" if step.otherwise else "has nothing to choose", given)
        if not step.otherwise:
            return Going.NEXT
        strands.go_into(strand, len(step.branches))
        return Going.INSIDE


def _holds(decision: Decision, branch: Branch, given: Scalar) -> bool:
    if isinstance(branch.holds, str):
        return branch.holds == _word(given)
    return branch.holds.holds(decision.stage.values) is True


def _word(given: Scalar) -> str:
    """A value as an author writes it: ``3``, not ``3.0``."""
    return f"{given:g}" if isinstance(given, float) else plain(given)


def _note(decision: Decision, run: Run, step: Choose, chosen: str, given: Scalar) -> None:
    """With the values that decided, each once."""
    if step.of is not None:
        seen = f"{step.of.text} is {plain(given)}"
    else:
        conditions = [one.holds for one in step.branches if not isinstance(one.holds, str)]
        reasons = [reason for one in conditions for reason in one.because(decision.stage.values).split(", ")]
        seen = ", ".join(dict.fromkeys(reasons))
    decision.note("step", scene=run.scene, run=run.id, place=step.place, details={"why": f"{chosen}: {seen}"})
