"""The channels of the house itself: orders and their answers, what scenes do, and that a controller is there."""

import json
from typing import Any

from controller.export.channels import BEGIN, EPOCH, Channel, Message
from controller.export.schemas import said_schema, schema_of
from devices.contracts.house import BEAT_SECONDS, BeatBody, NamedBody, SafetyBody, SceneBody, StatusBody
from devices.contracts.orders import VERBS, OrderBody, Reply
from scenes.model import Band
from scenes.reasons import verdict_words
from scenes.verdicts import Verdict


def house_channels() -> tuple[Channel, ...]:
    """What people say to the house and what it says of itself."""
    order, reply = _order(), _reply()
    doc = "An order to the whole house. Exactly one answer within 3 s; a broker's PUBACK is not an answer."
    to = "An order to a scene, an exhibit, a mode or a hall. Exactly one answer within 3 s. Never retained."
    answered = (
        "The one answer to an order. With `reply_to` in the order, or with the response topic of MQTT 5, it comes "
        "there instead; without an `id` the controller makes one and answers on `reply/last`, too."
    )
    return (
        Channel("order.target", "order/{verb}/{target}", "staff", to, (order,), answer="reply/{id}"),
        Channel("order", "order/{verb}", "staff", doc, (order,), answer="reply/{id}"),
        Channel("reply", "reply/{id}", "house", answered, (reply,)),
        _scene(),
        _safety(),
        *_named(),
        *_controller(),
    )


def _order() -> Message:
    orders = (OrderBody(), OrderBody(id="remote-17", by="Mei"))
    examples = tuple(json.loads(one.model_dump_json(by_alias=True, exclude_unset=True)) for one in orders)
    doc = f"What a person asks. The verbs: {', '.join(VERBS)}. An empty body is an "
    doc += "order, too. A verb that nothing in the venue takes yet is refused with that reason."
    return Message("order", doc, schema_of(OrderBody), examples, answered_by="id")


def _reply() -> Message:
    started = Reply("remote-17", "accepted", verdict_words(Verdict.STARTED), "hello-4", Verdict.STARTED)
    late = Reply("remote-17", "expired", "it expired 2.5 s before it came", verdict=Verdict.EXPIRED)
    schema = said_schema(Reply)
    schema["properties"]["verdict"]["enum"] = [str(one) for one in Verdict]
    doc = "Accepted: it began. Done: it is so now. Refused and expired: nothing was done."
    return Message("reply", doc, schema, tuple(_value(one.payload()) for one in (started, late)), answered_by="id")


def _scene() -> Channel:
    running = SceneBody(
        state="running",
        run="welcome-7",
        since=BEGIN,
        until=BEGIN + 150,
        step="does.1",
        band=Band.EXHIBIT.name.lower(),
    )
    idle = SceneBody(state="idle", since=BEGIN, band=running.band)
    schema = said_schema(SceneBody)
    schema["properties"]["band"]["enum"] = [one.name.lower() for one in Band]
    examples = tuple(_value(one.payload()) for one in (running, idle))
    message = Message("scene.state", "What the scene does now. More states may come.", schema, examples)
    doc = "What a scene does, as it changes. The end of a run that an order started is told here."
    return Channel("scene.state", "scene/{scene}/state", "house", doc, (message,), retain=True)


def _safety() -> Channel:
    begun = SafetyBody(state="evacuation", since=BEGIN, why="house.fire_panel.alarm")
    lifting = SafetyBody(state="lifting", since=BEGIN, until=BEGIN + 60, why="house.fire_panel.alarm", by="Mei")
    examples = tuple(_value(one.payload()) for one in (begun, lifting, SafetyBody(state="normal")))
    schema = said_schema(SafetyBody)
    message = Message("safety.state", "Whether the house is evacuated, and how that stands.", schema, examples)
    doc = "A mirror of the evacuation, where the venue has one. Nothing is evacuated by publishing here."
    return Channel("safety.state", "safety/state", "house", doc, (message,), retain=True)


def _named() -> tuple[Channel, ...]:
    """One channel for each of what the venue gives a name."""
    votes = NamedBody(value={"service": 12, "travel": 7}, since=BEGIN)
    said = {
        "variable": ("A value that counts by itself.", (NamedBody(value=183, since=BEGIN), votes)),
        "fact": ("Whether a named condition holds.", (NamedBody(value=True, since=BEGIN),)),
        "mode": ("Whether a mode is on.", (NamedBody(value=False, since=BEGIN),)),
    }
    return tuple(
        Channel(
            sort,
            f"{sort}/{{name}}",
            "house",
            doc,
            (Message(sort, doc, said_schema(NamedBody), tuple(_value(one.payload()) for one in bodies)),),
            retain=True,
        )
        for sort, (doc, bodies) in said.items()
    )


def _controller() -> tuple[Channel, ...]:
    online = StatusBody(state="online", version="0.1.0", config="9d2f03ab61c8e574", epoch=EPOCH, since=BEGIN)
    statuses = tuple(_value(one.payload()) for one in (online, StatusBody(state="offline")))
    status = Message("controller.status", "That a controller is there.", said_schema(StatusBody), statuses)
    at = BeatBody(at=BEGIN + BEAT_SECONDS, epoch=EPOCH)
    beat = Message("controller.beat", "That it lives.", said_schema(BeatBody), (_value(at.payload()),))
    gone = "Whether a controller is there. Offline is its will, too."
    beats = f"Every {BEAT_SECONDS:g} s. A will does not come when the broker dies as well; the beat stays away."
    return (
        Channel("controller.status", "controller/{cell}/status", "house", gone, (status,), retain=True),
        Channel("controller.beat", "controller/{cell}/beat", "house", beats, (beat,), qos=0),
    )


def _value(payload: bytes) -> Any:  # noqa: ANN401 - whatever JSON holds
    return json.loads(payload)
