"""The evacuation read aloud."""

import pytest

from controller.venue.aloud.scene import read_evacuation_aloud
from controller.venue.load import load

VENUE = """\
venue: tiny
devices:
  house.panel: {kind: contact, title: {zh: 消防主机, en: the fire panel}}
  hall.wash: {kind: light, unused: true}
  hall.speaker: {kind: speaker}
  hall.wall: {kind: screen}
looks: [safe]
clips: {evacuate: evacuate.wav, drill: drill.wav}
pages: [way_out]
evacuation:
  input: house.panel.alarm
  look: safe
  speech: {speakers everywhere: evacuate}
"""
MORE = """\
  screens: {hall.wall: {page: way_out}}
  drill: {by: [staff, technician], speech: {hall.speaker: drill}, at_most: 10min}
"""


def aloud(text: str, language: str) -> str:
    loaded = load({"venue.yaml": text})
    return read_evacuation_aloud(loaded.parts["evacuation"], loaded.venue, language)


def test_what_it_does_is_read_key_by_key():
    assert aloud(VENUE.replace("  hall.wall: {kind: screen}\n", ""), "en") == (
        "Evacuation. Begins when the fire panel gives the alarm, and by order. Every light but emergency luminaires "
        "goes to safe at once. Over and over: every speaker in the house plays evacuate. Everything else is dark "
        "and silent, every scene ends, and none starts. It is lifted in two steps, by two people."
    )


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "On screens: wall shows the page way out."),
        ("en", "Drill: by order of staff or a technician; over and over: speaker plays drill; at most 10 minutes."),
        ("zh", "屏幕：wall 显示页面“way out”。"),
        ("zh", "演习：由工作人员或技术员下令；反复播报：speaker 播放“drill”；最长 10 分钟。"),
        ("zh", "疏散。当消防主机发出警报时开始，也可手动下令。所有灯（应急灯除外）立即转为“safe”。"),
    ],
)
def test_screens_and_drill_are_read_where_they_stand(language, said):
    assert said in aloud(VENUE + MORE, language)
