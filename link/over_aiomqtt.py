"""The transport over aiomqtt: with ``client`` the only file that knows aiomqtt and, inside it, paho.

Rules
- A fresh ``aiomqtt.Client`` for each connection: a used one keeps its old queue and hands out stale messages.
- aiomqtt connects and subscribes. What it would do by itself once connected is replaced, through paho's public
  callbacks: it acknowledges what it has only queued, reads one packet a turn, and takes an unread answer to a ping for
  a dead broker.
- paho is reached through one private attribute, ``Client._client``; a test pins what is used of it.
- paho holds a lock while it calls back. So callbacks only note; the sink is called, and a connection cut, afterwards.
- What comes before the subscriptions are acknowledged (a resumed session begins right after CONNACK) is kept until
  ``up``.
- The marker on the canary topic is published and subscribed with QoS 1. Tried with 2,500 queued messages on Mosquitto
  2.0.11, windows of 1,000 and 100 (MQTT 5) and 20 (3.1.1): with QoS 0 on either side the marker overtakes everything
  queued beyond the window, with QoS 1 on both it comes after the last of them. NATS keeps no order between filters, nor
  in what it sends again: there it mostly comes last, and backlog behind it is not known for backlog.
"""

import asyncio
import contextlib
import functools
import random
import socket
import threading
from collections.abc import Callable, Sequence
from typing import Literal

import aiomqtt
from aiomqtt.exceptions import MqttConnectError
from paho.mqtt.client import Client as PahoClient
from paho.mqtt.client import ConnectFlags, DisconnectFlags, MQTTMessage
from paho.mqtt.enums import MQTTErrorCode
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from link.canary import Canary
from link.client import CONNECT_SECONDS, code_of, new_client, publishing, refusals, spelled
from link.outbox import Outbox
from link.port import Arrival, Broker, Outgoing, Receipt, Session, Sink, TicketId, Up
from link.reconnecting import ReconnectingLink, Version
from link.subscriptions import Filters, Subscriptions, refusal
from link.watch import Watch

GOODBYE_SECONDS = 0.5
MARKER_SECONDS = 30.0  # a long backlog may stand before our marker; after this time it was swallowed
MARKER = TicketId(0)

DISCONNECT = b"\xe0\x00"
PROTOCOL_ERROR = 0x82
UNSUPPORTED_VERSION = 0x84
SESSION_TAKEN_OVER = 0x8E


class AiomqttLink(ReconnectingLink):
    """The port over aiomqtt. ``chance()`` draws the jitter of reconnecting from 0-1.

    ``versions`` are tried in turn: the next one when the broker refuses the version, and the one that worked first from
    then on. A half-open connection is found within 1.25 × ``keepalive_seconds`` (5 s suits Wi-Fi).
    """

    def __init__(
        self,
        broker: Broker,
        *,
        chance: Callable[[], float] = random.random,
        versions: Sequence[Version] = ("5", "3.1.1"),
        keepalive_seconds: int = 3,
    ) -> None:
        connect = functools.partial(_Connection, broker, keepalive_seconds)
        super().__init__(connect, chance=chance, versions=versions)


