"""What a step says when it was played, and what the interpreter asks of it."""

from enum import Enum
from typing import Any, Protocol

from scenes.decision import Decision
from scenes.stage import Run, Strand


class Going(Enum):
    """How the run goes on."""

    NEXT = "next"
    WAITS = "waits"
    INSIDE = "inside"  # the strand stands within the step now
    OTHERWISE = "otherwise"  # time was up: the step's way on
    END = "end"  # through ``ends``


class StepPlayer(Protocol):
    """One kind of step. ``news``, ``due`` and ``abandon`` are called only while the step waits."""

    def begin(self, decision: Decision, run: Run, strand: Strand, step: Any) -> Going:  # noqa: ANN401 - each player knows its own step
        ...

    def news(self, decision: Decision, run: Run, strand: Strand, step: Any, key: str) -> Going:  # noqa: ANN401
        """Something that the step waits for changed or happened."""
        ...

    def due(self, decision: Decision, run: Run, strand: Strand, step: Any, action: str) -> Going:  # noqa: ANN401
        """A timer of the step fired: ``step`` (its time is up) or ``lasting`` (it held long enough)."""
        ...


class Instant:
    """A step that is over as soon as it has begun."""

    def news(self, decision: Decision, run: Run, strand: Strand, step: Any, key: str) -> Going:  # noqa: ANN401, ARG002
        """Never called: it does not wait."""
        return Going.WAITS

    def due(self, decision: Decision, run: Run, strand: Strand, step: Any, action: str) -> Going:  # noqa: ANN401, ARG002
        """Never called: it does not wait."""
        return Going.WAITS
