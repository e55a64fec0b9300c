"""A voting post: a press is a vote for one of its topics."""

from typing import ClassVar

from simulators.models.device import DeviceModel
from simulators.models.model import Deed, Said

TOPICS = ("service", "data", "rules", "village")


class VotingModel(DeviceModel):
    """Votes as chance has it."""

    acts: ClassVar[tuple[Deed, ...]] = ("press",)

    def visited(self, act: Deed, at: int) -> Said:
        """A finger on one of the topics."""
        return [self.event(at, "voted", {"topic": self.chance.choose(TOPICS)})] if act == "press" else []


MODEL = VotingModel
