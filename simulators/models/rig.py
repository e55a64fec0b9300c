"""The ring of 24 cameras: some of them fail, and it goes on as long as enough delivered."""

from collections.abc import Mapping
from typing import ClassVar

from devices.vocabulary import DeviceId, Kind
from simulators.models.device import SECOND
from simulators.models.model import Said
from simulators.models.photo import PhotoModel

CAMERAS, QUORUM = 24, 20
FAILS = 15  # of a thousand: a camera, at a shot
COMES_BACK = (30 * SECOND, 150 * SECOND)
COLLECTS = (900_000, 3 * SECOND)
PROCESSES = (4 * SECOND, 11 * SECOND)
SLOW, SLOW_BY = 40, 15 * SECOND  # of a thousand clips
BREAKS = 15  # of a thousand clips: none comes of it


class RigModel(PhotoModel):
    """A camera that failed at a shot is away for a while, then answers again."""

    work: ClassVar[tuple[str, ...]] = ("fired", "collected", "processed")

    def __init__(self, venue: str, device: DeviceId, kind: Kind, seed: int, lengths: Mapping[str, int]) -> None:
        super().__init__(venue, device, kind, seed, lengths)
        self._cameras = CAMERAS - self.chance.below(3)
        self._frames = 0
        self.state |= {"able": True, "cameras": self._cameras}

    def able(self) -> bool:
        """Enough cameras for a clip without a hole."""
        return self._cameras >= QUORUM

    def happens(self, what: str, at: int) -> Said:
        """Fired, collected, processed; or cameras answer again."""
        match what:
            case "fired":
                return self._fire(at)
            case "collected":
                return self._collect(at)
            case "processed":
                return self._finish(at)
            case "cameras":
                self._cameras = CAMERAS
                return self._count(at)
        return super().happens(what, at)

    def _fire(self, at: int) -> Said:
        failed = sum(self.chance.happens(FAILS) for _ in range(self._cameras))
        self._frames = self._cameras - failed
        said: Said = [self.later(at + self.chance.between(*COLLECTS), "collected")]
        if failed:
            self._cameras -= failed
            said += self._count(at)
            said.append(self.later(at + self.chance.between(*COMES_BACK), "cameras"))
        return said

    def _collect(self, at: int) -> Said:
        if not self.session:
            return []
        if self._frames < QUORUM:
            return [self.say(at, "failed", reason=f"{self._frames} of {CAMERAS} cameras delivered")]
        wait = self.chance.between(*PROCESSES) + (SLOW_BY if self.chance.happens(SLOW) else 0)
        return [self.say(at, "shot", frames=self._frames), self.later(at + wait, "processed")]

    def _finish(self, at: int) -> Said:
        if not self.session:
            return []
        if self.chance.happens(BREAKS):
            return [self.say(at, "failed", reason="the pictures do not fit together")]
        return [self.say(at, "clip_ready", share=self.share())]

    def _count(self, at: int) -> Said:
        return self.change(at, cameras=self._cameras, able=self.able())


MODEL = RigModel
