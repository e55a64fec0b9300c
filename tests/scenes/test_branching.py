"""Steps within steps: choose, together, repeat; what a crash and a reload do in the middle of them."""

import pytest

from tests.venue import HALL, House

MORE = (
    HALL
    + """
catalogues:
  films:
    rows: [{id: opening, medium: film}, {id: map, medium: picture}]
"""
)


def scene_of(steps: str, *, more: str = "") -> str:
    does = "".join(f"    {line}\n" for line in steps.strip("\n").splitlines())
    return f"{MORE}\nscene:\n  starts: {{by: staff}}\n  does:\n{does}{more}"


def house_with(steps: str, *, more: str = "") -> House:
    house = House(scene_of(steps, more=more))
    house.starts()
    house.order("start", "scene")
    return house


# --- choose -------------------------------------------------------------------------------------------------------

CHOICE = """
- choose:
    preface.entry.count >= 4: {say: {staff: many}}
    preface.entry.occupied: [{say: {staff: few}}, {wait: 1s}]
    else: {say: {staff: nobody}}
- say: {staff: on}
"""


@pytest.mark.parametrize(
    ("count", "occupied", "said"),
    [(5, True, ["many", "on"]), (5, False, ["many", "on"]), (2, True, ["few"]), (0, False, ["nobody", "on"])],
)
def test_the_first_branch_that_holds_is_taken(count, occupied, said):
    house = House(scene_of(CHOICE))
    house.starts()
    house.says("preface.entry", count=count, occupied=occupied)
    house.order("start", "scene")
    assert house.said() == said


def test_behind_a_branch_the_run_goes_on_behind_the_choice():
    house = House(scene_of(CHOICE))
    house.starts()
    house.says("preface.entry", occupied=True, count=1)
    house.order("start", "scene")
    house.advance("1s")
    assert house.said() == ["few", "on"]


def test_what_is_unknown_is_not_chosen():
    assert house_with(CHOICE).said() == ["nobody", "on"]


def test_where_nothing_holds_and_there_is_no_else_the_run_goes_on():
    house = house_with("- choose: {preface.entry.occupied: {say: {staff: few}}}\n- say: {staff: on}")
    assert house.said() == ["on"]


def test_why_names_what_was_chosen_and_the_values_that_decided():
    house = House(scene_of(CHOICE))
    house.starts()
    house.says("preface.entry", occupied=True, count=2)
    house.order("start", "scene")
    (note,) = house.notes("step", "scene")
    said = "chooses preface.entry.occupied: preface.entry.count is 2, preface.entry.occupied is true"
    assert note.details["why"] == said


BY_FILM = """
starts: {by: staff}
  needs: {film: films}
  does:
    - choose: $film.medium
      film: {say: {staff: a film}}
      picture: [{say: {staff: a picture}}]
"""


@pytest.mark.parametrize(("film", "said"), [("opening", "a film"), ("map", "a picture")])
def test_a_branch_is_chosen_by_a_parameters_column(film, said):
    house = House(f"{MORE}\nscene:\n  {BY_FILM.strip()}\n")
    house.starts()
    house.order("start", "scene", params={"film": film})
    assert house.said() == [said]


def test_a_branch_is_chosen_by_a_number_as_it_is_written():
    scene = """
scene:
  starts: {by: staff}
  needs: {level: number}
  does:
    - choose: $level
      3: {say: {staff: three}}
      else: {say: {staff: another}}
"""
    house = House(MORE + scene)
    house.starts()
    for level in (3, 3.0, 4):
        house.order("start", "scene", params={"level": level})
    assert house.said() == ["three", "three", "another"]


def test_a_branch_is_chosen_by_a_variable_as_it_is_then():
    scene = """
variables:
  language: {word: zh, of: [zh, en]}
scene:
  starts: {by: staff}
  does:
    - repeat: 2
      steps:
        - choose: $language
          zh: {say: {staff: 您好}}
          en: {say: {staff: hello}}
        - set: {language: en}
"""
    house = House(MORE + scene)
    house.starts()
    house.order("start", "scene")
    assert house.said() == ["您好", "hello"]


