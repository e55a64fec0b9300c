"""What scenes mean, once more and as simply as possible: written from the description of the language alone.

It imports nothing of the project. There is no heap of timers, no index, no stack: at each instant everything is looked
at. Where the description leaves two layers of one band asked at one instant unranked, the model accepts either.
"""

from tests.properties.acting import Acting
from tests.properties.lives import Candidate, Dwelling, Player, other_threshold
from tests.properties.pieces import (
    By,
    Lamp,
    Level,
    Several,
    Trigger,
    Until,
    Value,
    When,
    While,
    Whole,
    Without,
    names_in,
    truth,
)


class Model(Acting):
    """All scenes of a house over some sensors (true, false or unknown), events and lamps."""

    def __init__(self, whole: Whole) -> None:
        super().__init__(whole)
        for player in self.players.values():
            for number, start in enumerate(player.piece.starts):
                if isinstance(start, Without):
                    player.silent_since[number] = 0

    # --- what happens

    def start(self) -> None:
        """The first start ever. Whether anything becomes true by it is not said: facts do, variables do not."""
        self.known |= {one.name: one.number for one in self.whole.counters}
        before = dict(self.known)
        self.known |= {one.name: False for one in self.whole.levels} | {"open": True}
        self._changed(set(self.known) - set(before), before, "")
        self._settle()

    def advance(self, to: int) -> None:
        """Time passes; whatever is over at some instant is over at that instant."""
        while (soon := self._next()) <= to:
            self.now = self.due = max(self.now, soon)
            self._look()
            self._settle()
        self.now = self.due = max(self.now, to)

    def report(self, sensor: str, value: bool, *, unfresh: str = "") -> None:
        """``unfresh``: the verdict of what this report would have started, were it fresh."""
        before = dict(self.known)
        self.known[sensor] = value
        self._changed({sensor}, before, unfresh)
        self._settle()

    def hear(self, event: str, *, unfresh: str = "") -> None:
        """Something happened. Scenes start by it, and variables count it: the description ranks neither."""
        for player in self.players.values():
            self._hear(player, ("event", event), unfresh)
        self._settle()
        before = dict(self.known)
        for counter in self.whole.counters:
            if unfresh != "retained":  # who came in came in, however late it is said; the description does not say
                more = (event in counter.plus) - (event in counter.minus)
                self.known[counter.name] = max(0, self.known[counter.name] + more)
        self._changed({one for one in before if before[one] != self.known[one]}, before, "")
        self._settle()

    def crash(self, back: int) -> None:
        """The controller dies, and is there again at the instant ``back``; what fell due meanwhile is over then."""
        self.now = back
        for player in self.players.values():
            for run in list(player.runs):
                self._crashed(player, run)
        self._settle()

    def order(self, verb: str, name: str) -> None:
        player = self.players[name]
        ordered = [number for number, start in enumerate(player.piece.starts) if isinstance(start, By)]
        if verb == "start" and ordered:
            self._late_gates(player, Candidate(ordered[0], cools=False))
        elif verb == "stop" or (verb == "rest" and not player.resting):
            player.resting = player.resting or verb == "rest"
            player.armed = player.armed and verb != "rest"
            self._withdraw(player)
            for run in list(player.runs):
                self._end(player, run)
        elif verb == "disarm":
            player.armed = False
        elif verb == "arm" and not player.armed:
            player.armed, player.resting = True, False
            for number in list(player.holding):
                if not player.runs:
                    self._late_gates(player, Candidate(number, cools=False))
                elif player.runs[0].start != number and number not in player.again:
                    player.again.append(number)
        self._settle()

    # --- what can be seen

    def wanted(self, lamp: Lamp) -> set[str | None]:
        """Highest band, then latest. More than one where two were asked at one instant; None: nobody asks."""
        layers = [
            ((player.piece.band, run.asked[lamp][0]), run.asked[lamp][1])
            for player in self.players.values()
            for run in player.runs
            if lamp in run.asked
        ]
        top = max((rank for rank, _ in layers), default=None)
        return {look for rank, look in layers if rank == top} or {None}

    def verdicts(self, name: str) -> list[str]:
        return self.players[name].verdicts

    def runs(self, name: str) -> int:
        return len(self.players[name].runs)

    def pending(self) -> int:
        return sum(len(one.dwelling) + len(one.waiting) + len(one.denied) for one in self.players.values())

    # --- what is known

    def _changed(self, names: set[str], before: dict[str, Value], unfresh: str) -> None:
        """Scenes see what changed, or was said again."""
        for player in self.players.values():
            self._observe(player)
            for number, start in enumerate(player.piece.starts):
                if isinstance(start, When) and names & names_in(start.rule):
                    was, is_ = truth(start.rule, before), truth(start.rule, self.known)
                    self._seen(player, number, start, was=was, is_=is_, unfresh=unfresh)
                elif isinstance(start, Several | Without):
                    self._items_seen(player, number, start, names, before, unfresh)
        self._first_steps()
        for player in self.players.values():
            for number, start in enumerate(player.piece.starts):
                if isinstance(start, While):
                    self._lasts(player, number, start)
        for level in self.whole.levels:
            self._weigh(level)

    def _weigh(self, level: Level) -> None:
        """Whether a fact begins or ends."""
        standing = self.facts[level.name]
        holds = truth(other_threshold(standing, level.begins, level.ends), self.known) is True
        standing.since = (self.now if standing.since is None else standing.since) if holds else None
        if standing.since is not None and self.due >= standing.since + level.lasting:
            before = dict(self.known)
            standing.value, standing.since = not standing.value, None
            self.known[level.name] = standing.value
            self._changed({level.name}, before, "")

    def _observe(self, player: Player) -> None:
        for run in player.runs:
            for leaf in run.strand.leaves() if run.suspended is None else ():
                leaf.observe(self.known, self.now)

    # --- candidates

    def _seen(
        self, player: Player, number: int, start: When, *, was: bool | None, is_: bool | None, unfresh: str
    ) -> None:
        dwelling = player.dwelling.get(number)
        if is_ is not True:
            if dwelling is not None and dwelling.broken_at is None:
                dwelling.broken_at = self.now
                if not start.gap:
                    self._broken(player, number)
        elif dwelling is not None and dwelling.broken_at is not None:
            dwelling.broken_at = None
            self._lasted(player, number)
        elif dwelling is not None:
            pass  # the one that waits, speaking again: no new candidate, however old the report
        elif unfresh:
            player.verdicts.append(unfresh)
        elif was is True:
            player.verdicts.append("no_edge")
        elif start.lasting:
            player.dwelling[number] = Dwelling(self.now)
        else:
            self._late_gates(player, Candidate(number, cools=True))

    def _hear(self, player: Player, event: Trigger, unfresh: str) -> None:
        for run in player.runs:
            for leaf in run.strand.leaves():
                if leaf.steps and isinstance(leaf.steps[0], Until) and leaf.steps[0].rule == event and not unfresh:
                    leaf.happened = True
        for number, start in enumerate(player.piece.starts):
            if isinstance(start, When) and start.rule == event:
                if unfresh:
                    player.verdicts.append(unfresh)
                else:
                    self._late_gates(player, Candidate(number, cools=True))
            elif isinstance(start, Several) and event in start.items:
                self._heard_one(player, number, start, event, unfresh)
            elif isinstance(start, Without) and start.trigger == event and not unfresh:
                player.silent_since[number] = self.now

    def _items_seen(
        self,
        player: Player,
        number: int,
        start: Several | Without,
        names: set[str],
        before: dict[str, Value],
        unfresh: str,
    ) -> None:
        if isinstance(start, Without):
            if names & names_in(start.trigger):
                if truth(start.trigger, self.known) is True:
                    player.silent_since[number] = None
                elif truth(start.trigger, before) is True:
                    player.silent_since[number] = self.now
            return
        for item in dict.fromkeys(start.items):
            if names & names_in(item) and truth(item, self.known) is True and truth(item, before) is not True:
                self._heard_one(player, number, start, item, unfresh)

    def _heard_one(self, player: Player, number: int, start: Several, item: Trigger, unfresh: str) -> None:
        """One of several. Each hearing counts once; the latest that fit make the candidate. What is not fresh counts
        not at all, and its verdict is told where it would have been the last one."""
        heard = [*player.heard.get(number, []), (item, self.now)]
        if not unfresh:
            player.heard[number] = heard
        first = self.now
        if start.ordered:
            left = list(start.items)
            for one, at in reversed(heard):
                if left and one == left[-1] and (len(left) < len(start.items) or one == item):
                    left.pop()
                    first = at
            complete = not left and item == start.items[-1]
        else:
            latest = dict(heard)  # the last of each
            complete = len(latest) == len(start.items)
            first = min(latest.values())
        if complete and self.now - first <= start.within and unfresh:
            player.verdicts.append(unfresh)
        elif complete and self.now - first <= start.within:
            player.heard[number] = []
            self._late_gates(player, Candidate(number, cools=True))

    def _broken(self, player: Player, number: int) -> None:
        del player.dwelling[number]
        player.verdicts.append("dwell_broken")

    def _lasted(self, player: Player, number: int) -> None:
        start = player.piece.starts[number]
        dwelling = player.dwelling[number]
        if dwelling.broken_at is None and self.due >= dwelling.since + start.lasting:
            del player.dwelling[number]
            self._late_gates(player, Candidate(number, cools=True))

    def _lasts(self, player: Player, number: int, start: While) -> None:
        holds, held = truth(start.rule, self.known) is True, number in player.holding
        if holds and not held:
            player.holding.append(number)
            self._begin_lasting(player, number)
        elif held and not holds:
            player.holding.remove(number)
            player.again = [one for one in player.again if one != number]
            if player.runs and player.runs[0].start == number:
                if player.holding:
                    player.runs[0].start = player.holding[0]
                else:
                    self._end(player, player.runs[0])

    def _begin_lasting(self, player: Player, number: int) -> None:
        before = list(player.runs)
        self._late_gates(player, Candidate(number, cools=False))
        if before and player.verdicts[-1] in ("busy", "extended"):
            player.again.append(number)

    def _withdraw(self, player: Player) -> None:
        for one in player.waiting + player.denied:
            self._close(player, one, "withdrawn")
        player.verdicts += ["withdrawn"] * len(player.dwelling)
        player.dwelling.clear()
        player.waiting.clear()
        player.denied.clear()
        player.again.clear()
        player.kept_out.clear()
