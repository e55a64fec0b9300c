"""Devices that do wrong on purpose: each fault alone, together, by a seed; and never more than what was asked for."""

import heapq
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.payload import MAX_BYTES, DeviceError, parse_object
from devices.registry import all_kinds
from devices.speech import hear
from devices.topics import DeviceTopic, read_topic
from devices.vocabulary import DeviceId
from simulators.models.chance import Chance
from simulators.models.faults import MOST_KEPT, Fault, Faulty, Outage, Rate, with_faults
from simulators.models.light import LightModel
from simulators.models.model import ALARM, Spoken
from simulators.models.player import PlayerModel
from simulators.models.presence import PresenceModel
from simulators.models.spoiled import TOO_LONG, garble, lie_of_event, lie_of_state, with_id

LAMP, WALL, ENTRY = DeviceId("hall.lamp"), DeviceId("hall.wall"), DeviceId("hall.entry")
SECOND = 1_000_000
ALWAYS = 1_000_000
KINDS = {LAMP: all_kinds()["light"], WALL: all_kinds()["player"], ENTRY: all_kinds()["presence"]}
MODELS = {LAMP: LightModel, WALL: PlayerModel, ENTRY: PresenceModel}


class Stand:
    """A model on a clock of its own: whatever it says is gathered with its instant, its alarms are rung."""

    def __init__(self, device: DeviceId, *faults: Fault, seed: int = 1) -> None:
        self.model = Faulty(
            MODELS[device]("demo", device, KINDS[device], 1, {"film.mp4": 60 * SECOND}), device, faults, seed
        )
        self.said: list[tuple[int, Spoken]] = []
        self.at = 0
        self._heap: list[tuple[int, int, Spoken]] = []
        self._number = 0
        self.push(self.model.begin(0))

    def push(self, said: list[tuple[int, Spoken]]) -> None:
        for at, spoken in said:
            assert at >= self.at, "nothing is said in the past"
            self._number += 1
            heapq.heappush(self._heap, (at, self._number, spoken))

    def advance(self, to: int) -> "Stand":
        while self._heap and self._heap[0][0] <= to:
            self.at, _, spoken = heapq.heappop(self._heap)
            if spoken == ALARM:
                self.push(self.model.woken(self.at))
            else:
                self.said.append((self.at, spoken))
        self.at = to
        return self

    def told(self, topic: str, body: dict[str, Any]) -> None:
        self.push(self.model.told(topic, json.dumps(body).encode(), self.at))

    def visited(self, *acts: str) -> None:
        for act in acts:
            self.push(self.model.visited(act, self.at))

    def on(self, ending: str) -> list[bytes]:
        return [spoken.payload for _, spoken in self.said if spoken.topic.endswith(ending)]

    def asked_often(self, times: int) -> "Stand":
        for number in range(times):
            self.advance(self.at + SECOND)
            self.told("demo/hall/lamp/set", {"level": 0.1 + 0.8 * (number % 2), "id": f"w{number}"})
        return self.advance(self.at + 10 * SECOND)


def test_a_device_without_faults_says_what_its_model_says():
    plain, wrapped = (
        LightModel("demo", LAMP, KINDS[LAMP], 1, {}),
        Faulty(LightModel("demo", LAMP, KINDS[LAMP], 1, {}), LAMP, (), 1),
    )
    body = b'{"level": 0.5, "id": "a"}'
    assert wrapped.begin(0) == plain.begin(0)
    assert wrapped.told("demo/hall/lamp/set", body, 5) == plain.told("demo/hall/lamp/set", body, 5)
    assert (wrapped.filters, wrapped.will) == (plain.filters, plain.will)
    assert with_faults({LAMP: plain, WALL: wrapped}, {LAMP: ()}, 1)[LAMP] is plain


def test_who_lies_reports_another_level_than_it_shows():
    stand = Stand(LAMP, Rate("lies", ALWAYS)).asked_often(2)
    assert [json.loads(one)["level"] for one in stand.on("/state")] == pytest.approx([0.9, 0.1])
    assert stand.model.tally["lies"] == 2


