"""Starts that want several things within a time, in any order or in one; and starts by silence."""

from tests.venue import HALL, House

PLATES = HALL.replace(
    "  preface.wall: {kind: player}\n",
    "  preface.wall: {kind: player}\n" + "".join(f"  preface.plate_{one}: {{kind: button}}\n" for one in (1, 2, 3)),
)
PRESSED = "[preface.plate_1.pressed, preface.plate_2.pressed, preface.plate_3.pressed]"


def house_with(start: str, more: str = "") -> House:
    house = House(
        PLATES + f"scene:\n  starts: {start}\n{more}  does: [{{ask: {{preface.wash: warm}}}}, {{wait: 1s}}]\n"
    )
    house.starts()
    return house


def is_pressed(house: House, *plates: int, pause: str = "1s", **more: object) -> None:
    for one in plates:
        house.happens(f"preface.plate_{one}.pressed", button=1, **more)
        house.advance(pause)


def test_all_of_several_start_it_in_whatever_order():
    house = house_with(f"{{all: {PRESSED}, within: 10s}}")
    is_pressed(house, 3, 1)
    assert house.stage.candidates == 0
    is_pressed(house, 2)
    assert house.verdicts("scene") == ["started"]


def test_the_window_slides():
    house = house_with(f"{{all: {PRESSED}, within: 10s}}")
    is_pressed(house, 1, pause="8s")
    is_pressed(house, 2, pause="4s")
    is_pressed(house, 3)
    assert house.verdicts("scene") == []
    is_pressed(house, 1)
    assert house.verdicts("scene") == ["started"]


def test_ten_seconds_between_the_first_and_the_last_are_within_ten_seconds():
    house = house_with(f"{{all: {PRESSED}, within: 10s}}")
    is_pressed(house, 1, 2, pause="5s")
    is_pressed(house, 3)
    assert house.verdicts("scene") == ["started"]


def test_each_counts_once():
    house = house_with(f"{{all: {PRESSED}, within: 1min}}")
    is_pressed(house, 1, 2, 3, pause="2s")
    is_pressed(house, 1, 2, pause="2s")
    assert house.verdicts("scene") == ["started"]
    is_pressed(house, 3)
    assert house.verdicts("scene") == ["started", "started"]


def test_states_count_when_they_become_true():
    house = house_with("{all: [preface.entry.occupied, preface.exit.occupied], within: 10s}")
    house.says("preface.entry", occupied=True)
    house.advance("1min")
    house.says("preface.entry", occupied=True)
    house.says("preface.exit", occupied=True)
    assert house.verdicts("scene") == []
    house.says("preface.entry", occupied=False)
    house.says("preface.entry", occupied=True)
    assert house.verdicts("scene") == ["started"]


def test_in_order_wants_them_one_behind_the_other():
    house = house_with(f"{{in_order: {PRESSED}, within: 10s}}")
    is_pressed(house, 2, 1, 3)
    assert house.verdicts("scene") == []
    is_pressed(house, 2, 3)
    assert house.verdicts("scene") == ["started"]


def test_in_order_begins_with_the_latest_first_one():
    house = house_with(f"{{in_order: {PRESSED}, within: 10s}}")
    is_pressed(house, 1, pause="9s")
    is_pressed(house, 1, 2, pause="3s")
    is_pressed(house, 3)
    assert house.verdicts("scene") == ["started"]


def test_in_order_takes_no_longer_than_is_written():
    house = house_with(f"{{in_order: {PRESSED}, within: 10s}}")
    is_pressed(house, 1, 2, 3, pause="6s")
    assert house.verdicts("scene") == []


def test_one_event_counts_once_in_a_sequence_that_wants_it_twice():
    house = house_with(
        "{in_order: [preface.plate_1.pressed, preface.plate_1.pressed, preface.plate_2.pressed], within: 10s}"
    )
    is_pressed(house, 1, 2)
    assert house.verdicts("scene") == []
    is_pressed(house, 1, 1, 2)
    assert house.verdicts("scene") == ["started"]


def test_what_the_broker_kept_does_not_count():
    house = house_with(f"{{all: {PRESSED}, within: 10s}}")
    is_pressed(house, 1, source="retained")
    is_pressed(house, 2, 3)
    assert house.stage.candidates == 0


