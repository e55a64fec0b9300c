"""What scenes mean, once more and as simply as possible: written from the description of the language alone.

It imports nothing of the project. There is no heap of timers, no index, no stack: at each instant everything is looked
at. Where the description leaves two layers of one band asked at one instant unranked, the model accepts either.

A condition is ``("is", sensor, bool)``, ``("and", a, b)``, ``("or", a, b)`` or ``("not", a)``.
"""

from dataclasses import dataclass, field

Lamp = str
Rule = tuple  # a condition
NEVER = 1 << 62


@dataclass(frozen=True)
class When:
    rule: Rule
    lasting: int = 0
    gap: int = 0


@dataclass(frozen=True)
class While:
    rule: Rule


@dataclass(frozen=True)
class By:
    pass


@dataclass(frozen=True)
class Ask:
    lamp: Lamp
    look: str


@dataclass(frozen=True)
class Wait:
    time: int


@dataclass(frozen=True)
class Stay:
    rule: Rule
    lasting: int
    at_most: int


@dataclass(frozen=True)
class Piece:
    """A scene."""

    name: str
    band: int
    starts: tuple[When | While | By, ...]
    does: tuple[Ask | Wait | Stay, ...]
    ends: tuple[Wait, ...] = ()  # then everything is released
    only_if: Rule | None = None
    extends: bool = False
    cools: int = 0
    cools_from_start: bool = False
    at_most: int = NEVER


@dataclass
class Dwelling:
    """A candidate that waits for its condition to have lasted."""

    since: int
    broken_at: int | None = None


@dataclass
class Life:
    """One run."""

    start: int
    began: int
    steps: list[Ask | Wait | Stay]
    ending: bool = False
    step_began: int = 0
    refreshed: int = 0
    true_since: int | None = None
    asked: dict[Lamp, tuple[int, str]] = field(default_factory=dict)  # lamp → when, which look


@dataclass
class Player:
    """A scene with what is going on in it."""

    piece: Piece
    armed: bool = True
    cool_until: int = 0
    run: Life | None = None
    dwelling: dict[int, Dwelling] = field(default_factory=dict)
    holding: list[int] = field(default_factory=list)  # the ``while`` that hold, in the order of their beginning
    again: list[int] = field(default_factory=list)  # those that found the scene running
    verdicts: list[str] = field(default_factory=list)


