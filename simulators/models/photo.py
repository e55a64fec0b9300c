"""What the ring and the painting station do alike: consent, a place on the floor, a shot, and what the visitor says."""

from collections.abc import Mapping
from typing import ClassVar

from devices.contracts.session import GoneReason
from devices.vocabulary import Fields, Scalar
from simulators.models.device import SECOND
from simulators.models.model import Said
from simulators.models.station import DOES_NOTHING, WALKS_AWAY, Habit, StationModel

NOTICE = "2022-01"
DELETES_IN = (200_000, 900_000)

HABITS: Mapping[str, Habit] = {
    "consent": Habit(4 * SECOND, 18 * SECOND, {"agreed": 860, "declined": 90, WALKS_AWAY: 40, DOES_NOTHING: 10}),
    "floor": Habit(3 * SECOND, 20 * SECOND, {"placed": 950, WALKS_AWAY: 40, DOES_NOTHING: 10}),
    "countdown": Habit(3 * SECOND, 3_200_000, {"done": 1000}),  # the station counts
    "review": Habit(
        5 * SECOND, 20 * SECOND, {"keep": 700, "again": 140, "delete": 90, DOES_NOTHING: 50, WALKS_AWAY: 20}
    ),
    "qr": Habit(8 * SECOND, 45 * SECOND, {"done": 900, DOES_NOTHING: 60, WALKS_AWAY: 40}),
    "sorry": Habit(3 * SECOND, 7 * SECOND, {"again": 600, DOES_NOTHING: 300, WALKS_AWAY: 100}),
    "goodbye": Habit(2 * SECOND, 4 * SECOND, {"gone": 1000}),
}


class PhotoModel(StationModel):
    """Kinds add what a shot is, by ``happens("fired")``, and name in ``work`` the plans that a purge gives up."""

    habits: ClassVar[Mapping[str, Habit]] = HABITS
    work: ClassVar[tuple[str, ...]] = ("fired",)
    fires_in: ClassVar[tuple[int, int]] = (1 * SECOND, 1_200_000)

    def told_by(self, event: str) -> Fields:
        """Which notice was agreed to."""
        return {"notice": NOTICE} if event == "agreed" else {}

    def opening(self, at: int) -> Said:
        """In which language the visitor began."""
        return [self.say(at, self.opens, language=self.chance.choose(("zh", "zh", "zh", "en")))]

    def refusal(self, command: str, fields: Fields) -> str:
        """A shot needs somebody to be shot, and a station that is able to and has nothing else to do."""
        del fields
        if command != "shoot":
            return ""
        if not self.session:
            return "nobody is there"
        if any(self.plans(one) for one in self.work):
            return "it is busy with the last picture"
        return "" if self.able() else "too few cameras answer"

    def do(self, command: str, fields: Fields, at: int) -> Said:
        """Shoots, deletes, or stops."""
        del fields
        if command == "shoot":
            return [self.later(at + self.chance.between(*self.fires_in), "fired")]
        self.forget(*self.work)
        if command == "purge":
            return [self.later(at + self.chance.between(*DELETES_IN), "deleted")] if self.session else []
        return self.close(at + self.answers_after, "finished")

    def happens(self, what: str, at: int) -> Said:
        """What was told to be deleted is."""
        if what == "deleted":
            return [self.say(at, "done")] if self.session else []
        return super().happens(what, at)

    def close(self, at: int, reason: GoneReason) -> Said:
        """With the session goes whatever was being made in it."""
        self.forget(*self.work, "deleted")
        return super().close(at, reason)

    def share(self) -> Scalar:
        """A reference of what can be shared: any that was not there before."""
        return f"{self.chance.below(16**12):012x}"
