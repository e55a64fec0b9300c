"""A station's software and the visitor in front of it: what each page makes the visitor do, and when.

    touch → (session begins) → page after page, as the scene shows them → gone (session over)

The visitor does what the page is for, or something else, or walks away; every page has a time of its own. Nobody stays
for ever: a visitor whom no page comes for gives up, and so does one who is kept at the same page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, ClassVar

from devices.contracts.session import GoneReason
from devices.vocabulary import DeviceId, Fields, Kind, Scalar
from simulators.models.device import SECOND, DeviceModel
from simulators.models.model import Deed, Said, Spoken

PATIENCE = 20 * SECOND  # for the first page
KEPT = 180 * SECOND  # at one page
NOTICED = 5 * SECOND  # until the station knows that nobody is there
INVITING = (None, "attract")  # pages from which a session begins
WALKS_AWAY, DOES_NOTHING = "walks away", "does nothing"


@dataclass(frozen=True, slots=True)
class Habit:
    """What follows from a page: between ``soonest`` and ``latest`` (microseconds) one of the events, by its weight."""

    soonest: int
    latest: int
    weights: Mapping[str, int]


class StationModel(DeviceModel):
    """``opens``: the event that begins a session. ``habits`` by page."""

    acts: ClassVar[tuple[Deed, ...]] = ("touch",)
    opens: ClassVar[str] = "touched"
    habits: ClassVar[Mapping[str, Habit]] = {}

    def __init__(self, venue: str, device: DeviceId, kind: Kind, seed: int, lengths: Mapping[str, int]) -> None:
        super().__init__(venue, device, kind, seed, lengths)
        self.state = {"page": None}
        self.session = ""  # empty: nobody is there
        self.sessions = 0
        self._seq = 0
        self._began: int | None = None

    def begin(self, at: int) -> Said:
        """Its sessions are named by when it first began, so that none of an earlier day comes again."""
        if self._began is None:
            self._began = at
        return super().begin(at)

    def visited(self, act: Deed, at: int) -> Said:
        """Somebody touches it; while somebody else is there, nothing comes of it."""
        if act != "touch" or self.session or self.state["page"] not in INVITING or not self.able():
            return []
        self.sessions += 1
        mark = blake2b(f"{self._seed}|{self.device}|{self._began or 0}".encode(), digest_size=5).hexdigest()
        self.session = f"{mark}-{self.sessions:04}"
        self._seq = 0
        return [*self.opening(at), self.later(at + PATIENCE, "give up")]

    def taken_over(self, session: str, seq: int = 0) -> None:
        """Whose session goes on, empty: nobody's. A test or a journal spoke for the visitor so far, up to ``seq``."""
        self.session, self._seq = session, seq

    def able(self) -> bool:
        """Whether it can begin a session."""
        return True

    def opening(self, at: int) -> Said:
        """What it says when a session begins."""
        return [self.say(at, self.opens)]

    def say(self, at: int, event: str, **fields: Scalar) -> tuple[int, Spoken]:
        """The next event of the session."""
        self._seq += 1
        return self.event(at, event, {"session": self.session, "seq": self._seq, **fields})

    def want(self, body: dict[str, Any], at: int) -> Said:
        """``{page, with?}``: null invites, and ends a session that goes on."""
        if "page" not in body:
            return []
        page = body["page"] if isinstance(body["page"], str) else None
        former, shown = self.state["page"], at + self.answers_after
        said = self.change(shown, page=page)
        if not self.session or page == former:
            return said
        self.forget("act", "give up")
        if page is None:
            return said + self.close(shown, "finished")
        habit = self.habits.get(page)
        if habit is not None:
            said.append(self.later(shown + self.chance.between(habit.soonest, habit.latest), "act"))
        return [*said, *self.turned(page, shown), self.later(shown + KEPT, "give up")]

    def turned(self, page: str, at: int) -> Said:
        """Another page is shown in a session; kinds override this."""
        del page, at
        return []

    def happens(self, what: str, at: int) -> Said:
        """The visitor does something, is missed, or gives up."""
        match what:
            case "act":
                return self._act(at)
            case "left":
                return self.close(at, "left")
            case "give up":
                return self.close(at, "timeout")
        return []

    def told_by(self, event: str) -> Fields:
        """What an event of a visitor carries besides session and seq; kinds override this."""
        del event
        return {}

    def close(self, at: int, reason: GoneReason) -> Said:
        """The session is over, if there is one."""
        if not self.session:
            return []
        said: Said = [self.say(at, "gone", reason=reason)]
        self.session = ""
        self.forget("act", "left", "give up")
        return said

    def _act(self, at: int) -> Said:
        page = self.state["page"]
        habit = self.habits.get(page) if isinstance(page, str) else None
        if habit is None:
            return []
        at_random = self.chance.below(sum(habit.weights.values()))
        for word, weight in habit.weights.items():
            at_random -= weight
            if at_random < 0:
                return self._does(word, at)
        return []

    def _does(self, word: str, at: int) -> Said:
        if word == DOES_NOTHING:
            return []
        if word == WALKS_AWAY:
            return [self.later(at + NOTICED, "left")]
        if word == "gone":
            return self.close(at, "finished")
        return [self.say(at, word, **self.told_by(word))]
