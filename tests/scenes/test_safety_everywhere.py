"""F13: an evacuation at every step of every scene of the demo. Everything is safe at once, and stays so."""

from functools import partial
from pathlib import Path

import pytest

from controller.venue.source.files import read_folder
from scenes.condition import Condition
from scenes.effects import Set
from scenes.model import ENDS, Ask, By, Device, Phase, Say, Scene, SceneId, Tell, When, While
from scenes.reading import scene_state
from scenes.stage import Stage, from_bytes, to_bytes
from tests.venue import House, of

DEMO = Path(__file__).parents[2] / "config" / "venues" / "demo"
TEXTS = {file.removesuffix(".yaml"): text for file, text in read_folder(DEMO).items()}
VISIT = "visit-0001"
MOST = 400  # stages looked at for one scene


def demo() -> House:
    house = House(TEXTS["venue"], **{name: text for name, text in TEXTS.items() if name != "venue"})
    house.starts()
    return house


SCENES = tuple(demo().venue.scenes)


def stand(house: House, stage: bytes) -> None:
    """The house is as it was then."""
    house.engine = type(house.engine)(house.venue, from_bytes(stage))
    house.now = house.stage.now
    house.effects.clear()


def make_true(house: House, condition: Condition) -> None:
    for key, type_ in zip(condition.keys, condition.types, strict=True):
        device, _, name = key.rpartition(".")
        if type_ == "bool" and device in house.venue.devices:
            house.says(device, **{name: True})


def begin(house: House, scene: Scene) -> None:
    if scene.condition is not None:
        make_true(house, scene.condition)
    match scene.starts[0]:
        case By():
            house.order("start", scene.id)
        case While(condition=condition):
            make_true(house, condition)
        case When(trigger=Condition() as condition, dwell=dwell):
            make_true(house, condition)
            house.advance(dwell)
        case When(trigger=happening):
            house.happens(happening.name, session=VISIT if scene.station else "")


def moves(house: House, scene: Scene) -> list:
    """What can happen next to the scene's run: its time is up, its ways are taken, a guide orders."""
    found = []
    due = house.engine.due()
    if due is not None:
        found.append(lambda: house.advance(max(0, due - house.now)))
    for run in house.stage.runs.values():
        if run.scene == scene.id:
            phase = scene.phase(run.phase)
            found += [partial(house.happens, way.trigger.name, session=run.session) for way in phase.ways]
            found += [lambda: house.order("go", scene.id)] if phase.cue is not None else []
    return found


def steps_of(scene: Scene) -> dict[str, bytes]:
    """A stage for each step that a run of the scene can stand at."""
    house = demo()
    begin(house, scene)
    found: dict[str, bytes] = {}
    ahead = [to_bytes(house.stage)]
    while ahead and len(found) < MOST:
        stage = ahead.pop(0)
        stand(house, stage)
        state = scene_state(house.stage, scene)
        if state.run is None or state.step is None or state.step in found:
            continue
        found[state.step] = stage
        for move in moves(house, scene):
            move()
            ahead.append(to_bytes(house.stage))
            stand(house, stage)
    return found


def is_instant(phase: Phase) -> bool:
    """No run ever stands in it."""
    return not phase.lasts() and all(isinstance(step, Ask | Tell | Say) for step in phase.steps)


def unsafe(stage: Stage, device: Device) -> list[str]:
    """Properties of the device that do not show what they must in an evacuation."""
    safe = {"light": {"look": "safe"}, "speaker": {"clip": "evacuate", "loop": True}}
    found = []
    for property_ in device.kind.properties:
        output = stage.outputs.get(f"{device.id}/{property_.name}")
        wanted = output.wanted if output is not None else None
        if property_.idle is None:
            continue  # power and the like: left as it is
        must = safe.get(device.kind.name, property_.idle)
        if device.emergency:
            found += [f"{device.id} is told {wanted}"] if output is not None else []
        elif wanted is None or any(wanted.get(key) != value for key, value in must.items()):
            found.append(f"{device.id}/{property_.name} shows {wanted}")
    return found


def is_everything_safe(house: House) -> bool:
    wrong = [one for device in house.venue.devices.values() for one in unsafe(house.stage, device)]
    assert wrong == []
    return all(run.phase == ENDS for run in house.stage.runs.values())


@pytest.mark.parametrize("name", SCENES)
def test_an_evacuation_at_every_step_makes_everything_safe(name: str, record_property):
    scene = demo().venue.scenes[SceneId(name)]
    steps = steps_of(scene)
    reached = {step.rpartition(".")[0] for step in steps}
    assert reached >= {phase.name for phase in scene.phases if not is_instant(phase)}
    house = demo()
    for stage in steps.values():
        stand(house, stage)
        house.order("evacuate", by="Mei")
        assert is_everything_safe(house)
        house.advance("30min")
        for device in house.venue.devices.values():  # whatever is said meanwhile
            for event in device.kind.events:
                house.happens(f"{device.id}.{event}", session=VISIT if device.kind.station else "")
        house.order("start", name)
        assert is_everything_safe(house)
        assert house.stage.ended + house.stage.pending() == house.stage.candidates
        assert not [one for one in of(Set, house.effects) if house.venue.devices[one.device].emergency]
        house.order("lift", by="Mei")
        house.order("confirm_lift", by="Li")
        assert "ambient" in house.running()
    record_property("F13", f"{name}: evacuated at {len(steps)} of {len(steps)} steps, {len(reached)} phases: all safe")


@pytest.mark.promise("F13")
def test_the_latch_outlives_a_hundred_crashes_and_is_lifted_in_two_steps():
    house = demo()
    house.says("house.fire_panel", alarm=True)
    held = 0
    for _ in range(100):
        house.crashes()
        house.order("start", "hello")
        house.advance("3s")
        held += is_everything_safe(house) and house.stage.safety.state == "evacuation"
    assert held == 100
    house.says("house.fire_panel", alarm=False)
    house.order("lift", by="Mei")
    house.crashes("1s")  # between the two steps, too
    assert is_everything_safe(house)
    house.order("confirm_lift", by="Li")
    assert (house.stage.safety.state, house.answers[-1].answer) == ("normal", "done")
    print(f"F13: the latch held after {held} of 100 crashes")
