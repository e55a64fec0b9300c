"""kill -9, a broker that loses everything, an input that breaks the engine: nothing is lost, nothing happens twice."""

import contextlib
import random
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.brokers import RunningBroker, mosquitto
from tests.journeys.playing import Controller, Ears, eventually, running, venue_folder

BELL = """
venue: {venue}
devices:
  tower.clock: {{kind: player}}
  tower.bell: {{kind: player}}
clips: {{none: none.mp4}}
strike:
  starts: {{when: tower.clock.ended}}
  does:
    - tell: {{tower.bell.caption: {{text: bong}}}}
"""


class Bell(Ears):
    """A device that keeps its own record, does an id once, and answers."""

    def __init__(self, broker: RunningBroker, venue: str) -> None:
        self.done: Counter[str] = Counter()
        self._venue = venue
        super().__init__(broker, f"{venue}/tower/bell/do/+", client_id=f"bell-{venue}")
        self._client.on_message = self._do

    def _do(self, client, _data, message) -> None:
        self._hear(client, _data, message)
        command = self.on(message.topic)[-1]["id"]
        self.done[command] += 1
        client.publish(f"{self._venue}/tower/bell/ack", f'{{"id": "{command}", "ok": true}}', qos=1)


def strike_through_kills(seed: int, folder: Path, events: int) -> tuple[int, int]:
    """Strikes that the bell did, and kills."""
    chance = random.Random(seed)  # noqa: S311 - a test's own seed
    venue = f"tower_{seed}"
    (folder / "venue").mkdir()
    (folder / "venue" / "venue.yaml").write_text(BELL.format(venue=venue))
    with mosquitto() as broker:
        bell = Bell(broker, venue)
        with running(folder / "venue", broker, folder, venue_id=venue) as (controller, ears):
            kills = _publish(controller, ears, chance, f"{venue}/tower/clock/event/ended", events)
            with contextlib.suppress(AssertionError):
                eventually(lambda: len(bell.done) >= events, f"{events} strikes", 20)
            ears.says(f"{venue}/order/disarm/strike", {"id": "last"})
            ears.until(f"{venue}/reply/last")  # behind everything else: nothing more is on its way
            bell.close()
            return len(bell.done), kills


def _publish(controller: Controller, ears: Ears, chance: random.Random, topic: str, events: int) -> int:
    """Half the events with an id, some of those twice; a kill -9 every half second or so, also while it starts.

    It never stays away for long: what waited for more than five seconds starts nothing, as it should.
    """
    kills, next_kill, up_since = 0, time.monotonic() + chance.uniform(0.02, 0.8), 0
    for number in range(events):
        body = {"id": f"e{number}"} if number % 2 else None
        for _ in range(2 if body and chance.random() < 0.3 else 1):
            ears.says(topic, body)
        if chance.random() < 0.2:
            time.sleep(chance.uniform(0, 0.03))  # a publisher's own pace, not a wait for something
        if time.monotonic() > next_kill:
            if chance.random() < 0.7:
                eventually(lambda since=up_since: _is_online(ears, since), "the controller online again")
                time.sleep(chance.uniform(0, 0.3))
            controller.kill()
            kills += 1
            time.sleep(chance.uniform(0, 0.3))
            up_since = len(ears.heard)
            controller.start()
            next_kill = time.monotonic() + chance.uniform(0.02, 0.6)
    return kills


def _is_online(ears: Ears, since: int) -> bool:
    found = [body for _, topic, body, _ in ears.heard[since:] if topic.endswith("/controller/house/status")]
    return bool(found) and b'"online"' in found[-1]


@pytest.mark.parametrize("seed", [11, 12])
def test_each_event_strikes_the_bell_once_through_kills(seed, tmp_path):
    struck, kills = strike_through_kills(seed, tmp_path, 60)
    print(f"seed {seed}: {kills} kills, 60 events, {struck} strikes")
    assert kills > 0
    assert struck == 60


@pytest.mark.interop
@pytest.mark.timeout(120)
@pytest.mark.parametrize("seed", range(20))
def test_each_event_strikes_the_bell_once_in_twenty_runs(seed, tmp_path):
    struck, kills = strike_through_kills(seed, tmp_path, 300)
    print(f"seed {seed}: {kills} kills, 300 events, {struck} strikes")
    assert struck == 300


