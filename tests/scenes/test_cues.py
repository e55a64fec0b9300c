"""Cues of a guided visit: go, back, skip, hold, ways; what a path shows; what is given back."""

import pytest

from tests.venue import House, micros

TOUR = """\
venue: demo
devices:
  preface.wash: {kind: light}
  main.wash: {kind: light}
  main.wall: {kind: player}
  cities.wash: {kind: light}
looks: [day, tour, dusk]
clips: {waves: waves.mp4, speech: speech.mp4}
ambient:
  band: ambient
  starts: {while: venue.open}
  does: [{ask: {lights everywhere: day}}]
evening:
  title: {zh: 晚间导览, en: Evening}
  band: tour
  starts: {by: guide}
  cues:
    preface: {ask: {preface.wash: tour over 4s}, at_most: 10min, else: go}
    main:
      ask: {main.wash: tour over 4s, main.wall: speech}
      gives_back: [preface]
      at_most: 10min
      else: stay
      ways: {short: end, long: cities}
    dusk: {ask: {main.wash: dusk over 2s}, at_most: 10min, else: stay}
    cities: {ask: {cities.wash: tour}, gives_back: [main], at_most: 10min, else: stay}
    end: {ask: {preface.wash: dusk}, gives_back: [cities], at_most: 5min, else: end}
  ends: 4s
  at_most: 120min
  after_crash: resume
"""


@pytest.fixture
def house() -> House:
    house = House(TOUR)
    house.starts()
    house.order("start", "evening")
    return house


def cue(house: House) -> str:
    return next((run.phase for run in house.stage.runs.values() if run.scene == "evening"), "")


def looks(house: House) -> dict[str, object]:
    return {name: house.shown(f"{name}.wash")["look"] for name in ("preface", "main", "cities")}


def picture(house: House) -> dict[str, object]:
    return {**looks(house), "wall": house.shown("main.wall").get("clip")}


def test_a_tour_begins_with_its_first_cue(house):
    assert (cue(house), looks(house)) == ("preface", {"preface": "tour", "main": "day", "cities": "day"})


def test_go_asks_and_gives_back(house):
    house.order("go", "evening")
    assert (cue(house), looks(house)) == ("main", {"preface": "day", "main": "tour", "cities": "day"})


def test_what_a_cue_asks_stays_until_a_later_cue_asks_otherwise(house):
    house.order("go", "evening")
    house.order("go", "evening")
    assert (cue(house), house.shown("main.wash")["look"], house.shown("main.wall")["clip"]) == (
        "dusk",
        "dusk",
        "speech",
    )


def test_a_way_leads_where_it_says(house):
    house.order("go", "evening")
    house.order("go", "evening", way="long")
    assert cue(house) == "cities"
    assert looks(house) == {"preface": "day", "main": "day", "cities": "tour"}


def test_a_way_that_is_not_there_is_refused_and_named(house):
    house.order("go", "evening")
    house.order("go", "evening", way="lnog")
    assert (house.answers[-1].answer, cue(house)) == ("refused", "main")
    assert "short, long" in house.answers[-1].why


def test_back_shows_the_picture_of_the_path_up_to_there(house):
    seen = [picture(house)]
    for _ in range(3):
        house.order("go", "evening")
        seen.append(picture(house))
    for expected in reversed(seen[:-1]):
        house.order("back", "evening")
        assert picture(house) == expected


def test_back_from_the_first_cue_is_refused(house):
    house.order("back", "evening")
    assert (house.answers[-1].answer, cue(house)) == ("refused", "preface")


def test_back_goes_the_way_that_was_come(house):
    house.order("go", "evening")
    house.order("go", "evening", way="long")
    house.order("back", "evening")
    assert cue(house) == "main"


def test_skip_leaves_the_next_one_out(house):
    house.order("skip", "evening")
    assert cue(house) == "dusk"
    assert house.shown("main.wall").get("clip") is None


def test_go_behind_the_last_cue_ends_the_tour_and_gives_all_back(house):
    house.order("go", "evening")
    house.order("go", "evening", way="short")
    house.order("go", "evening")
    assert cue(house) == ""
    assert looks(house) == {"preface": "day", "main": "day", "cities": "day"}


def test_time_leads_on_stays_or_ends_as_the_cue_says(house):
    house.advance("10min")
    assert cue(house) == "main"
    house.advance("30min")
    assert cue(house) == "main"
    house.order("go", "evening", way="short")
    house.advance("5min")
    assert cue(house) == ""


def test_hold_keeps_a_cue_beyond_its_time(house):
    house.order("hold", "evening")
    house.advance("30min")
    assert cue(house) == "preface"
    house.order("go", "evening")
    assert cue(house) == "main"


def test_the_limit_ends_what_stays(house):
    house.order("go", "evening")
    house.advance("2h")
    assert cue(house) == ""


