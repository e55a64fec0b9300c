"""The engine: the one place that changes the stage; however late the caller wakes, the effects are the same."""

from scenes.engine import Engine
from scenes.stage import from_bytes, to_bytes
from tests.venue import HALL, House

WELCOME = (
    HALL
    + """
welcome:
  starts: {when: preface.entry.occupied, for: 800ms, gap: 300ms}
  does:
    - ask: {preface.wash: warm over 1s}
    - wait: 2s
    - ask: {preface.wash: cold}
    - wait: 2s
"""
)


def visited() -> House:
    house = House(WELCOME)
    house.starts()
    house.says("preface.entry", occupied=True)
    return house


def test_due_tells_the_next_instant():
    assert visited().engine.due() == 800_000


def test_nothing_is_due_where_nothing_waits():
    house = House(WELCOME)
    house.starts()
    house.confirms("preface.wall")
    assert house.engine.due() is None


def test_a_late_caller_gets_the_same_effects():
    late, early = visited(), visited()
    late.advance("10s")
    for _ in range(100):
        early.advance("100ms")
    assert late.effects == early.effects


def test_what_is_due_is_done_at_its_own_time():
    house = visited()
    house.advance("1h")
    assert [note.at for note in house.notes("wanted") if note.details.get("look")] == [800_000, 2_800_000]


def test_an_input_comes_after_what_was_due_before_it():
    house = visited()
    house.now += 1_000_000
    house.says("preface.entry", occupied=False)
    assert house.verdicts("welcome") == ["started"]


def test_advancing_to_where_it_is_changes_nothing():
    house = visited()
    house.advance("1s")
    before = to_bytes(house.stage)
    assert (house.advance(0), to_bytes(house.stage)) == ([], before)


def test_a_timer_set_aside_is_never_fired():
    house = visited()
    number = house.stage.scenes["welcome"].pending[1].timers["dwell"]
    engine = Engine(house.venue, from_bytes(to_bytes(house.stage)), frozenset({number}))
    engine.advance(10_000_000)
    assert engine.stage.runs == {}


def test_two_that_waited_for_the_same_go_on_in_the_order_of_their_waiting_after_a_snapshot_too():
    text = HALL + (
        "first:\n  starts: {by: staff}\n  does:\n    - wait: 2s\n"
        "    - wait: {until: preface.entry.occupied, at_most: 1h, else: end}\n"
        "    - ask: {preface.wash: warm}\n    - wait: 1min\n"
        "second:\n  starts: {by: staff}\n  does:\n"
        "    - wait: {until: preface.entry.occupied, at_most: 1h, else: end}\n"
        "    - ask: {preface.wash: cold}\n    - wait: 1min\n"
    )
    plain, taken_up = House(text), House(text)
    for house in (plain, taken_up):
        house.starts()
        house.order("start", "first")
        house.order("start", "second")
        house.advance("3s")
    taken_up.is_taken_up()
    for house in (plain, taken_up):
        house.says("preface.entry", occupied=True)
    assert taken_up.shown("preface.wash") == plain.shown("preface.wash")


def test_what_was_not_understood_is_counted_and_changes_nothing():
    house = visited()
    house.babbles("preface.entry")
    assert (house.stage.refused, house.stage.devices["preface.entry"].refused, house.pending()) == (1, 1, 1)


def test_scene_states_tell_of_every_scene_that_did_something():
    house = visited()
    house.advance("1s")
    assert [(one.scene, one.state) for one in house.engine.scene_states()] == [("welcome", "running")]
