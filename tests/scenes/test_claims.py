"""Claims: who may start where somebody holds a hall or a station, how long one waits, and who has it then."""

import pytest

from tests.venue import House, micros

MUSEUM = """\
venue: demo
places:
  preface: {zh: 序厅, en: The preface hall}
  main: {zh: 主展厅, en: The main hall}
  both: [preface, main]
devices:
  preface.entry: {kind: presence}
  preface.wash: {kind: light}
  main.wash: {kind: light}
  main.quiz: {kind: quiz}
looks: [day, warm, tour, work]
pages: [question]
ambient:
  band: ambient
  starts: {while: venue.open}
  does: [{ask: {lights everywhere: day}}]
welcome:
  band: exhibit
  starts: [{when: preface.entry.occupied}, {by: staff}]
  does: [{ask: {preface.wash: warm}}, {wait: 1min}]
dwelling:
  band: exhibit
  starts: {while: preface.entry.occupied}
  does: [{ask: {preface.wash: warm}}]
tour:
  band: tour
  starts: {by: guide}
  takes: both
  does: [{ask: {lights in both: tour}}, {wait: 30s}]
other_tour:
  band: tour
  starts: {by: guide}
  takes: [main, preface]
  does: [{ask: {lights in both: tour}}, {wait: 30s}]
cleaning:
  band: staff
  starts: {by: staff}
  takes: preface
  does: [{ask: {preface.wash: work}}, {wait: 10s}]
game:
  band: exhibit
  starts: {by: staff}
  takes: main.quiz
  does: [{ask: {main.quiz: {page: question}}}, {wait: 1min}]
turns:
  band: session
  starts: {by: staff}
  takes: main
  busy: {queue: 2, wait: 1min}
  does: [{ask: {main.wash: warm}}, {wait: 20s}]
latest:
  band: session
  starts: {by: staff}
  takes: main
  busy: restart
  does: [{ask: {main.wash: warm}}, {wait: 20s}]
  ends: [{wait: 2s}]
"""


@pytest.fixture
def house() -> House:
    house = House(MUSEUM)
    house.starts()
    house.says("preface.entry", occupied=False)
    return house


def end_of(house: House, scene: str) -> tuple[str, str]:
    note = house.verdict(scene)
    return str(note.verdict), str(note.place)


def test_a_scene_holds_what_it_takes_as_long_as_it_runs(house):
    house.order("start", "tour")
    assert (house.holder("main"), house.holder("preface")) == ("tour", "tour")
    house.advance("30s")
    assert (house.holder("main"), house.holder("preface"), house.stage.claims) == ("", "", {})


def test_what_is_lower_does_not_start_in_a_hall_that_is_held_and_is_told_by_whom(house):
    house.order("start", "tour")
    house.says("preface.entry", occupied=True)
    note = house.verdict("welcome")
    assert str(note.verdict) == "claim_denied"
    run = next(one.id for one in house.stage.runs.values() if one.scene == "tour")
    house.order("start", "welcome")
    assert house.answers[-1].why == f"{run} holds the preface hall (band tour)"
    assert (house.answers[-1].answer, house.answers[-1].run) == ("refused", None)


def test_light_of_the_house_goes_on_beneath(house):
    house.order("stop", "ambient")
    house.order("start", "tour")
    house.order("disarm", "ambient")
    house.order("arm", "ambient")
    assert "ambient" in house.running()
    assert house.shown("preface.wash")["look"] == "tour"


def test_what_is_higher_starts_where_it_takes_nothing(house):
    house.order("start", "tour")
    house.order("start", "cleaning")
    assert (house.holder("preface"), house.holder("main")) == ("cleaning", "tour")


def test_an_equal_band_waits_and_has_it_when_it_is_free(house):
    house.order("start", "tour")
    house.advance("25s")
    house.order("start", "other_tour")
    assert house.answers[-1].answer == "accepted"
    assert house.answers[-1].why.startswith("it waits, 10 s at most: tour-")
    assert (house.pending(), house.state("other_tour").state) == (1, "blocked")
    house.advance("5s")
    assert (house.verdicts("other_tour"), house.holder("main"), house.pending()) == (["started"], "other_tour", 0)


def test_it_gives_up_after_ten_seconds(house):
    house.order("start", "tour")
    house.order("start", "other_tour")
    house.advance("9999ms")
    assert house.pending() == 1
    house.advance("1ms")
    assert (end_of(house, "other_tour"), house.pending()) == (("claim_denied", "venue.yaml:33:3"), 0)
    assert house.verdict("other_tour").details["waited_us"] == micros("10s")
    assert house.state("other_tour").state == "idle"


def test_of_one_scene_one_waits(house):
    house.order("start", "tour")
    house.order("start", "other_tour")
    house.order("start", "other_tour")
    assert (house.pending(), house.verdicts("other_tour")) == (1, ["claim_denied"])


def test_who_waits_can_be_stopped(house):
    house.order("start", "tour")
    house.order("start", "other_tour")
    house.order("stop", "other_tour")
    assert (house.verdicts("other_tour"), house.pending()) == (["withdrawn"], 0)


def test_who_waits_passes_every_gate_again(house):
    house.order("start", "tour")
    house.advance("25s")
    house.order("start", "other_tour")
    house.order("disarm", "other_tour")
    house.advance("5s")
    assert (house.verdicts("other_tour"), house.holder("main")) == (["disarmed"], "")


