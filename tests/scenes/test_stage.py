"""The stage as bytes and back."""

import msgspec
import pytest

from scenes.stage import Stage, from_bytes, to_bytes
from tests.properties.rich import rich_house
from tests.venue import House


@pytest.fixture
def house() -> House:
    house = rich_house()
    house.says("preface.entry", occupied=True, count=3)
    for one in ("hello", "next_film", "follow"):
        house.order("start", one, id=f"order-of-{one}")
    house.advance("1500ms")
    house.says("preface.exit", occupied=True)
    return house


def test_the_stage_comes_back_equal(house):
    assert from_bytes(to_bytes(house.stage)) == house.stage


def test_the_same_stage_gives_the_same_bytes(house):
    assert to_bytes(from_bytes(to_bytes(house.stage))) == to_bytes(house.stage)


def test_an_empty_stage_comes_back_empty():
    assert from_bytes(to_bytes(Stage())) == Stage()


def test_the_order_of_what_runs_comes_back(house):
    assert list(from_bytes(to_bytes(house.stage)).runs) == list(house.stage.runs)


@pytest.mark.parametrize("data", [b"", b"\xc1", b"\x80\x80", b"[]", b'{"now": 1}', b"\x81\xa3now\xa1x"])
def test_bytes_of_something_else_are_refused(data):
    with pytest.raises(msgspec.MsgspecError):
        from_bytes(data)


def test_numbers_never_come_twice(house):
    numbers = [house.stage.next_number() for _ in range(100)]
    assert len(set(numbers)) == 100
    assert min(numbers) > max(house.stage.timers)