TEMPLATE = """
show:
  for_each: film in films
  starts: {by: staff}
  does:
    - choose: $film.medium
      film: {say: {staff: a film}}
      else: [{say: {staff: something}}, {wait: 1s}, {say: {staff: else}}]
"""


def test_a_template_has_chosen_when_it_is_loaded():
    house = House(MORE + TEMPLATE)
    house.starts()
    house.order("start", "show.opening")
    house.order("start", "show.map")
    house.advance("1s")
    assert house.said() == ["a film", "something", "else"]


# --- repeat -------------------------------------------------------------------------------------------------------


def test_repeat_does_its_steps_so_many_times():
    house = house_with("- repeat: 3\n  steps: [{say: {staff: again}}, {wait: 1s}]\n- say: {staff: on}")
    house.advance("2999ms")
    assert house.said() == ["again", "again", "again"]
    house.advance("1ms")
    assert house.said() == ["again", "again", "again", "on"]


def test_a_repeat_within_a_repeat():
    steps = "- repeat: 2\n  steps: [{repeat: 3, steps: [{say: {staff: in}}]}, {say: {staff: out}}]"
    assert house_with(steps).said() == ["in", "in", "in", "out"] * 2


def test_what_is_told_again_is_another_command():
    house = house_with("- repeat: 2\n  steps: [{tell: preface.wash.flash}, {wait: 1s}]")
    house.advance("1s")
    first, second = house.told("preface.wash")
    assert first.id != second.id


# --- together -----------------------------------------------------------------------------------------------------

BOTH = """
- together:
    - [{wait: 1s}, {say: {staff: first}}]
    - [{wait: 2s}, {say: {staff: second}}, {wait: 1s}]
    - say: {staff: at once}
- say: {staff: on}
"""


def test_together_plays_all_at_once_and_is_over_when_all_are():
    house = house_with(BOTH)
    assert house.said() == ["at once"]
    house.advance("2s")
    assert house.said() == ["at once", "first", "second"]
    house.advance("999ms")
    assert house.said()[-1] == "second"
    house.advance("1ms")
    assert house.said()[-1] == "on"


def test_branches_without_waiting_are_played_in_their_order():
    steps = "- together: [{say: {staff: a}}, {say: {staff: b}}]\n- say: {staff: c}"
    assert house_with(steps).said() == ["a", "b", "c"]


def test_together_within_together():
    inner = "{together: [[{wait: 1s}, {say: {staff: a}}], [{wait: 3s}, {say: {staff: b}}]]}"
    house = house_with(f"- together: [{inner}, [{{wait: 2s}}, {{say: {{staff: c}}}}]]\n- say: {{staff: on}}")
    house.advance("3s")
    assert house.said() == ["a", "c", "b", "on"]


def test_each_branch_waits_for_its_own():
    house = house_with(
        """
- together:
    - [{wait: {until: preface.entry.occupied, at_most: 9s, else: end}}, {say: {staff: in}}]
    - [{wait: {until: preface.exit.occupied, at_most: 9s, else: end}}, {say: {staff: out}}]
"""
    )
    house.says("preface.exit", occupied=True)
    assert house.said() == ["out"]
    house.says("preface.entry", occupied=True)
    assert (house.said(), house.running()) == (["out", "in"], [])


def test_one_value_moves_every_branch_that_waits_for_it():
    until = "{wait: {until: preface.entry.occupied, at_most: 9s, else: end}}"
    house = house_with(f"- together: [[{until}, {{say: {{staff: a}}}}], [{until}, {{say: {{staff: b}}}}]]")
    house.says("preface.entry", occupied=True)
    assert house.said() == ["a", "b"]


def test_a_branch_that_ends_the_run_ends_the_others():
    house = house_with(
        """
- together:
    - [{wait: {until: preface.entry.occupied, at_most: 1s, else: end}}]
    - [{wait: 5s}, {say: {staff: never}}]
""",
        more="  ends: [{say: {staff: bye}}]\n",
    )
    house.advance("10s")
    assert (house.said(), house.running(), list(house.stage.timers)) == (["bye"], [], [])


