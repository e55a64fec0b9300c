"""A presence sensor: people enter and leave its zone; it says so when the first comes and when the last goes."""

from devices.vocabulary import DeviceId
from simulators.models.device import DeviceModel
from simulators.models.model import Deed, Said


class PresenceModel(DeviceModel):
    """Counts who is inside."""

    def __init__(self, venue: str, device: DeviceId) -> None:
        super().__init__(venue, device)
        self.inside = 0
        self.state = {"occupied": False}

    def visited(self, act: Deed, at: int) -> Said:
        """Enter or leave."""
        match act:
            case "enter":
                return self.enter(at)
            case "leave":
                return self.leave(at)
        return []

    def enter(self, at: int) -> Said:
        """Somebody comes in."""
        self.inside += 1
        return self._say(at) if self.inside == 1 else []

    def leave(self, at: int) -> Said:
        """Somebody goes; nobody can leave an empty zone."""
        if self.inside == 0:
            return []
        self.inside -= 1
        return self._say(at) if self.inside == 0 else []

    def _say(self, at: int) -> Said:
        occupied = self.inside > 0
        self.state["occupied"] = occupied
        self.shown.append((at, dict(self.state)))
        return [self.event(at, "presence", {"occupied": occupied})]
