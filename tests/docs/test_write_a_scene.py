"""docs/write-a-scene.md: every example is loaded, alone and together, and what can happen by itself happens."""

import re
import shlex
import shutil
import subprocess
from collections import defaultdict
from typing import Any

import pytest

from controller.commands.rehearse import BEGIN
from controller.commands.simulated import models_of, visitors_of
from controller.inbox import understand
from controller.outputs.letters import letter_of
from controller.rehearse import Rehearsal
from controller.venue import load as loading
from controller.venue.findings import Finding, VenueError
from controller.venue.language import forms
from controller.venue.language.reading import keys_of
from controller.venue.load import load
from tests.docs.pages import ROOT, blocks, runnable, text_of
from tests.docs.test_quickstart import says
from tests.venue import House

PAGE = "write-a-scene.md"
YAML = blocks(PAGE, "yaml")
VENUE = YAML[0].text
PARTS = [one for one in YAML if "part" in one.words]
ALL = {"venue.yaml": VENUE, **{f"part_{number}.yaml": one.text for number, one in enumerate(PARTS)}}
FORMS = [one for one in vars(forms).values() if isinstance(one, type) and issubclass(one, forms.Form)]


def test_a_copy_of_the_demo_is_checked_and_played_as_the_page_says(tmp_path):
    shutil.copytree(ROOT / "config" / "venues" / "demo", tmp_path / "config" / "venues" / "demo")
    copy, check, demo = runnable(PAGE)

    subprocess.run(shlex.split(copy), cwd=tmp_path, check=True)
    venue = tmp_path / "config" / "venues" / "mine" / "venue.yaml"
    venue.write_text(re.sub(r"(?m)^venue: demo\b", "venue: mine", venue.read_text("utf-8")), "utf-8")

    assert "nothing is wrong" in says(tmp_path, check).stdout
    played = says(tmp_path, f"{demo} --for 1s --format json")
    assert played.returncode == 0, played.stderr
    assert (tmp_path / ".ringmaster" / "mine-show").is_dir()


def test_every_block_is_the_venue_or_a_part_of_it():
    assert [one.line for one in YAML[1:] if one not in PARTS] == []
    assert len(PARTS) > 5


def test_all_of_them_are_one_venue_without_a_mistake():
    load(ALL)


@pytest.mark.parametrize("part", PARTS, ids=lambda one: f"line {one.line}")
def test_each_part_can_be_pasted_alone(part):
    """Then some devices of the venue are in no scene, which `check` would say, and nothing else."""
    assert {one.message.template for one in found_in(part.text)} <= {"no scene uses {}"}


def found_in(text: str) -> list[Finding]:
    try:
        load({"venue.yaml": VENUE, "part.yaml": text})
    except VenueError as error:
        return list(error.findings)
    return []


def test_what_can_happen_by_itself_happens_in_a_rehearsed_day():
    loaded = load(ALL)
    models = models_of(loaded, 1)
    rehearsal = Rehearsal(loaded.venue, models, understand, letter_of(loaded.venue), 1)
    hours = 20 * 3600 * 1_000_000
    report = rehearsal.run(iter(visitors_of(loaded.venue, 1, BEGIN)), begin=BEGIN, until=BEGIN + hours)
    idle = {scene for scene in loaded.venue.scenes if not report.started[scene]}
    assert idle == {"evening", "school", "told"}, report.started  # staff order two; of the last no visitor chooses
    assert report.failed == {}


def read_keys(monkeypatch: pytest.MonkeyPatch) -> dict[str, set[str]]:
    """Which keys of which form the page's examples really use."""
    used: dict[str, set[str]] = defaultdict(set)

    real = forms.Form.model_validate.__func__

    def validate(cls: type[forms.Form], whole: Any, **more: Any) -> Any:
        used[cls.__name__] |= set(whole)
        return real(cls, whole, **more)

    monkeypatch.setattr(forms.Form, "model_validate", classmethod(validate))
    load(ALL)
    return used


def test_every_key_of_the_language_has_an_example(monkeypatch):
    used, text = read_keys(monkeypatch), text_of(PAGE)
    keys = [(form.__name__, key) for form in FORMS for key in keys_of(form)]
    assert len(keys) > 60
    # A step's key is its verb, which no form reads; `file` and `note` may stand in the prose.
    verbs = {"StepForm": set(keys_of(forms.StepForm)) & set(re.findall(r"- (\w+):", text))}
    missing = [(form, key) for form, key in keys if key not in used[form] | verbs.get(form, set())]
    assert [key for _, key in missing if f"`{key}:" not in text and f"`{key}`" not in text] == []
    assert len(missing) < 4, missing


def test_every_word_that_is_not_there_yet_is_named():
    later = loading.LATER
    behind = text_of(PAGE).partition("## Not there yet")[2]
    assert [word for word in later if f"`{word}`" not in behind] == []


def test_nothing_that_is_there_is_said_to_be_missing():
    there = {key for form in FORMS for key in keys_of(form)}
    named = set(re.findall(r"`([a-z_]+)`", text_of(PAGE).partition("## Not there yet")[2]))
    assert named & there == set()


def test_the_words_of_bands_and_roles_are_those_of_the_loader():
    text = text_of(PAGE)
    bands = re.findall(r"`(\w+)`", text.partition("**Bands.**")[2].partition("When it ends")[0])
    assert tuple(bands) == forms.BANDS
    assert all(f"`{role}`" in text for role in forms.ROLES)


def test_a_tour_goes_another_way_and_the_role_of_an_order_is_no_lock():
    texts = {name.removesuffix(".yaml"): text for name, text in ALL.items()}
    house = House(texts.pop("venue"), **texts)
    house.starts()
    house.order("start", "visit", by="nobody in particular")
    house.order("go", "visit", way="late")
    assert [one.answer for one in house.answers] == ["accepted", "done"]
    assert house.answers[-1].why == "on to tea"
    assert "visit" in house.running()
    house.advance("5min")
    assert "visit" not in house.running()
