"""Every kind and its model: what is asked is confirmed in time, a command is done once, all that is said understood."""

from collections import Counter

import pytest

from devices.registry import all_kinds
from devices.speech import Reported
from tests.simulators.around import MINUTE, ONE, SECOND, Around, wants_of

KINDS = list(all_kinds().values())
every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda one: one.name)
PROPERTIES = [(kind, one) for kind in KINDS for one in kind.properties]
COMMANDS = [(kind, one) for kind in KINDS for one in kind.commands]
IN_TIME = 2.0  # seconds, where nobody waits


def named(one: object) -> str:
    return str(getattr(one, "name", one))


@pytest.mark.parametrize(("kind", "property_"), PROPERTIES, ids=named)
@pytest.mark.parametrize("seed", range(3))
def test_each_want_is_confirmed_within_the_time_of_its_property(kind, property_, seed):
    around = Around(kind.name, seed)
    for value in (*wants_of(property_), *reversed(wants_of(property_))):
        asked = around.now
        around.asks(value)
        around.until(asked + round((property_.within_seconds or IN_TIME) * SECOND))
        assert around.confirms(property_, value), (value, around.states)


@pytest.mark.parametrize(("kind", "property_"), PROPERTIES, ids=named)
def test_a_want_alone_is_confirmed_by_a_device_that_was_just_switched_on(kind, property_):
    for value in wants_of(property_):
        around = Around(kind.name)
        around.asks(value, fade=1.5)
        around.passes(round((property_.within_seconds or IN_TIME) * SECOND))
        assert around.confirms(property_, value), (value, around.states)


@pytest.mark.parametrize(("kind", "command"), COMMANDS, ids=named)
def test_each_command_is_done_once_and_answered_in_time_each_time_it_comes(kind, command):
    around = Around(kind.name)
    around.visits("touch")  # a station does nothing for nobody
    fields = command.body.model_validate(kind.examples[f"do/{command.name}"]).model_dump()
    for told in range(1, 4):
        around.tells(command.name, fields)
        around.passes(round(command.within_seconds * SECOND))
        assert [(one.id, one.ok) for one in around.acks()] == [("c1", True)] * told
    assert [(name, known) for _, name, known, _ in around.model.done] == [(command.name, "c1")]


@every_kind
def test_it_says_that_it_is_there_and_all_that_it_says_in_an_hour_is_understood(kind):
    around = Around(kind.name, at=9 * 60 * MINUTE)
    for _ in range(60):
        for act in around.model.acts:
            around.visits(act)
        around.passes(MINUTE)
    assert around.heard
    visited = {name for name in kind.events if name in {one.event for one in around.events()}}
    assert visited or not around.model.acts


@every_kind
@pytest.mark.parametrize("payload", [b"", b"{}", b"null", b"{", b'{"id": 7}', b'{"id": "x", "play": 7, "page": 7}',
                                     b'{"power": "on", "id": "x"}', b'{"source": null}', b"\xff"])  # fmt: skip
def test_nonsense_moves_no_device(kind, payload):
    around = Around(kind.name)
    for topic in (*around.model.filters, f"demo/{ONE.replace('.', '/')}/do/nonsense"):
        around._push(around.model.told(topic, payload, around.now))
    around.passes(SECOND)


@every_kind
def test_the_same_seed_says_the_same_and_a_second_connection_says_nothing_twice(kind):
    def day(seed: int) -> list[object]:
        around = Around(kind.name, seed)
        for number in range(40):
            for act in around.model.acts:
                around.visits(act)
            if number == 20:
                around._push(around.model.begin(around.now))
            around.passes(MINUTE)
        return around.heard

    first = day(1)
    assert first == day(1)
    sessions = Counter(said.id for _, said in first if isinstance(said, Reported) and said.session)
    assert [one for one, count in sessions.items() if count > 1] == []
