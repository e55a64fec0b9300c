"""Topics, both ways: which device said it, on which channel; and where to say something to a device or to the house."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from devices.vocabulary import DeviceId

ID_PATTERN = r"[a-z][a-z0-9_]*"
_ID = re.compile(rf"{ID_PATTERN}\Z")
RESERVED_HALLS = frozenset({"order", "reply", "scene", "controller", "safety", "variable", "fact", "mode", "venue"})

Channel = Literal["event", "session", "state", "status", "ack"]


@dataclass(frozen=True, slots=True)
class DeviceTopic:
    """What a device said it on. ``word`` is the name of an event or a session's event; else empty."""

    device: DeviceId
    channel: Channel
    word: str = ""


@dataclass(frozen=True, slots=True)
class OrderTopic:
    """What a person ordered. ``target`` is empty for orders to the whole house."""

    verb: str
    target: str = ""


def is_id(text: str) -> bool:
    """Whether ``text`` may be an id: a small letter, then small letters, digits and underscores."""
    return _ID.match(text) is not None


def read_topic(venue: str, topic: str) -> DeviceTopic | OrderTopic | None:
    """What ``topic`` means in this venue; None when it means nothing here."""
    match topic.split("/"):
        case [first, "order", *rest] if first == venue:
            return OrderTopic(rest[0] if rest else "", "/".join(rest[1:]))
        case [first, hall, _, *_] if first != venue or hall in RESERVED_HALLS:
            return None
        case [_, hall, name, ("event" | "session") as channel, word]:
            return DeviceTopic(DeviceId(f"{hall}.{name}"), channel, word)
        case [_, hall, name, ("state" | "status" | "ack") as channel]:
            return DeviceTopic(DeviceId(f"{hall}.{name}"), channel)
    return None


def device_topic(venue: str, device: DeviceId, rest: str) -> str:
    """``{venue}/{hall}/{name}/{rest}``; ``rest`` is ``set``, ``do/{command}``, ``error``, ``state`` …"""
    return f"{venue}/{device.replace('.', '/')}/{rest}"


def heard_filters(venue: str, halls: Iterable[str]) -> tuple[str, ...]:
    """What a controller listens to. By hall, because ``{venue}/+/+/state`` would echo our own scene states."""
    channels = ("event/+", "session/+", "state", "status", "ack")
    filters = [f"{venue}/{hall}/+/{channel}" for hall in sorted(set(halls)) for channel in channels]
    return (*filters, f"{venue}/order/#")


def house_topic(venue: str, *parts: str) -> str:
    """A topic of the house itself: ``{venue}/scene/welcome/state``, ``{venue}/controller/house/status`` …"""
    return "/".join((venue, *parts))
