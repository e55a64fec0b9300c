"""Bodies spoiled on purpose: a lie, garbage, an event that can be known again."""

import json
import re
from collections.abc import Mapping
from typing import Any

from devices.payload import DeviceError, parse_object
from devices.vocabulary import Scalar
from simulators.models.chance import Chance

HONEST = frozenset({"id", "ts", "session", "seq"})  # a liar is still known for who and when it is
TOO_LONG = 70_000  # bytes; more than anybody reads


def body_of(payload: bytes) -> dict[str, Any]:
    """The object in ``payload``; empty where there is none."""
    try:
        return parse_object(payload)
    except DeviceError:
        return {}


def written(body: Mapping[str, Any]) -> bytes:
    """As devices write it."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def lie_of_state(payload: bytes, known: Mapping[str, Scalar]) -> bytes:
    """Other values of the same keys. A text becomes one that the device reported before (``known``), or none."""
    return _told(payload, known)


def lie_of_event(payload: bytes) -> bytes:
    """Other truths and numbers, which are what a house takes for a state; texts stay."""
    return _told(payload, None)


def _told(payload: bytes, known: Mapping[str, Scalar] | None) -> bytes:
    body = body_of(payload)
    honest = {key for key, value in body.items() if key in HONEST or (known is None and isinstance(value, str))}
    told = {key: value if key in honest else _other(value, (known or {}).get(key)) for key, value in body.items()}
    return written(told) if told != body else payload


def _other(value: Scalar, known: Scalar) -> Scalar:
    match value:
        case bool():
            return not value
        case int():
            return value - 1 if value > 1 else value + 1
        case float():
            return 1.0 - value if 0 <= value <= 1 and value != 0.5 else value / 2
        case str() if re.fullmatch("#[0-9a-fA-F]{6}", value):
            return f"#{0xFFFFFF - int(value[1:], 16):06x}"
        case str():
            return known if isinstance(known, str) and known != value else None
        case _:
            return known


def garble(payload: bytes, chance: Chance) -> bytes:
    """What no controller can read: half an object, NaN, bytes that are no text, or far too many."""
    match chance.below(4):
        case 0:
            return payload[: max(1, len(payload) // 2)] if payload.startswith(b"{") else b"{" + payload
        case 1:
            first = next(iter(body_of(payload)), "value")
            return b"{" + json.dumps(first).encode() + b":NaN}"
        case 2:
            return b"\xff\xfe" + payload
        case _:
            return b'{"id":"' + b"x" * TOO_LONG + b'"}'


def with_id(payload: bytes, name: str) -> bytes:
    """An event that carries an id, so that its repeat is known for one."""
    body = body_of(payload)
    return written({"id": name, **body})
