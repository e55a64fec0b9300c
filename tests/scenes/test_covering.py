"""Covering: what becomes of runs when a higher band takes their hall, and what comes back when it is given back."""

import pytest

from controller.view.sentences import told
from scenes.reasons import sentence
from tests.venue import House, micros

EVENING = """\
venue: demo
places:
  preface: {zh: 序厅, en: The preface hall}
  main: {zh: 主展厅, en: The main hall}
  route: [preface, main]
devices:
  preface.entry: {kind: presence}
  preface.wash: {kind: light}
  preface.wall: {kind: player}
  main.entry: {kind: presence}
  main.wash: {kind: light}
  main.ring: {kind: rig}
  main.bell: {kind: button}
looks: [day, warm, tour, night]
clips: {loop: {file: loop.mp4, loops: true}, opening: opening.mp4, speech: speech.mp4}
pages: [consent, floor, bye]
ambient:
  band: ambient
  starts: {while: venue.open}
  does: [{ask: {lights in route: day, preface.wall: loop}}]
welcome:
  band: exhibit
  starts: {when: preface.entry.occupied}
  busy: extend
  does:
    - ask: {preface.wash: warm, preface.wall: opening}
    - stay: {until: preface.entry.empty, for: 12s, at_most: 90s}
  ends: 3s
  at_most: 150s
rung:
  band: exhibit
  starts: {when: main.bell.pressed}
  does:
    - ask: {main.wash: warm}
    - wait: 20s
    - say: {staff: it rang}
ring:
  band: session
  station: main.ring
  starts: {when: main.ring.touched}
  else: bye
  phases:
    consent: {page: consent, at_most: 30s, next: {agreed: floor}}
    floor: {page: floor, at_most: 30s, next: {placed: bye}}
    bye: {page: bye, at_most: 5s}
  ends: [{tell: main.ring.safe_stop}]
evening:
  band: tour
  starts: {by: guide}
  takes: route
  cues:
    preface: {ask: {lights in preface: tour over 4s, preface.wall: speech}, at_most: 25min, else: stay}
    main: {ask: {lights in main: tour over 4s}, gives_back: [preface], at_most: 40min, else: end}
  ends: 4s
  at_most: 120min
"""


def evening(text: str = EVENING) -> House:
    house = House(text)
    house.starts()
    for hall in ("preface", "main"):
        house.says(f"{hall}.entry", occupied=False)
    return house


@pytest.fixture
def house() -> House:
    return evening()


def is_visited(house: House) -> None:
    """A visitor comes, and forty seconds later the tour."""
    house.says("preface.entry", occupied=True)
    house.advance("40s")
    house.order("start", "evening")


def preface(house: House) -> tuple[object, object]:
    return house.shown("preface.wash").get("look"), house.shown("preface.wall").get("clip")


def test_a_visitors_scene_is_suspended_beneath_a_tour(house):
    is_visited(house)
    assert (house.suspended(), preface(house)) == (["welcome"], ("tour", "speech"))
    state = house.state("welcome")
    assert (state.state, state.until, str(state.why).partition("-")[0]) == ("suspended", None, "evening")


def test_the_visitor_stays_and_the_scene_goes_on_where_it_was(house):
    is_visited(house)
    house.advance("10min")
    house.order("stop", "evening")
    assert (house.suspended(), preface(house)) == ([], ("warm", "opening"))
    house.advance("49s")
    assert "welcome" in house.running()
    house.advance("1s")  # its 90 s are over: 40 s before the tour, 50 s behind it
    assert (house.running(), preface(house)) == (["ambient"], ("day", "loop"))


def test_the_visitor_leaves_and_the_wall_goes_to_the_ambient_loop_not_back_to_the_film(house):
    is_visited(house)
    house.says("preface.entry", occupied=False)
    house.advance("10min")
    assert house.suspended() == ["welcome"]
    sent = len(house.sets("preface.wall"))
    house.order("stop", "evening")
    assert [one.value.get("clip") for one in house.sets("preface.wall")[sent:]] == ["loop"]
    assert house.sets("preface.wall")[-1].fade == micros("4s")
    assert (house.running(), preface(house)) == (["ambient"], ("day", "loop"))
    assert house.why_ended("welcome").startswith("what started it was over while evening-")


def test_the_limit_does_not_count_meanwhile():
    house = evening(EVENING.replace("at_most: 90s", "at_most: 10h").replace("at_most: 150s", "at_most: 60s"))
    is_visited(house)
    house.advance("1h")
    house.order("stop", "evening")
    house.advance("19s")
    assert "welcome" in house.running()
    house.advance("1s")
    assert house.why_ended("welcome") == "it ran as long as it may"


