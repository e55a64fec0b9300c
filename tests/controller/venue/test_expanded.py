"""The venue in full: what is printed loads again and means the same."""

import pytest

from controller.venue.expanded import expanded
from controller.venue.load import Loaded, load
from controller.venue.source.files import read_folder
from scenes.model import Ask, Scene, Step, Wait
from tests.controller.venue.test_load import DEMO
from tests.venues_written import Written, written


def again(loaded: Loaded) -> Loaded:
    """Loaded from what was printed; a row's scene has its dot as an underscore, because a dot makes no id."""
    text = expanded(loaded.venue, loaded.palette)
    for scene in loaded.venue.scenes:
        text = text.replace(f"\n{scene}:\n", f"\n{scene.replace('.', '_')}:\n")
    return load({"venue.yaml": text})


def meant(scene: Scene) -> tuple[object, ...]:
    """What a scene does, whatever it is called."""
    steps = [asked(step) for phase in (*scene.phases, scene.ends) for step in phase.steps]
    limits = (scene.condition, scene.busy, scene.cools, scene.cools_from, scene.at_most, scene.after_crash)
    return scene.title, scene.band, scene.starts, limits, steps


def asked(step: Step) -> object:
    """An ask without the order of its wants, and of their times to confirm, which stand once for a device."""
    match step:
        case Ask(wants=wants):
            return sorted((one.device, one.property.name, sorted(one.value.items()), one.fade) for one in wants)
        case Wait(otherwise=otherwise) if otherwise != "end":
            return step.until, step.at_most, step.lasting, asked(otherwise)
    return step


@pytest.mark.parametrize("one", written("unusual"), ids=lambda one: one.name)
def test_an_unusual_venue_means_the_same_in_full(one: Written):
    loaded = load(one.texts)
    found = again(loaded)
    assert found.venue.devices == loaded.venue.devices
    assert found.venue.places == loaded.venue.places
    assert [meant(scene) for scene in found.venue.scenes.values()] == [
        meant(scene) for scene in loaded.venue.scenes.values()
    ]


def test_the_demo_venue_in_full_is_full_already():
    loaded = load(read_folder(DEMO))
    text = expanded(loaded.venue, loaded.palette)
    found = load({"venue.yaml": text})
    assert expanded(found.venue, found.palette) == text


def test_defaults_and_computed_limits_are_written_out():
    loaded = load(read_folder(DEMO))
    text = expanded(loaded.venue, loaded.palette)
    hello = text.partition("\nhello:\n")[2]
    for said in ("busy: ignore", "cools: {for: 0s, from: end}", "at_most: 5s", "after_crash: stop"):
        assert f"  {said}\n" in hello
    assert "within: 2s, retry: 1, or: opening_still" in text
