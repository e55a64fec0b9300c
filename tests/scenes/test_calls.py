"""Calls: a run starts another scene through the gates of a call, and waits for its end."""

import pytest

from scenes.gates import GATES
from tests.venue import HALL, House

SCENES = (
    HALL
    + """
show:
  band: session
  starts: {by: staff}
  after_crash: resume
  does:
    - say: {staff: before}
    - call: intro
    - say: {staff: behind}
intro:
  if: preface.entry.occupied
  cools: 1min
  after_crash: resume
  does:
    - ask: {preface.wash: warm}
    - wait: 5s
  ends: [{wait: 1s}, {release: 1s}]
"""
)


def house(text: str = SCENES) -> House:
    found = House(text)
    found.starts()
    found.order("start", "show")
    return found


def test_the_called_scene_runs_and_its_caller_waits_for_its_end():
    found = house()
    assert (found.running(), found.shown("preface.wash")["look"]) == (["show", "intro"], "warm")
    found.advance("5999ms")
    assert found.said() == ["before"]
    found.advance("1ms")
    assert (found.said(), found.running()) == (["before", "behind"], [])


def test_a_call_passes_neither_condition_nor_cooldown_nor_a_disarmed_scene():
    found = house()
    found.advance("6s")
    found.order("disarm", "intro")
    found.order("start", "show")
    assert found.verdicts("intro") == ["started", "started"]


def test_the_verdict_says_that_it_was_a_call():
    assert house().verdict("intro").details["by"] == "call"


BUSY = SCENES.replace("intro:\n", "intro:\n  starts: {by: staff}\n").replace("  if: preface.entry.occupied\n", "")


def test_a_scene_that_runs_already_is_not_called_and_why_is_noted():
    found = House(BUSY)
    found.starts()
    found.order("start", "intro")
    found.order("start", "show")
    assert (found.said(), found.verdicts("intro")) == (["before", "behind"], ["started", "busy"])
    why = [str(one.details["why"]) for one in found.notes("step", "show")]
    assert why == ["intro did not start: it runs already (intro-1)"]


def test_a_call_may_wait_for_its_turn():
    found = House(BUSY.replace("  cools: 1min\n", "  busy: {queue: 2, wait: 1min}\n"))
    found.starts()
    found.order("start", "intro")
    found.order("start", "show")
    found.advance("6s")
    assert (found.said(), found.running()) == (["before"], ["show", "intro"])
    found.advance("6s")
    assert found.said() == ["before", "behind"]


def test_a_call_whose_turn_does_not_come_goes_on():
    found = House(BUSY.replace("  cools: 1min\n", "  busy: {queue: 2, wait: 2s}\n"))
    found.starts()
    found.order("start", "intro")
    found.order("start", "show")
    found.advance("2s")
    assert found.said() == ["before", "behind"]


def test_what_was_called_lives_by_itself():
    found = house()
    found.order("stop", "show")
    assert found.running() == ["intro"]
    found.advance("6s")
    assert (found.said(), found.running()) == (["before"], [])


def test_a_called_scene_that_is_stopped_lets_its_caller_go_on():
    found = house()
    found.order("stop", "intro")
    found.advance("1s")
    assert found.said() == ["before", "behind"]


@pytest.mark.parametrize("after", range(7))
def test_after_a_crash_the_caller_waits_on(after):
    found = house()
    found.advance(after * 1_000_000)
    found.crashes("10ms")
    found.advance("7s")
    assert (found.said(), found.running()) == (["before", "behind"], [])


def test_a_called_scene_that_begins_anew_is_waited_for_anew():
    text = SCENES.replace("  cools: 1min\n  after_crash: resume", "  after_crash: restart")
    found = house(text.replace("  band: session\n", "  at_most: 1min\n"))
    found.advance("3s")
    found.crashes("1s")
    found.advance("5999ms")
    assert found.said() == ["before"]
    found.advance("1ms")
    assert found.said() == ["before", "behind"]


def test_a_called_scene_that_ends_with_the_crash_lets_its_caller_go_on():
    found = house(SCENES.replace("  cools: 1min\n  after_crash: resume", "  after_crash: stop"))
    found.crashes("1s")
    found.advance("1s")
    assert found.said() == ["before", "behind"]


def test_a_called_scene_that_vanishes_lets_its_caller_go_on():
    found = house(BUSY + "other:\n  starts: {by: staff}\n  does: [{wait: 1s}]\n")
    without = BUSY.replace("intro", "outro") + "other:\n  starts: {by: staff}\n  does: [{wait: 1s}]\n"
    found.reloads(without)
    assert found.running() == []


def test_it_is_given_what_it_needs():
    text = (
        HALL
        + """
show:
  starts: {by: staff}
  needs: {name: text}
  does:
    - call: {greet: {who: $name, times: 3}}
greet:
  needs: {who: text, times: number}
  does:
    - say: {staff: "$times for $who"}
    - wait: 1s
"""
    )
    found = House(text)
    found.starts()
    found.order("start", "show", params={"name": "Li"})
    assert found.said() == ["3 for Li"]


def test_several_calls_at_once_are_waited_for_one_by_one():
    text = SCENES.replace("    - call: intro\n", "    - together: [{call: intro}, {call: other}]\n")
    text += "other:\n  does: [{wait: 8s}]\n"
    found = house(text)
    found.advance("7s")
    assert found.said() == ["before"]
    found.advance("1s")
    assert found.said() == ["before", "behind"]


def test_the_callers_limit_holds_what_it_calls():
    scenes = house().venue.scenes
    assert scenes["intro"].at_most == 6_000_000
    assert scenes["show"].at_most == 6_000_000 + 1_000_000 + 1_000_000


def test_a_call_of_a_call():
    text = (
        SCENES.replace("    - wait: 5s\n", "    - call: deep\n") + "deep:\n  does: [{wait: 2s}, {say: {staff: deep}}]\n"
    )
    found = house(text)
    found.advance("3s")
    assert found.said() == ["before", "deep", "behind"]


def test_a_call_passes_the_gates_of_its_column():
    assert [gate.__name__ for gate, sources in GATES if "call" in sources] == ["_safety", "_busy", "_claim"]