class Model:
    """All scenes of a house over some sensors (true, false or unknown) and lamps."""

    def __init__(self, pieces: list[Piece]) -> None:
        self.now = 0
        self.known: dict[str, bool] = {}
        self.players = {piece.name: Player(piece) for piece in pieces}

    # --- what happens

    def advance(self, to: int) -> None:
        """Time passes; whatever is over at some instant is over at that instant."""
        while (soon := min(map(self._next, self.players.values()), default=NEVER)) <= to:
            self.now = soon
            for player in self.players.values():
                self._look(player)
        self.now = max(self.now, to)

    def report(self, sensor: str, value: bool, *, unfresh: str = "") -> None:
        """``unfresh``: the verdict of what this report would have started, were it fresh."""
        before = dict(self.known)
        self.known[sensor] = value
        for player in self.players.values():
            for number, start in enumerate(player.piece.starts):
                if isinstance(start, When) and sensor in sensors(start.rule):
                    self._seen(player, number, start, was=truth(start.rule, before), unfresh=unfresh)
        for player in self.players.values():
            for number, start in enumerate(player.piece.starts):
                if isinstance(start, While):
                    self._lasts(player, number, start)
        for player in self.players.values():
            self._look(player)

    def order(self, verb: str, name: str) -> None:
        player = self.players[name]
        ordered = [number for number, start in enumerate(player.piece.starts) if isinstance(start, By)]
        if verb == "start" and ordered:
            self._late_gates(player, ordered[0], cools=False)
        elif verb == "stop":
            player.verdicts += ["withdrawn"] * len(player.dwelling)
            player.dwelling.clear()
            player.again.clear()
            self._end(player)
        elif verb == "disarm":
            player.armed = False
        elif verb == "arm" and not player.armed:
            player.armed = True
            for number in list(player.holding):
                if player.run is None:
                    self._late_gates(player, number, cools=False)
                elif player.run.start != number and number not in player.again:
                    player.again.append(number)

    # --- what can be seen

    def wanted(self, lamp: Lamp) -> set[str | None]:
        """Highest band, then latest. More than one where two were asked at one instant; None: nobody asks."""
        layers = [
            ((player.piece.band, player.run.asked[lamp][0]), player.run.asked[lamp][1])
            for player in self.players.values()
            if player.run is not None and lamp in player.run.asked
        ]
        top = max((rank for rank, _ in layers), default=None)
        return {look for rank, look in layers if rank == top} or {None}

    def verdicts(self, name: str) -> list[str]:
        return self.players[name].verdicts

    def pending(self) -> int:
        return sum(len(player.dwelling) for player in self.players.values())

    # --- candidates

    def _seen(self, player: Player, number: int, start: When, *, was: bool | None, unfresh: str) -> None:
        dwelling = player.dwelling.get(number)
        if truth(start.rule, self.known) is not True:
            if dwelling is not None and dwelling.broken_at is None:
                dwelling.broken_at = self.now
                if not start.gap:
                    self._broken(player, number)
        elif dwelling is not None and dwelling.broken_at is not None:
            dwelling.broken_at = None
            self._lasted(player, number)
        elif unfresh:
            player.verdicts.append(unfresh)
        elif was is True:
            player.verdicts.append("no_edge")
        elif start.lasting:
            player.dwelling[number] = Dwelling(self.now)
        else:
            self._late_gates(player, number, cools=True)

    def _broken(self, player: Player, number: int) -> None:
        del player.dwelling[number]
        player.verdicts.append("dwell_broken")

    def _lasted(self, player: Player, number: int) -> None:
        start = player.piece.starts[number]
        dwelling = player.dwelling[number]
        if dwelling.broken_at is None and self.now >= dwelling.since + start.lasting:
            del player.dwelling[number]
            self._late_gates(player, number, cools=True)

    def _lasts(self, player: Player, number: int, start: While) -> None:
        holds, held = truth(start.rule, self.known) is True, number in player.holding
        if holds and not held:
            player.holding.append(number)
            self._begin_lasting(player, number)
        elif held and not holds:
            player.holding.remove(number)
            player.again = [one for one in player.again if one != number]
            if player.run is not None and player.run.start == number:
                if player.holding:
                    player.run.start = player.holding[0]
                else:
                    self._end(player)

    def _begin_lasting(self, player: Player, number: int) -> None:
        before = player.run
        self._late_gates(player, number, cools=False)
        if before is not None and player.verdicts[-1] in ("busy", "extended"):
            player.again.append(number)

    def _late_gates(self, player: Player, number: int, *, cools: bool) -> None:
        """armed → cooldown → condition → busy → start"""
        holds = True if player.piece.only_if is None else truth(player.piece.only_if, self.known)
        if not player.armed:
            player.verdicts.append("disarmed")
        elif cools and self.now < player.cool_until:
            player.verdicts.append("cooling")
        elif holds is not True:
            player.verdicts.append("condition_unknown" if holds is None else "condition_false")
        elif player.run is not None:
            extends = player.piece.extends and not player.run.ending
            player.verdicts.append("extended" if extends else "busy")
            if extends:
                player.run.refreshed = self.now
        else:
            player.verdicts.append("started")
            player.run = Life(number, self.now, list(player.piece.does), step_began=self.now, refreshed=self.now)
            self._look(player)

    # --- runs

    def _look(self, player: Player) -> None:
        """Whatever is over by now in this scene, is over."""
        for number, start in enumerate(player.piece.starts):
            dwelling = player.dwelling.get(number)
            if dwelling is not None and dwelling.broken_at is not None and self.now >= dwelling.broken_at + start.gap:
                self._broken(player, number)
            elif dwelling is not None:
                self._lasted(player, number)
        run = player.run
        if run is not None and not run.ending and self.now >= run.began + player.piece.at_most:
            self._end(player)
        while player.run is not None and self._step_is_over(player.run):
            self._step_on(player, player.run)

    def _step_is_over(self, run: Life) -> bool:
        """Whether the first step of the rest is over; with no step left, that is so, too."""
        if not run.steps:
            return True
        step = run.steps[0]
        if isinstance(step, Ask):
            return True
        if isinstance(step, Wait):
            return self.now >= run.step_began + step.time
        holds = truth(step.rule, self.known) is True
        run.true_since = (self.now if run.true_since is None else run.true_since) if holds else None
        lasted = run.true_since is not None and self.now >= run.true_since + step.lasting
        return lasted or self.now >= max(run.step_began, run.refreshed) + step.at_most

    def _step_on(self, player: Player, run: Life) -> None:
        if run.steps:
            step = run.steps.pop(0)
            if isinstance(step, Ask):
                run.asked[step.lamp] = (self.now, step.look)
            run.step_began, run.true_since = self.now, None
        elif run.ending:
            player.run = None
            player.cool_until = (run.began if player.piece.cools_from_start else self.now) + player.piece.cools
            again, player.again = player.again, []
            for number in again:
                self._begin_lasting(player, number)
        elif isinstance(player.piece.starts[run.start], While):
            run.steps = [Wait(NEVER)]  # it lasts as long as its condition
        else:
            self._end(player)

    def _end(self, player: Player) -> None:
        run = player.run
        if run is not None and not run.ending:
            run.ending, run.steps, run.step_began, run.true_since = True, list(player.piece.ends), self.now, None
            self._look(player)

    def _next(self, player: Player) -> int:
        """The next instant at which something may be over in this scene."""
        found = [NEVER]
        for number, dwelling in player.dwelling.items():
            start = player.piece.starts[number]
            over = dwelling.since + start.lasting if dwelling.broken_at is None else dwelling.broken_at + start.gap
            found.append(over)
        run = player.run
        if run is not None:
            if not run.ending:
                found.append(run.began + player.piece.at_most)
            step = run.steps[0]
            if isinstance(step, Wait):
                found.append(run.step_began + step.time)
            else:
                found.append(max(run.step_began, run.refreshed) + step.at_most)
                found.append(NEVER if run.true_since is None else run.true_since + step.lasting)
        return min(found)


def truth(rule: Rule, known: dict[str, bool]) -> bool | None:
    """Three-valued: what nobody reported is unknown, never true and never false."""
    match rule:
        case ("is", sensor, value):
            return None if sensor not in known else known[sensor] == value
        case ("not", one):
            found = truth(one, known)
            return None if found is None else not found
        case ("and", one, other):
            pair = {truth(one, known), truth(other, known)}
            return False if False in pair else (None if None in pair else True)
        case ("or", one, other):
            pair = {truth(one, known), truth(other, known)}
            return True if True in pair else (None if None in pair else False)
    raise AssertionError(rule)


def sensors(rule: Rule) -> set[str]:
    """The sensors that a condition reads."""
    if rule[0] == "is":
        return {rule[1]}
    return set().union(*(sensors(one) for one in rule[1:]))