def test_what_was_started_by_an_event_comes_back_always(house):
    house.happens("main.bell.pressed")
    house.advance("15s")
    house.order("start", "evening")
    house.advance("1h")
    house.order("stop", "evening")
    assert house.shown("main.wash")["look"] == "warm"
    house.advance("4s")
    assert house.said() == []
    house.advance("1s")
    assert house.said() == ["it rang"]


def test_who_left_and_came_again_is_still_there(house):
    is_visited(house)
    house.says("preface.entry", occupied=False)
    house.advance("1min")
    house.says("preface.entry", occupied=True)
    assert house.verdicts("welcome") == ["started", "busy"]
    house.order("stop", "evening")
    assert preface(house) == ("warm", "opening")


def test_news_that_it_did_not_hear_are_looked_at_when_it_is_back():
    house = evening(EVENING.replace("wait: 20s", "wait: {until: main.entry.occupied, at_most: 1h, else: end}"))
    house.happens("main.bell.pressed")
    house.order("start", "evening")
    house.says("main.entry", occupied=True)
    assert house.said() == []
    house.order("stop", "evening")
    assert house.said() == ["it rang"]


def test_what_runs_as_long_as_something_holds_ends_unseen_when_it_does_not_any_more():
    house = evening(EVENING.replace("when: preface.entry.occupied", "while: preface.entry.occupied"))
    is_visited(house)
    house.says("preface.entry", occupied=False)
    assert house.suspended() == ["welcome"]
    house.order("stop", "evening")
    assert (house.running(), preface(house)) == (["ambient"], ("day", "loop"))


def test_of_ends_nothing_is_shown_when_the_reason_is_gone():
    ends = "[{ask: {preface.wash: night}}, {wait: 5s}, {tell: preface.wall.caption}, {say: {staff: bye}}]"
    ends = ends.replace("preface.wall.caption", "{preface.wall.caption: {text: bye}}")
    house = evening(EVENING.replace("ends: 3s", f"ends: {ends}"))
    is_visited(house)
    house.says("preface.entry", occupied=False)
    house.order("stop", "evening")
    assert ("night" in [one.value.get("look") for one in house.sets("preface.wash")], house.said()) == (False, ["bye"])
    assert len(house.told("preface.wall")) == 1


def test_what_loses_by_carrying_on_is_not_stopped():
    house = evening(EVENING.replace("  busy: extend\n", "  busy: extend\n  loses: carry_on\n"))
    is_visited(house)
    house.advance("50s")
    assert ("welcome" in house.running(), house.suspended()) == (False, [])


def test_what_loses_by_stopping_ends_at_once():
    house = evening(EVENING.replace("  busy: extend\n", "  busy: extend\n  loses: stop\n"))
    is_visited(house)
    assert "welcome" not in house.running()
    assert house.why_ended("welcome").endswith("holds the preface hall (band tour)")
    house.order("stop", "evening")
    assert preface(house) == ("day", "loop")


def test_what_lasts_and_was_stopped_begins_anew_when_its_hall_is_free():
    text = EVENING.replace("when: preface.entry.occupied", "while: preface.entry.occupied")
    house = evening(text.replace("  busy: extend\n", "  loses: stop\n"))
    is_visited(house)
    assert "welcome" not in house.running()
    house.order("stop", "evening")
    assert preface(house) == ("warm", "opening")


def test_a_session_finishes_its_phase_and_ends(house):
    house.happens("main.ring.touched", session="visit-0001", seq=1)
    house.order("start", "evening")
    assert (house.suspended(), house.output("main.ring").wanted) == ([], {"page": "consent"})
    house.happens("main.ring.agreed", session="visit-0001", seq=2)
    assert "ring" not in house.running()
    assert [one.command for one in house.told("main.ring")] == ["safe_stop"]


def test_a_session_stops_where_the_taker_says_so():
    house = evening(EVENING.replace("takes: route", "takes: route\n  sessions: stop"))
    house.happens("main.ring.touched", session="visit-0001", seq=1)
    house.order("start", "evening")
    assert "ring" not in house.running()


def test_no_new_session_starts_meanwhile(house):
    house.order("start", "evening")
    house.happens("main.ring.touched", session="visit-0001", seq=1)
    assert house.verdicts("ring") == ["claim_denied"]


def test_what_a_cue_gives_back_is_given_back_as_a_hall_too(house):
    is_visited(house)
    house.order("go", "evening")
    assert (house.holder("preface"), house.holder("main")) == ("", "evening")
    assert (house.suspended(), preface(house)) == ([], ("warm", "opening"))


