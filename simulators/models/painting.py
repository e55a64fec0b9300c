"""The painting station: one camera, and a painting that grows layer by layer."""

from collections.abc import Mapping
from typing import ClassVar

from devices.vocabulary import DeviceId, Kind
from simulators.models.device import SECOND
from simulators.models.model import Said
from simulators.models.photo import PhotoModel

FAILS = 20  # of a thousand shots
FIRST_LAYER = 1_500_000
LAYERS = 8
LAYER = (500_000, 2 * SECOND)


class PaintingModel(PhotoModel):
    """The first layer is seen after 1.5 s, the last within 16 s."""

    work: ClassVar[tuple[str, ...]] = ("fired", "layer")
    fires_in: ClassVar[tuple[int, int]] = (300_000, 2 * SECOND)

    def __init__(self, venue: str, device: DeviceId, kind: Kind, seed: int, lengths: Mapping[str, int]) -> None:
        super().__init__(venue, device, kind, seed, lengths)
        self._layers = 0
        self.state |= {"able": True, "progress": 0.0}

    def happens(self, what: str, at: int) -> Said:
        """The shot, or one more layer."""
        match what:
            case "fired" if self.session and self.chance.happens(FAILS):
                return [self.say(at, "failed", reason="the camera does not answer")]
            case "fired" if self.session:
                self._layers = 0
                shot = self.say(at, "shot", frames=1)
                return [shot, *self.change(at, progress=0.0), self.later(at + FIRST_LAYER, "layer")]
            case "layer":
                return self._paint(at)
        return super().happens(what, at)

    def _paint(self, at: int) -> Said:
        if not self.session:
            return []
        self._layers += 1
        said = self.change(at, progress=self._layers / LAYERS)
        if self._layers == LAYERS:
            return [*said, self.say(at, "painted", share=self.share())]
        return [*said, self.later(at + self.chance.between(*LAYER), "layer")]


MODEL = PaintingModel
