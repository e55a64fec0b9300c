"""What goes on in the model: scenes with their candidates, and runs with their strands of steps."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.properties.pieces import NEVER, Lamp, Piece, Rule, Stay, Step, Trigger, Until, Value, Wait, truth


@dataclass
class Called:
    """Somebody waits for the end of what he called."""

    over: bool = False


@dataclass
class Strand:
    """Steps one after the other; those of ``branches`` come before the rest."""

    steps: list[Step]
    began: int  # the first of the steps
    true_since: int | None = None
    happened: bool = False  # the event that is waited for
    branches: list["Strand"] = field(default_factory=list)
    called: Called | None = None

    def leaves(self) -> Iterator["Strand"]:
        """The strands of which a step goes on."""
        if not self.branches and (self.steps or self.called):
            yield self
        for branch in self.branches:
            yield from branch.leaves()

    def everything(self) -> Iterator["Strand"]:
        yield self
        for branch in self.branches:
            yield from branch.everything()

    def observe(self, known: dict[str, Value], now: int) -> None:
        """Since when what is waited for is true."""
        if self.steps and isinstance(self.steps[0], Stay | Until):
            holds = truth(self.steps[0].rule, known) is True
            self.true_since = (now if self.true_since is None else self.true_since) if holds else None

    def goes_on(self, now: int) -> None:
        """The next step begins."""
        self.began, self.true_since, self.happened = now, None, False


@dataclass
class Life:
    """One run."""

    start: int | None  # which of the ways to start; None: it was called
    began: int
    strand: Strand
    at_most: int
    refreshed: int
    ending: bool = False
    suspended: int | None = None
    asked: dict[Lamp, tuple[int, str]] = field(default_factory=dict)  # lamp → when, which look
    called: Called | None = None
    first: int = 0  # when it began, however long it was suspended

    def resume(self, now: int) -> None:
        """Goes on where it was: the time that it was covered does not count."""
        away, self.suspended = now - (now if self.suspended is None else self.suspended), None
        self.began += away
        self.refreshed += away
        for strand in self.strand.everything():
            strand.began += away
            strand.true_since = None if strand.true_since is None else strand.true_since + away

    def next(self) -> int:
        """The next instant at which something may be over."""
        if self.suspended is not None:
            return NEVER
        found = [NEVER if self.ending else self.began + self.at_most]
        leaves = list(self.strand.leaves())
        found += [self._over(leaf) for leaf in leaves]
        if any(one.branches and not list(one.leaves()) for one in self.strand.everything()) or not leaves:
            found.append(0)
        return min(found)

    def _over(self, leaf: Strand) -> int:
        if leaf.called is not None:
            return 0 if leaf.called.over else NEVER
        step = leaf.steps[0]
        match step:
            case Wait():
                return leaf.began + step.time
            case Stay() | Until():
                up = max(leaf.began, self.refreshed) if isinstance(step, Stay) else leaf.began
                true = NEVER if leaf.true_since is None else leaf.true_since + step.lasting
                at_once = leaf.happened or (leaf.true_since is not None and not step.lasting)
                return 0 if at_once else min(true, up + step.at_most)
        return 0

    def over(self, now: int) -> Strand | None:
        """A strand of which the first step is over, or whose branches are; the outermost, if several are."""
        for strand in self.strand.everything():
            if strand.branches and not list(strand.leaves()):
                return strand
        return next((leaf for leaf in self.strand.leaves() if self._over(leaf) <= now), None)


@dataclass
class Dwelling:
    """A candidate that waits for its condition to have lasted."""

    since: int
    broken_at: int | None = None


@dataclass
class Candidate:
    """What could start a scene. ``start``: which of its ways; None: another scene called it."""

    start: int | None
    cools: bool
    called: Called | None = None
    since: int = 0  # since when it waits for its turn
    had_turn: bool = False
    denied_at: int = NEVER  # when it gives up waiting for a claim


@dataclass
class Player:
    """A scene with what is going on in it."""

    piece: Piece
    armed: bool = True
    resting: bool = False
    cool_until: int = 0
    runs: list[Life] = field(default_factory=list)
    dwelling: dict[int, Dwelling] = field(default_factory=dict)
    waiting: list[Candidate] = field(default_factory=list)  # for their turn
    denied: list[Candidate] = field(default_factory=list)  # for their claim
    heard: dict[int, list[tuple[Trigger, int]]] = field(default_factory=dict)  # of several, what and when
    silent_since: dict[int, int | None] = field(default_factory=dict)  # None: it is heard, or was told
    holding: list[int] = field(default_factory=list)  # the ``while`` that hold, in the order of their beginning
    kept_out: list[int] = field(default_factory=list)  # those that found a hall taken
    again: list[int] = field(default_factory=list)  # those that found the scene running
    verdicts: list[str] = field(default_factory=list)


@dataclass
class Standing:
    """A fact: whether it is true, and since when the other threshold holds."""

    value: bool = False
    since: int | None = None


def other_threshold(standing: Standing, begins: Rule, ends: Rule) -> Rule:
    return ends if standing.value else begins