def test_a_remote_that_names_no_tour_means_the_one_that_goes_on(house):
    house.order("go")
    assert (cue(house), house.answers[-1].answer) == ("main", "done")
    house.order("stop", "evening")
    house.advance("4s")
    house.order("go")
    assert house.answers[-1].answer == "refused"


@pytest.mark.parametrize("verb", ["go", "back", "skip", "hold"])
def test_a_scene_without_cues_takes_no_orders_of_a_tour(house, verb):
    house.order(verb, "ambient")
    assert (house.answers[-1].answer, house.answers[-1].why) == ("refused", "ambient has no cues")


def test_one_message_a_property_and_no_dark_instant_between_cues(house):
    before = len(house.sets("main.wash"))
    house.order("go", "evening")
    house.order("go", "evening")
    assert len(house.sets("main.wash")) == before + 2
    assert all(one.value.get("look") != "day" for one in house.sets("main.wash")[before:])


def test_after_a_crash_the_tours_picture_is_asserted_again_and_its_deadline_is_unchanged(house):
    house.order("go", "evening")
    house.order("go", "evening", way="short")
    house.advance("3min")
    house.crashes("20s")
    assert cue(house) == "end"
    assert house.sets("preface.wash")[-1].value["look"] == "dusk"
    house.advance("1min")
    assert cue(house) == "end"
    house.advance("41s")
    assert cue(house) == ""


def test_what_was_there_before_comes_back_as_it_is_then(house):
    house.order("stop", "ambient")
    house.order("stop", "evening")
    house.advance("4s")
    assert house.shown("preface.wash").get("level") == 0.0


COMPUTED = TOUR.replace("stay", "go").replace("  at_most: 120min\n", "")


def begun(text: str) -> House:
    house = House(text)
    house.starts()
    house.order("start", "evening")
    return house


def test_a_limit_that_nobody_wrote_does_not_count_while_a_cue_is_held():
    house = begun(COMPUTED)
    house.advance("9min")
    house.order("hold", "evening")
    house.order("hold", "evening")
    assert house.answers[-1].why == "preface is kept as it is"
    house.advance("10h")
    house.is_taken_up()
    assert cue(house) == "preface"
    house.order("go", "evening")
    assert cue(house) == "main"
    until = house.state("evening").until
    assert until == house.now + house.venue.scenes["evening"].at_most - micros("9min")


def test_a_written_limit_ends_a_held_cue_and_the_answer_says_when(house):
    house.advance("5min")
    house.order("hold", "evening")
    assert house.answers[-1].why == "preface is kept as it is for 115 min at most (at_most of the tour)"
    house.advance("115min")
    assert cue(house) == ""


def test_a_tour_that_is_ending_is_not_said_to_be_stopped():
    house = begun(TOUR.replace("  ends: 4s", "  ends: [{wait: 4s}]"))
    house.order("stop", "evening")
    house.order("stop", "evening")
    assert house.answers[-1].why == "evening is ending already"


def test_the_last_cue_cannot_be_skipped(house):
    house.order("go", "evening")
    house.order("go", "evening", way="long")
    house.order("skip", "evening")
    assert (house.answers[-1].answer, house.answers[-1].why) == ("refused", "there is no cue behind end; go or stop")
    assert cue(house) == "cities"


def test_a_way_to_its_own_cue_begins_its_time_anew_and_says_that_it_shows_on():
    house = begun(TOUR.replace("short: end", "again: main, short: end"))
    house.order("go", "evening")
    house.order("go", "evening", way="again")
    assert house.answers[-1].why == "main is there already: it shows on, and its time begins anew"


FADES = """\
venue: demo
devices: {hall.wash: {kind: light}, hall.spot: {kind: light}, other.wash: {kind: light}}
looks: [warm, cold]
evening:
  band: tour
  starts: {by: guide}
  cues:
    a: {ask: {other.wash: warm over 30s, hall.wash: warm over 3s}, at_most: 1min, else: go}
    b: {ask: {hall.spot: cold over 2s}, gives_back: [hall], at_most: 1min, else: go}
    c: {gives_back: [other], at_most: 1min, else: go}
    d: {gives_back: [hall], at_most: 1min, else: end}
  ends: 4s
"""


def test_what_a_cue_gives_back_goes_over_its_own_fade_or_as_it_came():
    house = begun(FADES)
    for given_back, seconds in (("hall.wash", 2), ("other.wash", 30), ("hall.spot", 2)):
        house.order("go", "evening")
        last = house.sets(given_back)[-1]
        assert (last.value, last.fade) == ({"level": 0.0}, seconds * 1_000_000), given_back


def test_on_the_way_back_a_cues_things_go_as_they_came():
    house = begun(FADES)
    house.order("go", "evening")
    house.order("back", "evening")
    assert house.sets("hall.spot")[-1].fade == 2_000_000
