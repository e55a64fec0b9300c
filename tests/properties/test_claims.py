"""Claims at every instant, whatever happens: nobody holds what another holds, and who is covered stands still."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenes.model import ENDS
from scenes.stage import Run
from tests.properties.rich import Move, instants, passing, rich_house
from tests.scenes.test_claims import MUSEUM
from tests.scenes.test_covering import EVENING
from tests.venue import House

EXAMPLES = settings(max_examples=150)
SCENES = ("welcome", "dwelling", "tour", "other_tour", "cleaning", "game", "turns", "latest", "ambient")
ORDERS = ("go", "back", "skip", "hold", "start", "stop")


def claims_are_whole(house: House) -> None:
    """Of each thing the bands of those that took it rise, so one holds it; what is held is of a run that goes on."""
    stage, scenes = house.stage, house.venue.scenes
    for runs in stage.claims.values():
        bands = [scenes[stage.runs[one].scene].band for one in runs]
        assert all(low < high for low, high in pairwise(bands)), stage.claims
    held = {thing: stage.runs[runs[-1]] for thing, runs in stage.claims.items()}
    for thing, run in held.items():
        for other, its in held.items():
            if other.startswith(f"{thing}.") and its is not run:
                assert scenes[its.scene].band != scenes[run.scene].band


def covered_stand_still(house: House) -> None:
    """A run is suspended just where somebody higher holds what it uses; then it has no timer."""
    for run in house.stage.runs.values():
        timers = [one for one in house.stage.timers.values() if one.subject.partition(" ")[0] == run.id]
        assert not (run.suspended and timers)
        assert bool(run.suspended) == is_covered(house, run), run
        assert not run.suspended or run.suspended in house.stage.runs


def is_covered(house: House, run: Run) -> bool:
    """Whether it has to stand still, found without the claims' own code: by halls."""
    scenes = house.venue.scenes
    scene = scenes[run.scene]
    if scene.loses != "suspend" or run.phase == ENDS or scene.band.name == "SESSION":
        return False
    if scene.phases[0].cue is not None:  # a tour is where it has its things
        halls = {key.split(".")[0] for key in run.outputs}
        halls |= {one for one, runs in house.stage.claims.items() if run.id in runs}
    else:
        devices = {one.device for phase in scene.phases for step in phase.steps for one in getattr(step, "wants", ())}
        halls = {device.split(".")[0] for device in devices} | set(scene.takes)
    above = [scenes[house.stage.runs[one].scene].band for hall in halls for one in house.stage.claims.get(hall, ())]
    return any(band > scene.band for band in above)


def each_candidate_is_accounted_for(house: House) -> None:
    assert house.stage.ended + house.pending() == house.stage.candidates


def holds(house: House) -> None:
    claims_are_whole(house)
    covered_stand_still(house)
    each_candidate_is_accounted_for(house)


@EXAMPLES
@given(st.lists(st.one_of(instants(), passing()), max_size=30))
def test_claims_hold_in_a_rich_hall(day: list[Move]):
    house = rich_house()
    for move in day:
        move(house)
        holds(house)


def museum() -> st.SearchStrategy[list[tuple[str, object]]]:
    """A day of orders, visitors, crashes and reloads in a house of two halls."""
    orders = st.tuples(st.sampled_from(("start", "start", "start", "stop")), st.sampled_from(SCENES))
    visitors = st.tuples(st.just("says"), st.booleans())
    time = st.tuples(st.just("advance"), st.integers(1, 40).map(lambda seconds: f"{seconds}s"))
    shocks = st.tuples(st.sampled_from(("crash", "bytes", "less", "more")), st.just(""))
    return st.lists(st.one_of(orders, orders, visitors, time, time, shocks), max_size=25)


def happens(house: House, what: str, value: object) -> None:
    match what:
        case "says":
            house.says("preface.entry", occupied=bool(value))
        case "advance":
            house.advance(str(value))
        case "crash":
            house.crashes("3s")
        case "bytes":
            house.is_taken_up()
        case "less":
            house.reloads(MUSEUM.replace("takes: both", "takes: main").replace("  takes: main.quiz\n", ""))
        case "more":
            house.reloads(MUSEUM)
        case _:
            house.order(what, str(value))


@EXAMPLES
@given(museum())
def test_claims_hold_in_a_house_of_two_halls_through_crashes_and_reloads(day):
    house = House(MUSEUM)
    house.starts()
    for what, value in day:
        happens(house, what, value)
        holds(house)
    house.order("stop", "ambient")
    for scene in SCENES:
        house.order("disarm", scene)
    house.says("preface.entry", occupied=False)
    house.advance("10min")
    assert (house.stage.claims, house.pending()) == ({}, 0)


@EXAMPLES
@given(st.lists(st.sampled_from((*ORDERS, "in", "out", "10s", "1min", "crash")), max_size=25))
def test_claims_follow_the_path_of_a_tour(day):
    house = House(EVENING)
    house.starts()
    house.order("start", "evening")
    for one in day:
        if one in ("in", "out"):
            house.says("preface.entry", occupied=one == "in")
        elif one in ("10s", "1min"):
            house.advance(one)
        elif one == "crash":
            house.crashes("2s")
        else:
            house.order(one, "evening")
        holds(house)
        tour = next((run for run in house.stage.runs.values() if run.scene == "evening"), None)
        expected = [] if tour is None else ["main", "preface"] if tour.phase == "preface" else ["main"]
        assert sorted(house.stage.claims) == expected


@pytest.mark.soak
@pytest.mark.timeout(1800)
@settings(max_examples=5_000)
@given(museum())
def test_claims_hold_in_many_days(day):
    house = House(MUSEUM)
    house.starts()
    for what, value in day:
        happens(house, what, value)
        holds(house)