def test_waiting_outlives_a_restart(house):
    house.order("start", "tour")
    house.advance("25s")
    house.order("start", "other_tour")
    house.is_taken_up()
    house.advance("5s")
    assert house.holder("main") == "other_tour"


def test_all_or_none(house):
    house.order("start", "game")
    house.order("start", "cleaning")
    house.order("start", "tour")
    assert ("tour" in house.running(), house.holder("main")) == (False, "")
    house.advance("10s")
    assert (house.holder("main"), house.holder("preface")) == ("tour", "tour")


def test_who_holds_a_station_keeps_its_hall_from_its_equals_only():
    house = House(MUSEUM.replace("game:\n  band: exhibit", "game:\n  band: tour"))
    house.starts()
    house.order("start", "game")
    house.order("start", "tour")
    assert (house.pending(), house.holder("main")) == (1, "")
    house.order("stop", "game")
    assert house.holder("main") == "tour"


def test_a_higher_band_takes_a_station_with_its_hall(house):
    house.order("start", "game")
    house.order("start", "tour")
    assert (house.holder("main"), house.suspended()) == ("tour", ["game"])
    house.advance("30s")
    assert (house.holder("main.quiz"), house.suspended()) == ("game", [])


def test_an_equal_band_that_takes_nothing_is_not_kept_out():
    other = "other:\n  starts: {by: staff}\n  does: [{ask: {main.quiz: {page: question}}}, {wait: 5s}]\n"
    house = House(MUSEUM + other)
    house.starts()
    house.order("start", "game")
    house.order("start", "other")
    assert (house.verdicts("other"), house.suspended()) == (["started"], [])


def test_what_should_last_begins_when_its_hall_is_free(house):
    house.order("start", "tour")
    house.says("preface.entry", occupied=True)
    assert house.verdicts("dwelling") == ["claim_denied"]
    house.advance("30s")
    assert house.verdicts("dwelling") == ["claim_denied", "started"]


def test_what_lasted_no_more_when_its_hall_is_free_does_not_begin(house):
    house.order("start", "tour")
    house.says("preface.entry", occupied=True)
    house.says("preface.entry", occupied=False)
    house.advance("30s")
    assert house.verdicts("dwelling") == ["claim_denied"]


LASTING = MUSEUM.replace("{by: guide}\n  takes: [main", "{while: preface.entry.occupied}\n  takes: [main")


def test_what_should_last_and_takes_waits_and_begins_later():
    house = House(LASTING)
    house.starts()
    house.order("start", "tour")
    house.says("preface.entry", occupied=True)
    assert house.pending() == 1
    house.advance("10s")
    assert house.verdicts("other_tour") == ["claim_denied"]
    house.advance("20s")
    assert house.holder("main") == "other_tour"


def test_what_should_last_and_waits_gives_up_when_it_lasts_no_more():
    house = House(LASTING)
    house.starts()
    house.order("start", "tour")
    house.says("preface.entry", occupied=True)
    house.says("preface.entry", occupied=False)
    assert (house.verdicts("other_tour"), house.pending()) == (["condition_false"], 0)


def test_a_claim_goes_though_ends_fail():
    ends = "  ends: [{wait: {until: main.quiz.done, at_most: 2s, else: end}}]\n"
    house = House(MUSEUM.replace("other_tour:", f"{ends}other_tour:"))
    house.starts()
    house.order("start", "tour")
    house.order("stop", "tour")
    house.advance("1min")
    assert (house.running(), house.stage.claims) == (["ambient"], {})


def test_claims_go_with_a_holder_that_a_restart_ends():
    house = House(MUSEUM.replace("takes: both\n", "takes: both\n  after_crash: stop\n"))
    house.starts()
    house.order("start", "tour")
    house.crashes()
    assert house.stage.claims == {}


def test_a_holder_that_begins_anew_holds_as_before():
    house = House(MUSEUM.replace("takes: both\n", "takes: both\n  after_crash: restart\n"))
    house.starts()
    house.order("start", "tour")
    house.crashes()
    assert (house.holder("main"), len(house.stage.claims["main"])) == ("tour", 1)


def test_a_holder_goes_on_with_what_its_new_text_takes(house):
    house.order("start", "tour")
    house.reloads(MUSEUM.replace("takes: both", "takes: main"))
    assert (house.running(), house.stage.claims.keys()) == (["ambient", "tour"], {"main"})
    house.reloads(MUSEUM)
    assert (house.holder("preface"), house.holder("main")) == ("tour", "tour")


def test_a_holder_whose_scene_is_gone_holds_nothing(house):
    house.order("start", "tour")
    start, end = MUSEUM.index("tour:\n  band: tour"), MUSEUM.index("other_tour:")
    house.reloads(MUSEUM[:start] + MUSEUM[end:])
    assert house.stage.claims == {}


def test_a_holder_goes_on_without_what_somebody_else_holds(house):
    house.reloads(MUSEUM.replace("takes: both", "takes: main"))
    house.order("start", "tour")
    house.order("start", "cleaning")
    house.reloads(MUSEUM)
    assert (house.holder("preface"), house.stage.claims["preface"]) == ("cleaning", house.stage.claims["preface"][:1])
    assert "goes on without the preface hall: cleaning-" in str(house.notes("step", "tour")[-1].details["why"])
