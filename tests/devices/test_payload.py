"""Bytes to a JSON object, strictly."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.payload import MAX_BYTES, DeviceError, parse_object

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=10),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


def reason(payload: bytes) -> str:
    with pytest.raises(DeviceError) as raised:
        parse_object(payload)
    return raised.value.reason


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8), JSON, max_size=5))
def test_every_plain_object_is_read_as_it_is(found):
    assert parse_object(json.dumps(found).encode()) == found


@pytest.mark.parametrize("payload", [b"", b" ", b"\n", b"{}", b" {} "])
def test_an_empty_payload_is_an_empty_object(payload):
    assert parse_object(payload) == {}


@pytest.mark.parametrize("payload", [
    b"NaN", b'{"a": NaN}', b'{"a": Infinity}', b'{"a": -Infinity}', b'{"a": [NaN]}', b'{"a": 1e999}', b'{"a": -1e999}',
    b'{"a": {"b": 1e400}}',
])  # fmt: skip
def test_what_is_no_number_is_refused(payload):
    assert reason(payload)


@pytest.mark.parametrize("payload", [b'{"a": 1, "a": 2}', b'{"a": 1, "a": 1}', b'{"x": {"a": 1, "b": 2, "a": 3}}',
                                     b'{"a": 1, "\\u0061": 2}'])  # fmt: skip
def test_a_key_that_stands_twice_is_refused_by_name(payload):
    assert "'a'" in reason(payload)


@pytest.mark.parametrize("payload", [b"[]", b"1", b"null", b"true", b'"text"', b"[{}]"])
def test_what_is_no_object_is_refused(payload):
    assert "object" in reason(payload)


@pytest.mark.parametrize("payload", [
    b"{", b"}", b"{]", b"{'a': 1}", b'{"a": 1,}', b"{a: 1}", b'{"a": 01}', b'{"a": +1}', b'{"a": .5}', b'{"a": 1} x',
    b'{"a": 1}{"b": 2}', b'// x\n{"a": 1}', b'{"a": 0x10}', b'{"a": undefined}', b"online", b"\x00",
])  # fmt: skip
def test_what_is_no_json_is_refused(payload):
    assert "JSON" in reason(payload)


@pytest.mark.parametrize("payload", [b"\xff", b'{"a": "\xff"}', b'{"\xc3": 1}', b'{"a": "\xed\xa0\x80"}', b"\xc0\xaf",
                                     '{"a": 1}'.encode("utf-16")])  # fmt: skip
def test_what_is_not_utf_8_is_refused(payload):
    assert "UTF-8" in reason(payload)


def test_a_byte_order_mark_is_refused():
    assert reason(b'\xef\xbb\xbf{"a": 1}')


def test_64_kib_are_read():
    body = b'{"a": "' + b"x" * (MAX_BYTES - 9) + b'"}'
    assert (len(body), len(parse_object(body)["a"])) == (64 * 1024, MAX_BYTES - 9)


def test_one_byte_more_is_refused_before_it_is_parsed():
    assert "65537 bytes" in reason(b"\xff" * (64 * 1024 + 1))


@pytest.mark.parametrize("opening", [b"[", b'{"a":', b'[{"a":'])
def test_deep_nesting_is_refused(opening):
    assert reason(b'{"a": ' + opening * (60_000 // len(opening)))


def test_deep_nesting_that_is_closed_is_refused():
    assert reason(b'{"a": ' + b"[" * 30_000 + b"]" * 30_000 + b"}")


@pytest.mark.parametrize("digits", [20, 400, 4_000, 5_000, 60_000])
def test_a_whole_number_of_more_than_64_bits_is_refused(digits):
    assert reason(b'{"a": ' + b"9" * digits + b"}")


@pytest.mark.parametrize("payload", [
    b'{"a\x01": 1}', b'{"a": "\x00"}', b'{"a": "\n"}', b'{"a\\u0000": 1}', b'{"a\\u001f": 1}', b'{"a\\n": 1}',
])  # fmt: skip
def test_control_characters_are_refused(payload):
    assert reason(payload)


@pytest.mark.parametrize("payload", [b'{"a": "\\ud800"}', b'{"\\ud800": 1}', b'{"a": ["\\udc00\\ud800"]}'])
def test_half_of_a_character_is_refused(payload):
    assert reason(payload)


def test_two_halves_are_one_character():
    assert parse_object(b'{"a": "\\ud83c\\udfad"}') == {"a": "🎭"}


@given(st.binary(max_size=200))
def test_any_bytes_are_an_object_or_a_device_error(payload):
    with suppress(DeviceError):
        assert isinstance(parse_object(payload), dict)


def test_the_error_names_the_place():
    with pytest.raises(DeviceError) as raised:
        parse_object(b'{"a": 1, "a": 2}')
    assert (raised.value.pointer, str(raised.value)) == ("/a", "/a: the key 'a' appears twice")


@pytest.mark.parametrize(("payload", "words"), [
    (b"[]", "an object is expected, not a list"), (b"null", "an object is expected, not null"),
    (b'"on"', 'an object is expected, not the text "on"'), (b"true", "an object is expected, not true"),
    (b"online", 'not JSON: expecting value at character 0; an object is expected, such as {"id": "a7"}'),
])  # fmt: skip
def test_what_is_no_object_is_told_in_words(payload, words):
    assert reason(payload) == words
