"""Who answers for a device on the new side: the journal, or a model of its kind.

A report of the journal that answers a want or a command counts only where the same was decided at the same instant. As
soon as one side decides something else about a property, the device is a model's, until both sides want the same of it
again and the model has said what it had to say. An acknowledgement goes with its want or command. What visitors do
stays what they did; but once a station was shown or told something else, the rest of that visit is a simulated
visitor's.
"""

from collections.abc import Iterator

from controller.cast import Cast, Line
from devices.vocabulary import DeviceId, Fields
from scenes.effects import Effect, Set, Tell
from scenes.inputs import Acked, Heard
from scenes.model import Device, Venue
from scenes.stage import Stage

_SESSION = "/session/"


class Answers:
    """Knows what both sides asked and told; the models are told all that the new side says."""

    def __init__(self, venue: Venue, cast: Cast) -> None:
        self._venue = venue
        self._cast = cast
        self._ids: dict[str, str] = {}  # of a want or command then → of the same one now
        self._asked_else: dict[DeviceId, set[str]] = {}  # properties of which something else was asked
        self._wanted: dict[tuple[DeviceId, str], list[Fields | None]] = {}  # then and now
        self._visits: dict[DeviceId, tuple[str, int]] = {}  # the journal's visit at a station, and how far it is
        self._visits_end: set[DeviceId] = set()  # stations whose visit a model plays on
        self._left_out: set[str] = set()  # sessions of the journal that are not taken

    def stand(self, stage: Stage) -> None:
        """Both sides begin with what is wanted there."""
        for one in stage.outputs.values():
            self._wanted[one.device, one.property] = [one.wanted, one.wanted]

    def asked(self, then: list[Effect], now: list[Effect]) -> None:
        """What both sides asked and told at one instant."""
        former = [one for one in then if isinstance(one, Set | Tell)]
        for one in [one for one in now if isinstance(one, Set | Tell)]:
            same = next((other for other in former if _is_same(one, other)), None)
            if same is not None:
                former.remove(same)
                self._ids[same.id] = one.id
                if isinstance(one, Set):
                    self._asked_else.get(one.device, set()).discard(one.property)
            else:
                self._differs(one)
            self._cast.told(one, heard=same is None or one.device in self._visits_end)
        for one in former:
            self._differs(one)
        for number, effects in enumerate((then, now)):
            for effect in effects:
                if isinstance(effect, Set):
                    self._wanted.setdefault((effect.device, effect.property), [None, None])[number] = effect.value
        self._give_back()

    def foreign(self) -> Iterator[DeviceId]:
        """The devices that are a model's."""
        yield from (device for device, asked in self._asked_else.items() if asked)
        yield from self._visits_end

    def acked(self, one: Acked) -> Acked | None:
        """The journal's acknowledgement as the new side must hear it; None: of something that it did not say."""
        mine = self.id_of(one.id)
        return None if mine is None else Acked(one.at, one.number, one.device, mine, one.ok, one.reason)

    def id_of(self, former: str) -> str | None:
        """What the same want or command is called on the new side; None: it did not say it."""
        return self._ids.get(former)

    def heard(self, one: Heard) -> bool:
        """Whether a report of the journal is taken."""
        device = self._venue.devices.get(one.device)
        if device is None or not (device.kind.properties or device.kind.commands):
            return True
        if one.session:
            return self._visited(one)
        if not self._asked_else.get(one.device):
            return True
        return bool(one.event) and not _answers(device, one.fields)

    def said(self, line: Line) -> bool:
        """Whether what a model says is taken."""
        return line.heard and (_SESSION not in line.arrival.topic or line.device in self._visits_end)

    def _give_back(self) -> None:
        """Properties of which both sides want the same again are the journal's again."""
        for device, asked in self._asked_else.items():
            if asked and not self._cast.has_more(device):
                asked -= {one for one in asked if self._wanted[device, one][0] == self._wanted[device, one][1]}

    def _visited(self, one: Heard) -> bool:
        session = self._visits.get(one.device, ("", 0))[0]
        if one.session in self._left_out:
            return False
        if one.session != session:
            if one.device in self._visits_end and self._cast.is_visited(one.device):
                self._left_out.add(one.session)  # the simulated visitor is still there
                return False
            self._visits_end.discard(one.device)
        elif one.device in self._visits_end:
            return False
        number = (one.id or "").rpartition("/")[2]
        self._visits[one.device] = (one.session, int(number) if number.isdigit() else 0)
        return True

    def _differs(self, one: Set | Tell) -> None:
        if isinstance(one, Set):
            self._asked_else.setdefault(one.device, set()).add(one.property)
        visit = self._visits.get(one.device)
        if visit is not None and one.device not in self._visits_end:
            self._visits_end.add(one.device)
            self._cast.visited(one.device, *visit)


def _answers(device: Device, fields: Fields) -> bool:
    """Whether an event tells of something that the device was asked for, as a clip's end does."""
    return any(name in fields for one in device.kind.properties for name in one.reports)


def _is_same(one: Set | Tell, other: Set | Tell) -> bool:
    match one, other:
        case Set(), Set():
            return (one.at, one.device, one.property, one.value, one.fade) == (
                other.at, other.device, other.property, other.value, other.fade,
            )  # fmt: skip
        case Tell(), Tell():
            return (one.at, one.device, one.command, one.fields) == (
                other.at, other.device, other.command, other.fields,
            )  # fmt: skip
    return False
