"""Orders: each gets exactly one answer, absolute verbs only."""

import pytest

from tests.venue import HALL, House

SCENES = (
    HALL
    + """
hello:
  starts: {by: staff}
  does:
    - wait: 4s
ambient:
  band: ambient
  starts: {while: venue.open}
  does:
    - ask: {preface.wash: dim}
"""
)


@pytest.fixture
def house() -> House:
    house = House(SCENES)
    house.starts()
    return house


def answered(house: House) -> tuple[str, str]:
    return house.answers[-1].answer, house.answers[-1].why


def test_start_is_accepted_with_its_run(house):
    house.order("start", "hello")
    assert (house.answers[-1].answer, house.answers[-1].run) == ("accepted", house.notes("started", "hello")[0].run)


def test_stop_is_done(house):
    house.order("start", "hello")
    house.order("stop", "hello")
    assert answered(house) == ("done", "hello was stopped")


def test_stopping_what_does_not_run_is_done(house):
    house.order("stop", "hello")
    assert answered(house) == ("done", "hello was not running")


def test_what_starts_by_itself_is_not_started_by_order(house):
    house.order("start", "ambient")
    assert answered(house)[0] == "refused"
    assert "by itself" in answered(house)[1]


def test_disarm_and_arm_are_done(house):
    house.order("disarm", "hello")
    house.order("arm", "hello")
    assert [one.answer for one in house.answers] == ["done", "done"]


def test_disarming_lets_what_runs_go_on(house):
    house.order("start", "hello")
    house.order("disarm", "hello")
    assert "hello" in house.running()


def test_arming_starts_what_should_last(house):
    house.order("stop", "ambient")
    house.order("disarm", "ambient")
    house.order("arm", "ambient")
    assert house.running() == ["ambient"]


def test_arming_twice_is_arming_once(house):
    house.order("arm", "hello")
    house.order("arm", "hello")
    assert house.notes("armed") == []


def test_an_unknown_scene_is_refused_with_a_near_name(house):
    house.order("start", "helo")
    assert answered(house) == ("refused", "there is no scene 'helo'; did you mean 'hello'?")


def test_an_unknown_verb_is_refused_with_a_near_name(house):
    house.order("strat", "hello")
    assert answered(house) == ("refused", "there is no order 'strat'; did you mean 'start'?")


def test_no_scene_is_refused(house):
    house.order("start")
    assert answered(house)[0] == "refused"


def test_a_retained_order_is_refused(house):
    house.order("start", "hello", source="retained")
    assert (answered(house)[0], "hello" in house.running()) == ("refused", False)


def test_an_order_that_was_not_understood_is_refused_with_the_reason(house):
    house.order("start", "hello", fault="not JSON")
    assert answered(house) == ("refused", "not JSON")


def test_an_order_without_an_id_gets_one_and_is_answered_as_the_last(house):
    house.order("start", "hello")
    assert (house.answers[-1].id, house.answers[-1].last) == ("order-3", True)


def test_the_same_id_twice_is_one_order_with_two_equal_answers(house):
    house.order("start", "hello", id="a7")
    house.order("start", "hello", id="a7")
    assert (house.verdicts("hello"), house.answers[0].run) == (["started"], house.answers[1].run)


def test_the_answer_goes_where_it_was_asked_to(house):
    house.order("start", "hello", id="a7", reply_to="here", correlation="ff")
    assert (house.answers[-1].reply_to, house.answers[-1].correlation, house.answers[-1].last) == ("here", "ff", False)


def test_an_order_that_waited_while_the_controller_was_away_is_not_done(house):
    house.link_goes()
    house.advance("1h")
    house.link_comes()
    house.order("start", "hello", source="backlog")
    assert (answered(house)[0], "hello" in house.running()) == ("expired", False)


@pytest.mark.parametrize("verb", ["start", "stop", "arm", "disarm", "go", "rest", "evacuate", "", "§", "start/x"])
@pytest.mark.parametrize("target", ["hello", "ambient", "", "nobody", "§"])
def test_every_order_gets_exactly_one_answer(house, verb, target):
    house.order(verb, target)
    assert len(house.answers) == 1


def test_every_order_is_noted_with_who_gave_it(house):
    house.order("start", "hello", by="Mei")
    assert house.notes("order")[-1].details["by"] == "Mei"


def test_an_order_with_a_fault_is_answered_under_its_id_which_stays_free_for_the_mended_one(house):
    house.order("start", "hello", id="o4", fault="/way: a text")
    house.order("start", "hello", id="o4")
    assert [(one.id, one.answer) for one in house.answers] == [("o4", "refused"), ("o4", "accepted")]
