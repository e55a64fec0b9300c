"""A relay: its contact closes and opens a moment after it was told to."""

from typing import Any

from simulators.models.device import DeviceModel
from simulators.models.model import Said

CONTACT = (6_000, 18_000)  # microseconds that a contact takes, bouncing included


class RelayModel(DeviceModel):
    """Open at first, as after a power cut."""

    def begin(self, at: int) -> Said:
        """How its contact stands."""
        self.state.setdefault("power", False)
        return super().begin(at)

    def want(self, body: dict[str, Any], at: int) -> Said:
        """``{power}``."""
        if not isinstance(body.get("power"), bool):
            return []
        return self.change(at + self.answers_after + self.chance.between(*CONTACT), power=body["power"])


MODEL = RelayModel
