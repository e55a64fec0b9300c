"""Strands, whatever happens in a rich hall: they wait, for what the index knows, with the timers that the stage has."""

from hypothesis import given

from scenes.index import Index, awaited
from scenes.stage import Stage
from scenes.strands import subject, waits_for
from tests.properties.rich import Move, moves, rich_house
from tests.venue import House

OF_STRANDS = ("step", "lasting", "moment", "phase")


def every_strand(stage: Stage):
    return [(run, strand) for run in stage.runs.values() for strand in run.strands.values()]


def check(house: House) -> None:
    stage, index = house.stage, house.engine._index
    for run, strand in every_strand(stage):
        assert strand.waiting is not None, (run.id, strand)
        step = waits_for(house.venue.scenes[run.scene], run, strand)
        for key in awaited(run.id, strand.name, step):
            assert (run.id, strand.name) in index.waiting_for(key), (run.id, strand.name, key)
    frozen = {timer.number for run in stage.runs.values() for timer in run.frozen}
    ours = {subject(run, strand): strand.waiting for run, strand in every_strand(stage)}
    for timer in stage.timers.values():
        if timer.action in OF_STRANDS:
            waiting = ours[timer.subject]
            assert waiting is not None
            assert waiting.timers[timer.action] == timer.number
    for waiting in ours.values():
        assert waiting is None or set(waiting.timers.values()) <= {*stage.timers, *frozen}


@given(day=moves())
def test_every_strand_waits_and_is_known_by_what_it_waits_for(day: list[Move]):
    house = rich_house()
    check(house)
    for move in day:
        move(house)
        check(house)


@given(day=moves())
def test_what_the_index_derives_from_the_stage_is_what_it_had(day: list[Move]):
    house = rich_house()
    for move in day:
        move(house)
    before: Index = house.engine._index
    house.is_taken_up()
    assert house.engine._index._waiting == {key: who for key, who in before._waiting.items() if who}
