"""The gate table: one test for each verdict, with the place of the rule and the values that decided."""

from tests.venue import HALL, House

WELCOME = (
    HALL
    + """\
welcome:
  band: exhibit
  starts:
    - {when: preface.entry.occupied, for: 800ms, gap: 300ms}
    - {by: staff}
  if: preface.exit.empty
  busy: ignore
  cools: 20s
  does:
    - ask: {preface.wash: warm}
    - wait: 10s
"""
)


def welcome(text: str = WELCOME) -> House:
    house = House(text)
    house.starts()
    house.says("preface.exit", occupied=False)
    return house


def is_entered(house: House) -> None:
    house.says("preface.entry", occupied=False)
    house.says("preface.entry", occupied=True)
    house.advance("800ms")


def end_of(house: House) -> tuple[str, str]:
    note = house.verdict("welcome")
    return str(note.verdict), str(note.place)


def test_retained_names_the_start():
    house = welcome()
    house.says("preface.entry", occupied=True, source="retained")
    assert end_of(house) == ("retained", "venue.yaml:18:14")


def test_stale_by_the_senders_time_stamp_tells_its_age():
    house = welcome()
    house.advance("1min")
    house.says("preface.entry", occupied=True, ts=house.now - 7_000_000)
    assert (end_of(house), house.verdict("welcome").details["why"]) == (("stale", "venue.yaml:18:14"), "7.0 s old")


def test_five_seconds_old_is_fresh():
    house = welcome()
    house.advance("1min")
    house.says("preface.entry", occupied=True, ts=house.now - 5_000_000)
    assert house.pending() == 1


def test_backlog_without_a_time_stamp_is_as_old_as_the_absence():
    house = welcome()
    house.advance("1min")
    house.link_goes()
    house.advance("8s")
    house.link_comes()
    house.says("preface.entry", occupied=True, source="backlog")
    assert (house.verdicts("welcome"), house.verdict("welcome").details["why"]) == (["stale"], "8.0 s old")


def test_backlog_with_a_young_time_stamp_is_fresh():
    house = welcome()
    house.advance("1min")
    house.link_goes()
    house.advance("1min")
    house.link_comes()
    house.says("preface.entry", occupied=True, source="backlog", ts=house.now - 1_000_000)
    assert house.pending() == 1


def test_a_stale_report_sets_the_state():
    house = welcome()
    house.advance("1min")
    house.says("preface.entry", occupied=True, ts=0)
    assert house.stage.values["preface.entry.occupied"] is True


def test_wall_time_decides_the_age_after_the_clock_was_set():
    house = welcome()
    house.clock_steps(house.stage.offset + 60_000_000)
    house.says("preface.entry", occupied=True, ts=house.now)
    assert house.verdict("welcome").details["why"] == "60.0 s old"


def test_an_expired_order_is_answered_expired():
    house = welcome()
    house.advance("10s")
    house.order("start", "welcome", expires=house.now - 2_000_000)
    assert (house.answers[-1].answer, house.answers[-1].verdict) == ("expired", "expired")


def test_what_was_true_before_is_no_edge():
    house = welcome()
    is_entered(house)
    house.says("preface.entry", occupied=True)
    assert end_of(house) == ("no_edge", "venue.yaml:18:14")


def test_dwell_broken_names_for_and_how_long_it_lasted():
    house = welcome()
    house.says("preface.entry", occupied=True)
    house.advance("500ms")
    house.says("preface.entry", occupied=False)
    house.advance("300ms")
    details = house.verdict("welcome").details
    assert (end_of(house), details["lasted_us"], details["for_us"], details["gap_us"]) == (
        ("dwell_broken", "venue.yaml:18:38"),
        500_000,
        800_000,
        300_000,
    )


def test_a_disarmed_scene_does_not_start():
    house = welcome()
    house.order("disarm", "welcome")
    is_entered(house)
    assert end_of(house) == ("disarmed", "venue.yaml:15:1")


def test_cooling_names_cools_and_what_is_left():
    house = welcome()
    is_entered(house)
    house.advance("15s")
    is_entered(house)
    details = house.verdict("welcome").details
    assert (end_of(house), details["left_us"], details["of_us"]) == (
        ("cooling", "venue.yaml:22:3"),
        14_200_000,
        20_000_000,
    )


def test_cooling_from_the_start_counts_from_the_start():
    house = welcome(WELCOME.replace("cools: 20s", "cools: {for: 20s, from: start}"))
    is_entered(house)
    house.advance("15s")
    is_entered(house)
    assert house.verdict("welcome").details["left_us"] == 4_200_000


