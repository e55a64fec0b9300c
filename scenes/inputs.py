"""Everything that can happen to the engine. Each input has the instant it was taken (engine time, microseconds) and
its number in the journal; nothing else ever moves the stage but the passing of time."""

from dataclasses import dataclass, field
from typing import Literal

from devices.vocabulary import DeviceId, Fields
from scenes.model import Venue

Source = Literal["live", "retained", "backlog"]


@dataclass(frozen=True, slots=True)
class Heard:
    """A device reported. ``event`` is empty for a plain state. ``ts``: the sender's clock, microseconds since 1970.

    ``session``: the visit that an event of a station's session belongs to; else empty.
    """

    at: int
    number: int
    device: DeviceId
    event: str = ""
    states: Fields = field(default_factory=dict)
    fields: Fields = field(default_factory=dict)
    id: str | None = None
    ts: int | None = None
    source: Source = "live"
    session: str = ""


@dataclass(frozen=True, slots=True)
class Acked:
    """A device answered a want or a command by its id."""

    at: int
    number: int
    device: DeviceId
    id: str
    ok: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """A device came or went."""

    at: int
    number: int
    device: DeviceId
    online: bool
    source: Source = "live"


@dataclass(frozen=True, slots=True)
class Ordered:
    """A person ordered. ``fault`` is what could not be understood of it; it still gets its answer."""

    at: int
    number: int
    verb: str
    target: str = ""
    id: str | None = None
    by: str = ""
    params: Fields = field(default_factory=dict)
    way: str = ""  # which way `go` takes
    expires: int | None = None  # wall time, microseconds since 1970
    reply_to: str | None = None
    correlation: str | None = None  # MQTT 5 correlation data, as hexadecimal digits
    source: Source = "live"
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """A payload that was not understood. It changes nothing, and is counted and shown."""

    at: int
    number: int
    topic: str
    reason: str
    device: DeviceId | None = None


@dataclass(frozen=True, slots=True)
class LinkUp:
    """The broker can be reached; everything wanted is asserted again.

    ``session_present``: it kept our session, so the packet ids of earlier messages still count.
    """

    at: int
    number: int
    session_present: bool = True


@dataclass(frozen=True, slots=True)
class LinkDown:
    """The broker cannot be reached."""

    at: int
    number: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class NotSent:
    """An output could not send a command; nothing of it went out."""

    at: int
    number: int
    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class ClockStepped:
    """Wall time is engine time plus ``offset`` from now on."""

    at: int
    number: int
    offset: int


@dataclass(frozen=True, slots=True)
class Restarted:
    """The controller started. ``died_at`` is the last instant that was kept; None at the very first start.

    ``journal`` names the journal, so that no id of an earlier journal comes again; ``epoch`` counts the starts.
    ``outage_known`` is false when the machine's clock says that no time has passed: it was set back.
    """

    at: int
    number: int
    journal: str
    epoch: int
    offset: int
    died_at: int | None = None
    outage_known: bool = True


@dataclass(frozen=True, slots=True)
class Reloaded:
    """The venue's configuration changed."""

    at: int
    number: int
    venue: Venue = field(compare=False)


Input = (
    Heard | Acked | Seen | Ordered | Refused | LinkUp | LinkDown | NotSent | ClockStepped | Restarted | Reloaded
)  # fmt: skip
