"""Sessions of visitors: what a station says of one, and how a repeat is known."""

import json

import pytest

from controller.inbox import understand
from devices.payload import DeviceError
from devices.registry import all_kinds
from devices.speech import Reported, hear
from devices.topics import DeviceTopic
from link.port import Arrival
from scenes.inputs import Heard, Refused
from tests.venue import venue_of

RIG, SCREEN = all_kinds()["rig"], all_kinds()["screen"]
VENUE = venue_of("venue: hut\ndevices: {hall.ring: {kind: rig}, hall.wall: {kind: screen}}")


def on(word: str, channel: str = "session") -> DeviceTopic:
    return DeviceTopic("hall.ring", channel, word)


def body(**fields: object) -> bytes:
    return json.dumps({"session": "k7f2-0a91", "seq": 3, **fields}).encode()


def test_an_event_of_a_session_is_known_by_session_and_seq():
    assert hear(RIG, on("placed"), body()) == Reported("placed", {}, {}, "k7f2-0a91/3", None, "k7f2-0a91")


def test_an_id_of_its_own_goes_before():
    assert hear(RIG, on("placed"), body(id="x")).id == "x"


def test_session_and_seq_are_no_fields_and_numbers_beside_them_last():
    said = hear(RIG, on("shot"), body(frames=23))
    assert (said.fields, said.states) == ({"frames": 23}, {"frames": 23})


def test_another_event_has_no_session():
    assert hear(SCREEN, DeviceTopic("hall.wall", "event", "touched"), b"").session is None


@pytest.mark.parametrize(("fields", "pointer"), [
    ({"session": None}, "/session"), ({"session": "short"}, "/session"), ({"session": "with blanks"}, "/session"),
    ({"session": "x" * 65}, "/session"), ({"session": "k7f2/0a91"}, "/session"),
    ({"session": "k7f2-0a91\n"}, "/session"),
    ({"seq": 0}, "/seq"), ({"seq": -1}, "/seq"), ({"seq": True}, "/seq"), ({"seq": 1.5}, "/seq"),
    ({"seq": None}, "/seq"), ({"name": "Wang"}, "/name"),
])  # fmt: skip
def test_what_is_no_session_is_refused_at_its_place(fields, pointer):
    with pytest.raises(DeviceError) as raised:
        hear(RIG, on("placed"), body(**fields))
    assert raised.value.pointer == pointer


@pytest.mark.parametrize("missing", ["session", "seq"])
def test_neither_may_be_absent(missing):
    found = json.loads(body())
    del found[missing]
    with pytest.raises(DeviceError):
        hear(RIG, on("placed"), json.dumps(found).encode())


def test_an_event_of_a_session_on_the_wrong_channel_is_told_the_right_one():
    with pytest.raises(DeviceError, match="session/placed"):
        hear(RIG, on("placed", "event"), body())
    with pytest.raises(DeviceError, match="event/touched"):
        hear(SCREEN, DeviceTopic("hall.wall", "session", "touched"), body())


def test_what_is_shared_is_a_reference_and_no_address():
    assert hear(RIG, on("clip_ready"), body(share="c4d1e90b7a")).fields == {"share": "c4d1e90b7a"}
    with pytest.raises(DeviceError):
        hear(RIG, on("clip_ready"), body(share="https://share.example/s/c4d1e90b7a"))


def test_the_house_hears_it_with_its_session():
    heard = understand(VENUE, Arrival("hut/hall/ring/session/placed", body()), 7, 1)
    assert heard == Heard(7, 1, "hall.ring", "placed", id="k7f2-0a91/3", session="k7f2-0a91")


def test_the_house_hears_other_events_without_one():
    heard = understand(VENUE, Arrival("hut/hall/wall/event/touched", b""), 7, 1)
    assert heard == Heard(7, 1, "hall.wall", "touched")


def test_the_house_refuses_an_event_without_its_session():
    assert isinstance(understand(VENUE, Arrival("hut/hall/ring/session/placed", b""), 7, 1), Refused)
