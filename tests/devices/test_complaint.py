"""What a device is told of its mistake."""

import json

import pytest
from pydantic import ConfigDict, Field

from devices.complaint import EXPECTED
from devices.contracts.orders import OrderBody
from devices.payload import MOST_SAID, DeviceError
from devices.registry import all_kinds
from devices.speech import checked
from devices.vocabulary import SESSION_PATTERN, Body, EventBody, SessionBody

PRESENCE = all_kinds()["presence"]


class Left(EventBody):
    occupied: bool
    count: int | None = Field(default=None, ge=0, le=99)
    level: float = 0
    share: float | None = Field(default=None, le=1)


class Nothing(Body):
    model_config = ConfigDict(extra="forbid")


def told(body: type[Body], found: dict[str, object]) -> tuple[str, str]:
    with pytest.raises(DeviceError) as raised:
        checked(body, found)
    return raised.value.pointer, raised.value.reason


@pytest.mark.parametrize(("found", "pointer", "reason"), [
    ({}, "/occupied", 'the key "occupied" is missing; it must be there'),
    ({"ocupied": True}, "/ocupied", 'there is no key "ocupied" here; did you mean "occupied"?'),
    ({"occupied": True, "zz": 1}, "/zz", 'there is no key "zz" here; there are: id, ts, occupied, count, level, share'),
    ({"occupied": "yes"}, "/occupied", 'true or false is expected, not the text "yes"'),
    ({"occupied": 1}, "/occupied", "true or false is expected, not 1"),
    ({"occupied": None}, "/occupied", "true or false is expected, not null"),
    ({"occupied": True, "count": -1}, "/count", "at least 0 is expected, not -1"),
    ({"occupied": True, "count": 100}, "/count", "at most 99 is expected, not 100"),
    ({"occupied": True, "count": 1.5}, "/count", "a whole number is expected, not 1.5"),
    ({"occupied": True, "share": 7}, "/share", "at most 1 is expected, not 7"),
    ({"occupied": True, "level": [1]}, "/level", "a number is expected, not a list"),
    ({"occupied": True, "ts": {}}, "/ts", "a number or a text is expected, not an object"),
    ({"occupied": True, "id": ""}, "/id", 'a text of 1 or more characters is expected, not the text ""'),
])  # fmt: skip
def test_a_mistake_is_told_with_its_place_and_what_is_expected(found, pointer, reason):
    assert told(Left, found) == (pointer, reason)


def test_a_body_without_keys_says_that_there_are_none():
    assert told(Nothing, {"a": 1}) == ("/a", 'there is no key "a" here; leave it out')


def test_a_key_within_a_key_is_found_and_named_as_it_is_written():
    where, why = told(OrderBody, {"with": {"minutes": [5]}})
    assert where == "/with/minutes"
    assert why.endswith("is expected, not a list")


def test_a_form_is_shown():
    assert SESSION_PATTERN in told(SessionBody, {"session": "me", "seq": 1})[1]


@pytest.mark.parametrize("found", [
    {"x" * 60_000: 1}, {"occupied": "x" * 60_000}, {"occupied": {"a": ["x"] * 9_000}},
    {"occupied": True, "id": "\x00" * 9_000}, {"occupied": True, "\ud800" * 1000: 1},
])  # fmt: skip
def test_it_is_short_whatever_was_sent(found):
    assert all(len(part) <= MOST_SAID for part in told(Left, found))


def test_no_kind_can_be_told_pydantics_own_words():
    """Every sort of JSON value, in every field of every body that a device may say."""
    strange = [None, True, -1, 1.5, 10**18, "", "x" * 2_000, [], {}]
    bodies = [body for kind in all_kinds().values() for body in (kind.state, *kind.events.values())]
    fields = [(body, field) for body in bodies for field in body.model_fields]
    reasons = {reason_of(body, {field: value}) for body, field in fields for value in strange} - {""}
    assert len(reasons) > 30
    assert [one for one in reasons if not one.startswith("the key ") and " is expected, not " not in one] == []


def reason_of(body: type[Body], found: dict[str, object]) -> str:
    try:
        checked(body, found)
    except DeviceError as error:
        return error.reason
    return ""


def test_every_expectation_is_a_phrase():
    assert all(json.dumps(one).isascii() and not one.endswith(".") for one in EXPECTED.values())