class _Connection:
    """A ``reconnecting.Connection``. All of it happens on the loop, but for ``_on_socket_open``."""

    def __init__(
        self, broker: Broker, keepalive_seconds: int, session: Session, sink: Sink, *, number: int, version: Version
    ) -> None:
        self.up = False
        self.accepted = False
        self.ended = asyncio.Event()
        self.reason = ""
        self.failure: Exception | None = None
        self.dropped = False
        self.taken_over = False
        self.version_refused = False
        self.session_present = False
        self._session = session
        self._sink = sink
        self._number = number
        self._mqtt5 = version == "5"
        self._loop = asyncio.get_running_loop()
        self._thread = threading.get_ident()
        self._answered = False
        self._closing = False
        self._patience: asyncio.Timeout | None = None
        self._batch: list[Arrival] = []
        self._taken: list[tuple[int, ReasonCode]] = []
        self._granted: list[tuple[int, list[str]]] = []
        self._client = new_client(broker, session, mqtt5=self._mqtt5, keepalive_seconds=keepalive_seconds)
        self._paho: PahoClient = self._client._client  # noqa: SLF001 - the one private attribute; pinned by a test
        self._greet_aiomqtt: Callable[..., object] | None = self._paho.on_connect
        self._outbox = Outbox(self._send)
        self._subscriptions = Subscriptions(session, self._ask_for, self._paho.unsubscribe)
        self._canary = Canary(session.canary, lambda packet: self._paho.ack(packet, 1))
        self._canary_timer: asyncio.TimerHandle | None = None
        self._watch = Watch(
            self._paho,
            keepalive_seconds=keepalive_seconds,
            after_turn=self._hand_over,
            lost=self.hang_up,
            failed=self._fail,
        )
        self._listen_to_paho()

    async def dial(self) -> bool:
        """Connect and subscribe. False: it did not come to that, and ``reason`` says why."""
        task = asyncio.current_task()
        cancelled_before = task.cancelling() if task else 0
        try:
            async with asyncio.timeout(CONNECT_SECONDS) as self._patience:
                await self._client.__aenter__()  # its counterpart is not used: hanging up is ours
                refused = await self._subscribe()
        except TimeoutError:
            refused = self.reason or f"no answer from the broker within {CONNECT_SECONDS:g} s"
        except MqttConnectError as refused_by:
            refused = f"the broker refuses us: {refused_by.rc}"
            self.version_refused = code_of(refused_by.rc) == UNSUPPORTED_VERSION
        except aiomqtt.MqttError as error:
            refused = f"no connection to the broker: {error}"
        finally:
            self._patience = None
        if task and task.cancelling() > cancelled_before:
            raise asyncio.CancelledError  # aiomqtt waits with wait_for, which swallows it now and then in Python 3.11
        self.reason = refused or self.reason
        return not refused

    def stand(self, *, paused: bool) -> None:
        """Say ``up``, then hand over, beginning with what came meanwhile."""
        self.up = True
        self._paho.on_subscribe = self._on_subscribe  # aiomqtt asks for nothing any more
        self._paho.on_unsubscribe = None
        self._subscriptions.catch_up()
        self._watch.keep_alive()
        marker = self._canary.marker()
        if marker is not None:
            self._outbox.put(marker, MARKER)
            self._canary_timer = self._loop.call_later(MARKER_SECONDS, self._look_for_marker)
        if paused:
            self._watch.pause()
        self._sink.up(Up(self._number, mqtt5=self._mqtt5, session_present=self.session_present))
        self._hand_over()

    def publish(self, message: Outgoing, ticket: TicketId) -> Literal["sent", "down", "full"]:
        if not self.up or self._closing or self.ended.is_set():
            return "down"
        return "sent" if self._outbox.put(message, ticket) else "full"

    def acknowledge(self, receipts: Sequence[Receipt]) -> None:
        for receipt in receipts:
            if receipt.connection == self._number:
                self._paho.ack(receipt.packet, 1)
                self._canary.acknowledged()
        self._canary.acknowledge_markers()

    def listen(self, session: Session) -> None:
        self._subscriptions.want(session)
        if self.up and not self._closing:
            self._subscriptions.catch_up()

    def pause(self) -> None:
        if self.up:  # before, the answers to CONNECT and SUBSCRIBE have to be read
            self._watch.pause()

    def resume(self) -> None:
        self._watch.resume()

    def hang_up(self, reason: str) -> None:
        """End it at once. The broker will speak our will."""
        self._closing = True
        self.reason = self.reason or reason
        if self._canary_timer is not None:
            self._canary_timer.cancel()
        sock = self._paho.socket()
        if isinstance(sock, socket.socket):
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
            self._paho.disconnect()
            self._paho.loop_write()  # cannot succeed; that makes paho let go of the socket
        self.ended.set()

    async def leave(self) -> None:
        """End it so that the broker does not speak our will, within 0.5 s."""
        self._closing = True
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(GOODBYE_SECONDS):
                await self._watch.part(DISCONNECT)

    async def _subscribe(self) -> str:
        """Ask for all filters at once. Why one was refused, or nothing."""
        if self._session.former and self.session_present:
            await self._client.unsubscribe(list(self._session.former))
        filters = list(self._session.filters)
        if self._session.canary is not None:
            filters.append((self._session.canary, 1))
        if not filters:
            return ""
        return refusal(filters, refusals(await self._client.subscribe(spelled(filters, mqtt5=self._mqtt5))))

    def _ask_for(self, filters: Filters) -> int | None:
        return self._paho.subscribe(spelled(filters, mqtt5=self._mqtt5))[1]

    def _hand_over(self) -> None:
        """Tell what one turn of reading brought: first what was delivered, then what arrived."""
        granted, self._granted = self._granted, []
        for packet, refused in granted:
            if why := self._subscriptions.answered(packet, refused):
                self.hang_up(why)
        delivered: list[TicketId] = []
        taken, self._taken = self._taken, []
        for packet, code in taken:
            ticket = self._outbox.taken(packet)
            if ticket == MARKER and code.is_failure:
                self.hang_up(f"the broker refuses our marker on {self._session.canary}: {code}")
            elif ticket and not code.is_failure:
                delivered.append(ticket)
        if not self.up or self._closing:
            return
        self._outbox.send_waiting()
        self._canary.acknowledge_markers()
        for ticket in delivered:
            self._sink.delivered(ticket)
        if self._batch and not self._watch.paused:
            batch, self._batch = self._batch, []
            self._sink.arrived(batch)

    def _send(self, message: Outgoing) -> int | None:
        properties = publishing(message, mqtt5=self._mqtt5)
        info = self._paho.publish(message.topic, message.payload, message.qos, message.retain, properties)
        return None if info.rc == MQTTErrorCode.MQTT_ERR_QUEUE_SIZE else info.mid

    def _look_for_marker(self) -> None:
        if self._canary.back:
            return
        if self._watch.paused:
            self._canary_timer = self._loop.call_later(MARKER_SECONDS, self._look_for_marker)
        else:
            topic = f"our marker on {self._session.canary} did not come back within {MARKER_SECONDS:g} s"
            self.hang_up(f"{topic}: may this account write and read that topic?")

    def _fail(self, bug: Exception) -> None:
        self.failure = self.failure or bug
        self.hang_up(f"our own code failed: {bug!r}")

    # What paho tells. Only notes are taken here.

    def _listen_to_paho(self) -> None:
        paho = self._paho
        paho.connect_timeout = CONNECT_SECONDS
        paho.disable_logger()
        paho.manual_ack_set(on=True)
        paho.on_connect = self._on_connect
        paho.on_disconnect = self._on_disconnect
        paho.on_message = self._on_message
        paho.on_publish = self._on_publish
        paho.on_socket_open = self._on_socket_open
        paho.on_socket_close = lambda *_: self._watch.close()
        paho.on_socket_register_write = self._on_socket_register_write
        paho.on_socket_unregister_write = lambda *_: self._watch.stop_writing()

    def _on_connect(
        self,
        client: PahoClient,
        userdata: object,
        flags: ConnectFlags,
        reason: ReasonCode,
        properties: Properties | None,
    ) -> None:
        self._answered = True
        self.accepted = not reason.is_failure
        self.session_present = flags.session_present
        self._canary.session(present=flags.session_present)
        self._outbox.limit = min(self._outbox.limit, getattr(properties, "ReceiveMaximum", self._outbox.limit))
        if self._greet_aiomqtt is not None:
            self._greet_aiomqtt(client, userdata, flags, reason, properties)

    def _on_disconnect(
        self, _client: PahoClient, _userdata: object, flags: DisconnectFlags, reason: ReasonCode, _properties: object
    ) -> None:
        # Not told to aiomqtt: it would keep an exception that nobody reads, and asyncio would complain.
        if self.ended.is_set():
            return
        nonsense = reason.value == PROTOCOL_ERROR
        if flags.is_disconnect_packet_from_server:
            self.reason = self.reason or f"the broker ended the connection: {reason}"
            self.taken_over = reason.value == SESSION_TAKEN_OVER
        elif nonsense:
            self.reason = self.reason or "the broker said something that is not MQTT"
            # 3.1.1 has no code for it that paho passes on; it hangs up on such a CONNACK itself.
            self.version_refused = not self._answered and not self._mqtt5
        elif not self._closing:
            self.reason = self.reason or "the broker closed the connection"
            self.dropped = True
        self.ended.set()
        if self._patience is not None and (self.accepted or not self._answered):  # aiomqtt raises a refusal
            self._patience.reschedule(self._loop.time())

    def _on_message(self, _client: PahoClient, _userdata: object, message: MQTTMessage) -> None:
        if self._closing:
            return
        packet = message.mid if message.qos else None
        try:
            topic = message.topic
        except UnicodeDecodeError:
            topic = "\ufffd"  # no such topic: the house refuses and acknowledges it
        if topic == self._canary.topic:
            self._canary.swallow(bytes(message.payload), packet)
            return
        if packet is not None:
            self._canary.received()
        arrival = Arrival(
            topic,
            bytes(message.payload),
            retained=message.retain,
            backlog=self._canary.backlog,
            repeat=message.dup,
            receipt=None if packet is None else Receipt(self._number, packet),
            reply_to=getattr(message.properties, "ResponseTopic", None),
            correlation=getattr(message.properties, "CorrelationData", None),
        )
        self._batch.append(arrival)

    def _on_subscribe(
        self, _client: PahoClient, _userdata: object, packet: int, codes: list[ReasonCode], _properties: object
    ) -> None:
        self._granted.append((packet, refusals(codes)))

    def _on_publish(
        self, _client: PahoClient, _userdata: object, packet: int, code: ReasonCode, _properties: Properties | None
    ) -> None:
        if self._watch.reading:
            self._taken.append((packet, code))
        else:
            self._outbox.written()  # paho tells so when a QoS 0 message has gone out

    def _on_socket_open(self, _client: PahoClient, _userdata: object, sock: object) -> None:
        """In the thread in which paho connects; it may come long after we have given up."""
        if not isinstance(sock, socket.socket):
            raise TypeError(f"not a socket of this machine: {sock!r}")
        if self._closing:
            sock.close()
            raise OSError("given up")
        self._loop.call_soon_threadsafe(self._open, sock)

    def _open(self, sock: socket.socket) -> None:
        if self._closing:
            self.hang_up("given up")
        else:
            self._watch.open(sock)

    def _on_socket_register_write(self, *_: object) -> None:
        if threading.get_ident() == self._thread:
            self._loop.call_soon(self._watch.write)
        else:
            self._loop.call_soon_threadsafe(self._watch.write)
