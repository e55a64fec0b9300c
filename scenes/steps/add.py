"""``add`` and ``set``: a scene changes variables. Both are over as soon as they have begun."""

from devices.vocabulary import Scalar
from scenes import variables
from scenes.condition import plain
from scenes.decision import Decision
from scenes.given import look_up
from scenes.model import Add, Assign, Change, Given
from scenes.stage import Run, Strand
from scenes.steps.going import Going, Instant


class AddPlayer(Instant):
    """Plays ``add``."""

    def begin(self, decision: Decision, run: Run, strand: Strand, step: Add) -> Going:  # noqa: ARG002
        """A number that nobody knows changes nothing."""
        for change in step.changes:
            amount = _value(decision, run, change.value)
            if isinstance(amount, int | float) and not isinstance(amount, bool):
                variable = decision.venue.variables[change.variable]
                variables.add(decision, variable, amount, run.id, _topic(decision, run, change))
            else:
                _is_left(decision, run, step, change, amount)
        return Going.NEXT


class AssignPlayer(Instant):
    """Plays ``set``."""

    def begin(self, decision: Decision, run: Run, strand: Strand, step: Assign) -> Going:  # noqa: ARG002
        """A value that the variable cannot have changes nothing."""
        for change in step.changes:
            variable = decision.venue.variables[change.variable]
            value = _value(decision, run, change.value)
            if variables.fits(variable, value):
                variables.put(decision, variable, value, run.id, _topic(decision, run, change))
            else:
                _is_left(decision, run, step, change, value)
        return Going.NEXT


def _value(decision: Decision, run: Run, value: Scalar | Given) -> Scalar:
    return look_up(decision, run.params, value) if isinstance(value, Given) else value


def _topic(decision: Decision, run: Run, change: Change) -> str:
    if isinstance(change.topic, Given):
        return plain(look_up(decision, run.params, change.topic))
    return change.topic


def _is_left(decision: Decision, run: Run, step: Add | Assign, change: Change, value: Scalar) -> None:
    why = f"{change.variable} stays as it is: {plain(value)} is no value for it"
    decision.note("step", scene=run.scene, run=run.id, place=step.place, details={"why": why})
