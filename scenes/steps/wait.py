"""``wait`` until something holds, happens, or every ask is confirmed; with a longest time and a way on."""

from scenes import early, outputs, strands
from scenes.condition import Condition
from scenes.decision import Decision
from scenes.model import Stay, Wait
from scenes.stage import Run, Strand, Waiting
from scenes.steps.going import Going


class WaitPlayer:
    """Plays ``wait: {until, for, at_most, else}``. ``stay`` waits the same way and goes on differently."""

    def begin(self, decision: Decision, run: Run, strand: Strand, step: Wait | Stay) -> Going:
        """Goes on at once when what it waits for holds already and need not last."""
        strand.waiting = Waiting()
        strands.wake(decision, run, strand, "step", decision.at + step.at_most)
        return self._look(decision, run, strand, step, strand.waiting)

    def news(self, decision: Decision, run: Run, strand: Strand, step: Wait | Stay, key: str) -> Going:
        """A value changed (looked at anew), or the event itself happened."""
        if strand.waiting is None:
            return Going.WAITS
        if step.until is None or isinstance(step.until, Condition):
            return self._look(decision, run, strand, step, strand.waiting)
        waited_before = strand.waiting.order <= decision.began  # the event that began the waiting does not end it
        return Going.NEXT if key == step.until.name and waited_before else Going.WAITS

    def due(self, decision: Decision, run: Run, strand: Strand, step: Wait | Stay, action: str) -> Going:  # noqa: ARG002
        """Held long enough, or time is up."""
        return Going.NEXT if action == "lasting" else Going.OTHERWISE

    def _look(self, decision: Decision, run: Run, strand: Strand, step: Wait | Stay, waiting: Waiting) -> Going:
        if step.until is None:
            holds: bool | None = outputs.is_done(decision, run)
        else:
            holds = isinstance(step.until, Condition) and step.until.holds(early.values_for(decision, run))
        if not holds:
            decision.timers.stop(waiting.timers.pop("lasting", None))
            waiting.since = None
            return Going.WAITS
        if not step.lasting:
            return Going.NEXT
        if waiting.since is None:
            waiting.since = decision.at
            strands.wake(decision, run, strand, "lasting", decision.at + step.lasting)
        return Going.WAITS
