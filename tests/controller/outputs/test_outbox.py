"""Levels at once, one-shots after the commit of their cause, and per device first in, first out."""

import json

import pytest

from controller.outputs.outbox import Outbox
from devices.vocabulary import DeviceId
from link.port import TicketId
from scenes.effects import Answer, NamedState, SafetyState, SceneState, Set, Tell
from scenes.model import Band, SceneId
from tests.controller.fakes import FakeLink

LAMP, BELL = DeviceId("hall.lamp"), DeviceId("hall.bell")


@pytest.fixture
def link() -> FakeLink:
    return FakeLink()


@pytest.fixture
def outbox(link: FakeLink) -> Outbox:
    return Outbox("demo", link.publish)


def level(device: DeviceId = LAMP) -> Set:
    return Set(0, device, "light", {"level": 1.0}, 1_500_000, "a")


def strike(device: DeviceId = BELL) -> Tell:
    return Tell(0, device, "flash", {"times": 1}, "b", 10_000_000)


def test_a_level_leaves_at_once(outbox, link):
    outbox.send([level()], position=7)
    assert json.loads(link.published[0].payload) == {"level": 1.0, "fade": 1.5, "id": "a", "epoch": 0}


def test_a_one_shot_leaves_after_the_commit_of_its_cause_and_not_before(outbox, link):
    outbox.send([strike()], position=7)
    outbox.committed(6)
    assert link.topics() == []
    outbox.committed(7)
    assert link.topics() == ["demo/hall/bell/do/flash"]


def test_a_level_to_a_device_waits_behind_a_one_shot_to_it(outbox, link):
    outbox.send([strike(LAMP), level(LAMP), level(BELL)], position=7)
    assert link.topics() == ["demo/hall/bell/set"]
    outbox.committed(7)
    assert link.topics()[1:] == ["demo/hall/lamp/do/flash", "demo/hall/lamp/set"]


def test_an_answer_waits_for_the_commit_of_its_order(outbox, link):
    outbox.send([Answer(0, "x", "done", "why", last=True)], position=3)
    assert (link.topics(), outbox.is_answering(0)) == ([], True)
    outbox.committed(3)
    assert link.topics() == ["demo/reply/x", "demo/reply/last"]


def test_an_order_is_answered_when_the_broker_has_the_answer(outbox, link):
    outbox.send([Answer(0, "x", "done", "why")], position=0)
    outbox.committed(0)
    assert outbox.delivered(1) == "x"
    assert not outbox.is_answering(0)


def test_a_command_that_cannot_be_sent_is_reported(outbox, link):
    link.outcome = "down"
    outbox.send([strike()], position=1)
    outbox.committed(1)
    assert outbox.unsent() == [(strike(), "no connection")]
    assert outbox.unsent() == []


def test_what_a_scene_does_is_told_once_and_only_when_it_is_news(outbox, link):
    running = SceneState(5, SceneId("welcome"), "running", "exhibit", 5, "welcome-1")
    idle = SceneState(6, SceneId("welcome"), "idle", "exhibit", 6)
    outbox.send([running, idle], position=0)
    outbox.tell_states()
    outbox.send([idle], position=0)
    outbox.tell_states()
    assert link.topics() == ["demo/scene/welcome/state"]
    assert json.loads(link.published[0].payload)["state"] == "idle"


def test_after_the_broker_lost_everything_it_is_news_again(outbox, link):
    idle = SceneState(6, SceneId("welcome"), "idle", "exhibit", 6)
    outbox.send([idle], position=0)
    outbox.tell_states()
    outbox.link_up()
    outbox.send([idle], position=0)
    outbox.tell_states()
    assert len(link.published) == 2


def test_a_device_is_told_at_most_once_a_second_what_was_wrong(outbox, link):
    for at in (0, 10, 999_999, 1_000_000):
        outbox.complain(LAMP, "demo/hall/lamp/state", "/level: too much", at)
    assert len(link.published) == 2
    assert json.loads(link.published[0].payload)["pointer"] == "/level"


def test_strangers_are_told_together_at_most_once_a_second_and_take_nobodys_turn(outbox, link):
    for number in range(3):
        outbox.complain_to_stranger(DeviceId(f"hall.no_{number}"), f"demo/hall/no_{number}/state", "no such device", 0)
    outbox.complain(LAMP, "demo/hall/lamp/state", "/level: too much", 0)
    assert [one.topic for one in link.published] == ["demo/hall/no_0/error", "demo/hall/lamp/error"]