def test_a_lie_is_another_value_of_the_same_shape_and_never_about_who_said_it():
    told = {"id": "a", "ts": 1.0, "session": "s1", "seq": 3, "occupied": True, "count": 2, "level": 1.0, "none": None}
    found = json.loads(lie_of_state(json.dumps({**told, "colour": "#000000", "play": "b"}).encode(), {"play": "a"}))
    assert {key: found[key] for key in ("id", "ts", "session", "seq")} == {
        "id": "a",
        "ts": 1.0,
        "session": "s1",
        "seq": 3,
    }
    lies = {"occupied": False, "count": 1, "level": 0.0, "none": None, "colour": "#ffffff", "play": "a"}
    assert {key: found[key] for key in lies} == lies
    assert lie_of_event(b'{"play":"b","occupied":true}') == b'{"play":"b","occupied":false}'


@pytest.mark.parametrize("device", [LAMP, WALL, ENTRY])
@given(seed=st.integers(0, 500))
def test_what_liars_say_is_understood(device, seed):
    """A lie is believed: it is none if the house refuses it."""
    stand = Stand(device, Rate("lies", 500_000), seed=seed)
    kind = all_kinds()[{LAMP: "light", WALL: "player", ENTRY: "presence"}[device]]
    for number in range(6):
        stand.told(f"demo/{device.replace('.', '/')}/set", {"level": 0.5, "colour": "#ffb066", "play": f"{number}.mp4"})
        stand.visited("enter", "leave")
        stand.advance(stand.at + 100 * SECOND)
    for _, spoken in stand.said:
        topic = read_topic("demo", spoken.topic)
        assert isinstance(topic, DeviceTopic)
        hear(kind, topic, spoken.payload)


def test_drops_are_as_frequent_as_was_said_and_go_both_ways():
    stand = Stand(LAMP, Rate("drops", 200_000)).asked_often(1_000)
    heard = len(stand.on("/state"))
    assert 560 < heard < 720  # 0.8 of what is told comes through, and 0.8 of what is said
    assert len(stand.model._model.shown) > heard


def test_what_is_delayed_comes_later_but_in_time():
    stand = Stand(LAMP, Rate("delays", ALWAYS, at_most=5 * SECOND))
    stand.told("demo/hall/lamp/set", {"level": 0.5})
    stand.advance(20 * SECOND)
    ((at, _),) = [one for one in stand.said if one[1].topic.endswith("/state")]
    assert 20_000 < at <= 5 * SECOND + 20_000


def test_an_event_that_is_repeated_has_the_same_id_and_another_event_another():
    stand = Stand(ENTRY, Rate("repeats", ALWAYS))
    stand.visited("enter", "leave")
    stand.advance(10 * SECOND)
    bodies = [json.loads(one) for one in stand.on("/event/presence")]
    ids = [one["id"] for one in bodies]
    assert (len(ids), len(set(ids))) == (4, 2)
    assert {one["occupied"] for one in bodies if one["id"] == ids[0]} == {bodies[0]["occupied"]}
    assert json.loads(with_id(b'{"id": "its own"}', "x")) == {"id": "its own"}


@given(st.integers(0, 1000), st.sampled_from([b'{"level":0.5}', b"", b"{}", b"x"]))
def test_garbage_is_never_read(seed, payload):
    with pytest.raises(DeviceError):
        parse_object(garble(payload, Chance(seed, "garbage")))


def test_garbage_is_of_four_sorts():
    sorts = {garble(b'{"level":0.5}', Chance(seed, "g")) for seed in range(50)}
    assert len(sorts) == 4
    assert max(map(len, sorts)) > TOO_LONG > MAX_BYTES
    assert any(b"NaN" in one for one in sorts)


