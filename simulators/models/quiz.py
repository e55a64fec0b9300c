"""A quiz table with one to four players, who know something."""

from collections.abc import Mapping
from typing import ClassVar

from devices.vocabulary import DeviceId, Fields, Kind
from simulators.models.device import SECOND
from simulators.models.model import Act, Said
from simulators.models.station import DOES_NOTHING, WALKS_AWAY, Habit, StationModel

MOST_PLAYERS = 4
QUESTIONS = 5
POINTS = 100
JOINS_AFTER = (600_000, 2 * SECOND)
ANIMALS = ("panda", "crane", "carp", "otter", "heron", "monkey")
AFTER_THE_ANSWER = Habit(1_500_000, 3 * SECOND, {"more": 1000})


class QuizModel(StationModel):
    """The first touch begins a game; others join until the countdown is over."""

    opens: ClassVar[str] = "joined"
    habits: ClassVar[Mapping[str, Habit]] = {
        "countdown": Habit(3 * SECOND, 4 * SECOND, {"done": 1000}),
        "question": Habit(3 * SECOND, 18 * SECOND, {"right": 600, "wrong": 330, DOES_NOTHING: 60, WALKS_AWAY: 10}),
        "right": AFTER_THE_ANSWER,
        "wrong": AFTER_THE_ANSWER,
        "result": Habit(4 * SECOND, 9 * SECOND, {"done": 950, DOES_NOTHING: 50}),
        "goodbye": Habit(2 * SECOND, 3 * SECOND, {"gone": 1000}),
    }

    def __init__(self, venue: str, device: DeviceId, kind: Kind, seed: int, lengths: Mapping[str, int]) -> None:
        super().__init__(venue, device, kind, seed, lengths)
        self.state |= {"score": 0, "players": 0}
        self._players: list[str] = []
        self._points: dict[str, int] = {}
        self._coming = 0
        self._asked = 0
        self._open = False  # for those who still want to join

    def visited(self, act: Act, at: int) -> Said:
        """Somebody begins a game, or joins one that has not begun."""
        if act == "touch" and self.session:
            return self._join(at) if self._open else []
        return super().visited(act, at)

    def opening(self, at: int) -> Said:
        """The first player; how many come along is left to chance."""
        self._players, self._points, self._asked, self._open = [], {}, 0, True
        self._coming = self.chance.choose((0, 0, 1, 1, 2, 3))
        return [*self._join(at), *self._wait_for_others(at)]

    def turned(self, page: str, at: int) -> Said:
        """A question is asked: nobody joins any more."""
        del at
        if page == "question":
            self._asked += 1
            self._open = False
            self.forget("join")
        return []

    def happens(self, what: str, at: int) -> Said:
        """Another one joins, or a game goes on."""
        if what != "join":
            return super().happens(what, at)
        self._coming -= 1
        return [*self._join(at), *self._wait_for_others(at)] if self.session else []

    def told_by(self, event: str) -> Fields:
        """Who answered, and how the game stands; nobody gets points for a wrong answer."""
        if event not in ("right", "wrong"):
            return {}
        player = self.chance.choose(self._players)
        if event == "right":
            self._points[player] = self._points.get(player, 0) + POINTS
        return {"player": player, "score": self._best()}

    def _does(self, word: str, at: int) -> Said:
        if word == "more" and self._asked >= QUESTIONS:
            return [self.say(at, "over", score=self._best())]
        said = super()._does(word, at)
        return [*said, *self.change(at, score=self._best())] if word == "right" else said

    def _best(self) -> int:
        return max(self._points.values(), default=0)

    def _join(self, at: int) -> Said:
        if len(self._players) == MOST_PLAYERS:
            return []
        player = f"{self.chance.choose(ANIMALS)}-{len(self._players) + 1}"
        self._players.append(player)
        count = len(self._players)
        return [
            self.say(at, "joined", player=player, players=count),
            *self.change(at, players=count, score=self._best()),
        ]

    def _wait_for_others(self, at: int) -> Said:
        return [self.later(at + self.chance.between(*JOINS_AFTER), "join")] if self._coming > 0 else []


MODEL = QuizModel
