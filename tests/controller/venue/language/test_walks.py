"""The longest walk through the phases of a session: a bound that is quickly found, whatever the rounds."""

import pytest

from controller.venue.language.walks import longest_of
from scenes.model import SECOND, Happening, Phase, Place, Way

HERE = Place("venue.yaml", 1, 1)


def phase(name: str, *ways: str, lasts: int = 1, otherwise: str | None = None, visits: int | None = None) -> Phase:
    heard = tuple(Way(Happening(f"hall.ring.event_{number}", HERE), to) for number, to in enumerate(ways))
    return Phase(name, (), HERE, heard, lasts * SECOND, otherwise, visits)


def seconds(*body: Phase) -> float:
    return longest_of(body) / SECOND


def test_without_rounds_the_longest_way_counts():
    body = (
        phase("a", "b", "c", lasts=5, otherwise="d"),
        phase("b", "d", lasts=7),
        phase("c", "d", lasts=11),
        phase("d", lasts=2),
    )
    assert seconds(*body) == 5 + 11 + 2


def test_visits_without_a_round_count_once():
    assert seconds(phase("a", "b", lasts=5, visits=3), phase("b", lasts=2)) == 7


def test_a_round_counts_as_often_as_its_visits_allow():
    body = (
        phase("question", "yes", "no", "over", lasts=20, otherwise="over", visits=5),
        phase("yes", "question", "over", lasts=4, otherwise="over"),
        phase("no", "question", "over", lasts=3, otherwise="over"),
        phase("over", lasts=3),
    )
    assert seconds(*body) == 5 * (20 + 4) + 3


def test_a_phase_that_leads_back_to_itself_counts_as_often_as_its_visits_allow():
    assert seconds(phase("a", "a", "b", lasts=5, otherwise="b", visits=3), phase("b", lasts=2)) == 17


@pytest.mark.timeout(5)
def test_a_hub_of_many_rounds_is_soon_counted():
    pages = [f"page_{number}" for number in range(30)]
    hub = phase("hub", *pages, lasts=5, otherwise="bye")
    rounds = [phase(page, "hub", otherwise="hub", visits=5) for page in pages]
    assert seconds(hub, *rounds, phase("bye")) == 30 * 5 * (1 + 5) + 5 + 1


@pytest.mark.timeout(5)
def test_a_round_of_many_visits_is_soon_counted():
    body = [phase(f"p{n}", f"p{(n + 1) % 60}", "bye", otherwise="bye", visits=20) for n in range(60)]
    assert seconds(*body, phase("bye")) == 60 * 20 + 1
