"""A run: its steps, its limit, its end, its layers."""

from tests.venue import HALL, House


def house_with(does: str, more: str = "") -> House:
    house = House(f"{HALL}\nscene:\n  starts: {{by: staff}}\n  does:\n{does}{more}")
    house.starts()
    house.order("start", "scene")
    return house


SHOW = """\
    - ask: {preface.wash: warm over 1s}
    - wait: 2s
    - ask: {preface.wash: cold}
    - wait: 2s
"""


def test_steps_are_played_in_order():
    house = house_with(SHOW)
    house.advance("10s")
    assert [one.value.get("look") for one in house.sets("preface.wash")] == [None, "warm", "cold", None]


def test_what_is_asked_holds_until_the_run_asks_again():
    house = house_with(SHOW)
    house.advance("1999ms")
    assert house.shown("preface.wash")["look"] == "warm"


def test_at_its_end_the_house_look_shows():
    house = house_with(SHOW)
    house.advance("4s")
    assert (house.running(), house.shown("preface.wash")) == ([], {"level": 0.0})


def test_absent_ends_release_at_once():
    house = house_with(SHOW)
    house.advance("4s")
    assert house.sets("preface.wash")[-1].fade == 0


def test_ends_with_a_time_release_over_it():
    house = house_with(SHOW, "  ends: 3s\n")
    house.advance("4s")
    assert house.sets("preface.wash")[-1].fade == 3_000_000


def test_ends_are_played_when_the_scene_is_stopped():
    house = house_with(SHOW, "  ends: [{say: {staff: bye}}, {release: 1s}]\n")
    house.order("stop", "scene")
    assert house.said() == ["bye"]


def test_ends_are_played_once():
    house = house_with(SHOW, "  ends: [{say: {staff: bye}}, {wait: 5s}]\n")
    house.order("stop", "scene")
    house.advance("1s")
    house.order("stop", "scene")
    house.advance("10s")
    assert (house.said(), house.running()) == (["bye"], [])


def test_ends_without_a_release_let_the_layers_go_all_the_same():
    house = house_with(SHOW, "  ends: [{wait: 1s}]\n")
    house.advance("5s")
    assert house.shown("preface.wash") == {"level": 0.0}


def test_the_limit_ends_the_run_through_its_ends():
    house = house_with(SHOW, "  ends: [{say: {staff: bye}}]\n  at_most: 3s\n")
    house.advance("3s")
    assert (house.said(), house.why_ended("scene")) == (["bye"], "it ran as long as it may")


def test_a_wait_of_no_time_is_no_wait():
    house = house_with("    - wait: 0s\n    - say: {staff: on}\n    - wait: 1s\n")
    house.advance(0)
    assert house.said() == ["on"]


def test_the_end_tells_how_long_it_lasted():
    house = house_with(SHOW)
    house.advance("10s")
    assert house.notes("ended", "scene")[-1].details["lasted_us"] == 4_000_000


def test_everybody_is_told_that_it_runs_and_up_to_when():
    house = house_with(SHOW, "  at_most: 20s\n")
    state = house.state("scene")
    assert (state.state, state.band, state.until) == ("running", "exhibit", 20_000_000)


def test_everybody_is_told_that_it_cools():
    house = house_with(SHOW, "  cools: 20s\n")
    house.advance("4s")
    assert (house.state("scene").state, house.state("scene").until) == ("cooling", 24_000_000)


def test_everybody_is_told_when_it_has_cooled():
    house = house_with(SHOW, "  cools: 20s\n")
    house.advance("24s")
    assert house.state("scene").state == "idle"


def test_a_command_that_fails_ends_the_run():
    house = house_with(
        "    - tell: {preface.wall.caption: {text: hi}}\n    - wait: 1min\n", "  ends: [{say: {staff: x}}]\n"
    )
    house.declines("preface.wall")
    house.declines("preface.wall")
    assert (house.running(), house.said()) == ([], ["x"])


def test_a_command_that_fails_stops_no_other_scene():
    other = "\nother:\n  starts: {by: staff}\n  does: [{wait: 1h}]\n"
    house = house_with("    - tell: {preface.wall.caption: {text: hi}}\n    - wait: 1min\n", other)
    house.order("start", "other")
    house.advance("1min")
    assert house.running() == ["other"]


def test_a_failure_in_ends_leaves_no_layer():
    house = house_with(SHOW, "  ends: [{tell: {preface.wall.caption: {text: hi}}}, {wait: 1min}]\n")
    house.order("stop", "scene")
    house.advance("2min")
    assert (house.running(), house.shown("preface.wash")) == ([], {"level": 0.0})