def test_the_way_on_of_a_branch_is_its_own():
    house = house_with(
        """
- together:
    - [{wait: {until: preface.entry.occupied, at_most: 1s, else: {say: {staff: late}}}}, {say: {staff: a}}]
    - [{wait: 2s}, {say: {staff: b}}]
"""
    )
    house.advance("2s")
    assert house.said() == ["late", "a", "b"]


def test_an_order_to_stop_ends_all_branches():
    house = house_with(BOTH)
    house.order("stop", "scene")
    house.advance("10s")
    assert (house.said(), house.running(), list(house.stage.timers)) == (["at once"], [], [])


def test_an_extension_refreshes_a_stay_within_a_branch():
    stay = "{stay: {until: preface.entry.empty, at_most: 4s}}"
    more = "  busy: extend\n  at_most: 1min\n"
    house = house_with(f"- together: [[{stay}, {{say: {{staff: gone}}}}], {{wait: 1s}}]", more=more)
    house.advance("3s")
    house.order("start", "scene")
    house.advance("3s")
    assert house.said() == []
    house.advance("1s")
    assert house.said() == ["gone"]


def test_in_ends_a_branch_that_fails_is_passed_over():
    late = "{wait: {until: preface.entry.occupied, at_most: 1s, else: end}}"
    ends = f"  ends: [{{together: [[{late}, {{say: {{staff: a}}}}], {{say: {{staff: b}}}}]}}, {{say: {{staff: c}}}}]\n"
    house = house_with("- say: {staff: on}", more=ends)
    house.advance("1s")
    assert (house.said(), house.running()) == (["on", "b", "a", "c"], [])


# --- crash and reload in the middle ---------------------------------------------------------------------------------

DEEP = """
- repeat: 2
  steps:
    - together:
        - [{wait: 2s}, {say: {staff: a}}]
        - choose: {venue.open: [{wait: 3s}, {say: {staff: b}}], else: {say: {staff: closed}}}
- say: {staff: on}
"""


@pytest.mark.parametrize("after", range(7))
def test_resume_goes_on_in_the_middle_of_every_branch(after):
    house = house_with(DEEP, more="  after_crash: resume\n")
    house.advance(after * 1_000_000)
    house.crashes("10ms")
    house.advance("7s")
    assert house.said() == ["a", "b", "a", "b", "on"]
    assert len(house.notes("started", "scene")) == 1


@pytest.mark.parametrize("after", range(7))
def test_the_bytes_of_the_stage_hold_where_every_branch_stands(after):
    house = house_with(DEEP)
    house.advance(after * 1_000_000)
    house.is_taken_up()
    house.advance("7s")
    assert house.said() == ["a", "b", "a", "b", "on"]


def test_a_wait_within_a_branch_is_heard_after_a_crash():
    until = "{wait: {until: preface.entry.occupied, at_most: 1min, else: end}}"
    steps = f"- together: [[{until}, {{say: {{staff: a}}}}], [{{wait: 1min}}]]"
    house = house_with(steps, more="  after_crash: resume\n")
    house.crashes("1s")
    house.says("preface.entry", occupied=True)
    assert house.said() == ["a"]


def test_a_reload_that_leaves_the_steps_alone_lets_all_branches_go_on():
    house = house_with(DEEP)
    house.advance("1s")
    house.reloads(scene_of(DEEP, more="  title: Another\n  cools: 1s\n"))
    house.advance("7s")
    assert house.said() == ["a", "b", "a", "b", "on"]


def test_a_reload_that_changes_a_branch_ends_the_run():
    house = house_with(DEEP)
    house.advance("1s")
    house.reloads(scene_of(DEEP.replace("wait: 3s", "wait: 4s")))
    house.advance("9s")
    assert (house.said(), house.why_ended("scene")) == ([], "its scene was changed")


def test_the_scenes_state_says_the_step_of_the_phase():
    house = house_with(BOTH)
    house.advance("1s")
    assert house.state("scene").step == "does.1"


def test_the_longest_of_all_ways_bounds_the_run():
    house = house_with(
        """
- repeat: 2
  steps:
    - together: [{wait: 2s}, {wait: 5s}]
    - choose: {venue.open: {wait: 1s}, else: [{wait: 3s}, {wait: 4s}]}
"""
    )
    assert house.venue.scenes["scene"].at_most == (2 * (5 + 7) + 1) * 1_000_000
