"""Phases of a visitor's session: ways on, deadlines, visits, what is told, and whose events count."""

from tests.venue import House

RING = """\
venue: demo
devices:
  hall.ring: {kind: rig}
  hall.wash: {kind: light}
looks: [soft, bright, dark]
pages: [consent, floor, countdown, developing, review, qr, sorry, goodbye]
session:
  band: session
  station: hall.ring
  starts: {when: hall.ring.touched}
  else: goodbye
  phases:
    consent: {page: consent, at_most: 30s, next: {agreed: position, declined: goodbye}}
    position: {page: floor, ask: {hall.wash: soft over 1s}, at_most: 45s, next: {placed: countdown}}
    countdown: {page: countdown, at_most: 8s, next: {done: fire}, visits: 2}
    fire:
      tell: shoot
      ask: {hall.wash: bright}
      critical: true
      at_most: 12s
      next: {shot: review, failed: sorry}
      else: sorry
    review: {page: review, at_most: 25s, next: {keep: share, again: countdown}, else: purge}
    share: {page: qr, at_most: 60s, next: {done: goodbye}}
    sorry: {page: sorry, at_most: 8s, next: {again: countdown}, else: purge}
    purge: {tell: purge, at_most: 10s, next: {done: goodbye}}
    goodbye: {page: goodbye, at_most: 5s}
  ends:
    - tell: hall.ring.safe_stop
    - release: 1s
"""


def begun(*events: str, text: str = RING) -> House:
    house = House(text)
    house.starts()
    for event in ("touched", *events):
        house.happens(f"hall.ring.{event}", session="visit-0001")
        house.does_all("hall.ring")
    return house


def phase(house: House) -> str:
    (run,) = house.stage.runs.values()
    return run.phase


def page(house: House) -> object:
    return house.shown("hall.ring")["page"]


def commands(house: House) -> list[str]:
    return [one.command for one in house.told("hall.ring")]


def test_a_session_begins_with_its_first_phase_and_shows_its_page():
    house = begun()
    assert (phase(house), page(house)) == ("consent", "consent")


def test_an_event_leads_on_and_others_do_not():
    house = begun("placed")
    assert phase(house) == "consent"
    house.happens("hall.ring.agreed", session="visit-0001")
    assert (phase(house), page(house)) == ("position", "floor")


def test_nobody_is_photographed_before_consent():
    house = begun("placed", "done", "shot")
    assert commands(house) == []


def test_what_a_phase_asks_holds_until_another_asks():
    house = begun("agreed", "placed")
    assert house.shown("hall.wash")["look"] == "soft"
    house.happens("hall.ring.done", session="visit-0001")
    assert house.shown("hall.wash")["look"] == "bright"


def test_a_whole_visit_ends_in_words_and_lets_everything_go():
    house = begun("agreed", "placed", "done", "shot", "keep", "done")
    assert (phase(house), page(house)) == ("goodbye", "goodbye")
    house.advance("5s")
    assert house.running() == []
    assert commands(house) == ["shoot", "safe_stop"]
    assert page(house) is None
    assert house.why_ended("session") == "it came to its end: done"


def test_every_phase_has_a_way_on_when_nobody_does_anything():
    for events in (
        (), ("agreed",), ("agreed", "placed"), ("agreed", "placed", "done"), ("agreed", "placed", "done", "shot"),
        ("agreed", "placed", "done", "shot", "keep"), ("agreed", "placed", "done", "failed"),
    ):  # fmt: skip
        house = begun(*events)
        for _ in range(12):
            house.advance("60s")
            house.does_all("hall.ring")
        assert house.running() == [], events
        assert house.notes("phase")[-1].details["phase"] == "goodbye"


def test_a_way_to_a_phase_whose_visits_are_used_up_is_not_offered():
    house = begun("agreed", "placed", "done", "shot", "again", "done", "shot", "again")
    assert phase(house) == "review"
    assert commands(house) == ["shoot", "shoot"]


def test_the_same_command_in_a_phase_visited_again_is_another_command():
    house = begun("agreed", "placed", "done", "shot", "again", "done")
    first, second = (one.id for one in house.told("hall.ring"))
    assert first != second


def test_a_command_that_fails_leads_on_where_time_would():
    house = begun("agreed", "placed")
    house.happens("hall.ring.done", session="visit-0001")
    house.declines("hall.ring", "no card")
    assert (phase(house), page(house)) == ("sorry", "sorry")


def test_a_stop_waits_until_a_critical_phase_is_over():
    house = begun("agreed", "placed", "done")
    house.order("stop", "session")
    assert (phase(house), house.answers[-1].answer) == ("fire", "accepted")
    house.happens("hall.ring.shot", session="visit-0001")
    assert house.running() == []
    assert house.why_ended("session") == "stopped by order"


