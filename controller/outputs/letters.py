"""Effects as messages: topic, bytes, and how they are to be sent."""

from collections.abc import Callable, Mapping
from functools import partial

from devices.contracts.house import ErrorBody, NamedBody, SafetyBody, SceneBody
from devices.contracts.orders import Reply
from devices.speech import tell_command, tell_want
from devices.topics import device_topic, house_topic
from devices.vocabulary import DeviceId
from link.port import Outgoing
from scenes.effects import Answer, NamedState, SafetyState, SceneState, Set, Tell
from scenes.model import SceneId, Venue

_SECOND = 1_000_000


def want_letter(venue: str, one: Set, epoch: int, offset: int) -> Outgoing:
    """``{hall}/{name}/set``: not retained, because a device asks us again by coming back, not the broker."""
    start_at = (one.starts + offset) / _SECOND if one.starts is not None else None
    payload = tell_want(one.value, one.fade / _SECOND, one.id, epoch, start_at, one.position / _SECOND)
    return Outgoing(device_topic(venue, one.device, "set"), payload)


def command_letter(venue: str, one: Tell, epoch: int, offset: int) -> Outgoing:
    """``{hall}/{name}/do/{command}``; it expires in the broker, too, where that speaks MQTT 5."""
    expires = (one.expires + offset) / _SECOND
    left = max(1, -(-(one.expires - one.at) // _SECOND))
    payload = tell_command(one.fields, one.id, epoch, expires)
    return Outgoing(device_topic(venue, one.device, f"do/{one.command}"), payload, expires_seconds=left)


def answer_letters(venue: str, one: Answer) -> list[Outgoing]:
    """The answer, where it was asked for; an order without an id is answered on ``reply/last``, too."""
    payload = Reply(one.id, one.answer, one.why, one.run, one.verdict).payload()
    correlation = bytes.fromhex(one.correlation) if one.correlation is not None else None
    letters = [Outgoing(one.reply_to or house_topic(venue, "reply", one.id), payload, correlation=correlation)]
    if one.last:
        letters.append(Outgoing(house_topic(venue, "reply", "last"), payload))
    return letters


def state_letter(venue: str, one: SceneState, offset: int) -> Outgoing:
    """``scene/{scene}/state``, retained; times are epoch seconds."""
    body = SceneBody(
        state=one.state,
        run=one.run,
        since=(one.since + offset) / _SECOND if one.since else None,
        until=(one.until + offset) / _SECOND if one.until is not None else None,
        why=one.why,
        step=one.step,
        queued=one.queued,
        band=one.band,
    )
    return Outgoing(house_topic(venue, "scene", one.scene, "state"), body.payload(), retain=True)


def safety_letter(venue: str, one: SafetyState, offset: int) -> Outgoing:
    """``safety/state``, retained: a mirror of the latch."""
    body = SafetyBody(
        state=one.state,
        since=(one.since + offset) / _SECOND if one.since else None,
        until=(one.until + offset) / _SECOND if one.until is not None else None,
        why=one.why or None,
        by=one.by or None,
    )
    return Outgoing(house_topic(venue, "safety", "state"), body.payload(), retain=True)


def named_letter(venue: str, one: NamedState, offset: int) -> Outgoing:
    """``variable/{name}``, ``fact/{name}`` or ``mode/{name}``, retained."""
    value = one.value if not isinstance(one.value, Mapping) else dict(one.value)
    body = NamedBody(value=value, since=(one.since + offset) / _SECOND)
    return Outgoing(house_topic(venue, one.sort, one.name), body.payload(), retain=True)


def no_state_letter(venue: str, scene: SceneId) -> Outgoing:
    """Clears what a scene that is no more had retained: an empty message does that."""
    return Outgoing(house_topic(venue, "scene", scene, "state"), b"", retain=True)


def error_letter(venue: str, device: DeviceId, topic: str, reason: str) -> Outgoing:
    """``…/error``: what was wrong with a device's last payload."""
    pointer, found, text = reason.partition(": ") if reason.startswith("/") else ("", "", reason)
    body = ErrorBody(topic=topic, pointer=pointer, reason=text if found else reason)
    return Outgoing(device_topic(venue, device, "error"), body.payload(), qos=0)


def letter_of(venue: Venue) -> Callable[[Set | Tell], Outgoing]:
    """How this venue's devices are written to."""
    wants = partial(want_letter, venue.id, epoch=1, offset=0)
    commands = partial(command_letter, venue.id, epoch=1, offset=0)
    return lambda one: wants(one) if isinstance(one, Set) else commands(one)
