"""docs/scenes.md: each example is loaded, read aloud as the page says, and its tests are played."""

import re
import textwrap
from collections.abc import Iterator

import pytest

from controller.commands.read import WIDTH
from controller.commands.trial import played_in
from controller.export.diagram import diagram
from controller.export.gates import gates
from controller.venue import load as loading
from controller.venue.aloud.scene import read_aloud, read_evacuation_aloud, read_named_aloud
from controller.venue.findings import VenueError
from controller.venue.language import (
    busy_forms,
    evacuation_forms,
    forms,
    hours_forms,
    named_forms,
    parts_forms,
    several_forms,
    step_forms,
    visit_forms,
)
from controller.venue.language.reading import keys_of
from controller.venue.load import NAMED, load
from controller.venue.source.nodes import read_yaml
from controller.venue.trials.reading import read_trials
from scenes.model import SceneId
from tests.docs.pages import Block, blocks, text_of

PAGE = "scenes.md"
BLOCKS = blocks(PAGE)
YAML = blocks(PAGE, "yaml")
VENUE = YAML[0].text
PARTS = [one for one in YAML if one.words[1:] == ["part"]]
TESTS = [one for one in YAML if one.words[1:] == ["test"]]
LOADED = load({"venue.yaml": VENUE, **{f"part_{number}.yaml": one.text for number, one in enumerate(PARTS)}})
TRIALS = read_trials({f"line_{one.line}.yaml": one.text for one in TESTS}, LOADED)
MODULES = (
    forms, busy_forms, evacuation_forms, hours_forms, named_forms, parts_forms, several_forms, step_forms, visit_forms,
)  # fmt: skip
FORMS = {
    one for room in MODULES for one in vars(room).values() if isinstance(one, type) and issubclass(one, forms.Form)
}
(SHEET,) = [one.text for one in BLOCKS if one.info == "text sheet"]


def read_names(part: Block) -> Iterator[str]:
    """What of a part is read aloud, in its order."""
    table = read_yaml("part.yaml", part.text)
    for name, node in table:  # type: ignore[union-attr]
        if name in NAMED:
            yield from (one for one, _ in node)  # type: ignore[union-attr]
        elif name in LOADED.templates or name in LOADED.parts:
            yield name


def paragraph(name: str) -> str:
    if name in LOADED.parts:
        text = read_evacuation_aloud(LOADED.parts[name], LOADED.venue, "en")
    elif name in LOADED.named:
        text = read_named_aloud(LOADED.named[name][0], name, LOADED.named[name][1], LOADED.venue, "en")
    else:
        table = LOADED.spelled.get(SceneId(name)) or LOADED.templates[name]
        text = read_aloud(name, table, LOADED.venue, "en")
    return textwrap.fill(text, WIDTH, break_long_words=False, break_on_hyphens=False)


def test_every_example_is_read_and_has_a_test():
    assert len(PARTS) > 20
    for number, one in enumerate(BLOCKS):
        if one.info == "yaml part":
            after = [two.info for two in BLOCKS[number + 1 : number + 4] if two.info != "mermaid"]
            assert after[:2] == ["text read", "yaml test"], one.line


@pytest.mark.parametrize("part", PARTS, ids=lambda one: f"line {one.line}")
def test_it_is_read_aloud_as_the_page_says(part):
    said = BLOCKS[BLOCKS.index(part) + 1].text
    assert said == "\n\n".join(paragraph(name) for name in read_names(part)) + "\n"


@pytest.mark.parametrize("trial", TRIALS, ids=lambda one: one.name)
def test_what_the_page_expects_is_so(trial):
    assert played_in(LOADED, trial) == []


@pytest.mark.parametrize("part", PARTS, ids=lambda one: f"line {one.line}")
def test_each_part_can_be_pasted_alone(part):
    """Then some devices are in no scene, a mode names a scene of another part, and nothing else is wrong."""
    elsewhere = {"there is no scene '{}'"} if "modes:" in part.text else set()
    assert found_in(part.text) <= {"no scene uses {}"} | elsewhere


def found_in(text: str) -> set[str]:
    try:
        load({"venue.yaml": VENUE, "part.yaml": text})
    except VenueError as error:
        return {one.message.template for one in error.findings}
    return set()


def test_pictures_and_the_table_of_gates_are_those_of_the_program():
    drawn = dict(
        re.findall(r"`ringmaster export diagram (\w+)` draws it:\n\n```mermaid\n((?:.*\n)*?)```", text_of(PAGE))
    )
    assert len(drawn) == len(blocks(PAGE, "mermaid")) == 2
    for scene, text in drawn.items():
        assert text == diagram(LOADED.venue.scenes[SceneId(scene)])
    assert gates() in text_of(PAGE)


@pytest.mark.parametrize("form", sorted(FORMS, key=lambda one: one.__name__), ids=lambda one: one.__name__)
def test_the_sheet_has_every_key(form):
    assert [key for key in keys_of(form) if not re.search(rf"\b{key}\b", SHEET)] == []


def test_the_sheet_has_every_part_and_no_word_that_is_not_there():
    there = {key for form in FORMS for key in keys_of(form)} | set(loading.PARTS)
    assert [part for part in loading.PARTS if not re.search(rf"\b{part}\b", SHEET)] == []
    written = set(re.findall(r"(?m)(?<![\w.:] )(?<!\d )\b([a-z_]+):(?= )", SHEET))
    assert written - there - PLACEHOLDERS == set()
    assert [word for word in loading.LATER if f"`{word}`" not in text_of(PAGE).partition("## Not yet")[2]] == []


# What stands in the sheet for a name of the author's own.
PLACEHOLDERS = {"name", "role", "list", "hall", "scene", "variable", "event", "word", "command", "field"}