def test_back_takes_the_hall_again(house):
    is_visited(house)
    house.order("go", "evening")
    house.advance("10s")
    house.order("back", "evening")
    assert (house.holder("preface"), house.suspended(), preface(house)) == ("evening", ["welcome"], ("tour", "speech"))


def test_a_later_cue_that_asks_there_takes_the_hall_again():
    farewell = "    farewell: {ask: {preface.wash: night}, gives_back: [main], at_most: 1min, else: end}\n"
    house = evening(EVENING.replace("  ends: 4s\n", f"{farewell}  ends: 4s\n"))
    is_visited(house)
    house.order("go", "evening")
    house.order("go", "evening")
    assert (house.holder("preface"), house.holder("main"), house.suspended()) == ("evening", "", ["welcome"])


def test_why_says_who_holds_the_hall_in_both_languages(house):
    is_visited(house)
    run = next(one for one in house.stage.runs if one.startswith("evening"))
    (note,) = house.notes("suspended")
    assert sentence(note).endswith(f"is suspended: {run} holds the preface hall (band tour)")
    assert told(note, "zh").endswith(f"暂停：{run} 占用序厅（优先级：导览）")
    house.happens("main.ring.touched", session="visit-0001", seq=1)
    denied = house.verdict("ring")
    assert told(denied, "en") == f"ring does not start: {run} holds the main hall (band tour)"
    assert told(denied, "zh") == f"ring 不启动：{run} 占用主展厅（优先级：导览）"
    house.order("stop", "evening")
    (note,) = house.notes("resumed")
    assert sentence(note).endswith(f"goes on: {run} covers it no more")


def test_a_suspended_tour_takes_no_orders_but_stop():
    text = (
        "work:\n  band: staff\n  starts: {by: staff}\n  takes: main\n  does: [{ask: {main.wash: night}}, {wait: 1h}]\n"
    )
    house = evening(EVENING + text)
    house.order("start", "evening")
    house.order("go", "evening")
    house.order("start", "work")
    assert (house.suspended(), house.holder("main")) == (["evening"], "work")
    house.order("back", "evening")
    assert (house.answers[-1].answer, house.answers[-1].why.split("-")[0]) == ("refused", "evening")
    house.order("stop", "evening")
    assert "evening" not in house.running()


def test_cover_and_what_is_left_of_each_time_outlive_a_restart(house):
    is_visited(house)
    house.is_taken_up()
    house.advance("10min")
    house.is_taken_up()
    house.order("stop", "evening")
    house.is_taken_up()
    house.advance("49s")
    assert "welcome" in house.running()
    house.advance("1s")
    assert "welcome" not in house.running()


def test_kill_at_minute_30_of_a_tour_asserts_its_pictures_and_leaves_the_cues_deadline(house):
    house.order("start", "evening")
    house.order("go", "evening")
    house.advance("30min")
    sent = len(house.effects)
    house.crashes("2s")
    again = {(one.device, one.value.get("look")) for one in house.sets("main.wash") if one in house.effects[sent:]}
    assert again == {("main.wash", "tour")}
    assert (house.holder("main"), house.holder("preface")) == ("evening", "")
    house.advance("9min57s")
    assert "evening" in house.running()
    house.advance("1s")
    assert "evening" not in house.running()


def test_what_is_suspended_and_does_not_survive_a_crash_ends_beneath(house):
    is_visited(house)
    house.crashes()
    assert (sorted(house.running()), preface(house)) == (["ambient", "evening"], ("tour", "speech"))


def test_a_suspended_scene_keeps_its_time_when_another_scene_is_reloaded(house):
    is_visited(house)
    house.reloads(EVENING.replace("it rang", "it rings"))
    assert house.suspended() == ["welcome"]
    house.order("stop", "evening")
    house.advance("50s")
    assert "welcome" not in house.running()


def test_a_suspended_scene_that_cannot_go_on_in_its_new_text_ends(house):
    is_visited(house)
    house.reloads(EVENING.replace("preface.wall: opening}", "preface.wall: speech}"))
    assert (house.running(), preface(house)) == (["ambient", "evening"], ("tour", "speech"))


def test_where_the_new_text_takes_less_what_was_covered_comes_back(house):
    is_visited(house)
    house.reloads(EVENING.replace("takes: route", "takes: main"))
    assert (house.suspended(), house.holder("preface")) == ([], "")


def test_stopping_a_suspended_scene_ends_it(house):
    is_visited(house)
    house.order("stop", "welcome")
    assert ("welcome" in house.running(), preface(house)) == (False, ("tour", "speech"))
