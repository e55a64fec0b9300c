"""Devices that do wrong, on purpose and by a seed: around any model, for each device or at a rate.

- lies      reports another state than it shows
- drops     what it says, and what it is told, is lost
- delays    what it says comes later, and so out of order
- repeats   what it says comes twice, an event with the same id
- garbles   what it says cannot be read
- vanishes  is offline for a while and comes back
- freezes   stays online, hears and says nothing, and makes up for it when it thaws

A fault touches the wire, never the world: a sensor that is away has still seen who went by when it comes back.
"""

from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from devices.vocabulary import DeviceId, Scalar
from simulators.models.chance import Chance
from simulators.models.model import ALARM, Deed, Model, Said, Spoken
from simulators.models.spoiled import body_of, garble, lie_of_event, lie_of_state, with_id

RateWord = Literal["lies", "drops", "delays", "repeats", "garbles"]
OutageWord = Literal["vanishes", "freezes"]
RATES: tuple[RateWord, ...] = get_args(RateWord)
OUTAGES: tuple[OutageWord, ...] = get_args(OutageWord)

MILLION = 1_000_000
DELAY = 3_000_000  # at most, where nobody said how long; microseconds
REPEAT_WITHIN = 2_000_000
MOST_KEPT = 100  # what a frozen device keeps of what it was told, and of what it had to say


@dataclass(frozen=True, slots=True)
class Rate:
    """A fault of single messages, so often in a million. ``at_most``: how late a delayed one is, microseconds."""

    word: RateWord
    per_million: int
    at_most: int = DELAY


@dataclass(frozen=True, slots=True)
class Outage:
    """A fault that lasts: for ``lasts`` once in each ``every``, at an instant drawn anew each time. Microseconds."""

    word: OutageWord
    lasts: int
    every: int


Fault = Rate | Outage