def test_a_level_that_found_the_connection_full_leaves_when_there_is_room_and_only_the_newest(outbox, link):
    link.outcome = "full"
    outbox.send([level(), level(BELL)], position=0)
    outbox.send([Set(1, LAMP, "light", {"level": 0.3}, 0, "c")], position=0)
    link.outcome = "sent"
    for ticket in range(4):
        outbox.delivered(ticket)
    assert sorted(json.loads(one.payload)["level"] for one in link.published) == [0.3, 1.0]


def test_an_answer_that_no_connection_took_goes_once_when_one_stands(outbox, link):
    link.outcome = "down"
    outbox.send([Answer(0, "x", "done", "why", last=True)], position=0)
    outbox.committed(0)
    link.outcome = "sent"
    outbox.link_up()
    assert link.topics() == ["demo/reply/x", "demo/reply/last"]


def test_an_answer_that_the_broker_never_takes_is_waited_for_no_longer_than_a_minute(outbox, link):
    outbox.send([Answer(0, "x", "done", "why")], position=0)
    outbox.committed(0)
    assert outbox.is_answering(60_000_000)
    assert not outbox.is_answering(60_000_001)


def test_a_scene_that_is_gone_has_its_state_cleared_once(outbox, link):
    outbox.send([SceneState(0, SceneId("glow"), "idle", "house", 0)], 1)
    outbox.forget([SceneId("glow")])
    outbox.tell_states()
    assert [(one.topic, one.payload, one.retain) for one in link.published] == [("demo/scene/glow/state", b"", True)]
    assert outbox.cleared(TicketId(1)) == "glow"
    outbox.link_up()
    assert len(link.published) == 1


def test_what_no_connection_could_clear_is_cleared_on_the_next(outbox, link):
    link.outcome = "down"
    outbox.forget([SceneId("glow")])
    link.outcome = "sent"
    outbox.link_up()
    outbox.link_up()  # the one before swallowed it: nobody said that it was taken
    assert link.topics() == ["demo/scene/glow/state"] * 2


def test_a_scene_that_came_back_is_not_taken_for_cleared(outbox, link):
    outbox.forget([SceneId("glow")])
    outbox.forget([])
    assert outbox.cleared(TicketId(1)) is None


def safe(device: DeviceId = LAMP) -> Set:
    return Set(0, device, "light", {"look": "safe"}, 0, "s", Band.SAFETY)


def test_what_an_evacuation_asks_overtakes_and_nothing_of_before_comes_after_it(outbox, link):
    outbox.send([strike(LAMP), level(LAMP), safe()], position=7)
    assert link.topics() == ["demo/hall/lamp/set"]
    outbox.committed(7)
    assert link.topics()[1:] == ["demo/hall/lamp/do/flash"]
    assert json.loads(link.published[0].payload)["look"] == "safe"


def test_where_a_connection_is_full_the_evacuation_goes_first(outbox, link):
    link.outcome = "full"
    outbox.send([level(BELL), safe()], position=7)
    link.outcome = "sent"
    outbox.delivered(TicketId(0))
    assert link.topics() == ["demo/hall/lamp/set"]


def test_how_the_evacuation_stands_is_retained_and_told_as_soon_as_there_is_room(outbox, link):
    link.outcome = "full"
    outbox.offset = 1_000_000
    outbox.send([SafetyState(0, "lifting", 2_000_000, "ordered", "Mei", 62_000_000)], position=7)
    link.outcome = "sent"
    outbox.delivered(TicketId(0))
    (told,) = link.published
    assert (told.topic, told.retain) == ("demo/safety/state", True)
    body = {"state": "lifting", "since": 3.0, "until": 63.0, "why": "ordered", "by": "Mei"}
    assert json.loads(told.payload) == body


def test_what_has_a_name_is_told_retained_and_only_the_newest(outbox, link):
    outbox.send([NamedState(0, "variable", "inside", 1, 0), NamedState(0, "variable", "inside", 2, 0)], 0)
    outbox.send([NamedState(0, "variable", "votes", {"service": 3}, 0)], 0)
    outbox.tell_states()
    said = [(one.topic, json.loads(one.payload)["value"], one.retain) for one in link.published]
    assert said == [("demo/variable/inside", 2, True), ("demo/variable/votes", {"service": 3}, True)]
