"""Pure models: what they say is understood by their kinds, a command's id is done once, the same seed says the same."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.registry import all_kinds
from devices.speech import Acked, Reported, hear
from devices.topics import DeviceTopic, read_topic
from devices.vocabulary import DeviceId
from simulators.models.chance import Chance
from simulators.models.device import DeviceModel
from simulators.models.house import devices_for
from simulators.models.light import LightModel
from simulators.models.model import ALARM, Said
from simulators.models.player import PlayerModel
from simulators.models.presence import PresenceModel

LAMP, WALL, ENTRY = DeviceId("hall.lamp"), DeviceId("hall.wall"), DeviceId("hall.entry")


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
    st.sampled_from(["look", "level", "colour", "play", "loop", "power", "volume", "id", "fade", "text", "times"]),
    st.one_of(
        st.none(), st.booleans(), st.integers(-2, 2), st.floats(0, 1), st.sampled_from(["warm", "a.mp4", "b.png"])
    ),
).map(lambda body: json.dumps(body).encode())


@pytest.mark.parametrize("kind", ["light", "player", "presence"])
@given(told=st.lists(st.one_of(JSON, st.binary(max_size=40)), max_size=6))
def test_whatever_a_model_is_told_its_kind_understands_what_it_says(kind, told):
    model = devices_for("demo", {LAMP: kind})[LAMP]
    said_by(kind, model.begin(0))
    for at, payload in enumerate(told):
        for topic in (*model.filters, "demo/hall/lamp/do/nonsense"):
            said_by(kind, model.told(topic, payload, at))


def test_a_light_shows_what_it_is_asked_and_says_so_after_its_time():
    lamp = LightModel("demo", LAMP)
    ((at, spoken),) = lamp.told("demo/hall/lamp/set", b'{"look": "warm", "level": 0.8, "fade": 1.5, "id": "a"}', 5)
    assert (at, spoken.retain) == (20_005, True)
    assert said_by("light", [(at, spoken)]) == [
        Reported("", {"look": "warm", "level": 0.8}, {"look": "warm", "level": 0.8})
    ]


def test_a_command_is_done_once_an_id_and_answered_each_time():
    lamp = LightModel("demo", LAMP)
    answers = [lamp.told("demo/hall/lamp/do/flash", b'{"times": 2, "id": "x"}', at) for at in (1, 2)]
    assert [one[1:3] for one in lamp.done] == [("flash", "x")]
    assert [said_by("light", one) for one in answers] == [[Acked("x", ok=True)]] * 2


def test_an_unknown_command_is_answered_with_no():
    answer = said_by("light", LightModel("demo", LAMP).told("demo/hall/lamp/do/dance", b'{"id": "x"}', 1))
    assert answer == [Acked("x", ok=False, reason="unknown command dance")]


def test_a_film_ends_after_its_length():
    wall = PlayerModel("demo", WALL, {"film.mp4": 1_000_000})
    said = wall.told("demo/hall/wall/set", b'{"play": "film.mp4"}', 0)
    assert said[-1] == (1_040_000, ALARM)
    event, state = said_by("player", wall.woken(1_040_000))
    assert isinstance(event, Reported)
    assert (event.event, event.fields) == ("ended", {"play": "film.mp4"})
    assert isinstance(state, Reported)
    assert state.states["playing"] is False


def test_what_is_asked_later_voids_the_end_of_a_film():
    wall = PlayerModel("demo", WALL, {"film.mp4": 1_000_000})
    wall.told("demo/hall/wall/set", b'{"play": "film.mp4"}', 0)
    wall.told("demo/hall/wall/set", b'{"play": "other.mp4"}', 500_000)
    assert wall.woken(1_040_000) == []


@pytest.mark.parametrize("body", [b'{"play": "loop.mp4", "loop": true}', b'{"play": "still.png"}', b'{"play": null}'])
def test_a_loop_a_still_and_darkness_never_end(body):
    said = PlayerModel("demo", WALL).told("demo/hall/wall/set", body, 0)
    assert [one for _, one in said if one == ALARM] == []


def test_a_sensor_speaks_when_the_first_comes_and_when_the_last_goes():
    sensor = PresenceModel("demo", ENTRY)
    said = [sensor.enter(1), sensor.enter(2), sensor.leave(3), sensor.leave(4), sensor.leave(5)]
    assert [len(one) for one in said] == [1, 0, 0, 1, 0]


def test_a_kind_without_a_model_says_that_it_is_there():
    assert [type(one) for one in devices_for("demo", {LAMP: "unheard_of"}).values()] == [DeviceModel]


def test_chance_is_the_same_for_ever():
    chance = Chance(7, "pinned")
    assert [chance.below(1000) for _ in range(5)] == [93, 853, 387, 28, 169]


@given(st.integers(), st.integers(1, 10**9))
def test_a_gap_is_never_nothing(seed, mean):
    assert Chance(seed).exponential(mean) >= 1


def test_half_of_what_has_a_long_tail_is_shorter_than_the_median_and_nothing_lasts_for_ever():
    chance = Chance(3, "tail")
    drawn = [chance.long_tail(1000) for _ in range(4_000)]
    assert 0.47 < sum(one < 1000 for one in drawn) / len(drawn) < 0.53
    assert 0.03 < sum(one > 4000 for one in drawn) / len(drawn) < 0.06
    assert max(drawn) < 16_000


def test_a_sensor_feels_who_enters_and_leaves_and_nothing_else():
    sensor = PresenceModel("demo", ENTRY)
    said = [sensor.visited(act, at) for at, act in enumerate(("touch", "enter", "press", "leave"))]
    assert [len(one) for one in said] == [0, 1, 0, 1]
