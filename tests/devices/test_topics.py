"""Topics, both ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.topics import (
    RESERVED_HALLS,
    DeviceTopic,
    OrderTopic,
    device_topic,
    heard_filters,
    house_topic,
    is_id,
    read_topic,
)

IDS = st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True)
HALLS = IDS.filter(lambda name: name not in RESERVED_HALLS)


def matches(filter_: str, topic: str) -> bool:
    """MQTT's rule, in short."""
    wanted, said = filter_.split("/"), topic.split("/")
    if wanted[-1] == "#":
        return said[: len(wanted) - 1] == wanted[:-1] and len(said) >= len(wanted) - 1
    return len(wanted) == len(said) and all(one in ("+", other) for one, other in zip(wanted, said, strict=True))


@given(IDS, HALLS, IDS, st.sampled_from(["state", "status", "ack"]))
def test_what_a_device_says_is_read_as_that_device(venue, hall, name, channel):
    topic = device_topic(venue, f"{hall}.{name}", channel)
    assert read_topic(venue, topic) == DeviceTopic(f"{hall}.{name}", channel)


@given(IDS, HALLS, IDS, IDS, st.sampled_from(["event", "session"]))
def test_an_event_is_read_with_its_name(venue, hall, name, event, channel):
    topic = device_topic(venue, f"{hall}.{name}", f"{channel}/{event}")
    assert read_topic(venue, topic) == DeviceTopic(f"{hall}.{name}", channel, event)


@given(IDS, HALLS, IDS, st.sampled_from(["set", "error", "do/flash"]))
def test_what_we_say_to_a_device_is_nothing_that_it_said(venue, hall, name, rest):
    assert read_topic(venue, device_topic(venue, f"{hall}.{name}", rest)) is None


@given(IDS, IDS, IDS)
def test_an_order_is_read_with_its_verb_and_target(venue, verb, target):
    assert read_topic(venue, f"{venue}/order/{verb}/{target}") == OrderTopic(verb, target)


@given(IDS, IDS)
def test_an_order_to_the_house_has_no_target(venue, verb):
    assert read_topic(venue, f"{venue}/order/{verb}") == OrderTopic(verb)


@given(IDS, st.sampled_from(sorted(RESERVED_HALLS - {"order"})), IDS)
def test_our_own_topics_are_no_devices(venue, word, name):
    assert read_topic(venue, house_topic(venue, word, name, "state")) is None


@given(IDS, IDS, HALLS, IDS)
def test_another_venue_is_not_heard(venue, other, hall, name):
    assert read_topic(venue, device_topic(other + "_", f"{hall}.{name}", "state")) is None


@given(st.text(max_size=40))
def test_any_text_is_a_topic_or_nothing(topic):
    assert isinstance(read_topic("demo", topic), DeviceTopic | OrderTopic | None)


@given(
    IDS,
    st.lists(HALLS, min_size=1, max_size=4),
    IDS,
    IDS,
    st.sampled_from(["state", "status", "ack", "event", "session"]),
)
def test_everything_that_can_be_read_is_listened_to_once(venue, halls, name, word, channel):
    rest = f"{channel}/{word}" if channel in ("event", "session") else channel
    topic = device_topic(venue, f"{halls[0]}.{name}", rest)
    assert sum(matches(one, topic) for one in heard_filters(venue, halls)) == 1


@given(IDS, st.lists(HALLS, max_size=4), IDS)
def test_our_own_topics_are_not_listened_to(venue, halls, name):
    topics = [house_topic(venue, "scene", name, "state"), house_topic(venue, "reply", name)]
    assert not any(matches(one, topic) for one in heard_filters(venue, halls) for topic in topics)


@pytest.mark.parametrize("text", ["", "1a", "A", "_a", "a-b", "a.b", "a b", "a/b", "馆", "a\n", "aé", "a+", "#"])
def test_what_is_no_id(text):
    assert not is_id(text)


@pytest.mark.parametrize("text", ["a", "a1", "hall_2", "projector_3"])
def test_what_is_an_id(text):
    assert is_id(text)


def test_the_halls_that_are_topics_of_the_house():
    told = "controller fact mode order reply safety scene variable venue"
    assert " ".join(sorted(RESERVED_HALLS)) == told
