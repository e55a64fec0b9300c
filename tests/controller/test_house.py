"""The way of a message through the house, with a fake link and a clock that stands."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from controller.app import _rebuilding
from controller.house import House
from controller.journal.reader import inputs_after, recent_receipts, traces
from controller.journal.schema import open_to_read
from controller.journal.writer import JournalWriter
from controller.resume import resume
from controller.traces import read_traces
from controller.venue.load import load_venue
from controller.venue.source.files import read_folder
from link.port import Arrival, Outgoing, Receipt, TicketId, Up
from scenes.engine import Engine
from scenes.inputs import Restarted
from scenes.model import Venue
from tests.controller.fakes import FakeClock, FakeLink

DEMO = Path(__file__).parents[1] / "venues" / "small"
ENTRY = "demo/preface/entry/event/presence"


@pytest.fixture(scope="module")
def venue() -> Venue:
    return load_venue(read_folder(DEMO))


class Building:
    """A house on a loop of its own; ``commit`` carries what the journal's thread says onto it, as the app does."""

    def __init__(self, folder: Path, venue: Venue) -> None:
        self.folder = folder
        self.link = FakeLink()
        self.clock = FakeClock()
        self.journal = JournalWriter(folder, lambda *_: None, self._fail, self._fail)
        reader = open_to_read(folder)
        rebuild = _rebuilding(lambda: resume(reader, venue), self.journal)
        resumed = rebuild()
        self.clock.time = max(self.clock.time, (resumed.died_at or 0) + 1)
        receipts = recent_receipts(reader, 100)
        self.house = House(resumed, self.journal, self.link, self.clock, rebuild, receipts)
        self.house.take_restart(Restarted(self.clock.now(), resumed.seq + 1, "j", 1, 0, resumed.died_at))
        self.house.snapshot()
        self.house.up(Up(1, mqtt5=True, session_present=resumed.died_at is not None))
        self.commit()

    def _fail(self, reason: str) -> None:
        raise AssertionError(reason)

    def hears(self, topic: str, body: bytes, packet: int | None = None, **flags: bool) -> None:
        receipt = Receipt(1, packet) if packet is not None else None
        self.house.arrived([Arrival(topic, body, receipt=receipt, **flags)])

    def commit(self) -> None:
        assert self.journal.flush()
        self.house.committed(self.journal.position, 0.0)

    def kept(self) -> list[str]:
        return [row.topic for row in inputs_after(open_to_read(self.folder), 0) if row.kind == "Message"]


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    with asyncio.Runner() as runner:
        yield runner.get_loop()


def on_loop(loop, act) -> None:
    async def go() -> None:
        act()

    loop.run_until_complete(go())


def test_a_message_is_acknowledged_after_its_commit_and_not_before(tmp_path, venue, loop):
    def act() -> None:
        building = Building(tmp_path, venue)
        building.hears(ENTRY, b'{"occupied": true}', packet=7)
        assert building.link.acknowledged == []
        building.commit()
        assert building.link.acknowledged == [Receipt(1, 7)]
        building.journal.close()

    on_loop(loop, act)


def test_refused_and_retained_messages_wait_in_the_same_line(tmp_path, venue, loop):
    def act() -> None:
        building = Building(tmp_path, venue)
        building.hears(ENTRY, b"nonsense", packet=1)
        building.hears(ENTRY, b'{"occupied": true}', packet=2, retained=True)
        building.hears("demo/preface/nobody/state", b"{}", packet=3)
        building.commit()
        assert [one.packet for one in building.link.acknowledged] == [1, 2, 3]
        building.journal.close()

    on_loop(loop, act)


def test_a_repeat_that_was_kept_is_acknowledged_and_not_taken_again(tmp_path, venue, loop):
    def act() -> None:
        first = Building(tmp_path, venue)
        first.hears(ENTRY, b'{"occupied": true}', packet=7)
        assert first.journal.flush()  # kept, and then killed before the acknowledgement
        first.journal.close()
        second = Building(tmp_path, venue)
        second.hears(ENTRY, b'{"occupied": true}', packet=7, repeat=True, backlog=True)
        second.commit()
        assert second.link.acknowledged == [Receipt(1, 7)]
        assert second.kept() == [ENTRY]
        second.journal.close()

    on_loop(loop, act)


