"""Visitors that walk: in order of time, nobody leaves where nobody entered, one plays at a time, a seed is a seed."""

import hashlib
import os
import subprocess
import sys
from collections import Counter, defaultdict
from itertools import islice, pairwise, takewhile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.vocabulary import DeviceId
from simulators.models.acts import Act
from simulators.models.building import USES, building_of
from simulators.models.chance import Chance
from simulators.models.parties import CROWDS, HOURS, MANNERS, MINUTE, SECOND, Crowd
from simulators.models.visitors import HOUR, Visitors
from simulators.models.walk import SHADOW, Walk

MUSEUM = {
    DeviceId(name): kind
    for name, kind in {
        "preface.door": "counter",
        "preface.entry": "presence",
        "preface.post": "screen",
        "preface.wash": "light",
        "main.rotunda": "presence",
        "main.quiz_zone": "presence",
        "main.quiz": "quiz",
        "main.plate_1": "button",
        "main.plate_2": "button",
        "epilogue.door_in": "counter",
        "epilogue.door_out": "counter",
        "epilogue.ring": "rig",
        "epilogue.easel": "painting",
        "house.gate": "counter",
        "house.remote": "remote",
    }.items()
}
ENTRY = DeviceId("hall.entry")
DEEDS = {
    "door": {"enter", "leave"},
    "zone": {"enter", "leave"},
    "button": {"press", "hold"},
    "screen": {"touch"},
    "station": {"touch", "leave"},
    "remote": {"press", "hold"},
}


def acts(seed: int, count: int, crowd: str = "many", kinds: dict[DeviceId, str] = MUSEUM) -> list[Act]:
    return list(islice(Visitors(seed, kinds, 0, crowd=CROWDS[crowd]), count))


def only(manner: str, seed: int = 1, kinds: dict[DeviceId, str] = MUSEUM, parties: int = 60) -> dict[str, list[Act]]:
    """By party: what parties of one manner do when nobody else is there."""
    found = {}
    for number in range(parties):
        walk = Walk(f"p{number}", MANNERS[manner], building_of(kinds), {}, Chance(seed, str(number)))
        found[f"p{number}"] = [act for _, act in walk.moments(0) if act is not None]
    return found


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.sampled_from(["few", "many", "school"]))
def test_acts_come_in_order_of_time_and_each_device_is_done_to_what_it_is_for(seed, crowd):
    stream = acts(seed, 1_500, crowd)
    assert [one.at for one in stream] == sorted(one.at for one in stream)
    assert {(USES[MUSEUM[one.device]], one.act) for one in stream} <= {
        (use, deed) for use, deeds in DEEDS.items() for deed in deeds
    }


@settings(max_examples=25)
@given(st.integers(0, 10_000))
def test_nobody_enters_twice_or_leaves_a_zone_that_they_did_not_enter(seed):
    inside = set()
    for one in acts(seed, 2_000):
        if USES[MUSEUM[one.device]] == "zone":
            place = (one.who, one.device)
            assert (place in inside) == (one.act == "leave"), one
            inside ^= {place}


@settings(max_examples=15)
@given(st.integers(0, 10_000), st.sampled_from(sorted(MANNERS)))
def test_whoever_came_has_left_every_zone_and_every_door_at_the_end(seed, manner):
    for walked in only(manner, seed, parties=8).values():
        count = Counter((one.device, one.act) for one in walked if USES[MUSEUM[one.device]] == "zone")
        for device, act in list(count):
            assert count[device, "enter"] == count[device, "leave"], (manner, device, act)
        gates = Counter(one.act for one in walked if one.device == "house.gate")
        assert gates["enter"] == gates["leave"]


def test_all_that_a_museum_has_is_used_before_long():
    seen = {(one.device, one.act) for one in acts(3, 30_000)}
    expected = {(device, deed) for device, kind in MUSEUM.items() for deed in DEEDS.get(USES[kind], ())}
    expected -= {(DeviceId("epilogue.door_in"), "leave"), (DeviceId("epilogue.door_out"), "enter")}
    assert expected - seen == set()


def test_one_session_at_a_time_and_whoever_would_wait_too_long_goes_on_without():
    """The next one touches a station only when the one before is done; among twenty some lose patience."""
    touched = defaultdict(list)
    for one in acts(2, 20_000, "school"):
        if USES[MUSEUM[one.device]] == "station" and one.act == "touch":
            touched[one.device].append(one.at)
    for station, times in touched.items():
        gaps = [after - before for before, after in pairwise(times)]
        assert min(gaps) > 3 * SECOND, station
    busy = {DeviceId("epilogue.ring"): HOUR, DeviceId("epilogue.easel"): HOUR, DeviceId("main.quiz"): HOUR}
    walk = Walk("p", MANNERS["leaver"], building_of(MUSEUM), busy, Chance(1, "p"))
    walked = [act for _, act in walk.moments(0) if act is not None]
    assert not [one for one in walked if USES[MUSEUM[one.device]] == "station"]
    assert walked[-1].at < HOUR


