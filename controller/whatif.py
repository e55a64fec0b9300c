"""What would happen if a device said something: an engine of its own is given it, and nothing of that leaves.

``preface.entry.occupied`` is a state that becomes true, ``preface.entry.count=3`` one with a value, and
``main.table.chosen word=en`` an event with its fields.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from controller.inbox import understand
from controller.venue.findings import Words, near, nearest, say
from devices.topics import device_topic
from devices.vocabulary import DeviceId, Kind, Scalar
from link.port import Arrival
from scenes.effects import Effect, Note
from scenes.engine import Engine
from scenes.inputs import Input, Refused
from scenes.model import Venue
from scenes.stage import Stage

MOST_AHEAD = 24 * 3600 * 1_000_000  # what takes longer than a day to be decided is left open
_SAID = re.compile(r"(?P<hall>\w+)\.(?P<name>\w+)\.(?P<word>\w+)(?:=(?P<value>\S+))?(?P<fields>(?:\s+\w+=\S+)*)")


class NotSayable(Exception):  # noqa: N818 - a fact that commands tell
    """Nothing in this venue can say that; the message says what can."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """``notes`` of the scenes, in order, until every candidate that began with it has its verdict.

    ``waits``: how many have none yet when looking ended. ``took``: microseconds until the last verdict.
    """

    notes: tuple[Note, ...]
    waits: int
    took: int


def said(venue: Venue, text: str, stage: Stage) -> Arrival:
    """The message that a device would send. Raises ``NotSayable``."""
    found = _SAID.fullmatch(text.strip())
    if found is None:
        raise NotSayable(
            f"{text!r} is nothing a device says; write it as hall.device.word, =value or field=value behind"
        )
    device = venue.devices.get(DeviceId(f"{found['hall']}.{found['name']}"))
    if device is None:
        name = f"{found['hall']}.{found['name']}"
        hint = _near_speaker(name, found["word"], venue).text()
        raise NotSayable(f"there is no device {name!r}; {hint}".rstrip("; "))
    fields = {key: _value(value) for key, value in re.findall(r"(\w+)=(\S+)", found["fields"])}
    value = None if found["value"] is None else _value(found["value"])
    return saying(venue, device.id, found["word"], value, fields, session_at(stage, device.id))


def _near_speaker(device: str, word: str, venue: Venue) -> Words:
    """The device that may be meant: of those that have the word, the one whose own name is nearest."""
    able = {one.id: one.id.partition(".")[2] for one in venue.devices.values() if word in one.kind.words()}
    meant = nearest(device.partition(".")[2], able.values())
    named = [one for one, own in able.items() if own == meant]
    return say("did you mean '{}'?", named[0]) if len(named) == 1 else near(device, named or able or venue.devices)


def saying(
    venue: Venue, device: DeviceId, word: str, value: Scalar, fields: Mapping[str, Scalar], session: tuple[str, int]
) -> Arrival:
    """A device says an event with its ``fields``, or that a state is ``value`` (true where None). ``NotSayable``.

    ``session``: the visit at a station that goes on, and the number of its next event.
    """
    kind = venue.devices[device].kind
    if word in kind.events and word not in kind.states:
        body: dict[str, Scalar] = dict(fields)
        channel = kind.channel_of(word)
        if channel == "session":
            body = {"session": session[0], "seq": session[1], **body}
        return Arrival(device_topic(venue.id, device, f"{channel}/{word}"), json.dumps(body).encode())
    state = next((one for one in kind.states.values() if word in (one.name, one.opposite)), None)
    if state is None:
        raise NotSayable(f"{device} is a {kind.name}, which has no {word!r}; {near(word, kind.words()).text()}")
    wanted = True if value is None and state.type == "bool" else value
    if state.name != word and isinstance(wanted, bool):
        wanted = not wanted
    return _reporting(venue, device, kind, {**fields, state.name: wanted})


def _reporting(venue: Venue, device: DeviceId, kind: Kind, states: Mapping[str, Scalar]) -> Arrival:
    """A state is said by a report of the device, or by the event that has it as a field."""
    for event, body in kind.events.items():
        if not set(states) <= set(kind.state.model_fields) and set(states) <= set(body.model_fields):
            return Arrival(device_topic(venue.id, device, f"event/{event}"), json.dumps(states).encode())
    return Arrival(device_topic(venue.id, device, "state"), json.dumps(states).encode())


def session_at(stage: Stage, device: DeviceId) -> tuple[str, int]:
    """The visit that goes on at a station, else a new one; and a number that none of its events had."""
    life = stage.devices.get(device)
    ids = [one for one in life.ids if "/" in one] if life is not None else []
    running = {run.session for run in stage.runs.values() if run.session}
    for one in reversed(ids):
        session, _, seq = one.partition("/")
        if session in running and seq.isdigit():
            return session, int(seq) + 1
    return f"if-{stage.number:06}", 1


def what_if(engine: Engine, arrival: Arrival) -> Outcome:
    """Says it to the engine and lets time pass until all is decided. Raises ``NotSayable`` where it is refused."""
    began = engine.stage.now
    engine.advance(began)
    open_before = _waiting(engine.stage)
    one: Input = understand(engine.venue, arrival, began, 0)
    if isinstance(one, Refused):
        raise NotSayable(one.reason)
    notes = list(_notes(engine.take(one)))
    decided_at = began
    while (mine := _waiting(engine.stage) - open_before) and (due := engine.due()) is not None:
        if due - began > MOST_AHEAD:
            break
        later = list(_notes(engine.advance(due)))
        ours = [note for note in later if note.candidate in mine]
        if ours:
            decided_at = due
            started = {note.scene for note in ours if note.verdict == "started"}
            notes += [note for note in later if note in ours or note.scene in started]
    return Outcome(tuple(notes), len(_waiting(engine.stage) - open_before), decided_at - began)


def _waiting(stage: Stage) -> set[int]:
    return {one.number for life in stage.scenes.values() for one in life.pending.values()}


def _notes(effects: list[Effect]) -> Iterator[Note]:
    return (effect for effect in effects if isinstance(effect, Note))


def _value(text: str) -> Scalar:
    """A value as one types it: true, false, a number, else a word."""
    if text in ("true", "false"):
        return text == "true"
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return text
