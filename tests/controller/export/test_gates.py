"""The table of gates has each gate in the engine's order, and each verdict of a gate once."""

import re

from controller.export.gates import gates
from scenes.gates import GATES
from scenes.verdicts import Verdict

HEAD, _, *ROWS = [[cell.strip() for cell in line.strip("|\n").split("|")] for line in gates().splitlines()]


def test_the_gates_stand_in_the_order_in_which_they_are_passed():
    walked = [gate.__name__.strip("_") for gate, _ in GATES if gate.__name__ != "_in_time"]
    assert [row[0] for row in ROWS] == walked


def test_each_way_to_start_passes_the_gates_that_the_engine_says():
    passed = {row[0]: {way for way, cell in zip(HEAD, row, strict=True) if cell == "yes"} for row in ROWS}
    assert passed["dwell"] == passed["cooldown"] == {"`when` `all` `in_order` `without`"}
    assert passed["fresh"] == {"`when` `all` `in_order` `without`", "`at`"}
    assert "`call`" not in passed["condition"]
    assert len(passed["safety"]) == len(passed["claim"]) == 6


def test_each_verdict_of_a_gate_stands_once():
    said = re.findall(r"`(\w+)`", " ".join(row[-1] for row in ROWS))
    assert sorted(said) == sorted(set(Verdict) - {"expired", "started", "set_aside", "withdrawn"})
