"""The way from a message to a light: inbox, journal, engine, outputs. The one place that moves them.

For each input: it is added to the journal, the engine decides, levels leave at once. When the journal has it on disk,
what waited for that leaves (one-shots, answers) and the broker gets its acknowledgement, in the order of arrival.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2s

import structlog

from controller.clock import Clock
from controller.inbox import KEPT_OF_OVERSIZE, Own, keep_own, source_of, stranger, understand
from controller.journal.schema import InputRow
from controller.journal.writer import JournalWriter
from controller.outputs.outbox import Outbox
from controller.resume import EngineFault, Resumed, engine_version, guarded, guarded_advance
from controller.traces import Traces, filters_of
from devices.payload import MAX_BYTES
from devices.vocabulary import NOTHING, Fields
from link.port import Arrival, Link, Receipt, TicketId, Up
from scenes.effects import Answer, Effect, Note, NoteWord, SafetyState
from scenes.inputs import ClockStepped, Input, LinkDown, LinkUp, NotSent, Ordered, Refused, Reloaded
from scenes.model import Place, Venue
from scenes.stage import latch_text, to_bytes
from scenes.verdicts import Verdict

MOST_WAITING = 2_000  # entries not yet on disk; above this the socket is not read
SNAPSHOT_INPUTS = 20_000
SNAPSHOT_MICROS = 60_000_000
STATES_SECONDS = 0.05
CLOCK_STEP_MICROS = 100_000  # smaller differences are how clocks drift

log = structlog.get_logger()


class House:
    """Everything that a running controller knows. A ``Sink`` of the link; all of it runs on the loop."""

    def __init__(
        self,
        resumed: Resumed,
        journal: JournalWriter,
        link: Link,
        clock: Clock,
        rebuild: Callable[[], Resumed],
        receipts: Iterable[tuple[int, str, bytes]] = (),
        traces: Traces | None = None,
    ) -> None:
        self.engine = resumed.engine
        self.journal = journal
        self.outbox = Outbox(resumed.engine.venue.id, link.publish)
        self.traces = traces if traces is not None else Traces()
        self.on_up: Callable[[], None] = lambda: None
        self._link = link
        self._clock = clock
        self._rebuild = rebuild
        self._seq = resumed.seq
        self._receipts = {packet: _digest(topic, body) for packet, topic, body in receipts}

        self._acknowledge: deque[tuple[int, Receipt]] = deque()
        self._paused = False
        self._timer: asyncio.TimerHandle | None = None
        self._states: asyncio.TimerHandle | None = None
        self._snapshot_seq = resumed.seq
        self._snapshot_at = 0
        self.outbox.send(list(resumed.answers), 0)

    # what the link says

    def up(self, up: Up) -> None:
        """A connection stands."""
        log.info("broker_up", mqtt=5 if up.mqtt5 else 3, session_present=up.session_present)
        if not up.session_present:
            self._receipts.clear()  # packet ids begin anew: the same one is another message
        self.outbox.link_up()
        self.on_up()
        self.take_own(LinkUp(self._now(), self._seq + 1, session_present=up.session_present))

    def down(self, reason: str) -> None:
        """No connection any more."""
        log.warning("broker_down", reason=reason)
        self._acknowledge.clear()  # receipts of a connection die with it
        self.take_own(LinkDown(self._now(), self._seq + 1, reason))

    def arrived(self, batch: Sequence[Arrival]) -> None:
        """Messages, in the order of arrival."""
        for arrival in batch:
            self._take_message(arrival)
        self._arm()

    def delivered(self, ticket: TicketId) -> None:
        """The broker has a message of ours."""
        order = self.outbox.delivered(ticket)
        if order is not None:
            self.journal.add_answered(order)
        scene = self.outbox.cleared(ticket)
        if scene is not None:
            self.traces.scenes.discard(scene)
            self.journal.add_traces(self.traces.text())

    # what the journal says

    def committed(self, position: int, took_seconds: float) -> None:
        """Everything up to ``position`` is on disk."""
        if took_seconds > 1:
            log.warning("journal_late", seconds=round(took_seconds, 1))
        self.outbox.committed(position)
        self._report_unsent()
        receipts = []
        while self._acknowledge and self._acknowledge[0][0] <= position:
            receipts.append(self._acknowledge.popleft()[1])
        if receipts:
            self._link.acknowledge(receipts)
        if self._paused and self.journal.waiting < MOST_WAITING // 2:
            self._paused = False
            self._link.resume()
        self._arm()

    # what the house itself does

    def take_own(self, own: Own) -> None:
        """An input that is not a message: kept and decided upon like one."""
        kind, body = keep_own(own)
        self._take(own, self._row(own.at, kind, body))
        self._arm()

    def reload(self, venue: Venue) -> None:
        """Another configuration, from now on; its texts are in the journal. If the engine raises, the former stays."""
        reloaded = Reloaded(self._now(), self._seq + 1, venue)
        self._take(reloaded, self._row(reloaded.at, "Reloaded", venue.config.encode()))
        self.settle_in()
        self.snapshot()
        self._arm()

    def settle_in(self) -> None:
        """What this venue has at the broker is asked for, what an earlier one left there goes."""
        venue = self.engine.venue
        self.traces.add(venue)
        self.journal.add_traces(self.traces.text())
        self._link.listen(filters_of(venue))
        self.outbox.forget(self.traces.gone(venue))

    def note(self, what: NoteWord, *, place: Place | None = None, details: Fields = NOTHING) -> None:
        """Keeps something for people to read that was not the engine's to decide."""
        stage = self.engine.stage
        self.journal.add_notes([Note(self._now(), what, place=place, details=details)], self._seq, stage.offset)

    def beat(self) -> None:
        """Every two seconds: time is marked, the clock compared, the stage kept when it is time for that."""
        self._advance()
        now = self._now()
        self.journal.add_mark(now, self._clock.wall())
        offset = self._clock.wall() - now
        if abs(offset - self.engine.stage.offset) > CLOCK_STEP_MICROS:
            self.take_own(ClockStepped(now, self._seq + 1, offset))
        changed = self._seq > self._snapshot_seq
        if changed and now - self._snapshot_at > SNAPSHOT_MICROS:
            self.snapshot()
        self._arm()

    def snapshot(self) -> None:
        """Keeps the stage as it is, so that a restart needs no more than what follows."""
        if not self.outbox.is_answering(self.engine.stage.now):
            stage = self.engine.stage
            self._snapshot_seq, self._snapshot_at = self._seq, stage.now
            self.journal.add_snapshot(self._seq, stage.now, self.engine.venue.config, engine_version(), to_bytes(stage))

    def take_restart(self, own: Own) -> None:
        """The first input of this process: what was going on is taken up."""
        self.outbox.epoch, self.outbox.offset = self.engine.stage.epoch + 1, self.engine.stage.offset
        self.take_own(own)
        self.outbox.epoch, self.outbox.offset = self.engine.stage.epoch, self.engine.stage.offset

    def stop(self) -> None:
        """No timer fires any more."""
        for handle in (self._timer, self._states):
            if handle is not None:
                handle.cancel()

    def _take_message(self, arrival: Arrival) -> None:
        packet = arrival.receipt.packet if arrival.receipt is not None else None
        if packet is not None:
            digest = _digest(arrival.topic, arrival.payload)
            if arrival.repeat and self._receipts.get(packet) == digest:
                self._receipt(arrival, self.journal.position)
                return  # kept before: its acknowledgement did not reach the broker
            self._receipts[packet] = digest
        at = self._now()
        size = len(arrival.payload) if len(arrival.payload) > MAX_BYTES else None
        row = InputRow(
            seq=self._seq + 1,
            at=at,
            wall=at + self.engine.stage.offset,
            source=source_of(arrival),
            kind="Message",
            topic=arrival.topic,
            body=arrival.payload if size is None else arrival.payload[:KEPT_OF_OVERSIZE],
            flags="" if size is None else str(size),
            packet=packet,
            reply=_reply(arrival),
        )
        one = understand(self.engine.venue, arrival, at, row.seq, size)
        position = self._take(one, row)
        self._receipt(arrival, position)
        if isinstance(one, Refused):
            self._complain(one, arrival)
        if not self._paused and self.journal.waiting > MOST_WAITING:
            self._paused = True
            self._link.pause()

    def _complain(self, one: Refused, arrival: Arrival) -> None:
        if one.device is not None:
            self.outbox.complain(one.device, one.topic, one.reason, one.at)
        elif (device := stranger(self.engine.venue, arrival)) is not None:
            self.outbox.complain_to_stranger(device, one.topic, one.reason, one.at)

    def _receipt(self, arrival: Arrival, position: int) -> None:
        if arrival.receipt is not None:
            self._acknowledge.append((position, arrival.receipt))

    def _take(self, one: Input, row: InputRow) -> int:
        """Keeps, decides, carries out. Returns the input's position in the journal."""
        self._seq = row.seq
        position = self.journal.add_input(row)
        try:
            effects = guarded(self.engine, one)
        except EngineFault as fault:
            self._set_aside(fault)
            effects = []
            if isinstance(one, Ordered) and fault.kind == "input":
                effects.append(_sorry(one))
        self._carry_out(effects, position)
        if self._seq - self._snapshot_seq >= SNAPSHOT_INPUTS:
            self.snapshot()
        return position

    def _advance(self) -> None:
        now = self._now()
        try:
            effects = guarded_advance(self.engine, now)
        except EngineFault as fault:
            self._set_aside(fault)
            return
        if effects:  # the mark says that these timers fired: a restart does not fire them again
            self._carry_out(effects, self.journal.add_mark(now, self._clock.wall()))

    def _carry_out(self, effects: list[Effect], position: int) -> None:
        if not effects:
            return
        self.outbox.offset = self.engine.stage.offset
        self.outbox.send(effects, position)
        if any(isinstance(effect, SafetyState) for effect in effects):
            self.journal.add_safety(latch_text(self.engine.stage))
        self.journal.add_notes(
            [effect for effect in effects if isinstance(effect, Note)], self._seq, self.engine.stage.offset
        )
        if self._states is None and self.outbox.has_states():
            self._states = asyncio.get_running_loop().call_later(STATES_SECONDS, self._tell_states)

    def _tell_states(self) -> None:
        self._states = None
        self.outbox.tell_states()

    def _report_unsent(self) -> None:
        for tell, reason in self.outbox.unsent():
            self.take_own(NotSent(self._now(), self._seq + 1, tell.id, reason))

    def _set_aside(self, fault: EngineFault) -> None:
        """The engine raised: its stage cannot be trusted, so it is built again from the journal."""
        log.error("engine_raised", cause=fault.kind, number=fault.number, reason=fault.reason)
        self.journal.add_aside(fault.kind, fault.number, fault.reason)
        self.journal.flush()
        rebuilt = self._rebuild()
        self.engine = rebuilt.engine
        lost = [answer for answer in rebuilt.answers if not self.outbox.holds(answer.id)]
        self.outbox.send([*lost], self.journal.position)
        note = Note(
            self.engine.stage.now,
            "verdict",
            verdict=Verdict.SET_ASIDE,
            details={"cause": fault.kind, "number": fault.number, "why": fault.reason},
        )
        self.journal.add_notes([note], fault.number, self.engine.stage.offset)
        if self.engine.stage.link_up:  # what the lost stage had decided may not have left: all is asserted again
            self.take_own(LinkUp(self._now(), self._seq + 1))

    def _now(self) -> int:
        return max(self._clock.now(), self.engine.stage.now)

    def _row(self, at: int, kind: str, body: bytes) -> InputRow:
        return InputRow(self._seq + 1, at, at + self.engine.stage.offset, "live", kind, "", body)

    def _arm(self) -> None:
        """Wakes when the engine's next timer is due."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        due = self.engine.due()
        if due is not None:
            delay = max(0, due - self._clock.now()) / 1_000_000
            self._timer = asyncio.get_running_loop().call_later(delay, self._wake)

    def _wake(self) -> None:
        self._timer = None
        self._advance()
        self._arm()


def _digest(topic: str, body: bytes) -> bytes:
    """Of no more than what the journal keeps of any payload, so that a kept one and a coming one compare."""
    return blake2s(topic.encode() + b"\0" + body[:KEPT_OF_OVERSIZE], digest_size=8).digest()


def _sorry(order: Ordered) -> Answer:
    """Every order has its answer, also one that made the engine fail."""
    why = "this order made the controller fail and was set aside"
    order_id = order.id or f"order-{order.number}"
    return Answer(
        order.at,
        order_id,
        "refused",
        why,
        verdict=Verdict.SET_ASIDE,
        reply_to=order.reply_to,
        correlation=order.correlation,
        last=order.id is None,
    )


def _reply(arrival: Arrival) -> str | None:
    if arrival.reply_to is None or "\n" in arrival.reply_to:
        return None
    return f"{arrival.reply_to}\n{arrival.correlation.hex() if arrival.correlation else ''}"
