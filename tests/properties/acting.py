"""What scenes in the model do: the gates that end a candidate, what is over at an instant, and what runs do then."""

from tests.properties.lives import Called, Candidate, Life, Player, Standing, Strand
from tests.properties.pieces import (
    EXHIBIT,
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
    When,
    While,
    Whole,
    truth,
)

PATIENCE = 10_000_000  # how long one waits for a hall


class Acting:
    """The scenes of a house."""

    def __init__(self, whole: Whole) -> None:
        self.now = 0
        self.claimed = False  # somebody takes or gives back, or begins where something is taken
        self.due = (
            0  # what is due by then is over; after a crash behind ``now``, for what fell due meanwhile comes in order
        )
        self.whole = whole
        self.known: dict[str, Value] = {}
        self.facts = {one.name: Standing() for one in whole.levels}
        self.players = {piece.name: Player(piece) for piece in whole.pieces}

    def _close(self, player: Player, one: Candidate, verdict: str) -> None:
        """A candidate has ended without a run."""
        player.verdicts.append(verdict)
        if one.called is not None:
            one.called.over = True

    # --- claims

    def _holds(self, player: Player, halls: set[str]) -> bool:
        return bool(player.runs and halls & set(player.piece.takes))

    def _is_below(self, player: Player) -> bool:
        """A higher band holds a hall in which it plays."""
        return any(
            self._holds(other, player.piece.halls) and other.piece.band > player.piece.band
            for other in self.players.values()
        )

    def _is_covered(self, player: Player) -> bool:
        return player.piece.gives_way != "carry_on" and self._is_below(player)

    def _is_kept_out(self, player: Player) -> bool:
        """What carries on beneath does not start there by that; what does so by its band does."""
        return self._is_below(player) and (player.piece.band >= EXHIBIT or player.piece.gives_way != "carry_on")

    def _is_held(self, player: Player) -> bool:
        """Somebody who is no lower holds what it takes."""
        return any(
            self._holds(other, set(player.piece.takes)) and other.piece.band >= player.piece.band
            for other in self.players.values()
            if other is not player
        )

    def _cover(self) -> None:
        """What is lower and plays in a hall that is taken gives way."""
        for player in self.players.values():
            if self._is_covered(player):
                for run in list(player.runs):
                    self._live(player, run)  # what it does first it has done
                    if not run.ending and player.piece.gives_way == "stop":
                        if run.start in player.holding:
                            player.again.append(run.start)  # it lasts still
                        self._end(player, run)
                    elif not run.ending and run.suspended is None:
                        run.suspended = self.now

    def _try_again(self) -> None:
        """Who waits for a claim, the longest first, passes the gates once more; who cannot have it waits on."""
        waiting = [(one.denied_at, player.piece.name, one) for player in self.players.values() for one in player.denied]
        for denied_at, name, one in sorted(waiting, key=lambda entry: entry[0]):
            player = self.players[name]
            if one in player.denied:
                player.denied.remove(one)
                self._late_gates(player, one, turn=True)
                one.denied_at = denied_at

    def _look_at_claims(self) -> None:
        """A hall was taken or given back: who waits tries again, who is below gives way, who is free goes on."""
        self._try_again()
        for player in self.players.values():
            kept_out, player.kept_out = player.kept_out, []
            for number in kept_out:
                if number in player.holding and not player.runs:
                    self._begin_lasting(player, number)
        self._cover()
        self._uncover()

    def _uncover(self) -> None:
        """What was suspended goes on where it was, if what started it holds still; else it ends unseen."""
        for player in self.players.values():
            for run in list(player.runs):
                if run.suspended is not None and not self._is_covered(player):
                    run.resume(self.now)
                    start = None if run.start is None else player.piece.starts[run.start]
                    reason = start.rule if isinstance(start, When | While) and start.rule[0] != "event" else None
                    if reason is not None and truth(reason, self.known) is not True:
                        self._is_over(player, run)
                    else:
                        self._observe(player)

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
        elif piece.busy == "queue" and any(other.had_turn for other in player.denied) and not turn:
            self._meets(player, one)  # behind one of the queue that waits for its claim; behind another it is denied
        elif (turn and not player.runs) or len(player.runs) < (piece.room if piece.busy == "parallel" else 1):
            self._start(player, one)
        else:
            self._meets(player, one)

    def _meets(self, player: Player, one: Candidate) -> None:
        """It finds the scene running."""
        match player.piece.busy:
            case "extend" if not player.runs[0].ending and player.runs[0].suspended is None:
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
        if self._is_held(player) or self._is_kept_out(player):
            if player.piece.takes and not player.denied:
                one.denied_at = self.now + PATIENCE
                player.denied.append(one)
            else:  # nothing to wait for; or one of the scene waits already
                self._close(player, one, "claim_denied")
                if one.start is not None and isinstance(player.piece.starts[one.start], While):
                    player.kept_out.append(one.start)  # it lasts, and tries again when a hall is given back
            return
        player.verdicts.append("started")
        strand = Strand(list(player.piece.does), self.now)
        run = Life(one.start, self.now, strand, player.piece.at_most, self.now, called=one.called, first=self.now)
        player.runs.append(run)  # its steps come when all scenes have seen what happened
        self._begins()

    def _begins(self) -> None:
        """Also what takes nothing may begin beneath somebody who took something."""
        self.claimed = self.claimed or any(other.runs and other.piece.takes for other in self.players.values())

    def _first_steps(self) -> None:
        """What has just begun asks, and takes, before what lasts as long as something is true is looked at."""
        for player in self.players.values():
            for run in [one for one in player.runs if one.first == self.now]:
                self._live(player, run)
        if self.claimed:
            self.claimed = False
            self._look_at_claims()

    # --- what is over

    def _settle(self) -> None:
        while (soon := self._next()) <= self.now or self.claimed:
            if soon <= self.now and not (self.claimed and 0 < soon < self.now):  # before what fell due in an outage
                self.due = soon
                self._look()
            else:
                self.claimed = False
                self._look_at_claims()
        self.due = self.now

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
            found += [one.denied_at for one in player.denied]
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
            if dwelling is not None and dwelling.broken_at is not None and self.due >= dwelling.broken_at + start.gap:
                self._broken(player, number)
            elif dwelling is not None:
                self._lasted(player, number)
            elif since is not None and self.due >= since + start.lasting:
                player.silent_since[number] = None  # once in each silence
                self._late_gates(player, Candidate(number, cools=True))
        for one in list(player.waiting):
            if player.piece.busy == "queue" and self.due >= one.since + player.piece.patience:
                player.waiting.remove(one)
                self._close(player, one, "waited_too_long")
        for one in list(player.denied):
            if self.due >= one.denied_at:
                player.denied.remove(one)
                self._close(player, one, "claim_denied")
                self._turns(player)
        for run in list(player.runs):
            self._live(player, run)

    # --- runs

    def _live(self, player: Player, run: Life) -> None:
        """Goes on with the run as far as it goes now."""
        while run in player.runs and run.next() <= self.due:
            if not run.ending and self.due >= run.began + run.at_most:
                self._end(player, run)
            elif (strand := run.over(self.due)) is not None:
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
            strand.true_since is not None and self.due >= strand.true_since + getattr(step, "lasting", 0)
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

    def _crashed(self, player: Player, run: Life) -> None:
        """The controller died and is there again. Who waits waits on, and deadlines are what they were."""
        match player.piece.goes_on:
            case "stop":
                self._end(player, run)
            case "restart" if not run.ending:
                self._cools(player, run)
                run.began = run.first = run.refreshed = self.now
                run.suspended, run.asked = None, {}
                run.strand = Strand(list(player.piece.does), self.now)
                self._begins()

    def _is_over(self, player: Player, run: Life) -> None:
        player.runs.remove(run)
        self._cools(player, run)
        if run.called is not None:
            run.called.over = True
        self._turns(player)
        self.claimed = self.claimed or bool(player.piece.takes)
        again, player.again = player.again, []
        for number in again:
            self._begin_lasting(player, number)

    def _cools(self, player: Player, run: Life) -> None:
        cool_from = run.first if player.piece.cools_from_start else self.now
        player.cool_until = max(player.cool_until, cool_from + player.piece.cools)

    def _turns(self, player: Player) -> None:
        while player.waiting and not player.runs and not player.denied:
            one = player.waiting.pop(0)
            one.had_turn = True
            self._late_gates(player, one, turn=True)

    def _end(self, player: Player, run: Life) -> None:
        if not run.ending and run in player.runs:
            run.suspended = None
            run.ending, run.strand = True, Strand(list(player.piece.ends), self.now)
            self._live(player, run)