class Faulty:
    """A model with faults. ``away``: it has vanished, or is frozen. ``tally``: how often it did what.

    Each fault draws from a stream of its own: one more fault does not move the others.
    """

    def __init__(self, model: Model, device: DeviceId, faults: Sequence[Fault], seed: int) -> None:
        self.away: OutageWord | None = None
        self.tally: Counter[str] = Counter()
        self._model = model
        self._device = device
        self._rates = [(one, Chance(seed, "fault", device, one.word)) for one in faults if isinstance(one, Rate)]
        self._outages = [(one, Chance(seed, "fault", device, one.word)) for one in faults if isinstance(one, Outage)]
        self._own: dict[int, tuple[Outage, bool] | Spoken] = {}  # alarms of ours: one begins or ends, or what is said
        self._turns: dict[str, int] = {}  # when the turn of each outage began
        self._others: Counter[int] = Counter()  # alarms of the model's
        self._known: dict[str, Scalar] = {}
        self._before: dict[str, Scalar] = {}
        self._told: deque[tuple[str, bytes]] = deque(maxlen=MOST_KEPT)
        self._unsaid: deque[Spoken] = deque(maxlen=MOST_KEPT)
        self._events = 0

    @property
    def filters(self) -> tuple[str, ...]:
        """What the model hears."""
        return self._model.filters

    @property
    def will(self) -> Spoken:
        """The model's."""
        return self._model.will

    def begin(self, at: int) -> Said:
        """The model's beginning, or its absence; outages are planned from here on."""
        planned = [] if self._own else [alarm for one, _ in self._outages for alarm in self._plan(at, one)]
        if self.away == "vanishes":
            return [(at, self.will), *planned]
        return [*self._wire(self._model.begin(at), at), *planned]

    def told(self, topic: str, payload: bytes, at: int) -> Said:
        """Told to the model, unless that is lost."""
        if self.away == "vanishes" or self._happens("drops"):
            return []
        if self.away == "freezes":
            self._told.append((topic, payload))
            return []
        return self._wire(self._model.told(topic, payload, at), at)

    def visited(self, act: Deed, at: int) -> Said:
        """What the model makes of it, as far as it gets through."""
        return self._wire(self._model.visited(act, at), at)

    def woken(self, at: int) -> Said:
        """An alarm of the model's, or the beginning or the end of an outage."""
        if at in self._own:
            return self._due(self._own.pop(at), at)
        if not self._others[at]:
            return []
        self._others[at] -= 1
        if not self._others[at]:
            del self._others[at]
        return self._wire(self._model.woken(at), at)

    def _due(self, due: tuple[Outage, bool] | Spoken, at: int) -> Said:
        if isinstance(due, Spoken):
            return self._wire([(at, due)], at)
        outage, begins = due
        return self._goes(outage, at) if begins else self._returns(outage, at)

    def _plan(self, at: int, outage: Outage) -> Said:
        """Once in each turn, at an instant of it that is drawn."""
        chance = next(chance for one, chance in self._outages if one is outage)
        spare = outage.every - outage.lasts
        turn = self._turns[outage.word] + outage.every if outage.word in self._turns else at
        while turn + spare <= at:
            turn += outage.every
        self._turns[outage.word] = turn
        return [self._alarm(max(at, turn + chance.below(spare)) + 1, (outage, True))]

    def _alarm(self, at: int, due: tuple[Outage, bool] | Spoken) -> tuple[int, Spoken]:
        while at in self._own:
            at += 1
        self._own[at] = due
        return at, ALARM

    def _goes(self, outage: Outage, at: int) -> Said:
        """Two outages at once are one: the second waits for its next turn."""
        if self.away is not None:
            return self._plan(at, outage)
        self.away = outage.word
        self.tally[outage.word] += 1
        back = self._alarm(at + outage.lasts, (outage, False))
        return [(at, self.will), back] if outage.word == "vanishes" else [back]

    def _returns(self, outage: Outage, at: int) -> Said:
        self.away = None
        said = self._plan(at, outage)
        if outage.word == "vanishes":
            return [*said, *self._wire(self._model.begin(at), at)]
        unsaid, self._unsaid = list(self._unsaid), deque(maxlen=MOST_KEPT)
        said += [(at, spoken) for spoken in unsaid]
        told, self._told = list(self._told), deque(maxlen=MOST_KEPT)
        for topic, payload in told:
            said += self._wire(self._model.told(topic, payload, at), at)
        return said

    def _wire(self, said: Said, at: int) -> Said:
        """What of it gets out, and how. Alarms are the model's own and always come.

        ``at``: now. What is said later waits where it may be away by then.
        """
        found: Said = []
        for when, spoken in said:
            if spoken == ALARM:
                self._others[when] += 1
                found.append((when, spoken))
            elif when > at and self._outages:
                found.append(self._alarm(when, spoken))
            elif self.away == "freezes":
                self._unsaid.append(spoken)
            elif self.away is None:
                found += self._spoil(when, spoken)
        return found

    def _spoil(self, at: int, spoken: Spoken) -> Iterator[tuple[int, Spoken]]:
        channel = spoken.topic.split("/")[3]
        if channel == "status":
            yield at, spoken
            return
        payload = spoken.payload
        if channel == "state":
            self._remember(payload)
        if channel in ("state", "event") and self._happens("lies"):
            payload = lie_of_state(payload, self._before) if channel == "state" else lie_of_event(payload)
        if self._happens("drops"):
            return
        repeats = self._happens("repeats")
        if repeats and channel == "event":  # in a session, its number says the same
            self._events += 1
            payload = with_id(payload, f"{self._device}-{self._events}")
        if self._happens("garbles"):
            payload = garble(payload, self._chance("garbles"))
        if self._happens("delays"):
            at += self._chance("delays").between(1, self._rate("delays").at_most)
        yield at, Spoken(spoken.topic, payload, spoken.retain)
        if repeats:
            yield at + self._chance("repeats").below(REPEAT_WITHIN), Spoken(spoken.topic, payload, spoken.retain)

    def _remember(self, payload: bytes) -> None:
        for key, value in body_of(payload).items():
            if self._known.get(key) != value:
                self._before[key] = self._known.get(key)
                self._known[key] = value

    def _happens(self, word: RateWord) -> bool:
        for rate, chance in self._rates:
            if rate.word == word and chance.below(MILLION) < rate.per_million:
                self.tally[word] += 1
                return True
        return False

    def _rate(self, word: RateWord) -> Rate:
        return next(rate for rate, _ in self._rates if rate.word == word)

    def _chance(self, word: RateWord) -> Chance:
        return next(chance for rate, chance in self._rates if rate.word == word)


def with_faults(
    models: Mapping[DeviceId, Model], faults: Mapping[DeviceId, Sequence[Fault]], seed: int
) -> dict[DeviceId, Model]:
    """The models, those that have faults wrapped."""
    return {
        device: Faulty(model, device, faults[device], seed) if faults.get(device) else model
        for device, model in models.items()
    }
