"""A screen with its browser: films and pages, and visitors who touch it."""

from collections.abc import Mapping
from typing import Any, ClassVar

from devices.vocabulary import DeviceId, Kind, Scalar
from simulators.models.device import SECOND
from simulators.models.model import Deed, Said
from simulators.models.playing import PlayingModel

BOOT = (3 * SECOND, 9 * SECOND)
LANGUAGES = ("zh", "en")


class ScreenModel(PlayingModel):
    """Shows a film or a page, never both; whoever touches a page may choose a language there."""

    acts: ClassVar[tuple[Deed, ...]] = ("touch",)
    darkness: ClassVar[Mapping[str, Scalar]] = {"page": None}

    def __init__(self, venue: str, device: DeviceId, kind: Kind, seed: int, lengths: Mapping[str, int]) -> None:
        super().__init__(venue, device, kind, seed, lengths)
        self.state |= {"ready": True, "power": True}
        self._touched = -SECOND

    def want(self, body: dict[str, Any], at: int) -> Said:
        """``{page, with?}``, ``{play, loop?}``, ``{power}`` or ``{volume}``."""
        power = body.get("power")
        if isinstance(power, bool):
            return self._switch(at, power=power)
        if "page" not in body or body.get("play") is not None:
            return super().want(body, at)
        page = body["page"] if isinstance(body["page"], str) else None
        self.forget("end", "begin", "choose")
        return self.change(at + self.answers_after, play=None, playing=False, page=page)

    def visited(self, act: Deed, at: int) -> Said:
        """A touch; a finger that stays on the glass is one touch a second."""
        if act != "touch" or not self.state["power"] or at - self._touched < SECOND:
            return []
        self._touched = at
        said: Said = [self.event(at, "touched", {})]
        if self.state["page"] is not None and self.chance.happens(400):
            said.append(self.later(at + self.chance.between(SECOND, 4 * SECOND), "choose"))
        return said

    def happens(self, what: str, at: int) -> Said:
        """The browser runs, or somebody has chosen."""
        match what:
            case "boot":
                return self.change(at, ready=True)
            case "choose":
                return [self.event(at, "chosen", {"word": self.chance.choose(LANGUAGES)})]
        return super().happens(what, at)

    def _switch(self, at: int, *, power: bool) -> Said:
        at += self.answers_after
        if power == self.state["power"]:
            return self.change(at, power=power)
        said = self.change(at, power=power, ready=False)
        self.forget("boot", "choose")
        if power:
            said.append(self.later(at + self.chance.between(*BOOT), "boot"))
        return said


MODEL = ScreenModel
