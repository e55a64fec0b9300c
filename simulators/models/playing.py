"""What players, screens and loudspeakers do alike: they take 40 ms, play what they are asked for, and say its end."""

from collections.abc import Mapping
from typing import Any, ClassVar

from devices.vocabulary import DeviceId, Kind, Scalar
from simulators.models.device import SECOND, DeviceModel, number
from simulators.models.model import Said

STILLS = (".png", ".jpg", ".jpeg")
HOUR = 3600 * SECOND
FILM = 80 * SECOND  # microseconds, where nobody knows the length of a film


class PlayingModel(DeviceModel):
    """Plays one file. ``darkness``: what its state says beside the file when it plays none."""

    answers_after = 40_000
    darkness: ClassVar[Mapping[str, Scalar]] = {}

    def __init__(self, venue: str, device: DeviceId, kind: Kind, seed: int, lengths: Mapping[str, int]) -> None:
        super().__init__(venue, device, kind, seed, lengths)
        self.state = {"play": None, "playing": False, **self.darkness}
        self._loaded: tuple[str | None, bool, int] = (None, False, 0)  # the film, whether it loops, where it begins
        self._began: int | None = None  # when the film that moves

    def want(self, body: dict[str, Any], at: int) -> Said:
        """``{play, loop?, at?, start_at?}`` or ``{volume}``."""
        at += self.answers_after
        volume = number(body.get("volume"))
        if volume is not None:
            return self.change(at, volume=volume)
        if "play" not in body:
            return []
        film = body["play"] if isinstance(body["play"], str) else None
        self._loaded = (film, body.get("loop") is True, _offset(body.get("at")))
        self.forget("end", "begin")
        begins = _begins(body.get("start_at"), at)
        return [self.later(begins, "begin")] if begins > at else self._begin(at, begins)

    def change(self, at: int, **values: Scalar) -> Said:
        """Its state becomes this; how far it is in its film it says with everything else."""
        self.state["position"] = None if self._began is None else (at - self._began) / SECOND
        return super().change(at, **values)

    def happens(self, what: str, at: int) -> Said:
        """What was loaded begins, in step with others; or the film has ended."""
        match what:
            case "begin":
                return self._begin(at, at)
            case "end":
                said = [self.event(at, "ended", {"play": self.state["play"]}), *self.change(at, playing=False)]
                self._began = None
                return said
        return []

    def _begin(self, at: int, begins: int) -> Said:
        """``begins``: when the others begin with it, who are joined where they are."""
        film, loops, offset = self._loaded
        since = begins - offset
        moving = film is not None and not film.endswith(STILLS)
        self._began = since if moving else None
        said = self.change(at, play=film, playing=moving, **self.darkness)
        if film is not None and moving and not loops:
            said.append(self.later(max(at, since + self._lengths.get(film, FILM)), "end"))
        return said


def _offset(at: object) -> int:
    """Where in its film it begins, microseconds."""
    if isinstance(at, bool) or not isinstance(at, int | float):
        return 0
    return round(at * SECOND) if 0 <= at < float("inf") else 0


def _begins(start_at: object, at: int) -> int:
    """When a film begins; a time that is nowhere near is not of this clock."""
    begins = round(start_at * SECOND) if isinstance(start_at, int | float) else at
    return begins if abs(begins - at) < HOUR else at
