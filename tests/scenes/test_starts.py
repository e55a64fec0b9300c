"""Ways to start: something becomes true or happens, something lasts, somebody orders."""

from tests.venue import HALL, House


def house_with(starts: str, more: str = "") -> House:
    house = House(
        f"{HALL}\nscene:\n  starts: {starts}\n{more}  does:\n    - ask: {{preface.wash: warm}}\n    - wait: 1s\n"
    )
    house.starts()
    return house


def test_a_state_starts_when_it_becomes_true():
    house = house_with("{when: preface.entry.occupied}")
    house.says("preface.entry", occupied=False)
    house.says("preface.entry", occupied=True)
    assert house.verdicts("scene") == ["started"]


def test_the_opposite_of_a_state_starts_when_the_state_becomes_false():
    house = house_with("{when: preface.entry.empty}")
    house.says("preface.entry", occupied=True)
    house.says("preface.entry", occupied=False)
    assert house.verdicts("scene") == ["started"]


def test_a_false_report_makes_no_candidate():
    house = house_with("{when: preface.entry.occupied}")
    house.says("preface.entry", occupied=False)
    assert house.stage.candidates == 0


def test_what_says_the_same_again_while_it_must_last_is_no_new_candidate():
    house = house_with("{when: preface.entry.occupied, for: 800ms}")
    house.happens("preface.entry.presence", occupied=True)
    house.says("preface.entry", occupied=True)
    assert (house.stage.candidates, house.verdicts("scene")) == (1, [])
    house.advance("799ms")
    house.says("preface.entry", occupied=True)
    house.advance("1ms")
    assert house.verdicts("scene") == ["started"]
    house.says("preface.entry", occupied=True)
    assert house.verdicts("scene") == ["started", "no_edge"]


def test_a_comparison_starts_when_it_becomes_true():
    house = house_with("{when: preface.entry.count >= 3}")
    house.says("preface.entry", count=2)
    house.says("preface.entry", count=3)
    house.says("preface.entry", count=4)
    assert house.verdicts("scene") == ["started", "no_edge"]


def test_a_list_means_any():
    house = house_with("{when: [preface.entry.occupied, preface.exit.occupied]}")
    house.says("preface.exit", occupied=True)
    assert house.verdicts("scene") == ["started"]


def test_of_two_that_must_both_hold_the_last_to_come_starts():
    house = house_with("{when: preface.entry.occupied and preface.exit.occupied}")
    house.says("preface.entry", occupied=True)
    house.says("preface.exit", occupied=True)
    assert house.verdicts("scene") == ["started"]


def test_an_event_starts_each_time_it_happens():
    house = house_with("{when: preface.wall.ended}")
    house.happens("preface.wall.ended")
    house.advance("1s")
    house.happens("preface.wall.ended")
    assert house.verdicts("scene") == ["started", "started"]


def test_a_retained_event_starts_nothing():
    house = house_with("{when: preface.wall.ended}")
    house.happens("preface.wall.ended", source="retained")
    assert house.verdicts("scene") == ["retained"]


def test_an_event_heard_twice_under_one_id_happened_once():
    house = house_with("{when: preface.wall.ended}")
    house.happens("preface.wall.ended", id_="e1")
    house.happens("preface.wall.ended", id_="e1")
    assert (house.verdicts("scene"), house.stage.devices["preface.wall"].duplicates) == (["started"], 1)


def test_an_event_carries_states():
    house = house_with("{when: preface.entry.occupied}")
    house.happens("preface.entry.presence", occupied=True)
    assert house.verdicts("scene") == ["started"]


def test_while_starts_at_boot():
    assert house_with("{while: venue.open}").running() == ["scene"]


def test_while_runs_beyond_its_last_step():
    house = house_with("{while: venue.open}")
    house.advance("2h")
    assert (house.running(), house.shown("preface.wash")["look"]) == (["scene"], "warm")


def test_while_ends_when_its_condition_ends():
    house = house_with("{while: preface.entry.occupied}")
    house.says("preface.entry", occupied=True)
    house.says("preface.entry", occupied=False)
    assert (house.running(), house.shown("preface.wash")) == ([], {"level": 0.0})


