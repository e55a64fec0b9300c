"""Broker addresses as people write them."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from link.address import parse_broker
from link.port import Broker


@pytest.mark.parametrize(
    ("text", "broker"),
    [
        ("mqtt://localhost", Broker("localhost")),
        ("mqtt://localhost/", Broker("localhost")),
        ("MQTT://Broker.Local:1884", Broker("Broker.Local", 1884)),
        ("mqtt://192.168.1.10:1883", Broker("192.168.1.10")),
        ("mqtt://[fd00::5]", Broker("fd00::5")),
        ("mqtt://[::1]:1885", Broker("::1", 1885)),
        ("mqtt://hall-1@broker", Broker("broker", username="hall-1")),
        ("mqtt://hall-1:@broker", Broker("broker", username="hall-1", password="")),
        ("mqtt://hall-1:secret@broker:1", Broker("broker", 1, "hall-1", "secret")),
        ("mqtt://hall%401:p%3A%2F%25@[::1]:2", Broker("::1", 2, "hall@1", "p:/%")),
        ("mqtt://hall:a:b@broker", Broker("broker", 1883, "hall", "a:b")),
        ("mqtt://hall:a@b@broker", Broker("broker", 1883, "hall", "a@b")),
        ("mqtt://main_hall.example.org", Broker("main_hall.example.org")),
    ],
)
def test_an_address_names_a_broker(text: str, broker: Broker) -> None:
    assert parse_broker(text) == broker


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "begins with mqtt://"),
        ("broker.local:1883", "begins with mqtt://"),
        ("mqtt:broker", "begins with mqtt://"),
        ("http://broker", "begins with mqtt://"),
        ("mqtts://broker", "(TLS) comes later"),
        ("mqtt://", "the host is missing"),
        ("mqtt://:1883", "the host is missing"),
        ("mqtt://user@", "the host is missing"),
        ("mqtt://broker:", "'' is not a port"),
        ("mqtt://broker:0", "'0' is not a port"),
        ("mqtt://broker:65536", "'65536' is not a port"),
        ("mqtt://broker:mqtt", "'mqtt' is not a port"),
        ("mqtt://broker:18 83", "no spaces"),
        ("mqtt://bro\nker", "no control characters"),
        ("mqtt://broker/hall", "nothing follows the port"),
        ("mqtt://broker?x=1", "nothing follows the port"),
        ("mqtt://broker#x", "nothing follows the port"),
        ("mqtt://:secret@broker", "user name is missing"),
        ("mqtt://fd00::5:1883", "stands in brackets"),
        ("mqtt://[fd00::5", "brackets"),
        ("mqtt://fd00::5]", "brackets"),
        ("mqtt://[fd00::5]:x", "'x' is not a port"),
        ("mqtt://[fd00::5]x:1883", "brackets"),
        ("mqtt://[fd00:::5]", "is not an IPv6 address"),
        ("mqtt://[broker]", "is not an IPv6 address"),
        ("mqtt://192.168.1.300", "not an IPv4 address"),
        ("mqtt://-broker", "not a host name"),
        ("mqtt://bro ker", "no spaces"),
        ("mqtt://host..name", "not a host name"),
    ],
)
def test_a_wrong_address_is_refused_with_what_is_wrong_and_an_example(text: str, what: str) -> None:
    with pytest.raises(ValueError, match="example: mqtt://") as refused:
        parse_broker(text)
    assert what in str(refused.value)


def read(text: str) -> Broker | ValueError:
    try:
        return parse_broker(text)
    except ValueError as refused:
        return refused


@pytest.mark.parametrize("rest", ["", ":x", "/path", "[", ":99999", "[]", "]"])
@pytest.mark.parametrize("host", ["", "broker", "[::1", "a b", "1.2.3.4.5"])
def test_no_message_repeats_a_password(host: str, rest: str) -> None:
    answer = read(f"mqtt://hall:s3cret@{host}{rest}")
    if isinstance(answer, ValueError):
        assert "s3cret" not in str(answer)
        assert answer.__cause__ is None


@given(st.text(max_size=40))
def test_whatever_is_written_is_a_broker_or_a_sentence(text: str) -> None:
    for answer in (read(text), read("mqtt://" + text)):
        if isinstance(answer, ValueError):
            assert str(answer).startswith("the address of the broker: ")
        else:
            assert answer.host
            assert 1 <= answer.port <= 65535


WRITABLE = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(WRITABLE.filter(bool), WRITABLE)
def test_any_account_can_be_written(username: str, password: str) -> None:
    broker = parse_broker(f"mqtt://{quote(username, safe='')}:{quote(password, safe='')}@broker")
    assert (broker.username, broker.password) == (username, password)
