"""Random days: what happens, in a house and in the model alike."""

from dataclasses import dataclass

from hypothesis import strategies as st

from tests.properties.houses import EVENTS, SENSORS
from tests.properties.model import Model
from tests.properties.pieces import Whole
from tests.venue import House

STALE = 20_000_000  # how old a late report is, in microseconds
_UNFRESH = {"live": "", "retained": "retained", "late": "stale"}


@dataclass(frozen=True)
class Says:
    """A report. ``source`` is live, retained, or late (live, with an old time stamp)."""

    sensor: str
    value: bool
    source: str


@dataclass(frozen=True)
class Hears:
    """An event."""

    event: str
    source: str


@dataclass(frozen=True)
class Orders:
    verb: str
    piece: int


@dataclass(frozen=True)
class Passes:
    """Time passes; None: up to the very instant of the next timer."""

    time: int | None


@dataclass(frozen=True)
class Dies:
    """The controller dies, and is there again so much later."""

    away: int


Happens = Dies | Says | Hears | Orders | Passes


def days(*, longest: int = 40) -> st.SearchStrategy[list[Happens]]:
    sources = st.sampled_from((*("live",) * 8, "retained", "late"))
    reports = st.builds(Says, st.sampled_from(SENSORS), st.booleans(), sources)
    events = st.builds(Hears, st.sampled_from(EVENTS), sources)
    verbs = st.sampled_from(("start", "start", "start", "stop", "disarm", "arm", "rest"))
    orders = st.builds(Orders, verbs, st.integers(0, 3))
    passes = st.builds(Passes, st.one_of(st.none(), st.integers(0, 25).map(lambda tenths: tenths * 100_000)))
    deaths = st.builds(Dies, st.integers(1, 30).map(lambda tenths: tenths * 100_000))
    often = st.one_of(reports, reports, events, events, orders, passes, passes)
    return st.lists(st.one_of(often, often, often, often, often, often, deaths), min_size=12, max_size=longest)


def happens_in_house(house: House, whole: Whole, one: Happens) -> None:
    match one:
        case Says(sensor, value, "late"):
            house.says(f"hall.{sensor}", occupied=value, ts=house.now - STALE)
        case Says(sensor, value, source):
            house.says(f"hall.{sensor}", occupied=value, source=source)
        case Hears(event, "late"):
            house.happens(f"hall.{event}", ts=house.now - STALE)
        case Hears(event, source):
            house.happens(f"hall.{event}", source=source)
        case Orders(verb, number):
            house.order(verb, whole.pieces[number % len(whole.pieces)].name)
        case Dies(away):
            house.crashes(f"{away}us")
        case Passes(None):
            due = house.engine.due()
            house.advance(0 if due is None else due - house.now)
        case Passes(time):
            house.advance(time)


def happens_in_model(model: Model, whole: Whole, one: Happens, now: int) -> None:
    match one:
        case Says(sensor, value, source):
            model.report(sensor, value, unfresh=_UNFRESH[source])
        case Hears(event, source):
            model.hear(event, unfresh=_UNFRESH[source])
        case Orders(verb, number):
            model.order(verb, whole.pieces[number % len(whole.pieces)].name)
        case Dies():
            model.crash(now)
        case Passes():
            model.advance(now)
