"""When to come back, and when to stay away."""

import pytest

from link.comeback import Comeback


def always(draw: float) -> Comeback:
    return Comeback(lambda: draw)


def dropped(comeback: Comeback, *, at: float, lived_seconds: float = 0.1) -> float:
    return comeback.lost(at=at, lived_seconds=lived_seconds, dropped=True)


def test_the_pause_doubles_up_to_eight_tenths() -> None:
    comeback = always(1.0)
    assert [comeback.failed() for _ in range(7)] == [0.05, 0.1, 0.2, 0.4, 0.8, 0.8, 0.8]


def test_chance_shortens_the_pause_to_half_at_most() -> None:
    assert always(0.0).failed() == 0.025
    assert always(1.0).failed() == 0.05


def test_a_connection_that_lasted_is_followed_by_an_attempt_at_once_and_small_pauses() -> None:
    comeback = always(1.0)
    for _ in range(5):
        comeback.failed()
    assert comeback.lost(at=100.0, lived_seconds=5.0, dropped=True) == 0.0
    assert comeback.failed() == 0.05


def test_a_connection_that_did_not_last_leaves_the_pauses_as_they_are() -> None:
    comeback = always(1.0)
    comeback.failed()
    assert comeback.lost(at=1.0, lived_seconds=1.0, dropped=False) == 0.1
    assert dropped(comeback, at=2.0) == 0.0
    assert comeback.failed() == 0.2


def test_three_drops_within_ten_seconds_are_a_war() -> None:
    comeback = always(1.0)
    dropped(comeback, at=100.0, lived_seconds=3600.0)
    assert dropped(comeback, at=105.0) == 0.0
    assert not comeback.at_war
    dropped(comeback, at=110.0)
    assert comeback.at_war


def test_three_drops_over_more_than_ten_seconds_are_none() -> None:
    comeback = always(1.0)
    for at in (100.0, 105.0, 110.1, 115.2, 120.3):
        dropped(comeback, at=at)
        assert not comeback.at_war


@pytest.mark.parametrize("sign", ["a refused attempt", "a forgotten session", "an end with a reason"])
def test_what_a_restarted_broker_shows_makes_peace(sign: str) -> None:
    comeback = always(1.0)
    for at in (1.0, 2.0, 3.0, 4.0):
        dropped(comeback, at=at)
        if sign == "a refused attempt":
            comeback.failed()
        elif sign == "a forgotten session":
            comeback.accepted(session_forgotten=True)
        else:
            comeback.lost(at=at, lived_seconds=0.1, dropped=False)
        assert not comeback.at_war


def test_a_broker_that_forgets_us_and_drops_us_at_once_is_not_asked_without_a_pause() -> None:
    comeback = always(1.0)
    pauses = []
    for at in range(5):
        comeback.accepted(session_forgotten=True)
        pauses.append(dropped(comeback, at=float(at)))
    assert pauses == [0.05, 0.1, 0.2, 0.4, 0.8]
