"""What devices say and are told, between bytes and values."""

import json

import pytest

from devices.payload import DeviceError
from devices.registry import all_kinds
from devices.speech import Acked, Liveness, Reported, encode, hear, tell_command, tell_want
from devices.topics import DeviceTopic

PRESENCE, PLAYER = all_kinds()["presence"], all_kinds()["player"]
STATE, ACK, STATUS = (DeviceTopic("preface.entry", channel) for channel in ("state", "ack", "status"))
SEEN = DeviceTopic("preface.entry", "event", "presence")


def fault(topic: DeviceTopic, payload: bytes, kind=PRESENCE) -> DeviceError:
    with pytest.raises(DeviceError) as raised:
        hear(kind, topic, payload)
    return raised.value


def test_a_state_is_what_lasts():
    assert hear(PRESENCE, STATE, b'{"occupied": true, "count": 2}') == Reported(
        "", {"occupied": True, "count": 2}, {"occupied": True, "count": 2}
    )


def test_only_what_was_said_is_reported():
    assert hear(PRESENCE, STATE, b'{"count": 2}').states == {"count": 2}


def test_an_event_has_fields_an_id_and_a_time():
    said = hear(PRESENCE, SEEN, b'{"occupied": true, "id": "a7", "ts": 1642384800.5}')
    assert said == Reported("presence", {"occupied": True}, {"occupied": True}, "a7", 1_642_384_800_500_000)


def test_an_event_without_fields_may_be_empty():
    assert hear(PLAYER, DeviceTopic("preface.wall", "event", "ended"), b"") == Reported("ended", {}, {})


def test_a_text_of_an_event_does_not_last():
    said = hear(PLAYER, DeviceTopic("preface.wall", "event", "ended"), b'{"play": "a.mp4"}')
    assert (said.states, said.fields) == ({}, {"play": "a.mp4"})


@pytest.mark.parametrize(("text", "micros"), [
    ("2022-01-17T10:00:00+08:00", 1_642_384_800_000_000), ("2022-01-17T02:00:00Z", 1_642_384_800_000_000),
    ("2022-01-17T02:00:00.5Z", 1_642_384_800_500_000),
])  # fmt: skip
def test_a_time_may_be_rfc_3339(text, micros):
    assert hear(PRESENCE, SEEN, encode({"occupied": True, "ts": text})).ts == micros


def test_a_time_without_a_zone_is_refused_and_says_so():
    assert "zone" in fault(SEEN, b'{"occupied": true, "ts": "2022-01-17T10:00:00"}').reason


@pytest.mark.parametrize("ts", [b'"yesterday"', b"-1", b"1e300", b"true", b'""', b"[]", b"253402300800",
                                b'"9999-99-99T00:00:00Z"', b"NaN"])  # fmt: skip
def test_what_is_no_time_is_refused(ts):
    assert fault(SEEN, b'{"occupied": true, "ts": ' + ts + b"}")


def test_an_unknown_event_is_refused_with_the_known_ones():
    assert "presence" in fault(DeviceTopic("preface.entry", "event", "raining"), b"{}").reason


@pytest.mark.parametrize(("payload", "pointer"), [
    (b'{"occupied": 1}', "/occupied"), (b'{"occupied": "true"}', "/occupied"), (b'{"count": -1}', "/count"),
    (b'{"count": 1.5}', "/count"), (b'{"count": "2"}', "/count"), (b'{"count": true}', "/count"),
    (b'{"ocupied": true}', "/ocupied"),
])  # fmt: skip
def test_types_are_not_bent(payload, pointer):
    assert fault(STATE, payload).pointer == pointer


def test_a_count_that_no_machine_word_holds_is_refused():
    assert fault(STATE, b'{"count": ' + b"9" * 30 + b"}")


def test_an_answer():
    assert hear(PRESENCE, ACK, b'{"id": "a7", "ok": false, "reason": "hot"}') == Acked("a7", False, "hot")


@pytest.mark.parametrize("payload", [b"", b'{"id": "a7"}', b'{"ok": true}', b'{"id": "", "ok": true}',
                                     b'{"id": 7, "ok": true}', b'{"id": "a", "ok": 1}'])  # fmt: skip
def test_an_answer_without_id_or_ok_is_refused(payload):
    assert fault(ACK, payload)


@pytest.mark.parametrize(("payload", "online"), [
    (b"online", True), (b"offline", False), (b" online\n", True), (b'{"state": "online"}', True),
    (b'{"state": "offline", "since": 3}', False),
])  # fmt: skip
def test_a_status_is_plain_or_an_object(payload, online):
    assert hear(PRESENCE, STATUS, payload) == Liveness(online)


@pytest.mark.parametrize("payload", [
    b"", b"on", b"ONLINE", b"{}", b'{"state": 1}', b'{"state": null}', b'{"state": "\\ud800"}', b"\xff", b"{",
    b'"online"',
])  # fmt: skip
def test_any_other_status_is_refused(payload):
    assert fault(STATUS, payload)


def test_a_want_is_told_with_its_fade_its_id_and_its_epoch():
    body = json.loads(tell_want({"look": "warm", "level": 0.8}, 1.5, "a7", 3))
    assert body == {"look": "warm", "level": 0.8, "fade": 1.5, "id": "a7", "epoch": 3}


def test_a_want_that_begins_in_the_middle_of_its_film_says_where():
    assert json.loads(tell_want({"play": "film.mp4"}, 0, "a7", 3, at=40.5))["at"] == 40.5


def test_a_want_without_fade_tells_none():
    assert json.loads(tell_want({"play": None}, 0, "a7", 3)) == {"play": None, "id": "a7", "epoch": 3}


def test_a_command_is_told_with_its_end():
    body = json.loads(tell_command({"text": "你好"}, "a7", 3, 1642384800.5))
    assert body == {"text": "你好", "id": "a7", "epoch": 3, "expires": 1642384800.5}


def test_what_goes_out_is_utf_8_as_it_is():
    assert encode({"text": "你好"}) == '{"text":"你好"}'.encode()


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_no_infinity_goes_out(number):
    with pytest.raises(ValueError, match="JSON"):
        encode({"level": number})


def test_a_page_is_given_what_counts_several_as_an_object():
    value = {"page": "votes", "with.votes.service": 2, "with.votes.travel": 1, "with.inside": 3}
    body = json.loads(tell_want(value, 0, "a7", 3))
    assert body["with"] == {"votes": {"service": 2, "travel": 1}, "inside": 3}
