"""What the controller says of itself, retained: ``{venue}/controller/{cell}/status``, and a beat beside it."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version

from devices.contracts.house import BeatBody, RefusedReload, StatusBody
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
        return Will(self._topic, StatusBody(state="offline").payload())

    def online(self, *, config: str, epoch: int) -> None:
        """Here we are, with this configuration."""
        refusal = self.refusal
        body = StatusBody(
            state="online",
            version=version("ringmaster"),
            config=config,
            epoch=epoch,
            since=self._since / _SECOND,
            reload=None
            if refusal is None
            else RefusedReload(refused=refusal.mistakes, at=refusal.at / _SECOND, why=refusal.why),
        )
        self._publish(Outgoing(self._topic, body.payload(), retain=True))

    def offline(self) -> None:
        """A goodbye."""
        self._publish(Outgoing(self._topic, StatusBody(state="offline").payload(), retain=True))

    def beat(self, *, at: int, epoch: int) -> None:
        """Still here. ``at``: wall time, microseconds."""
        self._publish(Outgoing(self._beat, BeatBody(at=at / _SECOND, epoch=epoch).payload(), qos=0))
