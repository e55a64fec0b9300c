"""Phases of a session read aloud."""

import re

import pytest

from controller.venue.aloud.scene import read_aloud
from controller.venue.load import read_venue
from controller.venue.source.nodes import Node, read_yaml

STATION = read_venue(
    {
        "venue.yaml": """\
venue: hall
devices:
  main.ring: {kind: rig, title: {zh: 环拍阵列, en: the ring}}
  main.wash: {kind: light, title: {zh: 洗墙灯, en: the wash}}
"""
    }
)


def session(phase: str) -> Node:
    scene = read_yaml("show.yaml", f"station: main.ring\nstarts: {{by: staff}}\nphases: {{ask: {{{phase}}}}}\n")
    assert scene is not None
    return scene


@pytest.mark.parametrize(
    ("told", "en", "zh"),
    [
        ("shoot", "it is told: ", "发出指令："),
        ("{shoot: {}}", "it is told: ", "发出指令："),
        ("{main.wash.flash: {times: 2}}", "tell the wash: ", "向洗墙灯发出指令："),
    ],
)
def test_what_a_phase_tells_is_heard_in_each_spelling(told, en, zh):
    scene = session(f"tell: {told}, at_most: 5s, next: {{agreed: ask}}")
    for language, said in (("en", en), ("zh", zh)):
        read_so = read_aloud("show", scene, STATION, language)
        assert re.search(rf"{said}[^;；]", read_so), read_so


def test_a_way_on_has_the_station_for_its_subject_in_chinese():
    scene = session("at_most: 5s, next: {agreed: ask}")
    assert "若环拍阵列的观众同意拍摄，转到" in read_aloud("show", scene, STATION, "zh")
