"""A video player with its screen."""

from typing import Any

from simulators.models.model import Said
from simulators.models.playing import PlayingModel


class PlayerModel(PlayingModel):
    """Plays, and can be switched on and off."""

    def want(self, body: dict[str, Any], at: int) -> Said:
        """``{play, loop?}``, ``{power}`` or ``{volume}``."""
        if isinstance(body.get("power"), bool):
            return self.change(at + self.answers_after, power=body["power"])
        return super().want(body, at)


MODEL = PlayerModel
