"""``call``: waits until the scene that it started is over."""

from scenes import strands
from scenes.decision import Decision
from scenes.model import Call
from scenes.stage import Run, Strand, Waiting
from scenes.steps.going import Going, Instant


class CallPlayer(Instant):
    """Plays ``call``. What starts, and whether, is decided in ``scenes/calls.py``."""

    def begin(self, decision: Decision, run: Run, strand: Strand, step: Call) -> Going:  # noqa: ARG002
        """Called when this step stands still."""
        strand.waiting = Waiting()
        decision.calls[strands.subject(run, strand)] = None
        return Going.WAITS

    def news(self, decision: Decision, run: Run, strand: Strand, step: Call, key: str) -> Going:  # noqa: ARG002
        """Over when nothing that was called for this strand runs or waits to start."""
        caller, stage = strands.subject(run, strand), decision.stage
        runs = any(one.caller == caller for one in stage.runs.values())
        pending = (one for life in stage.scenes.values() for one in life.pending.values())
        return Going.WAITS if runs or any(one.caller == caller for one in pending) else Going.NEXT
