"""Random houses and random days, for the engine and for the model alike.

No two times of a house are alike to the microsecond, so that two timers never fall on one instant by chance: which goes
first then is not said in the language. An input at the very instant of a timer is said (the timer is first) and drawn.
"""

from dataclasses import dataclass, field

from hypothesis import strategies as st

from tests.properties.pieces import (
    Ask,
    By,
    Call,
    Change,
    Choose,
    Counter,
    Level,
    Piece,
    Release,
    Repeat,
    Rule,
    Several,
    Start,
    Stay,
    Step,
    Together,
    Until,
    Wait,
    When,
    While,
    Whole,
    Without,
)

SENSORS = ("entry", "exit")
EVENTS = ("door.entered", "door.left", "bell.pressed")
LAMPS = ("wash", "rim", "floor")
LOOKS = tuple(f"look_{number}" for number in range(6))
BANDS = ("house", "ambient", "exhibit", "session", "tour", "staff")
COUNTERS = (Counter("inside", 0, ("door.entered",), ("door.left",)), Counter("score", 1, (), ()))


@dataclass
class Draft:
    """A house in the making: ``draw``, and the times that it has already."""

    draw: st.DrawFn
    used: int = 0
    lamps: tuple[str, ...] = LAMPS  # that may be asked here: each by one of several branches only
    calls: list[str] = field(default_factory=list)  # the scenes that may be called: those below, so that it ends

    def time(self, least: int = 1, most: int = 20) -> int:
        """A time that the house has nowhere else."""
        self.used += 1
        return self.draw(st.integers(least, most)) * 100_000 + self.used * 1009 + self.used * self.used * 7

    def one(self, *choices: object) -> object:
        return self.draw(st.sampled_from(choices))

    def often(self, one_in: int) -> bool:
        return self.draw(st.integers(1, one_in)) == 1

    # --- conditions

    def state(self) -> Rule:
        return ("is", self.one(*SENSORS), self.draw(st.booleans()))

    def plain(self) -> Rule:
        match self.one("state", "state", "state", "least", "fact"):
            case "least":
                return ("least", self.one("inside", "score"), self.draw(st.integers(1, 3)))
            case "fact":
                return ("fact", "crowded")
        return self.state()

    def rule(self) -> Rule:
        match self.one("plain", "plain", "pair", "not"):
            case "plain":
                return self.plain()
            case "pair":
                return (self.one("and", "or"), self.plain(), self.plain())
        return ("not", (self.one("and", "or"), self.plain(), self.plain()))

    # --- starts

    def start(self) -> Start:
        match self.one("when", "when", "when", "event", "several", "without"):
            case "event":
                return When(("event", self.one(*EVENTS)))
            case "several":
                return self.several()
            case "without":
                return Without(self.trigger(), self.time(5, 30))
        lasting = self.time() if self.draw(st.booleans()) else 0
        gap = min(lasting, self.time()) if lasting and self.draw(st.booleans()) else 0  # a longer one is refused
        return When(self.rule(), lasting, gap)

    def trigger(self) -> tuple:
        return ("event", self.one(*EVENTS)) if self.often(2) else self.state()

    def several(self) -> Several:
        items = [self.trigger() for _ in range(self.draw(st.integers(2, 3)))]
        ordered = self.draw(st.booleans())
        if not ordered:
            items = list(dict.fromkeys(items))  # each once, or it is refused
            if len(items) == 1:
                items.append(("event", EVENTS[0]) if items[0] != ("event", EVENTS[0]) else ("event", EVENTS[1]))
        if ordered and items[0] == items[-1]:  # test_findings.py: the last one counts twice
            items.insert(0, ("event", next(one for one in EVENTS if ("event", one) != items[-1])))
        return Several(tuple(items), self.time(5, 40), ordered)

    # --- steps

    def ask(self) -> Ask:
        return Ask(self.one(*self.lamps), self.one(*LOOKS))

    def steps(self, depth: int, most: int) -> tuple[Step, ...]:
        return self.spaced([self.step(depth) for _ in range(self.draw(st.integers(1, most)))])

    def spaced(self, steps: list[Step]) -> tuple[Step, ...]:
        """With time behind each change: who sees two of them at one instant is not said in the language."""
        pairs = [(one, Wait(self.time())) if isinstance(one, Change) else (one,) for one in steps]
        return tuple(one for pair in pairs for one in pair)

    def step(self, depth: int) -> Step:
        inner = ("choose", "together", "repeat") if depth else ()  # no deeper, to be readable
        match self.one("ask", "ask", "wait", "stay", "stay", "until", "change", "release", *inner, *self.calls[:1]):
            case "ask":
                return self.ask()
            case "wait":
                return Wait(self.time())
            case "stay":
                at_most = self.time()
                lasting = min(self.time(), at_most) if self.draw(st.booleans()) else 0  # a longer one is refused
                return Stay(self.rule(), lasting, at_most)
            case "until":
                return self.until()
            case "change":
                adds = self.draw(st.booleans())
                return Change(self.one("inside", "score"), self.draw(st.integers(1 if adds else 0, 3)), adds)
            case "release":
                return Release()
            case "choose":
                cases = tuple((self.rule(), self.steps(depth - 1, 2)) for _ in range(self.draw(st.integers(1, 2))))
                distinct = tuple(dict(cases).items())
                return Choose(distinct, self.steps(depth - 1, 1))
            case "together":
                return Together((self.branch(LAMPS[:1]), self.branch(LAMPS[1:])))
            case "repeat":
                return Repeat(2, (*self.steps(depth - 1, 2), Wait(self.time())))
        return Call(self.one(*self.calls))

    def branch(self, lamps: tuple[str, ...]) -> tuple[Step, ...]:
        before, self.lamps = self.lamps, lamps
        steps = self.steps(0, 2)
        self.lamps = before
        return steps

    def until(self) -> Until:
        at_most, otherwise = self.time(), self.ask() if self.draw(st.booleans()) else None
        if self.often(3):
            return Until(("event", self.one(*EVENTS)), 0, at_most, otherwise)
        lasting = min(self.time(), at_most - 1000) if self.draw(st.booleans()) else 0
        return Until(self.rule(), lasting, at_most, otherwise)

    # --- scenes

    def piece(self, number: int) -> Piece:
        common = {
            "name": f"scene_{number}",
            "band": self.draw(st.integers(1, 3)),
            "does": self.spaced(
                [self.ask(), Wait(self.time()), *(self.step(1) for _ in range(self.draw(st.integers(0, 3))))]
            ),
            "only_if": self.rule() if self.often(3) else None,
            "cools": 4 * self.time() if self.draw(st.booleans()) else 0,
            "cools_from_start": self.draw(st.booleans()),
            "after_crash": self.one("", "stop", "restart", "resume"),
            "loses": self.one("", "", "suspend", "carry_on", "stop"),
        }
        if self.often(5):
            return Piece(starts=(While(("is", "open", True) if self.often(3) else self.rule()),), **common)
        starts = tuple(self.start() for _ in range(self.draw(st.integers(1, 2))))
        takes = tuple(self.one(("hall",), ("side",), ("hall", "side"))) if self.often(3) else ()
        side_by_side = () if takes else ("parallel",)  # it would wait for itself
        busy, room = self.one("ignore", "extend", "restart", "queue", *side_by_side), self.draw(st.integers(2, 3))
        ends, at_most = (Wait(self.time()),) * self.draw(st.integers(0, 1)), self.time() + 1_000_000
        return Piece(
            starts=(*starts, By()),
            ends=ends,
            busy=busy,
            room=room,
            patience=(room + 1) * (at_most + 2_000_000) + self.time(),  # a shorter one is refused
            at_most=at_most,
            takes=takes,
            **common,
        )


@st.composite
def houses(draw: st.DrawFn) -> Whole:
    draft, found = Draft(draw), []
    for number in reversed(range(draw(st.integers(2, 4)))):
        found.insert(0, draft.piece(number))
        if not isinstance(found[0].starts[0], While):
            draft.calls.append(found[0].name)
    begins = ("least", "inside", draw(st.integers(2, 3)))
    lasting = draft.time() if draw(st.booleans()) else 0
    return Whole(tuple(found), COUNTERS, (Level("crowded", begins, ("not", ("least", "inside", 2)), lasting),))
