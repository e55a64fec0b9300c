"""Pure models: what they say is understood by their kinds, a command's id is done once, the same seed says the same."""

import json
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.registry import all_kinds
from devices.speech import Acked, Reported, hear
from devices.topics import DeviceTopic, read_topic
from devices.vocabulary import DeviceId
from simulators.models.chance import Chance
from simulators.models.declared import DeclaredModel
from simulators.models.device import DeviceModel
from simulators.models.house import devices_for
from simulators.models.model import ALARM, Said
from tests.controller.export.bell import BELL

LAMP, WALL, ENTRY = DeviceId("hall.lamp"), DeviceId("hall.wall"), DeviceId("hall.entry")


def model_of(kind: str, device: DeviceId = LAMP, lengths: Mapping[str, int] | None = None) -> DeviceModel:
    return devices_for("demo", {device: all_kinds()[kind]}, 1, lengths or {})[device]


def said_by(kind: str, said: Said) -> list[object]:
    """What the house understands of it."""
    found = []
    for _, spoken in said:
        if spoken == ALARM:
            continue
        topic = read_topic("demo", spoken.topic)
        assert isinstance(topic, DeviceTopic)
        found.append(hear(all_kinds()[kind], topic, spoken.payload))
    return found


JSON = st.dictionaries(
    st.sampled_from(
        ["look", "level", "colour", "play", "loop", "power", "volume", "id", "fade", "at", "text", "times"]
    ),
    st.one_of(
        st.none(), st.booleans(), st.integers(-2, 2), st.floats(0, 1), st.sampled_from(["warm", "a.mp4", "b.png"])
    ),
).map(lambda body: json.dumps(body).encode())


@pytest.mark.parametrize("kind", list(all_kinds()))
@given(told=st.lists(st.one_of(JSON, st.binary(max_size=40)), max_size=6))
def test_whatever_a_model_is_told_its_kind_understands_what_it_says(kind, told):
    model = model_of(kind)
    said_by(kind, model.begin(0))
    for at, payload in enumerate(told):
        for topic in (*model.filters, "demo/hall/lamp/do/nonsense"):
            said_by(kind, model.told(topic, payload, at))


def test_a_light_shows_what_it_is_asked_and_says_so_after_its_time():
    lamp = model_of("light")
    ((at, spoken),) = lamp.told("demo/hall/lamp/set", b'{"look": "warm", "level": 0.8, "fade": 1.5, "id": "a"}', 5)
    assert (at, spoken.retain) == (20_005, True)
    assert said_by("light", [(at, spoken)]) == [
        Reported("", {"look": "warm", "level": 0.8}, {"look": "warm", "level": 0.8})
    ]


def test_a_command_is_done_once_an_id_and_answered_each_time():
    lamp = model_of("light")
    answers = [lamp.told("demo/hall/lamp/do/flash", b'{"times": 2, "id": "x"}', at) for at in (1, 2)]
    assert [one[1:3] for one in lamp.done] == [("flash", "x")]
    assert [said_by("light", one) for one in answers] == [[Acked("x", ok=True)]] * 2


def test_an_unknown_command_is_answered_with_no():
    answer = said_by("light", model_of("light").told("demo/hall/lamp/do/dance", b'{"id": "x"}', 1))
    assert answer == [Acked("x", ok=False, reason="unknown command dance")]


def test_a_film_ends_after_its_length():
    wall = model_of("player", WALL, {"film.mp4": 1_000_000})
    said = wall.told("demo/hall/wall/set", b'{"play": "film.mp4"}', 0)
    assert said[-1] == (1_040_000, ALARM)
    event, state = said_by("player", wall.woken(1_040_000))
    assert isinstance(event, Reported)
    assert (event.event, event.fields) == ("ended", {"play": "film.mp4"})
    assert isinstance(state, Reported)
    assert state.states["playing"] is False


@pytest.mark.parametrize(("at", "ends"), [("0.4", 640_000), ("7", 40_000), ("-1", 1_040_000), ("true", 1_040_000)])
def test_a_film_that_begins_in_its_middle_ends_so_much_sooner(at, ends):
    wall = model_of("player", WALL, {"film.mp4": 1_000_000})
    said = wall.told("demo/hall/wall/set", f'{{"play": "film.mp4", "at": {at}}}'.encode(), 0)
    assert said[-1] == (ends, ALARM)


