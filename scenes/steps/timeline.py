"""``timeline``: asks in the order of a film's time, on the clock of the player that plays it."""

from devices.contracts.playing import PLAY
from scenes import layers, playing, strands
from scenes.decision import Decision
from scenes.model import SECOND, Timeline
from scenes.relative import wanted_of
from scenes.stage import Clock, Output, Run, Strand, Waiting
from scenes.steps.ask import AskPlayer
from scenes.steps.going import Going

_JITTER = SECOND  # a report so little behind our reckoning is no rewinding
_ASK = AskPlayer()


class TimelinePlayer:
    """Plays ``timeline``.

    It begins when the player plays the film that the run asks of it, or at once. What is due is asked; while the player
    is paused nothing is. It is over when the film has ended or the player shows something else of its own accord; while
    another run shows something on the player it stands still.
    """

    def begin(self, decision: Decision, run: Run, strand: Strand, step: Timeline) -> Going:
        """The longest time runs from here, paused or not."""
        strand.waiting = Waiting()
        strands.wake(decision, run, strand, "step", decision.at + step.at_most)
        return self._look(decision, run, strand, step, strand.waiting)

    def news(self, decision: Decision, run: Run, strand: Strand, step: Timeline, key: str) -> Going:  # noqa: ARG002
        """The player said something."""
        return self._look(decision, run, strand, step, strand.waiting) if strand.waiting is not None else Going.WAITS

    def due(self, decision: Decision, run: Run, strand: Strand, step: Timeline, action: str) -> Going:
        """A moment has come, or time is up."""
        if action == "moment" and strand.waiting is not None:
            return self._look(decision, run, strand, step, strand.waiting)
        return Going.OTHERWISE

    def _look(self, decision: Decision, run: Run, strand: Strand, step: Timeline, waiting: Waiting) -> Going:
        decision.timers.stop(waiting.timers.pop("moment", None))
        key = layers.key_of(step.player, step.property)
        layer = layers.layer_of(decision, run, key)
        shown = layers.shown_by(decision.stage, layers.output_of(decision, step.player, step.property))
        clock = playing.clock_of(decision, shown.device)
        if layer is None or clock is None or clock.play != layer.value.get(PLAY):
            is_ours = layer is None or (layers.top_of(decision.stage, shown) is layer and _is_done(decision, shown))
            return Going.NEXT if waiting.follows and is_ours else Going.WAITS
        if not waiting.follows and not clock.runs:
            return Going.WAITS
        waiting.follows = True
        position = playing.position(clock, decision.at)
        self._ask_due(decision, run, strand, step, position)
        if clock.ended:
            return Going.NEXT
        return self._wait(decision, run, strand, step, clock)

    def _ask_due(self, decision: Decision, run: Run, strand: Strand, step: Timeline, position: int) -> None:
        """Every moment up to there that was not asked yet; behind a rewinding they come again."""
        waiting = strand.waiting or Waiting()
        if waiting.next and position + _JITTER < step.moments[waiting.next - 1].at:
            waiting.next = sum(moment.at <= position for moment in step.moments)
        while waiting.next < len(step.moments) and step.moments[waiting.next].at <= position:
            _ASK.begin(decision, run, strand, step.moments[waiting.next].ask)
            waiting.next += 1

    def _wait(self, decision: Decision, run: Run, strand: Strand, step: Timeline, clock: Clock) -> Going:
        waiting = strand.waiting or Waiting()
        if waiting.next == len(step.moments):
            return Going.WAITS if clock.runs else Going.NEXT  # there is nothing left that a pause could hold
        if clock.runs:
            left = step.moments[waiting.next].at - playing.position(clock, decision.at)
            strands.wake(decision, run, strand, "moment", decision.at + left)
        return Going.WAITS


def _is_done(decision: Decision, shown: Output) -> bool:
    """Whether the player has said that it shows what is on top now; in this decision that may have changed."""
    return shown.state == "confirmed" and shown.wanted == wanted_of(decision, shown)
