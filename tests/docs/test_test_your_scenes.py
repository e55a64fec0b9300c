"""The page about tests of scenes: all that it shows is played, and every key is shown."""

import re
import shlex

import pytest

from controller.__main__ import app
from controller.commands.shipped import demo_venue
from controller.commands.trial import played_in
from controller.exits import Exit
from controller.venue.language.reading import keys_of
from controller.venue.load import load
from controller.venue.source.files import read_folder
from controller.venue.trials.forms import ExpectForm, GivenForm, MomentForm, TrialForm
from controller.venue.trials.reading import read_trials
from tests.docs.pages import ROOT, blocks, runnable

PAGE = "test-your-scenes.md"
LOADED = load(read_folder(demo_venue()))
(EXAMPLE,) = blocks(PAGE, "yaml")
TRIALS = read_trials({"page.yaml": EXAMPLE.text}, LOADED)


@pytest.mark.parametrize("trial", TRIALS, ids=lambda one: one.name)
def test_what_the_page_expects_is_so(trial):
    assert played_in(LOADED, trial) == []


@pytest.mark.parametrize("form", [TrialForm, GivenForm, MomentForm, ExpectForm], ids=lambda one: one.__name__)
def test_every_key_has_an_example(form):
    written = set(re.findall(r"(\w+):", EXAMPLE.text))
    assert [key for key in keys_of(form) if key not in written] == []


def test_the_commands_of_the_page_end_well(monkeypatch):
    monkeypatch.chdir(ROOT)
    lines = [shlex.split(line, comments=True)[1:] for line in runnable(PAGE)]
    assert [app(line, result_action="return_value") for line in lines] == [Exit.OK, Exit.OK]
