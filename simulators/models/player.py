"""A video player that takes 40 ms, plays what it is asked for, and says when a film has ended."""

from typing import Any

from devices.vocabulary import DeviceId
from simulators.models.device import DeviceModel, number
from simulators.models.model import ALARM, Said

STILLS = (".png", ".jpg", ".jpeg")
FILM = 80_000_000  # microseconds, where nobody knows the length of a film


class PlayerModel(DeviceModel):
    """``lengths``: file → microseconds."""

    commands = ("caption",)
    takes_wants = True
    answers_after = 40_000

    def __init__(self, venue: str, device: DeviceId, lengths: dict[str, int] | None = None) -> None:
        super().__init__(venue, device)
        self._lengths = lengths or {}
        self.state = {"play": None, "playing": False}
        self._ends_at: int | None = None

    def want(self, body: dict[str, Any], at: int) -> Said:
        """``{play, loop?}``, ``{power}`` or ``{volume}``."""
        at += self.answers_after
        if isinstance(body.get("power"), bool):
            return self.change(at, power=body["power"])
        volume = number(body.get("volume"))
        if volume is not None:
            return self.change(at, volume=volume)
        if "play" not in body:
            return []
        film = body["play"] if isinstance(body["play"], str) else None
        moving = film is not None and not film.endswith(STILLS)
        self._ends_at = None
        said = self.change(at, play=film, playing=moving)
        if film is not None and moving and body.get("loop") is not True:
            self._ends_at = at + self._lengths.get(film, FILM)
            said.append((self._ends_at, ALARM))
        return said

    def woken(self, at: int) -> Said:
        """The film has ended, unless something else was asked for meanwhile."""
        if at != self._ends_at:
            return []
        self._ends_at = None
        return [self.event(at, "ended", {"play": self.state["play"]}), *self.change(at, playing=False)]
