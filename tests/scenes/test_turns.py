"""A station with a queue: visitors have their turns one behind the other, whatever staff, the house or a tour do."""

import pytest

from tests.venue import House

RING = """\
venue: demo
devices:
  hall.ring: {kind: rig}
  hall.wash: {kind: light}
  hall.turns: {kind: screen}
  hall.panel: {kind: contact}
  hall.horn: {kind: speaker}
looks: [soft, safe]
pages: [consent, floor, countdown, developing, review, qr, sorry, goodbye, turns, come_back, resting]
clips: {leave: leave.wav}
session:
  band: session
  station: hall.ring
  starts: {when: hall.ring.touched}
  if: hall.ring.able
  busy:
    queue: 3
    wait: 25min
    waiting: {hall.turns: {page: turns, with: {turns: $queue}}}
    full: {hall.turns: {page: come_back, with: {minutes: $queue.minutes}}}
  else: goodbye
  phases:
    consent: {page: consent, at_most: 30s, next: {agreed: position, declined: goodbye}}
    position: {page: floor, at_most: 45s, next: {placed: countdown}}
    countdown: {page: countdown, at_most: 8s, next: {done: fire}, visits: 3}
    fire: {tell: shoot, critical: true, at_most: 12s, next: {shot: process, failed: sorry}, else: sorry}
    process: {page: developing, at_most: 20s, next: {clip_ready: review, failed: sorry}, else: goodbye}
    review: {page: review, at_most: 25s, next: {keep: share, again: countdown, delete: purge}, else: purge}
    share: {page: qr, at_most: 60s, next: {done: goodbye}}
    sorry: {page: sorry, at_most: 8s, next: {again: countdown}, else: purge}
    purge: {tell: purge, at_most: 10s, next: {done: goodbye}}
    goodbye: {page: goodbye, at_most: 5s}
  resting: {hall.ring: {page: resting}}
  ends:
    - tell: hall.ring.safe_stop
    - release: 1s
tour:
  band: tour
  starts: {by: guide}
  takes: [hall]
  does:
    - ask: {hall.wash: soft}
    - wait: 10min
"""
EVACUATION = """\
evacuation: {input: hall.panel.alarm, look: safe, speech: {hall.horn: leave}}
"""
WAY = ("agreed", "placed", "done", "shot", "clip_ready", "keep")
PHASES = ("consent", "position", "countdown", "fire", "process", "review", "share")


def ring(text: str = RING) -> House:
    house = House(text)
    house.starts()
    house.says("hall.ring", able=True)
    return house


def is_touched(house: House, *visits: int) -> None:
    for visit in visits:
        says(house, "touched", visit)
        house.advance("1s")


def says(house: House, event: str, visit: int) -> None:
    house.happens(f"hall.ring.{event}", session=f"visit-{visit:04}")


def phase(house: House) -> str:
    return next((run.phase for run in house.stage.runs.values() if run.scene == "session"), "")


def session(house: House) -> str:
    return next((run.session for run in house.stage.runs.values() if run.scene == "session"), "")


def comes_to(house: House, name: str) -> None:
    """The first visitor comes to that phase, two others wait."""
    is_touched(house, 1, 2, 3)
    for event in WAY[: PHASES.index(name)]:
        says(house, event, 1)
    assert phase(house) == name


def test_a_second_touch_waits_and_has_its_turn():
    house = ring()
    comes_to(house, "share")
    says(house, "done", 1)
    house.advance("5s")
    assert (phase(house), session(house)) == ("consent", "visit-0002")


def test_what_the_visitor_before_says_does_not_move_the_next_one():
    house = ring()
    comes_to(house, "consent")
    says(house, "declined", 1)
    house.advance("5s")
    says(house, "agreed", 1)
    assert (phase(house), session(house)) == ("consent", "visit-0002")
    says(house, "agreed", 2)
    assert phase(house) == "position"


def test_nobody_in_the_queue_is_photographed_before_consent():
    house = ring()
    comes_to(house, "share")
    told = len([one for one in house.told("hall.ring") if one.command == "shoot"])
    for event in ("done", "placed", "shot"):
        says(house, event, 2)
    says(house, "done", 1)
    house.advance("5s")
    for event in ("placed", "done"):
        says(house, event, 2)
    assert len([one for one in house.told("hall.ring") if one.command == "shoot"]) == told == 1


def test_whose_turn_comes_and_who_finds_the_ring_unable_is_told_so():
    house = ring()
    comes_to(house, "consent")
    house.says("hall.ring", able=False)
    house.advance("1min")
    assert (house.verdicts("session"), phase(house)) == (["started", "condition_false", "condition_false"], "")


@pytest.mark.parametrize("name", PHASES)
@pytest.mark.parametrize("override", ["stop", "disarm", "rest"])
@pytest.mark.promise("F15")
def test_each_phase_and_each_override_of_staff_reach_an_end(name, override):
    house = ring()
    comes_to(house, name)
    house.order(override, "session")
    house.advance("4min")
    assert (phase(house), house.pending()) == ("", 0)
    assert house.stage.outputs["hall.turns/picture"].layers == []
    shows = house.shown("hall.ring").get("page")
    assert shows == ("resting" if override == "rest" else shows)


@pytest.mark.parametrize("name", PHASES)
@pytest.mark.promise("F15")
def test_each_phase_reaches_an_end_when_everybody_walks_away(name):
    house = ring()
    comes_to(house, name)
    house.advance("20min")
    assert (phase(house), house.pending(), house.verdicts("session")) == ("", 0, ["started"] * 3)


def test_who_waits_is_sent_away_by_an_evacuation():
    house = ring(EVACUATION + RING)
    comes_to(house, "consent")
    house.says("hall.panel", alarm=True)
    assert (phase(house), house.pending()) == ("", 0)
    assert house.verdicts("session") == ["started", "held_by_safety", "held_by_safety"]


@pytest.mark.promise("F15")
def test_a_tour_with_two_waiting_serves_both_after_it_in_the_order_of_coming():
    house = ring()
    comes_to(house, "consent")
    house.order("start", "tour")
    house.advance("1min")
    assert (phase(house), house.pending(), house.verdicts("session")) == ("", 2, ["started"])
    house.is_taken_up()  # a kill in the middle of the tour
    house.order("stop", "tour")
    house.advance("5s")
    assert (phase(house), house.pending()) == ("consent", 1)
    assert session(house) == "visit-0002"
    house.advance("10min")
    assert (house.pending(), house.verdicts("session")) == (0, ["started"] * 3)


def test_who_waits_too_long_for_the_end_of_a_tour_is_told_so():
    house = ring(RING.replace("wait: 10min", "wait: 30min"))
    comes_to(house, "consent")
    house.order("start", "tour")
    house.advance("26min")
    assert house.verdicts("session") == ["started", "waited_too_long", "waited_too_long"]


def test_a_queue_is_the_same_after_a_kill_at_any_instant():
    house = ring()
    comes_to(house, "consent")
    for _ in range(12):
        house.is_taken_up()
        house.advance("30s")
    assert (house.pending(), house.verdicts("session")) == (0, ["started"] * 3)
