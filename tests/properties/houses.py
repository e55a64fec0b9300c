"""Random houses and random days, for the engine and for the model alike.

No two times of a house are alike to the microsecond, so that two timers never fall on one instant by chance: which goes
first then is not said in the language. An input at the very instant of a timer is said (the timer is first) and drawn.
"""

from dataclasses import dataclass

from hypothesis import strategies as st

from tests.properties.model import Ask, By, Model, Piece, Rule, Stay, Wait, When, While
from tests.venue import House

SENSORS = ("entry", "exit")
LAMPS = ("wash", "rim", "floor")
LOOKS = tuple(f"look_{number}" for number in range(6))
BANDS = ("house", "ambient", "exhibit", "session", "tour", "staff")
STALE = 20_000_000  # how old a late report is, in microseconds


@dataclass(frozen=True)
class Says:
    """A report. ``source`` is live, retained, or late (live, with an old time stamp)."""

    sensor: str
    value: bool
    source: str


@dataclass(frozen=True)
class Orders:
    verb: str
    piece: int


@dataclass(frozen=True)
class Passes:
    """Time passes; None: up to the very instant of the next timer."""

    time: int | None


Happens = Says | Orders | Passes


@st.composite
def times(draw: st.DrawFn, slot: int) -> int:
    """A time that no other slot of the house has."""
    return draw(st.integers(1, 20)) * 100_000 + 101 + slot * slot * 97


def rules() -> st.SearchStrategy[Rule]:
    plain = st.tuples(st.just("is"), st.sampled_from(SENSORS), st.booleans())
    pairs = st.tuples(st.sampled_from(("and", "or")), plain, plain)
    return st.one_of(plain, plain, pairs, st.tuples(st.just("not"), pairs))


@st.composite
def whens(draw: st.DrawFn, slot: int) -> When:
    lasting = draw(st.one_of(st.just(0), times(slot)))
    gap = min(lasting, draw(st.one_of(st.just(0), times(slot + 1)))) if lasting else 0  # a longer one is refused
    return When(draw(rules()), lasting, gap)


@st.composite
def steps(draw: st.DrawFn, slot: int) -> Ask | Wait | Stay:
    match draw(st.sampled_from(("ask", "wait", "stay", "stay"))):
        case "ask":
            return Ask(draw(st.sampled_from(LAMPS)), draw(st.sampled_from(LOOKS)))
        case "wait":
            return Wait(draw(times(slot)))
        case _:
            lasting, at_most = draw(st.one_of(st.just(0), times(slot))), draw(times(slot + 1))
            return Stay(draw(rules()), min(lasting, at_most), at_most)  # a longer one is refused


@st.composite
def pieces(draw: st.DrawFn, number: int) -> Piece:
    slot = number * 30
    asks = Ask(draw(st.sampled_from(LAMPS)), draw(st.sampled_from(LOOKS)))
    does = (asks, *(draw(steps(slot + 2 * n)) for n in range(draw(st.integers(0, 3)))))
    common = {
        "name": f"scene_{number}",
        "band": draw(st.integers(1, 3)),
        "does": does,
        "only_if": draw(st.one_of(st.none(), st.none(), rules())),
        "cools": 4 * draw(st.one_of(st.just(0), times(slot + 10), times(slot + 10))),
        "cools_from_start": draw(st.booleans()),
    }
    if draw(st.integers(0, 4)) == 0:
        lasting = draw(st.one_of(st.just(("is", "open", True)), rules()))
        return Piece(starts=(While(lasting),), **common)
    several = [draw(whens(slot + 11)), draw(whens(slot + 13))][: draw(st.integers(1, 2))]
    return Piece(
        starts=(*several, By()),
        ends=tuple(Wait(draw(times(slot + 15 + n))) for n in range(draw(st.integers(0, 1)))),
        extends=draw(st.booleans()),
        at_most=draw(times(slot + 17)) + 1_000_000,
        **common,
    )


@st.composite
def houses(draw: st.DrawFn) -> list[Piece]:
    return [draw(pieces(number)) for number in range(draw(st.integers(2, 4)))]


