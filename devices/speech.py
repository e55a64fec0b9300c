"""What devices say and are told, between bytes and values. Pure, and the same live, in rehearsal and in replay."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from pydantic import Field, ValidationError

from devices.complaint import complaint
from devices.payload import DeviceError, parse_object
from devices.topics import DeviceTopic
from devices.vocabulary import Body, EventBody, Fields, Kind, Scalar


@dataclass(frozen=True, slots=True)
class Reported:
    """A device reported. ``event`` is empty for a state. ``states`` are the values that last, ``fields`` all of them.

    ``ts`` is the sender's time stamp in microseconds since 1970, if it gave one. ``session`` is the visit that an
    event of a session belongs to; its ``id`` is ``{session}/{seq}`` where the station gave no other.
    """

    event: str
    states: Fields
    fields: Fields
    id: str | None = None
    ts: int | None = None
    session: str | None = None


@dataclass(frozen=True, slots=True)
class Acked:
    """A device answered a want or a command by its id."""

    id: str
    ok: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Liveness:
    """A device came or went."""

    online: bool


Said = Reported | Acked | Liveness


class AckBody(Body):
    """A device's answer to a command, or to a want that it cannot meet."""

    id: str = Field(min_length=1, max_length=128, description="the id of the command or the want")
    ok: bool = Field(description="true: done; false: not done, and why")
    reason: str = Field(default="", max_length=500, description="why not, for people")


BodyT = TypeVar("BodyT", bound=Body)


def checked(body: type[BodyT], found: dict[str, Any]) -> BodyT:
    """``found`` as a ``body``. Raises ``DeviceError`` with the first fault and its JSON pointer."""
    try:
        return body.model_validate(found)
    except ValidationError as error:
        raise complaint(body, found, error) from None


def hear(kind: Kind, topic: DeviceTopic, payload: bytes) -> Said:
    """What a device of this kind said on ``topic``. Raises ``DeviceError``."""
    match topic.channel:
        case "event" | "session":
            return _event(kind, topic, payload)
        case "state":
            state = checked(kind.state, parse_object(payload))
            said = state.model_dump(exclude_unset=True)
            return Reported("", said, said)
        case "ack":
            ack = checked(AckBody, parse_object(payload))
            return Acked(ack.id, ack.ok, ack.reason)
        case "status":
            return Liveness(_online(payload))


def _event(kind: Kind, topic: DeviceTopic, payload: bytes) -> Reported:
    word = topic.word
    body = kind.events.get(word)
    if body is None:
        known = ", ".join(kind.events) or "none"
        raise DeviceError(f"a {kind.name} has no event {word!r} (its events: {known})")
    if topic.channel != kind.channel_of(word):
        raise DeviceError(f"a {kind.name} says {word} on …/{kind.channel_of(word)}/{word}")
    event: EventBody = checked(body, parse_object(payload))
    fields: dict[str, Scalar] = event.model_dump(exclude_unset=True)
    sender_id, ts = fields.pop("id", None), fields.pop("ts", None)
    session, seq = (fields.pop(name, None) if topic.channel == "session" else None for name in ("session", "seq"))
    if sender_id is None and session is not None:
        sender_id = f"{session}/{seq}"
    states = {name: value for name, value in fields.items() if name in kind.states and isinstance(value, int | float)}
    said_id, visit = (None if one is None else str(one) for one in (sender_id, session))
    return Reported(word, states, fields, said_id, read_stamp(ts, "/ts"), visit)


def read_stamp(ts: Scalar, pointer: str) -> int | None:
    """Epoch seconds or RFC 3339 as microseconds since 1970. Raises ``DeviceError`` at ``pointer``."""
    if ts is None:
        return None
    if isinstance(ts, str):
        try:
            moment = datetime.fromisoformat(ts)
        except ValueError:
            raise DeviceError(f"{ts!r} is not an RFC 3339 time", pointer) from None
        if moment.tzinfo is None:
            raise DeviceError("a time needs its zone, as in 2022-01-17T09:00:00+08:00", pointer)
        ts = moment.timestamp()
    if not 0 <= ts < 253_402_300_800:  # the year 10,000
        raise DeviceError(f"{ts} is no time in epoch seconds", pointer)
    return round(ts * 1_000_000)


def _online(payload: bytes) -> bool:
    """``online`` or ``offline``, plain or as ``{"state": …}``."""
    text = payload.strip()
    if text.startswith(b"{"):
        found = parse_object(payload).get("state")
        text = found.encode() if isinstance(found, str) else b""
    if text not in (b"online", b"offline"):
        raise DeviceError('a status is online or offline, plain or as {"state": …}')
    return text == b"online"


def tell_want(
    value: Fields, fade_seconds: float, want_id: str, epoch: int, start_at: float | None = None, at: float = 0
) -> bytes:
    """The body on ``…/set``. What a page is given (``with.name``) goes as an object of its own.

    ``start_at``, in epoch seconds: the instant at which it begins, in step with other devices. ``at``: where in its
    clip it begins, in seconds.
    """
    body: dict[str, Any] = {key: one for key, one in value.items() if not key.startswith("with.")}
    given: dict[str, Any] = {}
    for key, one in value.items():
        name, dot, topic = key.removeprefix("with.").partition(".")
        if key.startswith("with.") and dot and isinstance(given.setdefault(name, {}), dict):
            given[name][topic] = one  # what counts several has a number for each
        elif key.startswith("with."):
            given[name] = one
    if given:
        body["with"] = given
    if fade_seconds:
        body["fade"] = fade_seconds
    if at:
        body["at"] = at
    if start_at is not None:
        body["start_at"] = start_at
    return encode({**body, "id": want_id, "epoch": epoch})


def tell_command(fields: Fields, command_id: str, epoch: int, expires: float) -> bytes:
    """The body on ``…/do/{command}``; ``expires`` is in epoch seconds."""
    return encode({**fields, "id": command_id, "epoch": epoch, "expires": expires})


def encode(body: Fields) -> bytes:
    """A JSON object as it goes out: compact, UTF-8, no NaN."""
    return _encoder.encode(body).encode()


_encoder = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