def test_a_device_that_vanishes_is_offline_as_long_as_was_said_and_comes_back_as_it_is():
    stand = Stand(LAMP, Outage("vanishes", 30 * SECOND, 300 * SECOND)).advance(3_000 * SECOND)
    status = [(at, spoken.payload) for at, spoken in stand.said if spoken.topic.endswith("/status")]
    assert [payload for _, payload in status] == [b"online", *[b"offline", b"online"] * 10]
    gone, back = [at for at, _ in status[1::2]], [at for at, _ in status[2::2]]
    assert {after - before for before, after in zip(gone, back, strict=True)} == {30 * SECOND}
    assert [at // (300 * SECOND) for at in gone] == list(range(10))
    assert len({at % (300 * SECOND) for at in gone}) == 10


def test_while_it_is_away_it_hears_nothing_and_says_nothing_and_its_sensor_still_counts():
    stand = Stand(ENTRY, Outage("vanishes", 30 * SECOND, 60 * SECOND))
    while stand.model.away is None:
        stand.advance(stand.at + SECOND)
    before = len(stand.said)
    stand.visited("enter")
    stand.advance(stand.at + 5 * SECOND)
    assert len(stand.said) == before
    while stand.model.away is not None:
        stand.advance(stand.at + SECOND)
    assert json.loads(stand.on("/state")[-1])["occupied"] is True


def test_what_a_device_was_about_to_say_when_it_vanished_is_not_said():
    stand = Stand(LAMP, Outage("vanishes", 30 * SECOND, 31 * SECOND))
    while stand.model.away is None:
        stand.told("demo/hall/lamp/set", {"level": 0.5})
        stand.advance(stand.at + 19_000)  # it answers after 20 ms
    gone = stand.said.index(next(one for one in stand.said if one[1].payload == b"offline"))
    stand.advance(stand.at + SECOND)
    assert stand.said[gone + 1 :] == []


def test_a_broker_that_comes_back_meanwhile_is_told_that_it_is_away():
    stand = Stand(LAMP, Outage("vanishes", 30 * SECOND, 60 * SECOND))
    while stand.model.away is None:
        stand.advance(stand.at + SECOND)
    assert [spoken for _, spoken in stand.model.begin(stand.at)] == [stand.model.will]


def test_a_frozen_device_stays_online_and_makes_up_for_it_when_it_thaws():
    stand = Stand(LAMP, Outage("freezes", 10 * SECOND, 20 * SECOND))
    while stand.model.away is None:
        stand.advance(stand.at + 100_000)
    for number in range(3 * MOST_KEPT):
        stand.told("demo/hall/lamp/set", {"level": number / 1000})
    stand.advance(stand.at + SECOND)
    assert (stand.on("/state"), stand.on("/status")) == ([], [b"online"])
    while stand.model.away is not None:
        stand.advance(stand.at + SECOND)
    stand.advance(stand.at + SECOND)
    states = stand.on("/state")
    assert (len(states), json.loads(states[-1])["level"]) == (MOST_KEPT, 0.299)
    assert stand.on("/status") == [b"online"]


def test_the_end_of_a_film_is_not_lost_to_an_alarm_of_a_fault():
    stand = Stand(WALL, Outage("freezes", SECOND, 2 * SECOND), Outage("vanishes", SECOND, 3 * SECOND))
    while not stand.model._model.state["playing"]:
        stand.told("demo/hall/wall/set", {"play": "film.mp4"})
        stand.advance(stand.at + SECOND)
    stand.advance(stand.at + 70 * SECOND)
    assert stand.model._model.state == {"play": "film.mp4", "playing": False, "position": 60.0}
    assert stand.model.tally["vanishes"] > 10
    assert stand.model.tally["freezes"] > 10


def sayings(seed: int, *more: Fault) -> list[tuple[int, Spoken]]:
    faults = (Rate("lies", 300_000), Rate("drops", 100_000), Rate("repeats", 200_000), Rate("garbles", 100_000), *more)
    return Stand(LAMP, *faults, seed=seed).asked_often(50).said


def test_the_same_seed_does_the_same_wrong():
    outage = Outage("vanishes", 5 * SECOND, 20 * SECOND)
    assert sayings(1, outage) == sayings(1, outage) != sayings(2, outage)
