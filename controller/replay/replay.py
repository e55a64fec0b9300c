"""The journal's inputs through two engines at once: one with the venue that ran, one with the edited venue.

Time is the journal's. Everything is decided instant by instant on both sides, so what differs is seen when it does.
"""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from controller.cast import Cast
from controller.inbox import understand
from controller.journal.reader import (
    config_after,
    config_texts,
    inputs_after,
    last_instant,
    oldest_snapshot,
    set_aside,
    snapshot_before,
)
from controller.journal.schema import InputRow
from controller.outputs.letters import letter_of
from controller.replay.answers import Answers
from controller.replay.differences import Difference, Differences
from controller.replay.side import Side
from controller.resume import engine_version, read_row, venue_of
from devices.vocabulary import DeviceId
from scenes.effects import Effect
from scenes.engine import Engine
from scenes.inputs import Acked, Heard, Input, NotSent, Reloaded, Restarted
from scenes.model import Venue
from scenes.stage import Stage, from_bytes
from simulators.models.model import Model

MODELS_NUMBER = 1 << 40  # what models say has numbers that no input of a journal has


class NothingToReplay(Exception):  # noqa: N818 - a fact that commands tell
    """The journal has nothing that could be replayed; the message says why."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """Where a replay begins. ``blob`` None: with an empty stage, before the first input."""

    venue: Venue
    seq: int
    at: int
    blob: bytes | None


@dataclass(frozen=True, slots=True)
class Report:
    """``causes``: the first causes, in the order of time. Instants are engine time, ``offset`` makes wall time of them.

    ``edited``: the scenes, variables and facts that are not what they were.
    """

    begins: int
    ends: int
    offset: int
    inputs: int
    edited: tuple[str, ...]
    causes: tuple[Difference, ...]


def beginning(connection: sqlite3.Connection, since: int, fallback: Venue) -> Beginning:
    """The newest snapshot before engine time ``since``; else the journal's beginning; else the oldest snapshot.

    ``fallback``: the venue, where the journal keeps none. Raises ``NothingToReplay``.
    """
    oldest = oldest_snapshot(connection)
    first = next(inputs_after(connection, 0), None)
    if oldest is None or first is None:
        raise NothingToReplay("nothing was kept in this journal")
    kept, version = oldest
    found = snapshot_before(connection, engine_version(), since)
    if found is None and (first.kind != "Restarted" or first.seq > 1) and version == engine_version():
        found = kept
    if found is None:
        texts = config_texts(connection, kept.config)
        venue = fallback if texts is None else venue_of(connection, kept.config, fallback)
        return Beginning(venue, first.seq - 1, first.at, None)
    return Beginning(venue_of(connection, found.config, fallback), found.seq, found.at, found.blob)


def edited_in(former: Venue, venue: Venue) -> dict[str, None]:
    """The scenes, variables and facts that are not what they were, in the order of the venue; those gone come last."""
    found: dict[str, None] = {}
    parts = ((former.scenes, venue.scenes), (former.variables, venue.variables), (former.facts, venue.facts))
    for was, now in parts:
        before, after = {str(name): one for name, one in was.items()}, {str(name): one for name, one in now.items()}
        found |= {name: None for name in {**after, **before} if before.get(name) != after.get(name)}
    return found


class Replay:
    """One replay. ``models`` answer for the devices of the edited venue, where the journal cannot."""

    def __init__(
        self, connection: sqlite3.Connection, begins: Beginning, venue: Venue, models: Mapping[DeviceId, Model]
    ) -> None:
        self._connection = connection
        self._begins = begins
        self._cast = Cast(models, letter_of(venue))
        former = begins.venue
        if begins.blob is None:
            self._then, self._now = Side(Engine(former, Stage())), Side(Engine(venue, Stage()))
        else:
            self._then, self._now = (Side(Engine(former, from_bytes(begins.blob))) for _ in range(2))
        self._edited = edited_in(former, venue)
        self._answers = Answers(venue, self._cast)
        self._differences = Differences(self._then, self._now, self._edited)
        self._answers.stand(self._then.engine.stage)
        self._venue = venue
        self._number = MODELS_NUMBER
        self._inputs = 0

    def run(self) -> Report:
        """From its beginning to the journal's last instant."""
        at = self._begins.at
        self._cast.begin(at, mute=self._begins.venue.devices)
        if self._begins.blob is not None:
            self._step([], self._now.engine.take(Reloaded(at, self._begins.seq, self._venue)))
        aside = {
            number for (kind, number), tries in set_aside(self._connection).items() if kind == "input" and tries > 1
        }
        for row in inputs_after(self._connection, self._begins.seq):
            if row.seq not in aside:
                self._row(row)
        ends = last_instant(self._connection) or at
        self._until(ends)
        offset = self._then.engine.stage.offset
        causes = tuple(self._differences.causes)
        return Report(at, ends, offset, self._inputs, tuple(self._edited), causes)

    def _row(self, row: InputRow) -> None:
        self._inputs += 1
        then = read_row(row, self._then.engine.venue, lambda name: venue_of(self._connection, name, self._begins.venue))
        if isinstance(then, Restarted):  # nothing falls due while nobody runs
            self._until(then.died_at if then.died_at is not None else row.at)
        else:
            self._until(row.at)
        now = self._as_now(row, then)
        self._step(self._then.engine.take(then), [] if now is None else self._now.engine.take(now))
        if isinstance(then, Reloaded):
            self._edited.update(edited_in(then.venue, self._venue))
        config = config_after(self._connection, row.seq) if isinstance(then, Restarted) else None
        if config is not None and config != self._then.engine.venue.config:  # an update: nothing of it was an input
            venue = venue_of(self._connection, config, self._begins.venue)
            self._step(self._then.engine.take(Reloaded(row.at, row.seq, venue)), [])

    def _as_now(self, row: InputRow, then: Input) -> Input | None:
        """What the new side takes of an input; None: nothing."""
        match then:
            case Reloaded():
                return None
            case Acked():
                return self._answers.acked(then)
            case NotSent():
                mine = self._answers.id_of(then.id)
                return None if mine is None else NotSent(then.at, then.number, mine, then.reason)
            case Heard() if not self._answers.heard(then):
                return None
        return read_row(row, self._now.engine.venue, lambda _: self._venue) if row.kind == "Message" else then

    def _until(self, to: int) -> None:
        """Time passes on both sides, and models speak."""
        while True:
            times = [self._then.engine.due(), self._now.engine.due(), self._cast.due()]
            at = min((one for one in times if one is not None), default=to + 1)
            if at > to:
                break
            self._step(self._then.engine.advance(at), self._now.engine.advance(at))
            while (due := self._cast.due()) is not None and due <= at:
                line = self._cast.next_line()
                if line is not None and self._answers.said(line):
                    self._number += 1
                    one = understand(
                        self._now.engine.venue, line.arrival, max(at, self._now.engine.stage.now), self._number
                    )
                    self._step([], self._now.engine.take(one))
        self._step(self._then.engine.advance(to), self._now.engine.advance(to))

    def _step(self, then: list[Effect], now: list[Effect]) -> None:
        if then or now:
            self._answers.asked(then, now)
            self._differences.compare(self._then.decided(then), self._now.decided(now))
            self._differences.settle(self._answers.foreign())
