"""The next sight: after a message of the broker, after a note of the journal, after a key. Pure."""

from collections.abc import Mapping
from dataclasses import replace

from controller.view.sight import SECOND, ControllerSight, Decided, DeviceSight, Sight, Trick, Wish
from devices.contracts.house import SafetyBody, SceneBody, StatusBody
from devices.payload import DeviceError, parse_object
from devices.speech import Liveness, Reported, checked, hear
from devices.topics import DeviceTopic, heard_filters, house_topic, read_topic
from devices.vocabulary import DeviceId, Fields, Property, Scalar
from link.port import Arrival
from scenes.effects import Note
from scenes.model import Device, SceneId, Venue

PATIENCE = 2 * SECOND  # where a property does not say how long a device may take
MOST_LINES = 100
SILENT = frozenset({"wanted", "confirmed", "started", "step", "told", "done", "heard", "duplicate", "clock", "drifted"})


def filters_of(venue: Venue) -> tuple[tuple[str, int], ...]:
    """What there is to hear: everything that devices say, what scenes do, whether the controller is there."""
    orders = house_topic(venue.id, "order", "#")
    devices = [topic for topic in heard_filters(venue.id, venue.halls()) if topic != orders]
    topics = (("scene", "+", "state"), ("controller", "+", "status"), ("safety", "state"))
    house = [house_topic(venue.id, *topic) for topic in topics]
    return tuple((topic, 0) for topic in (*devices, *house))


def linked(sight: Sight, *, up: bool) -> Sight:
    """The broker came or went. Before it came for the first time, it is not missed."""
    return sight if sight.link is None and not up else replace(sight, link=up)


def heard(sight: Sight, venue: Venue, arrival: Arrival, at: int) -> Sight:
    """A message. What is not understood changes nothing here: a note says that it was refused."""
    try:
        match arrival.topic.split("/"):
            case [first, "scene", scene, "state"] if first == venue.id:
                return _scene(sight, SceneId(scene), arrival.payload)
            case [first, "safety", "state"] if first == venue.id:
                return replace(sight, safety=checked(SafetyBody, parse_object(arrival.payload)))
            case [first, "controller", _, "status"] if first == venue.id:
                status = checked(StatusBody, parse_object(arrival.payload))
                return replace(sight, controller=_controller(sight.controller, status, at))
        topic = read_topic(venue.id, arrival.topic)
        device = venue.devices.get(topic.device) if isinstance(topic, DeviceTopic) else None
        if not isinstance(topic, DeviceTopic) or device is None:
            return sight
        said = hear(device.kind, topic, arrival.payload)
    except DeviceError:
        return sight
    before = sight.devices.get(device.id, DeviceSight())
    match said:
        case Reported():
            return _with(sight, device.id, _reported(before, device, said, at, live=not arrival.retained))
        case Liveness():
            return _with(sight, device.id, replace(before, online=said.online))
    return sight


def noted(sight: Sight, venue: Venue, note: Note, at: int) -> Sight:
    """A note of the journal: what is wished of a device, and whatever else people want to read."""
    if note.device is not None and note.what in ("wanted", "failed", "retried", "confirmed"):
        device = venue.devices.get(note.device)
        property_ = _property(device, note.details.get("property"))
        if device is not None and property_ is not None:
            sight = _wished(sight, device, property_, note, at)
    if note.device is not None and note.what in ("online", "offline"):
        if note.what == "online" and note.device not in sight.missed:
            return sight  # it was never gone: at the start they all come
        was = {note.device}
        missed = sight.missed | was if note.what == "offline" else sight.missed - was
        sight = replace(sight, missed=missed)
    return sight if note.what in SILENT else _line(sight, Decided(at, note))


def tricked(sight: Sight, trick: Trick) -> Sight:
    """Somebody pressed a key."""
    if trick.word == "kill":
        sight = replace(sight, controller=replace(sight.controller, killed=True, gone_at=trick.at, online=False))
    return _line(sight, trick)


def shows(property_: Property, wish: Wish, values: Fields) -> bool:
    """Whether what a device reports is what is wished. Without anything to go by, it is believed."""
    reported = {name: values.get(name) for name in property_.reports}
    return wish.values is not None and (not property_.reports or property_.confirmed(wish.values, reported))


def _line(sight: Sight, line: Decided | Trick) -> Sight:
    return replace(sight, lines=(*sight.lines, line)[-MOST_LINES:])


def _with(sight: Sight, device: DeviceId, seen: DeviceSight) -> Sight:
    return replace(sight, devices={**sight.devices, device: seen})


def _scene(sight: Sight, scene: SceneId, payload: bytes) -> Sight:
    if not payload:  # a scene that is no more
        return replace(sight, scenes={name: body for name, body in sight.scenes.items() if name != scene})
    body = checked(SceneBody, parse_object(payload))
    return replace(sight, scenes={**sight.scenes, scene: body})


def _controller(before: ControllerSight, status: StatusBody, at: int) -> ControllerSight:
    if status.state == "offline":
        if before.gone_at is not None:
            return replace(before, online=False)
        return replace(before, online=False, gone_at=at, killed=False)  # not by a key of ours
    epoch = status.epoch or 0
    if before.killed and before.gone_at is not None and epoch == before.epoch:
        return before  # what the broker still had of the one that was killed
    since = round((status.since or 0) * SECOND)
    if before.gone_at is None:
        return replace(before, online=True, since=since, epoch=epoch)
    away = at - before.gone_at
    return replace(before, online=True, since=since, epoch=epoch, gone_at=None, back_at=at, away=away)


def _reported(before: DeviceSight, device: Device, said: Reported, at: int, *, live: bool) -> DeviceSight:
    """A state is the whole of what it shows; an event changes the values that it names."""
    values: dict[str, Scalar] = {**before.values, **said.states} if said.event else dict(said.states)
    begun = {name: one for name, one in before.begun.items() if name in values}
    for name, value in values.items():
        if name not in before.values or before.values[name] != value:
            begun[name] = at if live else 0
    wishes: Mapping[str, Wish] = {
        property_.name: _still(property_, wish, before.values, values, at)
        for property_ in device.kind.properties
        if (wish := before.wishes.get(property_.name)) is not None
    }
    event, event_at = (said.event, at) if said.event and live else (before.event, before.event_at)
    return DeviceSight(before.online, values, begun, wishes, event, event_at)


def _still(property_: Property, wish: Wish, before: Fields, values: Fields, at: int) -> Wish:
    """The same wish after a report: fulfilled, so no trouble any more; or fulfilled no longer, from now on."""
    if shows(property_, wish, values):
        return replace(wish, failed=False)
    return replace(wish, since=at) if shows(property_, wish, before) else wish


def _property(device: Device | None, name: Scalar) -> Property | None:
    return next((one for one in device.kind.properties if one.name == name), None) if device is not None else None


def _wished(sight: Sight, device: Device, property_: Property, note: Note, at: int) -> Sight:
    before = sight.devices.get(device.id, DeviceSight())
    wish = before.wishes.get(property_.name, Wish())
    match note.what:
        case "wanted":
            values = {key: one for key, one in note.details.items() if key not in ("property", "fade_us")}
            fade = note.details.get("fade_us")
            within = round((property_.within_seconds or 0) * SECOND)
            patience = max(within, PATIENCE + (fade if isinstance(fade, int) else 0))
            wish = Wish(values or None, at, patience, scene=note.scene)
        case "failed":
            wish = replace(wish, failed=True)
        case _:
            wish = replace(wish, failed=False)
    return _with(sight, device.id, replace(before, wishes={**before.wishes, property_.name: wish}))
