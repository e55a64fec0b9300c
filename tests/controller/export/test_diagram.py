"""The diagram of a scene has every phase and every way of its table, and no other."""

import re
from pathlib import Path

from controller.export.diagram import diagram
from controller.venue.load import load_venue
from controller.venue.source.files import read_folder
from scenes.model import SceneId

DEMO = load_venue(read_folder(Path(__file__).resolve().parents[3] / "config" / "venues" / "demo"))


def ways(name: str) -> set[tuple[str, str, str]]:
    found = re.findall(r"(?m)^    (\S+) --> (\S+)(?:: (.*))?$", diagram(DEMO.scenes[SceneId(name)]))
    return {(here, there, why) for here, there, why in found}


def test_a_session_has_its_ways_its_times_and_where_it_goes_when_time_is_up():
    ring = DEMO.scenes[SceneId("ring_session")]
    declared = {
        (phase.name, way.to, way.trigger.name.rpartition(".")[2]) for phase in ring.phases for way in phase.ways
    }
    expired = {(phase.name, phase.otherwise or "ends", "time is up") for phase in ring.phases}

    assert ways("ring_session") == declared | expired | {("[*]", "consent", ""), ("ends", "[*]", "")}
    assert "    fire: fire (at most 12 s, critical)" in diagram(ring).splitlines()


def test_a_tour_goes_on_by_orders_and_by_its_ways():
    assert ways("short_tour") == {
        ("[*]", "preface", ""),
        ("preface", "epilogue", "go"),
        ("epilogue", "farewell", "go"),
        ("epilogue", "farewell", "go farewell"),
        ("farewell", "ends", "go"),
        ("farewell", "ends", "time is up"),
        ("ends", "[*]", ""),
    }


def test_a_plain_scene_is_one_phase():
    assert ways("hello") == {("[*]", "does", ""), ("does", "ends", ""), ("ends", "[*]", "")}