def test_while_starts_from_what_the_broker_kept():
    house = house_with("{while: preface.entry.occupied}")
    house.says("preface.entry", occupied=True, source="retained")
    assert house.running() == ["scene"]


def test_what_is_unknown_does_not_last():
    assert house_with("{while: not preface.entry.occupied}").stage.candidates == 0


def test_while_comes_back_when_its_condition_came_back_during_its_ends():
    house = house_with("{while: preface.entry.occupied}", "  ends: [{wait: 2s}, {release: 0s}]\n")
    house.says("preface.entry", occupied=True)
    house.says("preface.entry", occupied=False)
    house.advance("1s")
    house.says("preface.entry", occupied=True)
    house.advance("10s")
    assert house.running() == ["scene"]


def test_of_two_reasons_to_last_the_second_keeps_the_scene_when_the_first_ends():
    house = house_with("[{while: preface.entry.occupied}, {while: preface.exit.occupied}]")
    house.says("preface.entry", occupied=True)
    house.says("preface.exit", occupied=True)
    house.says("preface.entry", occupied=False)
    assert house.running() == ["scene"]


def test_a_stop_stops_a_scene_with_two_reasons_to_last():
    house = house_with("[{while: preface.entry.occupied}, {while: preface.exit.occupied}]")
    house.says("preface.entry", occupied=True)
    house.says("preface.exit", occupied=True)
    house.order("stop", "scene")
    assert house.running() == []


def test_what_is_ordered_while_its_reason_lasts_is_stopped_by_one_stop():
    house = house_with("[{while: preface.entry.occupied}, {by: staff}]")
    house.order("start", "scene")
    house.says("preface.entry", occupied=True)
    house.order("stop", "scene")
    assert house.running() == []


def test_a_stopped_while_stays_stopped_until_its_condition_comes_anew():
    house = house_with("{while: preface.entry.occupied}")
    house.says("preface.entry", occupied=True)
    house.order("stop", "scene")
    house.says("preface.entry", occupied=True)
    house.advance("1min")
    assert house.running() == []


def test_a_dwell_that_is_over_during_a_forgiven_gap_starts_when_it_is_taken_up():
    house = house_with("{when: preface.entry.occupied, for: 800ms, gap: 300ms}")
    house.says("preface.entry", occupied=True)
    house.advance("700ms")
    house.says("preface.entry", occupied=False)
    house.advance("200ms")
    house.says("preface.entry", occupied=True)
    assert house.verdicts("scene") == ["started"]


def test_taking_up_a_dwell_again_is_no_new_candidate():
    house = house_with("{when: preface.entry.occupied, for: 800ms, gap: 300ms}")
    house.says("preface.entry", occupied=True)
    house.says("preface.entry", occupied=False)
    house.says("preface.entry", occupied=True)
    assert (house.stage.candidates, house.pending()) == (1, 1)


def test_without_gap_any_interruption_breaks_the_dwell():
    house = house_with("{when: preface.entry.occupied, for: 800ms}")
    house.says("preface.entry", occupied=True)
    house.says("preface.entry", occupied=False)
    assert house.verdicts("scene") == ["dwell_broken"]


def test_the_timer_is_first_where_a_report_comes_at_its_very_instant():
    house = house_with("{when: preface.entry.occupied, for: 800ms}")
    house.says("preface.entry", occupied=True)
    house.now += 800_000
    house.says("preface.entry", occupied=False)
    assert house.verdicts("scene") == ["started"]


def test_disarming_during_the_dwell_stops_the_start():
    house = house_with("{when: preface.entry.occupied, for: 800ms}")
    house.says("preface.entry", occupied=True)
    house.order("disarm", "scene")
    house.advance("1s")
    assert house.verdicts("scene") == ["disarmed"]


def test_a_pending_candidate_is_shown_and_no_verdict():
    house = house_with("{when: preface.entry.occupied, for: 800ms}")
    house.says("preface.entry", occupied=True)
    assert (len(house.notes("pending", "scene")), house.verdicts("scene")) == (1, [])
