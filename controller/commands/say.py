"""``ringmaster say``: what a device would say, said by hand to the running controller."""

import asyncio
import json
import secrets
import sys
from collections.abc import Sequence
from typing import Literal

from controller.commands.standing import engine_at
from controller.exits import Exit
from controller.inbox import understand
from controller.journal.schema import JournalError, open_to_read
from controller.presence import NoController, find_controller, find_running
from controller.settings import SettingsError, read_settings
from controller.whatif import NotSayable, said
from link.address import parse_broker
from link.over_aiomqtt import AiomqttLink
from link.port import Arrival, Outgoing, Session, TicketId, Up
from scenes.engine import Engine
from scenes.inputs import Refused

SENT_SECONDS = 3.0


def say(
    what: str,
    *,
    with_: list[str] | None = None,
    venue: str | None = None,
    format: Literal["human", "json"] = "human",  # noqa: A002 - the option's name
) -> Exit:
    """Say something as a device would, on the running controller's broker, and print what was said.

    To see what would happen without saying it: ringmaster why SCENE --what-if. A state is said once and not kept by
    the broker: what the device itself says next holds again.

    Parameters
    ----------
    what
        An event, as in preface.doorbell.pressed; a state that becomes true, preface.entry.occupied, or another value,
        preface.entry.occupied=false.
    with_
        A field of the event, as in button=1; may be repeated.
    venue
        The venue's id, when several run here.
    format
        For people or for programs.
    """
    try:
        state = find_running(read_settings().state, venue)
        address = find_controller(state)
        broker = parse_broker(address.broker)
        engine = engine_at(open_to_read(state), None)
    except (NoController, SettingsError, JournalError, ValueError) as error:
        print(error, file=sys.stderr)
        return Exit.UNAVAILABLE
    if engine is None:
        print("the controller that runs is of another version: start it again", file=sys.stderr)
        return Exit.UNAVAILABLE
    try:
        message = _message(engine, " ".join([what, *(with_ or [])]))
    except NotSayable as error:
        print(error, file=sys.stderr)
        return Exit.USAGE
    if not asyncio.run(_Saying(message).say(AiomqttLink(broker))):
        print(f"it could not be said within {SENT_SECONDS:g} s to {address.broker}", file=sys.stderr)
        return Exit.UNAVAILABLE
    if format == "json":
        print(json.dumps({"topic": message.topic, "body": json.loads(message.payload)}, ensure_ascii=False))
    else:
        print(f"said on {message.topic}: {message.payload.decode()}")
    return Exit.OK


def _message(engine: Engine, text: str) -> Arrival:
    """What the device would send. Raises ``NotSayable``, also for what the controller would refuse."""
    message = said(engine.venue, text, engine.stage)
    understood = understand(engine.venue, message, engine.stage.now, 0)
    if isinstance(understood, Refused):
        raise NotSayable(understood.reason)
    return message


class _Saying:
    """One message on its way: a sink that publishes when the link is up and waits until the broker has it."""

    def __init__(self, message: Arrival) -> None:
        self._message = message
        self._link: AiomqttLink | None = None
        self._done: asyncio.Future[None] | None = None

    async def say(self, link: AiomqttLink) -> bool:
        """Whether the broker has it in time."""
        self._link, self._done = link, asyncio.get_running_loop().create_future()
        session = Session(client_id=f"ringmaster-say-{secrets.token_hex(6)}", filters=())
        async with asyncio.TaskGroup() as tasks:
            carrying = tasks.create_task(link.run(session, self), name="link")
            try:
                async with asyncio.timeout(SENT_SECONDS):
                    await self._done
            except TimeoutError:
                return False
            finally:
                carrying.cancel()
        return True

    def up(self, up: Up) -> None:  # noqa: ARG002 - the shape of a sink
        """Says it."""
        if self._link is not None:
            self._link.publish(Outgoing(self._message.topic, self._message.payload))

    def down(self, reason: str) -> None:
        """The link comes back by itself, or time is up."""

    def arrived(self, batch: Sequence[Arrival]) -> None:
        """Nothing is listened to."""

    def delivered(self, ticket: TicketId) -> None:  # noqa: ARG002 - it is the only one
        """The broker has it."""
        if self._done is not None and not self._done.done():
            self._done.set_result(None)
