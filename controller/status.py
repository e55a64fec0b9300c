"""What the controller says of itself, retained: ``{venue}/controller/{cell}/status``, and a beat beside it."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version

import msgspec

from devices.speech import encode
from devices.topics import house_topic
from link.port import Outgoing, Will

_SECOND = 1_000_000


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reload that was refused: how many mistakes, when (wall time, microseconds), and the first with its place."""

    mistakes: int
    at: int
    why: str


class Status:
    """``since``: when this process began, wall time in microseconds. ``refusal`` stays until a reload succeeds."""

    def __init__(self, venue: str, cell: str, publish: Callable[[Outgoing], object], *, since: int) -> None:
        self.refusal: Refusal | None = None
        self._publish = publish
        self._topic = house_topic(venue, "controller", cell, "status")
        self._beat = house_topic(venue, "controller", cell, "beat")
        self._since = since

    def will(self) -> Will:
        """What the broker says when we vanish."""
        return Will(self._topic, encode({"state": "offline"}))

    def online(self, *, config: str, epoch: int) -> None:
        """Here we are, with this configuration."""
        body: dict[str, object] = {
            "state": "online",
            "version": version("ringmaster"),
            "config": config,
            "epoch": epoch,
            "since": self._since / _SECOND,
        }
        if self.refusal is not None:
            refusal = self.refusal
            body["reload"] = {"refused": refusal.mistakes, "at": refusal.at / _SECOND, "why": refusal.why}
        self._publish(Outgoing(self._topic, msgspec.json.encode(body), retain=True))

    def offline(self) -> None:
        """A goodbye."""
        self._publish(Outgoing(self._topic, encode({"state": "offline"}), retain=True))

    def beat(self, *, at: int, epoch: int) -> None:
        """Still here. ``at``: wall time, microseconds."""
        self._publish(Outgoing(self._beat, encode({"at": at / _SECOND, "epoch": epoch}), qos=0))
