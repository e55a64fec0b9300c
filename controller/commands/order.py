"""``ringmaster order``: what staff can do with a remote, from a terminal."""

import asyncio
import json
import secrets
import sys
from collections.abc import Mapping, Sequence
from typing import Literal

from controller.exits import Exit
from controller.presence import NoController, find_controller, find_running
from controller.settings import SettingsError, read_settings
from devices.topics import house_topic
from link.address import parse_broker
from link.over_aiomqtt import AiomqttLink
from link.port import Arrival, Outgoing, Session, TicketId, Up

ANSWER_SECONDS = 3.0
_NO_VERB = "which order? As in `ringmaster order start SCENE`; `ringmaster order --help` says them all"


def order(
    verb: str = "",
    target: str = "",
    *,
    by: str | None = None,
    way: str | None = None,
    with_: list[str] | None = None,
    venue: str | None = None,
    format: Literal["human", "json"] = "human",  # noqa: A002 - the option's name
) -> Exit:
    """Give an order and print its one answer. Ends with 0 when it was done or accepted, 1 when refused.

    Parameters
    ----------
    verb
        start, stop, arm, disarm; for a tour: go, back, hold, skip; for the house: extend, evacuate, drill, lift and
        confirm_lift, by two people.
    target
        A scene; a tour that is the only one going on needs no name.
    by
        Who orders; kept in the journal.
    way
        Which way go takes, where a cue has several.
    with_
        What the order is given, as in minutes=30 or until=21:30; may be repeated.
    venue
        The venue's id, when several run here.
    format
        For people or for programs.
    """
    if not verb:
        print(_NO_VERB, file=sys.stderr)
        return Exit.USAGE
    try:
        settings = read_settings()
        address = find_controller(find_running(settings.state, venue))
        broker = parse_broker(address.broker)
    except (NoController, SettingsError, ValueError) as error:
        print(error, file=sys.stderr)
        return Exit.UNAVAILABLE
    asking = _Asking(address.venue, verb, target, {"by": by, "way": way, "with": _given(with_ or [])})
    answer = asyncio.run(asking.ask(AiomqttLink(broker)))
    if answer is None:
        print(f"no answer within {ANSWER_SECONDS:g} s from {address.broker}", file=sys.stderr)
        return Exit.UNAVAILABLE
    said = json.loads(answer)
    print(answer.decode() if format == "json" else told(said))
    return Exit.OK if said["answer"] in ("accepted", "done") else Exit.NO


def _given(texts: Sequence[str]) -> Mapping[str, object]:
    """``minutes=30`` as a number, anything that is no JSON value as text."""
    found: dict[str, object] = {}
    for text in texts:
        name, _, value = text.partition("=")
        try:
            found[name] = json.loads(value)
        except ValueError:
            found[name] = value
    return found


def told(said: Mapping[str, str]) -> str:
    """The answer, why, and the run where that does not name it."""
    run = said.get("run")
    return f"{said['answer']}: {said['why']}" + (f" ({run})" if run and f"({run})" not in said["why"] else "")


class _Asking:
    """One order on its way: a sink that publishes when the link is up and keeps the answer."""

    def __init__(self, venue: str, verb: str, target: str, said: Mapping[str, object]) -> None:
        self._id = f"cli-{secrets.token_hex(6)}"
        self._topic = house_topic(venue, "order", verb, *([target] if target else []))
        self._reply = house_topic(venue, "reply", self._id)
        body = {"id": self._id, **{key: value for key, value in said.items() if value}}
        self._body = json.dumps(body, ensure_ascii=False).encode()
        self._link: AiomqttLink | None = None
        self._answer: asyncio.Future[bytes] | None = None

    async def ask(self, link: AiomqttLink) -> bytes | None:
        """The answer's bytes, or None when none came in time."""
        self._link, self._answer = link, asyncio.get_running_loop().create_future()
        session = Session(client_id=f"ringmaster-{self._id}", filters=((self._reply, 1),))
        async with asyncio.TaskGroup() as tasks:
            carrying = tasks.create_task(link.run(session, self), name="link")
            try:
                async with asyncio.timeout(ANSWER_SECONDS):
                    return await self._answer
            except TimeoutError:
                return None
            finally:
                carrying.cancel()

    def up(self, up: Up) -> None:  # noqa: ARG002 - the shape of a sink
        """Asks."""
        if self._link is not None:
            self._link.publish(Outgoing(self._topic, self._body))

    def down(self, reason: str) -> None:
        """The link comes back by itself, or time is up."""

    def arrived(self, batch: Sequence[Arrival]) -> None:
        """The answer."""
        for arrival in batch:
            if arrival.receipt is not None and self._link is not None:
                self._link.acknowledge([arrival.receipt])
            if self._answer is not None and not self._answer.done():
                self._answer.set_result(arrival.payload)

    def delivered(self, ticket: TicketId) -> None:
        """Being delivered is no answer."""