def test_a_last_one_that_is_old_is_told_and_starts_nothing():
    house = house_with(f"{{all: {PRESSED}, within: 10s}}")
    house.advance("1min")
    is_pressed(house, 1, 2)
    is_pressed(house, 3, ts=0)
    assert house.verdicts("scene") == ["stale"]
    is_pressed(house, 3)
    assert house.verdicts("scene") == ["stale", "started"]


def test_several_pass_the_other_gates():
    house = house_with(f"{{all: {PRESSED}, within: 10s}}", "  cools: 1min\n")
    is_pressed(house, 1, 2, 3, 1, 2, 3)
    assert (house.verdicts("scene"), str(house.verdict("scene").place)) == (["started", "cooling"], "venue.yaml:20:3")


def test_what_came_before_a_crash_counts_after_it():
    house = house_with(f"{{all: {PRESSED}, within: 1min}}")
    is_pressed(house, 1, 2)
    house.crashes()
    is_pressed(house, 3)
    assert house.verdicts("scene") == ["started"]


def test_what_came_counts_no_more_when_the_scene_was_changed():
    house = house_with(f"{{all: {PRESSED}, within: 1min}}")
    is_pressed(house, 1, 2)
    house.reloads(PLATES + f"scene:\n  starts: {{all: {PRESSED}, within: 2min}}\n  does: [{{wait: 1s}}]\n")
    is_pressed(house, 3)
    assert house.stage.candidates == 0


QUIET = "{without: preface.plate_1.pressed, for: 5min}"


def test_silence_is_counted_from_the_start():
    house = house_with(QUIET)
    house.advance("4min")
    assert house.stage.candidates == 0
    house.advance("1min")
    assert house.verdicts("scene") == ["started"]


def test_silence_is_counted_anew_behind_each_hearing():
    house = house_with(QUIET)
    house.advance("4min")
    is_pressed(house, 1)
    house.advance("4min")
    assert house.stage.candidates == 0
    house.advance("1min")
    assert house.verdicts("scene") == ["started"]


def test_one_silence_starts_it_once():
    house = house_with(QUIET)
    house.advance("1h")
    assert house.verdicts("scene") == ["started"]
    is_pressed(house, 1)
    house.advance("1h")
    assert house.verdicts("scene") == ["started", "started"]


def test_what_is_true_is_no_silence():
    house = house_with("{without: preface.entry.occupied, for: 5min}")
    house.advance("4min")
    house.says("preface.entry", occupied=True)
    house.advance("1h")
    assert house.stage.candidates == 0
    house.says("preface.entry", occupied=False)
    house.advance("5min")
    assert house.verdicts("scene") == ["started"]


def test_a_value_that_changes_and_does_not_make_it_true_is_not_heard():
    house = house_with("{without: preface.entry.count >= 4, for: 5min}")
    house.advance("3min")
    house.says("preface.entry", count=2)
    house.advance("2min")
    assert house.verdicts("scene") == ["started"]


def test_what_the_broker_kept_of_an_event_is_not_heard():
    house = house_with(QUIET)
    house.advance("3min")
    is_pressed(house, 1, source="retained")
    house.advance("2min")
    assert house.verdicts("scene") == ["started"]


def test_silence_passes_the_other_gates():
    house = house_with(QUIET, "  if: preface.exit.empty\n")
    house.says("preface.exit", occupied=True)
    house.advance("1h")
    assert house.verdicts("scene") == ["condition_false"]


def test_a_silence_is_counted_on_after_a_crash_and_told_once():
    house = house_with(QUIET)
    house.advance("3min")
    house.crashes()
    house.advance("2min")
    assert house.verdicts("scene") == ["started"]
    house.crashes()
    house.advance("1h")
    assert house.verdicts("scene") == ["started"]


def test_a_silence_is_counted_anew_when_the_scene_was_changed():
    house = house_with(QUIET)
    house.advance("4min")
    house.reloads(PLATES + f"scene:\n  starts: {QUIET}\n  cools: 1s\n  does: [{{wait: 1s}}]\n")
    house.advance("4min")
    assert house.stage.candidates == 0
    house.advance("1min")
    assert house.verdicts("scene") == ["started"]


def test_a_scene_that_is_gone_counts_no_silence():
    house = house_with(QUIET)
    house.reloads(PLATES)
    house.advance("1h")
    assert house.stage.candidates == 0