def test_a_stop_elsewhere_is_done_at_once():
    house = begun("agreed")
    house.order("stop", "session")
    assert house.running() == []


def test_another_visitors_events_do_not_move_this_session():
    house = begun()
    house.happens("hall.ring.agreed", session="visit-0002")
    assert phase(house) == "consent"


def test_what_a_session_says_after_its_end_is_dropped_and_counted():
    house = begun("declined")
    house.advance("5s")
    house.happens("hall.ring.touched", session="visit-0001")
    assert (house.running(), house.stage.devices["hall.ring"].late) == ([], 1)
    assert house.notes("late")[-1].details == {"session": "visit-0001", "event": "touched"}
    house.happens("hall.ring.touched", session="visit-0003")
    assert house.running() == ["session"]


def test_a_touch_during_a_session_is_busy():
    house = begun()
    house.happens("hall.ring.touched", session="visit-0002")
    assert house.verdicts("session") == ["started", "busy"]


def test_the_deadline_of_a_phase_is_that_of_before_after_a_restart():
    house = begun("agreed", text=RING.replace("  ends:", "  after_crash: resume\n  ends:"))
    house.advance("20s")
    house.crashes("10s")
    assert phase(house) == "position"
    house.advance("14s")
    assert phase(house) == "position"
    house.advance("2s")
    assert phase(house) == "goodbye"


def test_events_lead_on_after_a_restart():
    house = begun("agreed", text=RING.replace("  ends:", "  after_crash: resume\n  ends:"))
    house.crashes("2s")
    house.happens("hall.ring.placed", session="visit-0001")
    assert phase(house) == "countdown"


def test_a_session_ends_with_a_crash_where_nothing_else_is_said():
    house = begun("agreed")
    house.crashes("2s")
    assert house.running() == []


def test_the_limit_is_the_longest_way_through_the_phases():
    scene = House(RING).venue.scenes["session"]
    twice = 8 + 12 + 25
    assert scene.at_most == (30 + 45 + 2 * twice + 60 + 5 + 1) * 1_000_000


def in_fire() -> House:
    house = begun("agreed", "placed")
    hear(house, "done")
    return house


def hear(house: House, *events: str) -> None:
    for event in events:
        house.happens(f"hall.ring.{event}", session="visit-0001")


def test_a_late_failure_does_not_strike_the_next_visit_of_its_phase():
    house = in_fire()
    house.advance("1s")
    hear(house, "failed")
    house.advance("6s")
    hear(house, "again")
    house.advance("4s")
    hear(house, "done")
    house.does("hall.ring")
    house.advance("2s")
    assert len(house.notes("unknown")) == 1
    assert phase(house) == "fire"


def test_a_late_failure_does_not_strike_a_later_phase():
    house = in_fire()
    house.advance("1s")
    hear(house, "shot")
    house.advance("11s")
    assert len(house.notes("unknown")) == 1
    assert phase(house) == "review"


def test_a_link_that_comes_back_too_late_does_not_strike_a_later_phase():
    house = begun("agreed", "placed")
    house.link_goes()
    hear(house, "done")
    house.advance("12s")
    hear(house, "again")
    house.link_comes()
    assert len(house.notes("expired")) == 1
    assert phase(house) == "countdown"


def test_a_session_that_is_begun_anew_after_a_crash_is_still_that_visitors():
    house = begun("agreed", text=RING.replace("  ends:", "  after_crash: restart\n  ends:"))
    house.crashes("2s")
    assert phase(house) == "consent"
    house.happens("hall.ring.agreed", session="visit-0002")
    assert phase(house) == "consent"
    hear(house, "agreed")
    assert (phase(house), house.notes("late")) == ("position", [])


def test_a_session_that_nobody_began_is_whose_event_it_takes_first():
    house = House(RING.replace("when: hall.ring.touched", "when: hall.ring.able, for: 1s"))
    house.starts()
    house.says("hall.ring", able=True)
    house.advance("1s")
    hear(house, "placed", "agreed")
    house.happens("hall.ring.placed", session="visit-0002")
    assert phase(house) == "position"
    hear(house, "placed")
    assert phase(house) == "countdown"
    house.does_all("hall.ring")


def test_the_end_says_by_what_the_last_phase_before_the_goodbye_was_left():
    house = begun("declined")
    house.advance("5s")
    assert house.why_ended("session") == "it came to its end: declined"
    house = begun("agreed")
    house.advance("50s")
    assert house.why_ended("session") == "it came to its end: time was up in position"