def test_the_same_packet_id_with_another_message_is_taken(tmp_path, venue, loop):
    def act() -> None:
        building = Building(tmp_path, venue)
        building.hears(ENTRY, b'{"occupied": true}', packet=7)
        building.hears(ENTRY, b'{"occupied": false}', packet=7, repeat=True)
        building.hears(ENTRY, b'{"occupied": false}', packet=7)
        building.commit()
        assert len(building.kept()) == 3
        building.journal.close()

    on_loop(loop, act)


def test_a_house_that_cannot_keep_up_ceases_to_read_and_reads_again(tmp_path, venue, loop, monkeypatch):
    monkeypatch.setattr("controller.house.MOST_WAITING", 3)

    def act() -> None:
        building = Building(tmp_path, venue)
        with building.journal._lock:  # the disk stands still
            before = building.journal._committed
            building.journal._committed = before - 10
        building.hears(ENTRY, b'{"occupied": true}', packet=1)
        assert building.link.paused
        building.commit()
        assert not building.link.paused
        building.journal.close()

    on_loop(loop, act)


def test_an_oversize_payload_is_refused_kept_in_part_and_refused_again_after_a_restart(tmp_path, venue, loop):
    def act() -> None:
        first = Building(tmp_path, venue)
        first.hears(ENTRY, b'{"occupied": true, "id": "' + b"x" * 70_000 + b'"}')
        first.commit()
        assert first.house.engine.stage.refused == 1
        first.journal.close()
        second = Building(tmp_path, venue)
        assert second.house.engine.stage.refused == 1
        rows = [row for row in inputs_after(open_to_read(tmp_path), 0) if row.kind == "Message"]
        assert (len(rows[0].body), rows[0].flags) == (256, "70028")
        second.journal.close()

    on_loop(loop, act)


def test_an_answer_that_the_broker_never_had_is_given_after_the_restart(tmp_path, venue, loop):
    def act() -> None:
        first = Building(tmp_path, venue)
        first.hears("demo/order/start/hello", b'{"id": "desk"}', packet=1)
        assert first.journal.flush()  # killed before the answer left
        first.journal.close()
        second = Building(tmp_path, venue)
        answers = [json.loads(one.payload) for one in second.link.published if one.topic == "demo/reply/desk"]
        assert [one["answer"] for one in answers] == ["accepted"]
        second.journal.close()

    on_loop(loop, act)


def test_a_clock_that_was_set_moves_the_wall_and_not_the_engine(tmp_path, venue, loop):
    def act() -> None:
        building = Building(tmp_path, venue)
        building.clock.offset = 3_600_000_000
        building.house.beat()
        assert building.house.engine.stage.offset == 3_600_000_000
        assert building.house.engine.stage.now == building.clock.time
        building.journal.close()

    on_loop(loop, act)


def test_half_a_character_in_a_name_that_stands_twice_is_refused_and_answered(tmp_path, venue, loop):
    def act() -> None:
        building = Building(tmp_path, venue)
        for topic in (ENTRY, "demo/order/start/hello"):
            building.hears(topic, b'{"\\ud800": 1, "\\ud800": 2}', packet=1)
        building.commit()
        assert building.house.engine.stage.refused == 1
        assert "demo/preface/entry/error" in building.link.topics()
        assert "demo/reply/last" in building.link.topics()
        building.journal.close()

    on_loop(loop, act)


def test_a_device_that_is_not_in_the_venue_is_answered_with_the_nearest_name(tmp_path, venue, loop):
    def act() -> None:
        building = Building(tmp_path, venue)
        building.hears("demo/preface/entri/event/presence", b'{"occupied": true}')
        (letter,) = [one for one in building.link.published if one.topic == "demo/preface/entri/error"]
        assert "did you mean 'preface.entry'?" in json.loads(letter.payload)["reason"]
        building.journal.close()

    on_loop(loop, act)


