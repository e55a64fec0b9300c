"""A client of aiomqtt as the transport needs it, made anew for each connection; and the few words of paho it speaks."""

import socket
from collections.abc import Sequence

import aiomqtt
from paho.mqtt.client import MQTT_CLEAN_START_FIRST_ONLY
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode
from paho.mqtt.subscribeoptions import SubscribeOptions

from link.port import Broker, Outgoing, Session
from link.subscriptions import Filters

CONNECT_SECONDS = 2.0
FAILURES_FROM = 0x80  # return codes of MQTT 3.1.1 and reason codes of MQTT 5


def new_client(broker: Broker, session: Session, *, mqtt5: bool, keepalive_seconds: int) -> aiomqtt.Client:
    will = session.will
    clean = session.keep_seconds == 0
    properties = properties_of(
        PacketTypes.CONNECT, SessionExpiryInterval=session.keep_seconds, ReceiveMaximum=session.window
    )
    return aiomqtt.Client(
        broker.host,
        broker.port,
        username=broker.username,
        password=broker.password,
        identifier=session.client_id,
        protocol=aiomqtt.ProtocolVersion.V5 if mqtt5 else aiomqtt.ProtocolVersion.V311,
        will=aiomqtt.Will(will.topic, will.payload, qos=1, retain=will.retain) if will else None,
        clean_session=None if mqtt5 else clean,
        clean_start=clean if mqtt5 else MQTT_CLEAN_START_FIRST_ONLY,
        properties=properties if mqtt5 else None,
        keepalive=keepalive_seconds,
        timeout=2 * CONNECT_SECONDS,  # ours comes first
        max_inflight_messages=0,  # no limit: the outbox has one, and paho's walks all messages at each PUBACK
        socket_options=[(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)],
    )


def properties_of(packet_type: int, **values: int | bytes | None) -> Properties:
    properties = Properties(packet_type)  # type: ignore[no-untyped-call] # paho has no types here
    for name, value in values.items():
        if value is not None:
            setattr(properties, name, value)
    return properties


def code_of(code: object) -> int:
    """The number of a reason code; where MQTT 3.1.1 has none, 0."""
    return code.value if isinstance(code, ReasonCode) else code if isinstance(code, int) else 0


def refusals(codes: Sequence[object]) -> list[str]:
    """For each code of a SUBACK why it refuses, or nothing."""
    return [str(code) if code_of(code) >= FAILURES_FROM else "" for code in codes]


def spelled(filters: Filters, *, mqtt5: bool) -> list[tuple[str, SubscribeOptions]] | list[tuple[str, int]]:
    """Filters as paho wants them."""
    return [(name, SubscribeOptions(qos=qos)) for name, qos in filters] if mqtt5 else list(filters)


def publishing(message: Outgoing, *, mqtt5: bool) -> Properties | None:
    """What a message says beside its topic and body, where the broker speaks MQTT 5."""
    if not mqtt5 or (message.expires_seconds is None and message.correlation is None):
        return None
    return properties_of(
        PacketTypes.PUBLISH, MessageExpiryInterval=message.expires_seconds, CorrelationData=message.correlation
    )
