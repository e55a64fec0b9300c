"""What comes in: bytes as received to the engine's inputs. The same live, after a restart, in rehearsal and in replay.

Nothing here looks at a clock or keeps anything: an input follows from the row in the journal and the venue alone.
"""

from difflib import get_close_matches

import msgspec

from devices.contracts.orders import OrderError, read_order
from devices.payload import MAX_BYTES, DeviceError
from devices.speech import Acked as SaidAcked
from devices.speech import Liveness, Reported, hear
from devices.topics import DeviceTopic, OrderTopic, is_id, read_topic
from devices.vocabulary import DeviceId
from link.port import Arrival
from scenes.inputs import (
    Acked,
    ClockStepped,
    Heard,
    Input,
    LinkDown,
    LinkUp,
    NotSent,
    Ordered,
    Refused,
    Restarted,
    Seen,
    Source,
)
from scenes.model import Venue

KEPT_OF_OVERSIZE = 256  # bytes kept of a payload that is refused for its size

Own = LinkUp | LinkDown | NotSent | ClockStepped | Restarted
_OWN: dict[str, type[Own]] = {
    "LinkUp": LinkUp,
    "LinkDown": LinkDown,
    "NotSent": NotSent,
    "ClockStepped": ClockStepped,
    "Restarted": Restarted,
}


def source_of(arrival: Arrival) -> Source:
    """How a message came."""
    if arrival.retained:
        return "retained"
    return "backlog" if arrival.backlog else "live"


def understand(venue: Venue, arrival: Arrival, at: int, number: int, size: int | None = None) -> Input:
    """What a message means. Never raises: what is not understood is ``Refused``, or an order with its ``fault``.

    ``size``: how many bytes it had, where only its beginning was kept.
    """
    topic = read_topic(venue.id, arrival.topic)
    match topic:
        case OrderTopic():
            return _order(topic, arrival, at, number, size)
        case DeviceTopic():
            return _said(venue, topic, arrival, at, number, size)
        case None:
            return Refused(at, number, arrival.topic, "the topic means nothing here")


def stranger(venue: Venue, arrival: Arrival) -> DeviceId | None:
    """The device that is none of the venue's and spoke just now; None for what a broker had kept of it."""
    topic = read_topic(venue.id, arrival.topic)
    if not isinstance(topic, DeviceTopic) or topic.device in venue.devices or arrival.retained:
        return None
    return topic.device if all(map(is_id, topic.device.split("."))) else None


def keep_own(own: Own) -> tuple[str, bytes]:
    """The kind and the body under which an input of our own is kept."""
    return type(own).__name__, msgspec.json.encode(own)


def read_own(kind: str, body: bytes) -> Own:
    """An input of our own again. Raises ``LookupError`` for a kind of another version."""
    if kind not in _OWN:
        raise LookupError(f"the journal holds an input of kind {kind!r}, which this version does not know")
    return msgspec.json.decode(body, type=_OWN[kind])


def _said(
    venue: Venue, topic: DeviceTopic, arrival: Arrival, at: int, number: int, size: int | None
) -> Heard | Acked | Seen | Refused:
    device = venue.devices.get(topic.device)
    if device is None:
        found = get_close_matches(topic.device, venue.devices, 1)
        hint = f"; did you mean {found[0]!r}?" if found else ""
        return Refused(at, number, arrival.topic, f"there is no device {topic.device!r} in this venue{hint}")
    if size is not None:
        return Refused(at, number, arrival.topic, f"{size} bytes; at most {MAX_BYTES} are read", topic.device)
    try:
        said = hear(device.kind, topic, arrival.payload)
    except DeviceError as error:
        return Refused(at, number, arrival.topic, str(error), topic.device)
    source = source_of(arrival)
    match said:
        case Reported():
            session = said.session or ""
            return Heard(
                at, number, topic.device, said.event, said.states, said.fields, said.id, said.ts, source, session
            )
        case SaidAcked():
            return Acked(at, number, topic.device, said.id, said.ok, said.reason)
        case Liveness():
            return Seen(at, number, topic.device, said.online, source)


def _usable(reply_to: str | None) -> str | None:
    """A response topic as it may be published to; a broker need not have checked it."""
    if not reply_to or not reply_to.isprintable() or reply_to.startswith("$") or len(reply_to) > 200:
        return None
    return None if "+" in reply_to or "#" in reply_to else reply_to


def _order(topic: OrderTopic, arrival: Arrival, at: int, number: int, size: int | None) -> Ordered:
    correlation = arrival.correlation.hex() if arrival.correlation is not None else None
    try:
        body, expires = read_order(arrival.payload if size is None else bytes(size))
    except OrderError as error:
        return Ordered(
            at,
            number,
            topic.verb,
            topic.target,
            id=error.id,
            reply_to=_usable(arrival.reply_to),
            correlation=correlation,
            source=source_of(arrival),
            fault=str(error),
        )
    return Ordered(
        at,
        number,
        topic.verb,
        topic.target,
        id=body.id,
        by=body.by or "",
        params=body.with_,
        way=body.way or "",
        expires=expires,
        reply_to=_usable(body.reply_to) or _usable(arrival.reply_to),
        correlation=correlation,
        source=source_of(arrival),
    )