def days(*, longest: int = 40) -> st.SearchStrategy[list[Happens]]:
    reports = st.builds(
        Says, st.sampled_from(SENSORS), st.booleans(), st.sampled_from((*("live",) * 6, "retained", "late"))
    )
    orders = st.builds(Orders, st.sampled_from(("start", "start", "stop", "disarm", "arm")), st.integers(0, 3))
    passes = st.builds(Passes, st.one_of(st.none(), st.integers(0, 25).map(lambda tenths: tenths * 100_000)))
    return st.lists(st.one_of(reports, reports, orders, passes, passes), min_size=12, max_size=longest)


# --- the same house for the engine ------------------------------------------------------------------------------------


def text_of(pieces: list[Piece]) -> str:
    """The venue as its file."""
    devices = [f"  hall.{sensor}: {{kind: presence}}" for sensor in SENSORS]
    lamps = [f"  hall.{lamp}: {{kind: light}}" for lamp in LAMPS]
    scenes = [line for piece in pieces for line in _scene(piece)]
    return "\n".join(["venue: demo", f"looks: [{', '.join(LOOKS)}]", "devices:", *devices, *lamps, *scenes, ""])


def _scene(piece: Piece) -> list[str]:
    lines = [f"{piece.name}:", f"  band: {BANDS[piece.band]}", "  starts:", *map(_start, piece.starts)]
    if piece.only_if is not None:
        lines.append(f"  if: {_words(piece.only_if)}")
    if piece.extends:
        lines.append("  busy: extend")
    if piece.cools:
        lines.append(f"  cools: {{for: {_time(piece.cools)}, from: {'start' if piece.cools_from_start else 'end'}}}")
    if not isinstance(piece.starts[0], While):
        lines.append(f"  at_most: {_time(piece.at_most)}")
    ends = [f"    - wait: {_time(one.time)}" for one in piece.ends]
    return [*lines, "  does:", *map(_step, piece.does), "  ends:", *ends, "    - release: 0s"]


def _start(start: When | While | By) -> str:
    match start:
        case When(rule, lasting, gap):
            lasts = f", for: {_time(lasting)}" if lasting else ""
            return f"    - {{when: {_words(rule)}{lasts}{f', gap: {_time(gap)}' if gap else ''}}}"
        case While(rule):
            return f"    - {{while: {_words(rule)}}}"
        case By():
            return "    - {by: staff}"


def _step(step: Ask | Wait | Stay) -> str:
    match step:
        case Ask(lamp, look):
            return f"    - ask: {{hall.{lamp}: {look}}}"
        case Wait(time):
            return f"    - wait: {_time(time)}"
        case Stay(rule, lasting, at_most):
            lasts = f", for: {_time(lasting)}" if lasting else ""
            return f"    - stay: {{until: {_words(rule)}{lasts}, at_most: {_time(at_most)}}}"


def _words(rule: Rule) -> str:
    match rule:
        case ("is", "open", _):
            return "venue.open"
        case ("is", sensor, value):
            return f"hall.{sensor}.{'occupied' if value else 'empty'}"
        case ("not", one):
            return f"not ({_words(one)})"
        case (word, one, other):
            return f"({_words(one)}) {word} ({_words(other)})"
    raise AssertionError(rule)


def _time(micros: int) -> str:
    return f"{micros // 1000}.{micros % 1000:03d}ms"


# --- and what happens, in both ----------------------------------------------------------------------------------------


def happens_in_house(house: House, pieces: list[Piece], one: Happens) -> None:
    match one:
        case Says(sensor, value, "late"):
            house.says(f"hall.{sensor}", occupied=value, ts=house.now - STALE)
        case Says(sensor, value, source):
            house.says(f"hall.{sensor}", occupied=value, source=source)
        case Orders(verb, number):
            house.order(verb, pieces[number % len(pieces)].name)
        case Passes(None):
            due = house.engine.due()
            house.advance(0 if due is None else due - house.now)
        case Passes(time):
            house.advance(time)


def happens_in_model(model: Model, pieces: list[Piece], one: Happens, now: int) -> None:
    match one:
        case Says(sensor, value, source):
            model.report(sensor, value, unfresh={"live": "", "retained": "retained", "late": "stale"}[source])
        case Orders(verb, number):
            model.order(verb, pieces[number % len(pieces)].name)
        case Passes():
            model.advance(now)