def test_a_broker_killed_and_started_empty_is_told_everything_again(tmp_path):
    with mosquitto() as broker, running(venue_folder(tmp_path), broker, tmp_path) as (_, ears):
        lamp = Ears(broker, "demo/preface/wash/set", is_device="demo/preface/wash")
        ears.says("demo/preface/entry/event/presence", {"occupied": True})
        lamp.until("demo/preface/wash/set", lambda body: body.get("look") == "warm")
        broker.kill()
        before, heard_before = len(lamp.heard), len(ears.heard)
        broker.start()
        began = time.monotonic()
        eventually(lambda: len(lamp.heard) > before, "the light asked again", 3)
        eventually(lambda: _tells_its_state(ears, heard_before), "what house and scenes do, told again", 3)
        print(f"asserted again after {time.monotonic() - began:.2f} s")
        assert lamp.on("demo/preface/wash/set")[-1]["look"] == "warm"
        lamp.close()


def _tells_its_state(ears: Ears, since: int) -> bool:
    """Retained, so that it does not matter who came back first."""
    topics = {topic for _, topic, _, _ in ears.heard[since:]}
    return {"demo/controller/house/status", "demo/scene/welcome/state"} <= topics


PLANT = """
import scenes.engine as engine
true_take = engine.Engine.take
def take(self, one):
    if getattr(one, 'id', None) == 'poison':
        self.stage.values.clear()
        raise RuntimeError('planted')
    return true_take(self, one)
engine.Engine.take = take
"""


def test_an_input_on_which_the_engine_raises_is_set_aside_and_the_house_goes_on(tmp_path):
    with mosquitto() as broker, running(venue_folder(tmp_path), broker, tmp_path, plant=PLANT) as (controller, ears):
        ears.says("demo/preface/entry/event/presence", {"occupied": False, "id": "poison"})
        ears.says("demo/order/start/hello", {"id": "poison"})
        assert ears.until("demo/reply/poison")["verdict"] == "set_aside"
        ears.says("demo/order/start/hello", {"id": "after"})
        assert ears.until("demo/reply/after")["answer"] == "accepted"
        controller.kill()
        controller.start()
        ears.says("demo/order/arm/hello", {"id": "later"})
        assert ears.until("demo/reply/later")["answer"] == "done"
        assert "set_aside" in controller.says("watch", "--all", "--for", "100ms").stdout


TIMER_PLANT = """
import scenes.engine as engine
true_fire = engine.Engine._fire
def fire(self, decision, timer):
    if timer.action == 'step':
        raise RuntimeError('planted')
    true_fire(self, decision, timer)
engine.Engine._fire = fire
"""


def test_a_timer_on_which_the_engine_raises_is_set_aside_and_the_house_goes_on(tmp_path):
    venue = venue_folder(tmp_path, shorter=("wait: 4s", "wait: 300ms"))
    with mosquitto() as broker, running(venue, broker, tmp_path, plant=TIMER_PLANT) as (controller, ears):
        ears.says("demo/order/start/hello", {"id": "one"})
        ears.until("demo/scene/hello/state", lambda body: body["state"] == "running")
        eventually(lambda: controller.log.read_text().count("engine_raised") == 2, "raised twice and set aside")
        ears.until("demo/scene/hello/state", lambda body: body["state"] == "idle")  # its limit ends the run
        ears.says("demo/order/start/hello", {"id": "two"})
        assert ears.until("demo/reply/two")["answer"] == "accepted"


def test_a_run_is_taken_up_after_a_kill_as_its_scene_declares(tmp_path):
    venue = venue_folder(tmp_path)
    with mosquitto() as broker, running(venue, broker, tmp_path) as (controller, ears):
        ears.says("demo/preface/entry/event/presence", {"occupied": True})
        run = ears.until("demo/scene/welcome/state", lambda body: body["state"] == "running")
        controller.kill()
        before = len(ears.heard)
        began = time.monotonic()
        controller.start()
        sets = "demo/preface/wash/set"
        eventually(lambda: any(topic == sets for _, topic, _, _ in ears.heard[before:]), "the light asked again", 5)
        print(f"asserted {time.monotonic() - began:.2f} s after the start")
        assert ears.on(sets)[-1]["look"] == "warm"
        found = ears.until("demo/scene/welcome/state", lambda body: body["state"] == "running")
        assert (found["run"], found["since"], found["until"]) == (run["run"], run["since"], run["until"])
