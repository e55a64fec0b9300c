"""The marker: what it tells apart, and its place in the line of acknowledgements."""

from hypothesis import given
from hypothesis import strategies as st

from link.canary import Canary


def canary(topic: str | None = "me/canary") -> tuple[Canary, list[int]]:
    acknowledged: list[int] = []
    return Canary(topic, acknowledged.append), acknowledged


def payload_of(one: Canary) -> bytes:
    marker = one.marker()
    assert marker is not None
    return marker.payload


def test_a_resumed_session_is_backlog_until_the_marker_is_back() -> None:
    one, _ = canary()
    one.session(present=True)
    assert one.backlog
    one.swallow(b"the marker of an earlier connection", 1)
    assert one.backlog
    one.swallow(payload_of(one), 2)
    assert one.back
    assert not one.backlog


def test_a_new_session_is_not() -> None:
    one, _ = canary()
    one.session(present=False)
    assert not one.backlog


def test_without_a_topic_there_is_no_marker_and_no_backlog() -> None:
    one, _ = canary(None)
    one.session(present=True)
    assert one.marker() is None
    assert one.back
    assert not one.backlog


def test_every_connection_has_a_marker_of_its_own() -> None:
    assert payload_of(canary()[0]) != payload_of(canary()[0])


def test_the_marker_is_qos_1_and_not_retained() -> None:
    marker = canary()[0].marker()
    assert marker is not None
    assert (marker.topic, marker.qos, marker.retain) == ("me/canary", 1, False)


@given(st.lists(st.sampled_from(["message", "marker", "acknowledged"]), max_size=50))
def test_markers_are_acknowledged_in_their_place(story: list[str]) -> None:
    line: list[int] = []
    one = Canary("me/canary", line.append)
    came: list[tuple[str, int]] = []
    waiting: list[int] = []
    for packet, word in enumerate(story, start=1):
        if word == "marker":
            one.swallow(b"", packet)
            came.append((word, packet))
        elif word == "message":
            one.received()
            waiting.append(packet)
            came.append((word, packet))
        elif waiting:
            line.append(waiting.pop(0))
            one.acknowledged()
        one.acknowledge_markers()
        assert line == [number for _, number in came[: len(line)]]
    if not waiting:
        assert len(line) == len(came)
