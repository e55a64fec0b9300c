"""F17: every scene of the demo and of the four halls is read aloud in both languages, with nothing left over."""

import re
from pathlib import Path

import pytest

from controller.venue.aloud.scene import read_aloud
from controller.venue.load import load
from controller.venue.source.files import read_folder
from scenes.model import SceneId

ROOT = Path(__file__).resolve().parents[2]
HOUSES = (ROOT / "config" / "venues" / "demo", ROOT / "tests" / "venues" / "reform")
LEFT_OVER = re.compile(r"[{}<>]|\bNone\b|_us\b|\$\w")  # what only a program would write
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("folder", HOUSES, ids=lambda one: one.name)
def test_every_scene_is_read_in_both_languages(folder, record_property):
    loaded = load(read_folder(folder))
    words = 0
    scenes = {name: table for name, table in loaded.templates.items() if name not in loaded.venue.modes}
    for name, table in scenes.items():
        spelled = loaded.spelled.get(SceneId(name), table)
        english, chinese = read_aloud(name, spelled, loaded.venue, "en"), read_aloud(name, spelled, loaded.venue, "zh")
        assert LEFT_OVER.findall(english) == []
        assert CHINESE.search(chinese)
        assert english.rstrip().endswith((".", "…", "”"))
        words += len(english.split())
    record_property("F17", f"{folder.name}: {len(scenes)} scenes in both languages, {words} English words")