def test_who_comes_to_a_busy_station_waits_their_turn():
    station = DeviceId("h.quiz")
    busy = {station: 50 * SECOND}
    for number in range(20):
        walk = Walk("p", MANNERS["family"], building_of({station: "quiz"}), dict(busy), Chance(number, "p"))
        touches = [act.at for _, act in walk.moments(0) if act is not None]
        assert all(at >= 50 * SECOND for at in touches)


def test_a_shadow_is_shorter_than_any_dwell():
    for walked in only("shadow").values():
        enter, leave = walked
        assert (enter.act, leave.act, enter.device) == ("enter", "leave", leave.device)
        assert SHADOW[0] <= leave.at - enter.at <= SHADOW[1]


def test_who_stands_in_the_door_flickers():
    for walked in only("doorway").values():
        assert len(walked) >= 8
        assert {one.device for one in walked} <= {DeviceId("preface.entry"), DeviceId("house.gate")}
        assert max(after.at - before.at for before, after in pairwise(walked)) < 2 * SECOND


def test_who_plays_and_leaves_in_the_middle_leaves_the_station_and_then_the_house():
    left = [one for walked in only("leaver").values() for one in walked if USES[MUSEUM[one.device]] == "station"]
    assert {one.act for one in left} == {"touch", "leave"}
    touches = {one.who: one for one in left if one.act == "touch"}
    leaves = {one.who: one for one in left if one.act == "leave"}
    assert touches.keys() == leaves.keys()
    assert all(4 * SECOND <= leaves[who].at - touches[who].at <= 20 * SECOND for who in touches)


def test_a_school_class_is_twenty_and_presses_everything_again_and_again():
    for walked in only("school", parties=5).values():
        assert len({one.who for one in walked}) == 20
        pressed = Counter(one.device for one in walked if one.act in ("press", "hold"))
        assert all(pressed[DeviceId(one)] > 20 for one in ("main.plate_1", "main.plate_2"))


def test_a_guide_uses_the_remote_and_nobody_else_does():
    who = {manner: {act.device for one in only(manner).values() for act in one} for manner in MANNERS}
    assert [manner for manner, devices in who.items() if DeviceId("house.remote") in devices] == ["guide"]


def test_people_come_by_the_hour_of_the_day():
    """Between 10 and 11 more than ten times as many as at 3 in the night."""
    came = Counter()
    seen = set()
    for one in takewhile(lambda act: act.at < 24 * HOUR, Visitors(5, [ENTRY], 0, hour=0)):
        party = one.who.split(".")[0]
        if party not in seen:
            seen.add(party)
            came[one.at // HOUR] += 1
    assert came[10] > 40 > 4 > came[3]
    assert len(HOURS) == 24
    assert max(HOURS) == 1000


def test_the_first_comes_when_it_is_said_and_stays():
    for seed in range(20):
        stream = list(islice(Visitors(seed, [ENTRY], 0, first=2 * SECOND), 1))
        assert (stream[0].at, stream[0].who, stream[0].act) == (2 * SECOND, "visitor-1", "enter")


@pytest.mark.parametrize("kinds", [{}, {DeviceId("h.lamp"): "light"}, {DeviceId("house.bell"): "button"}])
def test_where_there_is_nothing_to_do_nobody_comes(kinds):
    assert list(Visitors(1, kinds, 0)) == []


def test_nobody_comes_where_nobody_is_wanted():
    assert list(Visitors(1, MUSEUM, 0, crowd=CROWDS["none"])) == []
    assert all(crowd.name == name for name, crowd in CROWDS.items())
    assert all(
        sum(crowd.per_mille.values()) >= 1000 for crowd in CROWDS.values() if crowd.mean and crowd.name != "demo"
    )
    assert "school" not in {act.who.partition("-")[0] for act in acts(1, 3_000, "demo")}


def test_nobody_walks_for_ever():
    """Long tails end: within hours everybody has gone."""
    for manner in MANNERS:
        for walked in only(manner, parties=20).values():
            assert not walked or walked[-1].at < 300 * MINUTE


def visits(seed: int) -> str:
    stream = islice(Visitors(seed, MUSEUM, 0, crowd=CROWDS["school"]), 2_000)
    return hashlib.sha256(repr(list(stream)).encode()).hexdigest()[:16]


def test_the_same_seed_sends_the_same_visitors_and_another_seed_others():
    assert visits(1) == visits(1) != visits(2)


@pytest.mark.parametrize("hash_seed", ["0", "77"])
def test_visitors_do_not_depend_on_the_process(hash_seed):
    code = "from tests.simulators.test_visitors import visits; print(visits(1))"
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, timeout=30)
    assert found.stdout.strip() == visits(1)


def test_a_stream_can_be_begun_anew():
    crowd = Crowd("few", MINUTE, {"family": 1000})
    visitors = Visitors(4, MUSEUM, 0, crowd=crowd)
    assert list(islice(visitors, 50)) == list(islice(visitors, 50))