def test_condition_false_tells_the_value():
    house = welcome()
    house.says("preface.exit", occupied=True)
    is_entered(house)
    assert (end_of(house), house.verdict("welcome").details["values"]) == (
        ("condition_false", "venue.yaml:20:3"),
        "preface.exit.occupied is true",
    )


def test_condition_unknown_tells_what_nobody_reported():
    house = House(WELCOME)
    house.starts()
    is_entered(house)
    assert (end_of(house), house.verdict("welcome").details["values"]) == (
        ("condition_unknown", "venue.yaml:20:3"),
        "preface.exit.occupied is unknown",
    )


def test_the_condition_is_looked_at_in_the_moment_of_start():
    house = welcome()
    house.says("preface.exit", occupied=True)
    house.says("preface.entry", occupied=True)
    house.advance("500ms")
    house.says("preface.exit", occupied=False)
    house.advance("300ms")
    assert house.verdicts("welcome") == ["started"]


def test_busy_names_the_run():
    house = welcome()
    is_entered(house)
    is_entered(house)
    run = house.notes("started", "welcome")[0].run
    assert (end_of(house), house.verdict("welcome").details["run"]) == (("busy", "venue.yaml:21:3"), run)


def test_extended_names_busy():
    house = welcome(WELCOME.replace("busy: ignore", "busy: extend\n  at_most: 20s"))
    is_entered(house)
    is_entered(house)
    assert end_of(house) == ("extended", "venue.yaml:21:3")


def test_started_names_the_start():
    house = welcome()
    is_entered(house)
    assert end_of(house) == ("started", "venue.yaml:18:14")


def test_withdrawn_by_a_stop():
    house = welcome()
    house.says("preface.entry", occupied=True)
    house.order("stop", "welcome")
    assert (end_of(house)[0], house.verdict("welcome").details["why"]) == ("withdrawn", "stopped by order")


def test_a_default_names_the_scene():
    house = welcome(WELCOME.replace("  busy: ignore\n", ""))
    is_entered(house)
    is_entered(house)
    assert end_of(house) == ("busy", "venue.yaml:15:1")


def test_an_order_passes_the_cooldown():
    house = welcome()
    is_entered(house)
    house.advance("15s")
    house.order("start", "welcome")
    assert house.verdicts("welcome") == ["started", "started"]


def test_an_order_needs_no_dwell():
    house = welcome()
    house.order("start", "welcome")
    assert (house.verdicts("welcome"), house.answers[-1].answer) == (["started"], "accepted")


def test_an_order_does_not_pass_disarmed():
    house = welcome()
    house.order("disarm", "welcome")
    house.order("start", "welcome")
    assert (house.answers[-1].answer, house.answers[-1].verdict) == ("refused", "disarmed")


def test_an_order_does_not_pass_the_condition():
    house = welcome()
    house.says("preface.exit", occupied=True)
    house.order("start", "welcome")
    assert (house.answers[-1].answer, house.answers[-1].verdict) == ("refused", "condition_false")


def test_an_order_does_not_pass_busy():
    house = welcome()
    house.order("start", "welcome")
    house.order("start", "welcome")
    assert (house.answers[-1].answer, house.answers[-1].verdict) == ("refused", "busy")


def test_fresh_comes_before_edge():
    house = welcome()
    is_entered(house)
    house.says("preface.entry", occupied=True, source="retained")
    assert house.verdicts("welcome") == ["started", "retained"]


def test_armed_comes_before_cooldown_and_busy():
    house = welcome()
    is_entered(house)
    house.order("disarm", "welcome")
    is_entered(house)
    assert house.verdicts("welcome") == ["started", "disarmed"]


def test_cooldown_comes_before_the_condition():
    house = welcome()
    is_entered(house)
    house.advance("15s")
    house.says("preface.exit", occupied=True)
    is_entered(house)
    assert house.verdicts("welcome") == ["started", "cooling"]


def test_the_condition_comes_before_busy():
    house = welcome()
    is_entered(house)
    house.says("preface.exit", occupied=True)
    is_entered(house)
    assert house.verdicts("welcome") == ["started", "condition_false"]


def test_a_verdict_tells_what_brought_the_candidate():
    house = welcome()
    house.order("start", "welcome")
    assert house.verdict("welcome").details["by"] == "order"
