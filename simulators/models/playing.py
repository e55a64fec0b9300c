"""What players, screens and loudspeakers do alike: they take 40 ms, play what they are asked for, and say its end."""

from collections.abc import Mapping
from typing import Any, ClassVar

from devices.vocabulary import DeviceId, Kind, Scalar
from simulators.models.device import SECOND, DeviceModel, number
from simulators.models.model import Said

STILLS = (".png", ".jpg", ".jpeg")
FILM = 80 * SECOND  # microseconds, where nobody knows the length of a film


class PlayingModel(DeviceModel):
    """Plays one file. ``darkness``: what its state says beside the file when it plays none."""

    answers_after = 40_000
    darkness: ClassVar[Mapping[str, Scalar]] = {}

    def __init__(self, venue: str, device: DeviceId, kind: Kind, seed: int, lengths: Mapping[str, int]) -> None:
        super().__init__(venue, device, kind, seed, lengths)
        self.state = {"play": None, "playing": False, **self.darkness}

    def want(self, body: dict[str, Any], at: int) -> Said:
        """``{play, loop?, at?}`` or ``{volume}``."""
        at += self.answers_after
        volume = number(body.get("volume"))
        if volume is not None:
            return self.change(at, volume=volume)
        if "play" not in body:
            return []
        film = body["play"] if isinstance(body["play"], str) else None
        moving = film is not None and not film.endswith(STILLS)
        self.forget("end")
        said = self.change(at, play=film, playing=moving, **self.darkness)
        if film is not None and moving and body.get("loop") is not True:
            left = self._lengths.get(film, FILM) - _offset(body.get("at"))
            said.append(self.later(at + max(0, left), "end"))
        return said

    def happens(self, what: str, at: int) -> Said:
        """The film has ended; nothing else was asked for meanwhile."""
        if what != "end":
            return []
        return [self.event(at, "ended", {"play": self.state["play"]}), *self.change(at, playing=False)]


def _offset(at: object) -> int:
    """Where in its film it begins, microseconds."""
    if isinstance(at, bool) or not isinstance(at, int | float):
        return 0
    return round(at * SECOND) if 0 <= at < float("inf") else 0
