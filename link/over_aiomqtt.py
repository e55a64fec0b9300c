"""The transport over aiomqtt: the only file that knows aiomqtt and, inside it, paho.

Rules
- A fresh ``aiomqtt.Client`` for each connection: a used one keeps its old queue and hands out stale messages.
- aiomqtt connects and subscribes. What it would do by itself once connected is replaced, through paho's public callbacks:
  it acknowledges what it has only queued, reads one packet a turn, and never asks whether a ping was merely not read.
- paho is reached through one private attribute, ``Client._client``; a test pins what is used of it.
- paho holds a lock while it calls back. So callbacks only note; the sink is called, and the connection cut, afterwards.
- What comes before the subscriptions are acknowledged (a resumed session begins right after CONNACK) is kept until ``up``.
- The marker on the canary topic is published and subscribed with QoS 1. Tried with 2,500 queued messages and a window of
  1,000 (MQTT 5), 100 and 20 (3.1.1) on Mosquitto 2.0.11: with QoS 0 on either side the marker overtakes whatever is queued
  beyond the window; with QoS 1 on both it comes after the last of them. NATS keeps no order between filters, nor in what it
  sends again: there the marker mostly comes last, and backlog that comes after it is not marked.
"""

import asyncio
import contextlib
import itertools
import random
import secrets
import socket
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal

import aiomqtt
from paho.mqtt.client import CallbackOnConnect_v2, Client, ConnectFlags, DisconnectFlags, MQTTMessage
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode
from paho.mqtt.subscribeoptions import SubscribeOptions

from link.comeback import Comeback
from link.port import Arrival, Broker, Outgoing, Receipt, Session, Sink, TakenOver, Ticket, TicketId, Up
from link.watch import Watch

Version = Literal["5", "3.1.1"]

CONNECT_SECONDS = 2.0
GOODBYE_SECONDS = 0.5
MARKER_SECONDS = 30.0  # a long backlog may stand before our marker; longer than this, the marker was swallowed
UNDELIVERED = 10_000  # messages that the broker has not taken yet; above this ``publish`` says "full"
IN_FLIGHT = 1_000  # of these, at most so many on the wire; also what one turn of paho's reading may become

UNSUPPORTED_VERSION = 0x84
PROTOCOL_ERROR = 0x82
SESSION_TAKEN_OVER = 0x8E
