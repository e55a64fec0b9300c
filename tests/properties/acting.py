"""What scenes in the model do: the gates that end a candidate, what is over at an instant, and what runs do then."""

from tests.properties.lives import Called, Candidate, Life, Player, Standing, Strand
from tests.properties.pieces import (
    NEVER,
    Ask,
    Call,
    Change,
    Choose,
    Release,
    Repeat,
    Step,
    Together,
    Until,
    Value,
    Wait,
    While,
    Whole,
    truth,
)


class Acting:
    """The scenes of a house."""

    def __init__(self, whole: Whole) -> None:
        self.now = 0
        self.whole = whole
        self.known: dict[str, Value] = {}
        self.facts = {one.name: Standing() for one in whole.levels}
        self.players = {piece.name: Player(piece) for piece in whole.pieces}

    def _close(self, player: Player, one: Candidate, verdict: str) -> None:
        """A candidate has ended without a run."""
        player.verdicts.append(verdict)
        if one.called is not None:
            one.called.over = True

    # --- gates

    def _late_gates(self, player: Player, one: Candidate, *, turn: bool = False) -> None:
        """armed → cooldown → condition → busy → claim → start; a call passes busy and claim alone."""
        piece = player.piece
        holds = True if piece.only_if is None else truth(piece.only_if, self.known)
        if one.start is not None and not player.armed:
            self._close(player, one, "disarmed")
        elif one.start is not None and one.cools and not turn and self.now < player.cool_until:
            self._close(player, one, "cooling")
        elif one.start is not None and holds is not True:
            self._close(player, one, "condition_unknown" if holds is None else "condition_false")
        elif turn or len(player.runs) < (piece.room if piece.busy == "parallel" else 1):
            self._start(player, one)
        else:
            self._meets(player, one)

    def _meets(self, player: Player, one: Candidate) -> None:
        """It finds the scene running."""
        match player.piece.busy:
            case "extend" if not player.runs[0].ending:
                player.runs[0].refreshed = self.now
                self._close(player, one, "extended")
            case "restart":
                for other in player.waiting:
                    self._close(player, other, "replaced")
                player.waiting = [one]
                for run in list(player.runs):
                    self._live(player, run)  # what it does first it has done
                    self._end(player, run)
            case "queue" if len(player.waiting) < player.piece.room:
                one.since = self.now
                player.waiting.append(one)
            case "queue":
                self._close(player, one, "queue_full")
            case _:
                self._close(player, one, "busy")

    def _start(self, player: Player, one: Candidate) -> None:
        player.verdicts.append("started")
        strand = Strand(list(player.piece.does), self.now)
        run = Life(one.start, self.now, strand, player.piece.at_most, self.now, called=one.called)
        player.runs.append(run)  # its steps come when all scenes have seen what happened

    # --- what is over

    def _settle(self) -> None:
        while self._next() <= self.now:
            self._look()

    def _next(self) -> int:
        """The next instant at which something may be over."""
        found = [NEVER]
        for level in self.whole.levels:
            since = self.facts[level.name].since
            found.append(NEVER if since is None else since + level.lasting)
        for player in self.players.values():
            for number, dwelling in player.dwelling.items():
                start = player.piece.starts[number]
                over = dwelling.since + start.lasting if dwelling.broken_at is None else dwelling.broken_at + start.gap
                found.append(over)
            for number, since in player.silent_since.items():
                found.append(NEVER if since is None else since + player.piece.starts[number].lasting)
            if player.piece.busy == "queue":
                found += [one.since + player.piece.patience for one in player.waiting]
            found += [run.next() for run in player.runs]
        return min(found)

    def _look(self) -> None:
        """Whatever is over by now, is over."""
        for level in self.whole.levels:
            self._weigh(level)
        for player in self.players.values():
            self._look_at(player)

    def _look_at(self, player: Player) -> None:
        for number, start in enumerate(player.piece.starts):
            dwelling, since = player.dwelling.get(number), player.silent_since.get(number)
            if dwelling is not None and dwelling.broken_at is not None and self.now >= dwelling.broken_at + start.gap:
                self._broken(player, number)
            elif dwelling is not None:
                self._lasted(player, number)
            elif since is not None and self.now >= since + start.lasting:
                player.silent_since[number] = None  # once in each silence
                self._late_gates(player, Candidate(number, cools=True))
        for one in list(player.waiting):
            if player.piece.busy == "queue" and self.now >= one.since + player.piece.patience:
                player.waiting.remove(one)
                self._close(player, one, "waited_too_long")
        for run in list(player.runs):
            self._live(player, run)

    # --- runs

    def _live(self, player: Player, run: Life) -> None:
        """Goes on with the run as far as it goes now."""
        while run in player.runs and run.next() <= self.now:
            if not run.ending and self.now >= run.began + run.at_most:
                self._end(player, run)
            elif (strand := run.over(self.now)) is not None:
                self._step_on(player, run, strand)
            elif run.ending:
                self._is_over(player, run)
            elif run.start is not None and isinstance(player.piece.starts[run.start], While):
                run.strand.steps = [Wait(NEVER)]  # it lasts as long as its condition
            else:
                self._end(player, run)

    def _step_on(self, player: Player, run: Life, strand: Strand) -> None:
        """The first step of the strand is over, or its branches are."""
        if strand.branches or strand.called is not None:
            strand.branches, strand.called = [], None
            strand.goes_on(self.now)
            strand.observe(self.known, self.now)
            return
        step = strand.steps.pop(0)
        in_time = strand.happened or (
            strand.true_since is not None and self.now >= strand.true_since + getattr(step, "lasting", 0)
        )
        strand.goes_on(self.now)
        self._do(player, run, strand, step, in_time=in_time)
        strand.observe(self.known, self.now)

    def _do(self, player: Player, run: Life, strand: Strand, step: Step, *, in_time: bool) -> None:
        match step:
            case Ask():
                run.asked[step.lamp] = (self.now, step.look)
            case Release():
                run.asked.clear()
            case Until() if not in_time:
                self._time_is_up(player, run, strand, step)
            case Choose():
                chosen = [steps for rule, steps in step.cases if truth(rule, self.known) is True]
                strand.steps[:0] = [*chosen, step.otherwise][0]
            case Together():
                strand.branches = [Strand(list(steps), self.now) for steps in step.branches]
                for branch in strand.branches:
                    branch.observe(self.known, self.now)
            case Repeat():
                strand.steps[:0] = step.steps * step.times
            case Call():
                strand.called = Called()
                self._late_gates(self.players[step.name], Candidate(None, cools=False, called=strand.called))
                for other in list(self.players[step.name].runs):
                    self._live(self.players[step.name], other)
            case Change():
                before = dict(self.known)
                self.known[step.variable] = self.known[step.variable] * step.adds + step.number
                self._changed({step.variable} if before != self.known else set(), before, "")

    def _time_is_up(self, player: Player, run: Life, strand: Strand, step: Until) -> None:
        if step.otherwise is None:
            self._end(player, run)
        else:
            strand.steps.insert(0, step.otherwise)

    def _is_over(self, player: Player, run: Life) -> None:
        player.runs.remove(run)
        cool_from = run.began if player.piece.cools_from_start else self.now
        player.cool_until = max(player.cool_until, cool_from + player.piece.cools)
        if run.called is not None:
            run.called.over = True
        while player.waiting and not player.runs:
            self._late_gates(player, player.waiting.pop(0), turn=True)
        again, player.again = player.again, []
        for number in again:
            self._begin_lasting(player, number)

    def _end(self, player: Player, run: Life) -> None:
        if not run.ending and run in player.runs:
            run.ending, run.strand = True, Strand(list(player.piece.ends), self.now)
            self._live(player, run)