def test_a_film_that_begins_in_step_is_seen_at_its_instant():
    wall = model_of("player", WALL, {"film.mp4": 1_000_000})
    assert wall.told("demo/hall/wall/set", b'{"play": "film.mp4", "start_at": 0.5, "at": 0.2}', 0) == [(500_000, ALARM)]
    assert wall.state["play"] is None
    said = wall.woken(500_000)
    assert wall.state["play"] == "film.mp4"
    assert said[-1] == (1_300_000, ALARM)


def test_who_comes_late_joins_the_others_where_they_are():
    wall = model_of("player", WALL, {"film.mp4": 1_000_000})
    said = wall.told("demo/hall/wall/set", b'{"play": "film.mp4", "start_at": 0.5}', 1_000_000)
    assert wall.state["position"] == 0.54
    assert said[-1] == (1_500_000, ALARM)


def test_what_is_asked_otherwise_before_its_instant_is_never_seen():
    wall = model_of("screen", WALL, {"film.mp4": 1_000_000})
    wall.told("demo/hall/wall/set", b'{"play": "film.mp4", "start_at": 0.5}', 0)
    wall.told("demo/hall/wall/set", b'{"page": "menu"}', 100_000)
    assert wall.woken(500_000) == []


def test_a_player_says_how_far_it_is_with_everything_else():
    wall = model_of("player", WALL, {"film.mp4": 9_000_000})
    wall.told("demo/hall/wall/set", b'{"play": "film.mp4"}', 0)
    wall.told("demo/hall/wall/set", b'{"volume": 0.5}', 2_000_000)
    assert [state["position"] for _, state in wall.shown] == [0.0, 2.0]


def test_what_is_asked_later_voids_the_end_of_a_film():
    wall = model_of("player", WALL, {"film.mp4": 1_000_000})
    wall.told("demo/hall/wall/set", b'{"play": "film.mp4"}', 0)
    wall.told("demo/hall/wall/set", b'{"play": "other.mp4"}', 500_000)
    assert wall.woken(1_040_000) == []


@pytest.mark.parametrize("body", [b'{"play": "loop.mp4", "loop": true}', b'{"play": "still.png"}', b'{"play": null}'])
def test_a_loop_a_still_and_darkness_never_end(body):
    said = model_of("player", WALL).told("demo/hall/wall/set", body, 0)
    assert [one for _, one in said if one == ALARM] == []


def test_a_sensor_speaks_when_the_first_comes_and_when_the_last_goes():
    sensor = model_of("presence", ENTRY)
    acts = ("enter", "enter", "leave", "leave", "leave")
    said = [sensor.visited(act, at) for at, act in enumerate(acts, 1)]
    assert [len(one) for one in said] == [2, 0, 0, 2, 0]  # the event and the state


def test_a_kind_without_a_model_of_its_own_gets_one_from_what_it_declares():
    bell = devices_for("demo", {LAMP: BELL}, 1, {})[LAMP]
    assert type(bell) is DeclaredModel
    (_, state), (at, alarm) = bell.begin(0)[1:]
    assert json.loads(state.payload) == {"loudness": 0.5}
    assert alarm == ALARM
    (_, rung), (again, _) = bell.woken(at)
    assert (rung.topic, json.loads(rung.payload)) == ("demo/hall/lamp/event/rung", {"pulls": 2})
    assert again > at
    ((_, report),) = bell.told("demo/hall/lamp/set", b'{"muffled": true, "id": "a", "epoch": 1}', at)
    assert json.loads(report.payload) == {"loudness": 0.5, "muffled": True}
    ((_, answer),) = bell.told("demo/hall/lamp/do/ring", b'{"strokes": 3, "id": "b"}', at)
    assert json.loads(answer.payload) == {"id": "b", "ok": True}


def test_chance_is_the_same_for_ever():
    chance = Chance(7, "pinned")
    assert [chance.below(1000) for _ in range(5)] == [93, 853, 387, 28, 169]


@given(st.integers(), st.integers(1, 10**9))
def test_a_gap_is_never_nothing(seed, mean):
    assert Chance(seed).exponential(mean) >= 1
