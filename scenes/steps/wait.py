"""``wait`` until something holds, happens, or every ask is confirmed; with a longest time and a way on."""

from scenes import outputs
from scenes.condition import Condition
from scenes.decision import Decision
from scenes.model import Stay, Wait
from scenes.stage import Run, Waiting
from scenes.steps.going import Going


class WaitPlayer:
    """Plays ``wait: {until, for, at_most, else}``. ``stay`` waits the same way and goes on differently."""

    def begin(self, decision: Decision, run: Run, step: Wait | Stay) -> Going:
        """Goes on at once when what it waits for holds already and need not last."""
        run.waiting = Waiting(timers={"step": decision.timers.start(decision.at + step.at_most, "step", run.id)})
        return self._look(decision, run, step, run.waiting)

    def news(self, decision: Decision, run: Run, step: Wait | Stay, key: str) -> Going:
        """A value changed (looked at anew), or the event itself happened."""
        if run.waiting is None:
            return Going.WAITS
        if step.until is None or isinstance(step.until, Condition):
            return self._look(decision, run, step, run.waiting)
        waited_before = run.waiting.order <= decision.began  # the event that began the waiting does not end it
        return Going.NEXT if key == step.until.name and waited_before else Going.WAITS

    def due(self, decision: Decision, run: Run, step: Wait | Stay, action: str) -> Going:  # noqa: ARG002
        """Held long enough, or time is up."""
        return Going.NEXT if action == "lasting" else Going.OTHERWISE

    def _look(self, decision: Decision, run: Run, step: Wait | Stay, waiting: Waiting) -> Going:
        if step.until is None:
            holds: bool | None = outputs.is_done(decision, run)
        else:
            holds = isinstance(step.until, Condition) and step.until.holds(decision.stage.values)
        if not holds:
            decision.timers.stop(waiting.timers.pop("lasting", None))
            waiting.since = None
            return Going.WAITS
        if not step.lasting:
            return Going.NEXT
        if waiting.since is None:
            waiting.since = decision.at
            waiting.timers["lasting"] = decision.timers.start(decision.at + step.lasting, "lasting", run.id)
        return Going.WAITS
