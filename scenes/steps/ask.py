"""``ask``: wants into the run's layers. Never waits."""

from scenes import layers
from scenes.decision import Decision
from scenes.model import Ask, Band, By
from scenes.stage import Run, Strand
from scenes.steps.going import Going, Instant


class AskPlayer(Instant):
    """Plays ``ask``."""

    def begin(self, decision: Decision, run: Run, strand: Strand, step: Ask) -> Going:  # noqa: ARG002
        """The scene's band decides how high the layers lie."""
        scene = decision.venue.scenes[run.scene]
        band = scene.band
        if scene.id in decision.venue.modes and not isinstance(scene.starts[run.start], By):
            band = Band.HOUSE  # nobody switched it on
        for want in step.wants:
            layers.ask(decision, run, band, want)
        return Going.NEXT
