"""A journal of a virtual day: the real engine, devices that answer, visitors who walk, and a sensor that we play."""

import heapq
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from controller.cast import Cast
from controller.commands.simulated import models_of, visitors_of
from controller.inbox import Own, keep_own, understand
from controller.journal.schema import InputRow
from controller.journal.writer import JournalWriter
from controller.outputs.letters import letter_of
from controller.resume import engine_version
from controller.venue.load import Loaded, load
from controller.venue.source.files import read_folder
from devices.vocabulary import DeviceId
from link.port import Arrival
from scenes.effects import Effect, Note, Set, Tell
from scenes.engine import Engine
from scenes.inputs import Input, LinkUp, Reloaded, Restarted
from scenes.stage import from_bytes, to_bytes

SECOND = 1_000_000
HOUR = 3600 * SECOND
NINE = 1_642_381_200 * SECOND
Message = tuple[int, str, bytes]  # instant, topic, payload


class Recording:
    """A house that lives from ``NINE`` on, and its journal in ``folder``."""

    def __init__(self, folder: Path, venue: Path, *, dead: Iterable[str] = ()) -> None:
        texts = read_folder(venue)
        self.loaded: Loaded = load(texts)
        self.engine = Engine(self.loaded.venue)
        self.folder = folder
        self.notes: list[Note] = []
        self._models = {key: one for key, one in models_of(self.loaded, 7).items() if key not in dead}
        self._cast = Cast(self._models, letter_of(self.loaded.venue))
        self._journal = JournalWriter(folder, lambda *_: None, _fail, _fail)
        self._journal.add_config(self.loaded.venue.config, json.dumps(sorted(texts.items())))
        self._seq = 0

    def live(
        self,
        messages: Iterable[Message],
        until: int,
        *,
        played: Iterable[str] = (),
        crowd: bool = True,
        turns: Iterable[tuple[int, Callable[[int], None]]] = (),
    ) -> None:
        """``messages`` are said by the devices ``played``, which no visitor touches; ``until`` in microseconds.

        ``turns``: what else happens, and when.
        """
        out = {DeviceId(one) for one in played}
        self._own(Restarted(NINE, 1, "recorded", 1, 0))
        self.snapshot()
        self._cast.begin(NINE, mute=out)
        self._own(LinkUp(NINE, 2))
        hours = 0
        visitors = iter(visitors_of(self.loaded.venue, 3, NINE, hour=9)) if crowd else iter(())
        acts = ((one.at, "act", one) for one in visitors if one.device not in out)
        said = ((at, "said", (topic, body)) for at, topic, body in messages)
        others = ((NINE + at, "turn", turn) for at, turn in turns)
        for at, what, one in heapq.merge(said, acts, others, key=lambda each: each[0]):
            if at >= NINE + until:
                break
            self._until(at)
            if (at - NINE) // HOUR > hours:
                hours += 1
                self.snapshot()
            if what == "said":
                self._hear(Arrival(*one), at)
            elif what == "turn":
                one(at)
            elif one.device in self._models:
                self._cast.touched(one.device, one.act, at)
        self._until(NINE + until)
        self._journal.add_mark(NINE + until, NINE + until)
        assert self._journal.flush()
        self._journal.close()

    def crash(self, at: int, away: int) -> None:
        """The controller dies, and starts again ``away`` microseconds later; what is said meanwhile nobody hears."""
        self._until(at)
        self._journal.add_mark(at, at)
        self.engine = Engine(self.engine.venue, from_bytes(to_bytes(self.engine.stage)))
        while (due := self._cast.due()) is not None and due <= at + away:
            self._cast.next_line()
        self._own(Restarted(at + away, self._seq + 1, "recorded", self.engine.stage.epoch + 1, 0, died_at=at))
        self._own(LinkUp(at + away, self._seq + 1))

    def reload(self, at: int, folder: Path) -> None:
        """The venue's files are changed to those in ``folder``."""
        self._until(at)
        texts = read_folder(folder)
        self.loaded = load(texts)
        venue = self.loaded.venue
        self._journal.add_config(venue.config, json.dumps(sorted(texts.items())))
        self._seq += 1
        row = InputRow(self._seq, at, at, "live", "Reloaded", "", venue.config.encode())
        self._take(Reloaded(at, self._seq, venue), row)

    def snapshot(self) -> None:
        stage = self.engine.stage
        config = self.loaded.venue.config
        self._journal.add_snapshot(self._seq, stage.now, config, engine_version(), to_bytes(stage))

    def _until(self, to: int) -> None:
        while True:
            times = [one for one in (self.engine.due(), self._cast.due()) if one is not None]
            at = min(times, default=to + 1)
            if at > to:
                break
            if self.engine.due() == at:
                self._took(self.engine.advance(at))
            else:
                line = self._cast.next_line()
                if line is not None and line.heard:
                    self._hear(line.arrival, at)

    def _hear(self, arrival: Arrival, at: int) -> None:
        self._seq += 1
        row = InputRow(self._seq, at, at, "live", "Message", arrival.topic, arrival.payload)
        self._take(understand(self.engine.venue, arrival, at, self._seq), row)

    def _own(self, one: Own) -> None:
        self._seq += 1
        kind, body = keep_own(one)
        self._take(one, InputRow(self._seq, one.at, one.at, "live", kind, "", body))

    def _take(self, one: Input, row: InputRow) -> None:
        self._journal.add_input(row)
        self._took(self.engine.take(one))

    def _took(self, effects: list[Effect]) -> None:
        for effect in effects:
            if isinstance(effect, Set | Tell):
                self._cast.told(effect)
            elif isinstance(effect, Note):
                self.notes.append(effect)


def visits(durations: Mapping[int, int]) -> list[Message]:
    """Somebody stands at the preface's entry: from when → how long, microseconds after ``NINE``."""
    topic = "demo/preface/entry/event/presence"
    return [
        (NINE + at + lasts * off, topic, b'{"occupied": false}' if off else b'{"occupied": true}')
        for at, lasts in durations.items()
        for off in (0, 1)
    ]


def changed(venue: Path, folder: Path, *edits: tuple[str, str, str]) -> Path:
    """A copy of the venue with texts replaced: file, former, new."""
    for path in venue.glob("*.yaml"):
        text = path.read_text("utf-8")
        for file, former, new in edits:
            if file == path.name:
                assert text.count(former) == 1
                text = text.replace(former, new)
        folder.mkdir(exist_ok=True)
        (folder / path.name).write_text(text, "utf-8")
    return folder


def _fail(reason: str) -> None:
    raise AssertionError(reason)
