"""The venue in full: what is printed loads again and means the same."""

from dataclasses import replace

import pytest

from controller.venue.expanded import expanded
from controller.venue.load import Loaded, load
from controller.venue.source.files import read_folder
from scenes.model import Ask, Choose, Evacuation, Phase, Repeat, Scene, Step, Timeline, Together, Wait, Want
from tests.controller.venue.test_load import DEMO
from tests.venues_written import Written, written


def again(loaded: Loaded) -> Loaded:
    """Loaded from what was printed."""
    return load({"venue.yaml": expanded(loaded.venue, loaded.palette)})


def meant(scene: Scene) -> Scene:
    """A scene without the order of wants, and without their times to confirm, which stand once for a device."""
    return replace(scene, phases=tuple(map(_meant, scene.phases)), ends=_meant(scene.ends))


def _meant(phase: Phase) -> Phase:
    cue = phase.cue and replace(phase.cue, wants=_sorted(phase.cue.wants))
    return replace(phase, steps=tuple(map(_asked, phase.steps)), cue=cue)


def evacuated(one: Evacuation | None) -> Evacuation | None:
    """The evacuation without the order of wants."""
    if one is None:
        return None
    drill = one.drill and replace(one.drill, speech=_sorted(one.drill.speech))
    return replace(one, speech=_sorted(one.speech), screens=_sorted(one.screens), drill=drill)


def _asked(step: Step) -> Step:
    match step:
        case Ask(wants=wants):
            return replace(step, wants=_sorted(wants))
        case Wait(otherwise=otherwise) if otherwise != "end":
            return replace(step, otherwise=_asked(otherwise))
        case Choose(branches=branches, otherwise=others):
            plain = tuple(replace(one, steps=tuple(map(_asked, one.steps))) for one in branches)
            return replace(step, branches=plain, otherwise=tuple(map(_asked, others)))
        case Timeline(moments=moments, otherwise=otherwise):
            plain = tuple(replace(one, ask=replace(one.ask, wants=_sorted(one.ask.wants))) for one in moments)
            return replace(step, moments=plain, otherwise=_asked(otherwise) if otherwise != "end" else "end")
        case Together(branches=several):
            return replace(step, branches=tuple(tuple(map(_asked, one)) for one in several))
        case Repeat(steps=again):
            return replace(step, steps=tuple(map(_asked, again)))
    return step


def _sorted(wants: tuple[Want, ...]) -> tuple[Want, ...]:
    plain = (replace(one, within=None, retry=0) for one in wants)
    return tuple(sorted(plain, key=lambda one: (one.device, one.property.name)))


@pytest.mark.parametrize("one", written("unusual"), ids=lambda one: one.name)
def test_an_unusual_venue_means_the_same_in_full(one: Written):
    loaded = load(one.texts)
    found = again(loaded)
    assert found.venue.devices == loaded.venue.devices
    assert found.venue.places == loaded.venue.places
    assert list(map(meant, found.venue.scenes.values())) == list(map(meant, loaded.venue.scenes.values()))
    assert found.venue.remotes == loaded.venue.remotes
    assert evacuated(found.venue.evacuation) == evacuated(loaded.venue.evacuation)


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