@pytest.mark.parametrize(("topic", "retained"), [
    ("demo/preface/entri/state", True), ("demo/preface/Ent ri/state", False), ("demo/preface/$x/state", False),
    ("demo/scene/hello/state", False), ("elsewhere/preface/entri/state", False), ("demo/preface/entri/error", False),
])  # fmt: skip
def test_what_a_broker_had_kept_and_what_is_no_devices_topic_is_not_answered(tmp_path, venue, loop, topic, retained):
    def act() -> None:
        building = Building(tmp_path, venue)
        building.hears(topic, b"{}", retained=retained)
        assert [one for one in building.link.topics() if one.endswith("/error")] == []
        building.journal.close()

    on_loop(loop, act)


@pytest.mark.parametrize("reply_to", ["a\\u0001b", "$SYS/x", "a\\nb", "a\\ud800", "\\ufdd0"])
def test_a_reply_topic_that_no_broker_takes_is_answered_on_the_plain_one(tmp_path, venue, loop, reply_to):
    def act() -> None:
        building = Building(tmp_path, venue)
        building.hears("demo/order/start/hello", f'{{"id": "p", "reply_to": "{reply_to}"}}'.encode(), packet=1)
        building.commit()
        replies = [topic for topic in building.link.topics() if topic.startswith("demo/reply/")]
        assert set(replies) <= {"demo/reply/p", "demo/reply/order-4", "demo/reply/order-3", "demo/reply/last"}
        assert replies
        building.journal.close()

    on_loop(loop, act)


def test_after_the_broker_lost_our_session_the_same_packet_is_another_message(tmp_path, venue, loop):
    def act() -> None:
        building = Building(tmp_path, venue)
        building.hears("demo/order/start/hello", b"", packet=1)
        building.house.down("gone")
        building.house.up(Up(2, mqtt5=True, session_present=False))
        building.hears("demo/order/start/hello", b"", packet=1, repeat=True)
        building.commit()
        assert len(building.kept()) == 2
        assert len(list(recent_receipts(open_to_read(tmp_path), 10))) == 1
        building.journal.close()

    on_loop(loop, act)


def test_an_order_is_answered_although_a_timer_broke_the_engine_in_its_take(tmp_path, venue, loop, monkeypatch):
    true_fire = Engine._fire

    def fire(self, decision, timer):
        if timer.action == "step":
            raise RuntimeError("planted")
        true_fire(self, decision, timer)

    def act() -> None:
        building = Building(tmp_path, venue)
        building.hears("demo/order/start/hello", b'{"id": "one"}')
        building.commit()
        monkeypatch.setattr(Engine, "_fire", fire)
        building.clock.time += 4_500_000
        building.hears("demo/order/stop/hello", b'{"id": "two"}')
        building.commit()
        assert building.link.topics().count("demo/reply/two") == 1
        building.journal.close()

    on_loop(loop, act)


ANNEX = ("  preface.wall:", "  annex.lamp: {kind: light}\n  preface.wall:")
GLOW = "glow:\n  starts: {by: staff}\n  does: [{ask: {annex.lamp: warm}}]\n"


def test_a_reload_listens_to_new_halls_and_clears_what_gone_scenes_left(tmp_path, venue, loop):
    texts = read_folder(DEMO)
    wider = load_venue({**texts, "venue.yaml": texts["venue.yaml"].replace(*ANNEX), "glow.yaml": GLOW})

    def act() -> None:
        building = Building(tmp_path, venue)
        building.house.reload(wider)
        assert "demo/annex/+/state" in building.link.filters
        building.house.reload(venue)
        assert "demo/annex/+/state" not in building.link.filters
        assert building.link.published[-1] == Outgoing("demo/scene/glow/state", b"", retain=True)
        building.commit()
        kept = read_traces(traces(open_to_read(tmp_path)))
        assert "demo/annex/+/state" in kept.former(venue)
        assert list(kept.gone(venue)) == ["glow"]
        building.house.delivered(TicketId(len(building.link.published)))
        building.commit()
        assert list(read_traces(traces(open_to_read(tmp_path))).gone(venue)) == []
        building.journal.close()

    on_loop(loop, act)
