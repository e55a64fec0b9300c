"""Orders of people, and the one answer that each of them gets."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.contracts.orders import VERBS, OrderError, Reply, read_order


def fault(payload: bytes) -> str:
    with pytest.raises(OrderError) as raised:
        read_order(payload)
    return str(raised.value)


def test_a_remote_that_can_only_send_an_empty_body_is_understood():
    assert read_order(b"")[0].model_dump(exclude_unset=True) == {}


def test_all_of_it_is_read():
    body = {"id": "a7", "by": "Mei", "with": {"guide": "Li", "n": 3}, "reply_to": "panel/1", "way": "short"}
    assert read_order(json.dumps(body).encode())[0].model_dump(by_alias=True, exclude_unset=True) == body


@pytest.mark.parametrize("expires", [b"1642384800", b"1642384800.5", b'"2022-01-17T10:00:00+08:00"'])
def test_its_end_is_in_seconds_or_rfc_3339(expires):
    assert read_order(b'{"expires": ' + expires + b"}")[1] in (1_642_384_800_000_000, 1_642_384_800_500_000)


@pytest.mark.parametrize("expires", [b"NaN", b"1e999", b"true", b'"soon"', b"[]", b"{}"])
def test_what_is_no_time_is_refused(expires):
    assert fault(b'{"expires": ' + expires + b"}")


@pytest.mark.parametrize("order_id", ["", "a b", "a/b", "a#", "+", "-a", "a" * 65, "a\n", "馆", "a\u0000"])
def test_an_id_that_cannot_be_a_level_of_a_topic_is_refused(order_id):
    assert fault(json.dumps({"id": order_id}).encode()).startswith("/id")


@pytest.mark.parametrize("order_id", ["a", "7", "panel-1:42", "a" * 64])
def test_an_id_that_can_is_read(order_id):
    assert read_order(json.dumps({"id": order_id}).encode())[0].id == order_id


@pytest.mark.parametrize("topic", ["", "a/+", "#", "a\u0000", "a" * 201])
def test_an_answer_cannot_go_to_a_wildcard(topic):
    assert fault(json.dumps({"reply_to": topic}).encode()).startswith("/reply_to")


@pytest.mark.parametrize("payload", [b"[]", b"start", b"\xff", b'{"a": 1, "a": 1}', b'{"verb": "start"}', b'{"id": 7}',
                                     b'{"with": []}', b'{"with": {"a": []}}', b'{"with": {"a": 1e999}}',
                                     b'{"with": {"a": "\\ud800"}}', b'{"with": {"\\ud800": 1}}'])  # fmt: skip
def test_what_is_not_understood_is_refused_with_a_reason(payload):
    assert fault(payload).encode()


@given(st.binary(max_size=100))
def test_any_bytes_are_an_order_or_an_order_error(payload):
    with suppress(OrderError):
        read_order(payload)


def test_a_reply_leaves_out_what_is_absent():
    assert json.loads(Reply("a7", "done", "it is armed").payload()) == {
        "id": "a7",
        "answer": "done",
        "why": "it is armed",
    }


def test_a_reply_with_everything():
    body = json.loads(Reply("a7", "accepted", "it started", "hello-3", "started").payload())
    assert body == {"id": "a7", "answer": "accepted", "run": "hello-3", "verdict": "started", "why": "it started"}


def test_the_verbs_are_those_of_the_contract():
    told = "start stop go back hold skip arm disarm rest extend set drill evacuate lift confirm_lift"
    assert set(VERBS) == set(told.split())


@pytest.mark.parametrize(
    ("payload", "order_id"),
    [
        (b'{"id": "o4", "way": 7}', "o4"),
        (b'{"id": "a/b", "way": 7}', None),
        (b'{"id": "o4\\n", "way": 7}', None),
        (b'{"id": 4}', None),
        (b"[", None),
    ],
)
def test_an_order_with_a_fault_keeps_the_id_that_can_be_read(payload, order_id):
    with pytest.raises(OrderError) as raised:
        read_order(payload)
    assert raised.value.id == order_id
