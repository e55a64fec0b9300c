"""The channels as an AsyncAPI 3.0.0 document, for all kinds or for one venue.

The document describes the controller: it *receives* what devices and people say and *sends* what they are told. QoS and
retain stand in the MQTT bindings of the operations. No server is named: where the broker is, the venue's own people
know.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from controller.export.channels import Channel, Message, Speaker, channels_of
from controller.export.house import house_channels
from devices.contracts.orders import VERBS
from devices.topics import RESERVED_HALLS
from devices.vocabulary import DeviceId, Kind
from scenes.model import Venue

Document = dict[str, Any]  # a JSON document

BINDING = "0.2.0"
_SAYS: Mapping[Speaker, str] = {
    "device": "The device speaks.",
    "house": "The controller speaks.",
    "staff": "Staff speak: a remote, a panel, a terminal.",
}
_ABOUT = """\
What devices say to the house and what they are told, over MQTT. A device's topics are `{venue}/{hall}/{name}/…`.

Payloads are JSON objects in UTF-8 of at most 64 KiB. The house refuses a field that it does not know, and says so on \
the device's `error`; what the house says may get new fields, so leave out what you do not know. Kinds are added: this \
document is made from their declarations (`ringmaster export asyncapi`), and so is the page for device makers \
(`ringmaster export devices`)."""


def asyncapi(kinds: Mapping[str, Kind], version: str) -> Document:
    """The document for every device of these kinds, in any venue. ``version``: of the project."""
    return _document("Ringmaster", version, _Everywhere(kinds))


def asyncapi_of(venue: Venue, version: str) -> Document:
    """The document for one venue: its devices by name, and only the kinds that it has."""
    title = venue.title.get("en") or venue.id
    return _document(f"Ringmaster: {title}", version, _Here(venue))


class _Everywhere:
    """Topics of any venue: everything that a venue names is a parameter."""

    def __init__(self, kinds: Mapping[str, Kind]) -> None:
        self.kinds: Iterable[Kind] = kinds.values()

    def prefix(self) -> str:
        return "{venue}"

    def example(self, kind: Kind) -> str:
        return f"demo/hall/{kind.name}"

    def parameter(self, name: str, kind: Kind | None) -> tuple[str, Document]:
        del kind
        return name, dict(_PARAMETERS[name])


class _Here:
    """Topics of one venue. Hall and name are two levels of a topic, so which of both belong together is said apart."""

    def __init__(self, venue: Venue) -> None:
        self._venue = venue
        self._devices: dict[str, list[DeviceId]] = {}
        for device in venue.devices.values():
            self._devices.setdefault(device.kind.name, []).append(device.id)
        found = {device.kind.name: device.kind for device in venue.devices.values()}
        self.kinds: Iterable[Kind] = [kind for _, kind in sorted(found.items())]

    def prefix(self) -> str:
        return self._venue.id

    def example(self, kind: Kind) -> str:
        return f"{self._venue.id}/{self._devices[kind.name][0].replace('.', '/')}"

    def parameter(self, name: str, kind: Kind | None) -> tuple[str, Document]:
        found = dict(_PARAMETERS[name])
        if name == "scene" and self._venue.scenes:
            found["enum"] = list(self._venue.scenes)
        if kind is None or name not in ("hall", "name"):
            return name, found
        devices = self._devices[kind.name]
        found["enum"] = sorted({device.split(".")[("hall", "name").index(name)] for device in devices})
        if name == "name":
            found |= {"description": f"{found['description']}; x-devices has the ids whole", "x-devices": devices}
        return f"{kind.name}.{name}", found


_PARAMETERS: Mapping[str, Document] = {
    "venue": {"description": "the venue's id", "examples": ["demo"]},
    "hall": {
        "description": "first part of the device's id: small letters, digits, _; house for devices of the whole house; "
        f"never {', '.join(sorted(RESERVED_HALLS))}",
    },
    "name": {"description": "second part of the device's id: small letters, digits, _"},
    "verb": {"description": "what is asked", "enum": list(VERBS)},
    "target": {"description": "what it is asked of: a scene, an exhibit, a mode or a hall"},
    "id": {"description": "the order's id; last for orders without one", "examples": ["remote-17", "last"]},
    "scene": {"description": "the scene's id"},
    "cell": {"description": "the controller's name in the venue", "examples": ["house"]},
}


def _document(title: str, version: str, where: _Everywhere | _Here) -> Document:
    draft = _Draft(where)
    for kind in where.kinds:
        for channel in channels_of(kind, where.example(kind)):
            draft.add(channel, kind)
    for channel in house_channels():
        draft.add(channel, None)
    return {
        "asyncapi": "3.0.0",
        "info": {"title": title, "version": version, "description": _ABOUT},
        "defaultContentType": "application/json",
        "channels": draft.channels,
        "operations": draft.operations,
        "components": {"messages": draft.messages, "parameters": draft.parameters, "schemas": draft.schemas},
    }


class _Draft:
    """The tables of the document while they are filled."""

    def __init__(self, where: _Everywhere | _Here) -> None:
        self.channels: Document = {}
        self.operations: Document = {}
        self.parameters: Document = {}
        self.messages: Document = {}
        self.schemas: Document = {}
        self._where = where

    def add(self, channel: Channel, kind: Kind | None) -> None:
        """One channel of a kind, or of the house itself."""
        device = ["{hall}/{name}"] if kind is not None else []
        address = "/".join((self._where.prefix(), *device, channel.address))
        described: Document = {
            "address": address,
            "description": f"{_SAYS[channel.speaker]} {channel.doc}",
            "messages": {_key(one): _to("components", "messages", one.name) for one in channel.messages},
            "tags": [{"name": kind.name if kind is not None else "house"}],
        }
        for name in _parameters(address):
            key, parameter = self._where.parameter(name, kind)
            self.parameters[key] = parameter
            described.setdefault("parameters", {})[name] = _to("components", "parameters", key)
        self.channels[channel.name] = described
        for message in channel.messages:
            self.messages[message.name] = _message(message)
            self.schemas[message.name] = message.schema
        self.operations[channel.name] = _operation(channel, kind)


def _operation(channel: Channel, kind: Kind | None) -> Document:
    mqtt: Document = {"qos": channel.qos, "retain": channel.retain, "bindingVersion": BINDING}
    if channel.expires_seconds is not None:
        mqtt["messageExpiryInterval"] = channel.expires_seconds
    found: Document = {
        "action": "send" if channel.speaker == "house" else "receive",
        "channel": _to("channels", channel.name),
        "summary": f"{_SAYS[channel.speaker]} {channel.doc}",
        "messages": [_to("channels", channel.name, "messages", _key(one)) for one in channel.messages],
        "bindings": {"mqtt": mqtt},
    }
    if channel.answer:
        answer = channel.answer.partition("/")[0] if kind is None else f"{kind.name}.{channel.answer}"
        found["reply"] = {"channel": _to("channels", answer)}
    return found


def _message(message: Message) -> Document:
    found: Document = {
        "name": message.name,
        "summary": message.doc,
        "contentType": message.content,
        "payload": _to("components", "schemas", message.name),
    }
    if message.answered_by:
        found["correlationId"] = {"location": f"$message.payload#/{message.answered_by}"}
    if message.examples:
        found["examples"] = [{"payload": one} for one in message.examples]
    return found


def _key(message: Message) -> str:
    """A message's key within its channel."""
    return message.name.rpartition(".")[2]


def _parameters(address: str) -> list[str]:
    return [level[1:-1] for level in address.split("/") if level.startswith("{")]


def _to(*path: str) -> Document:
    return {"$ref": "#/" + "/".join(path)}
