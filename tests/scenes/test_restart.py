"""After a crash: stop, restart, resume; deadlines absolute; nothing fires inside the outage."""

import pytest

from scenes.effects import Set
from tests.venue import HALL, House, of

SCENE = (
    HALL
    + """
scene:
  starts: {by: staff}
  after_crash: WAY
  does:
    - ask: {preface.wash: warm}
    - wait: 10s
    - ask: {preface.wash: cold}
    - wait: 10s
  ends: [{say: {staff: bye}}, {release: 2s}]
  cools: 20s
"""
)


def crashed(way: str, *, after: str = "4s", away: str = "3s") -> House:
    house = House(SCENE.replace("WAY", way))
    house.starts()
    house.order("start", "scene")
    house.advance(after)
    house.crashes(away)
    return house


def look(house: House) -> object:
    return house.shown("preface.wash").get("look")


def test_stop_ends_the_run_through_its_ends():
    house = crashed("stop")
    assert (house.running(), house.said(), look(house)) == ([], ["bye"], None)


def test_restart_begins_the_run_anew():
    house = crashed("restart")
    house.advance("9s")
    assert (house.running(), look(house)) == (["scene"], "warm")
    house.advance("1s")
    assert look(house) == "cold"


def test_restart_is_another_run():
    house = crashed("restart")
    assert len({note.run for note in house.notes("started", "scene")}) == 2


def test_resume_goes_on_where_it_was():
    house = crashed("resume")
    house.advance("2999ms")
    assert look(house) == "warm"
    house.advance("1ms")
    assert look(house) == "cold"


def test_resume_keeps_the_run():
    house = crashed("resume")
    assert len(house.notes("started", "scene")) == 1


def test_what_was_due_in_the_outage_is_due_after_it():
    house = crashed("resume", away="8s")
    house.advance(0)
    assert (look(house), house.notes("wanted")[-1].at) == ("cold", 12_000_000)


def test_timers_never_fire_inside_the_outage():
    house = crashed("resume", away="1h")
    house.advance("1h")
    died, back = 4_000_000, 3_604_000_000
    assert [one for one in house.effects if died < one.at < back] == []


def test_what_was_due_before_it_died_is_done_at_its_time():
    house = House(SCENE.replace("WAY", "resume"))
    house.starts()
    house.order("start", "scene")
    house.now += 12_000_000
    house.crashes("1s")
    assert [note.at for note in house.notes("wanted") if note.details.get("look") == "cold"] == [10_000_000]


def test_what_is_wanted_is_sent_again_when_the_link_is_up():
    house = crashed("resume")
    house.link_goes()
    assert [one.value["look"] for one in of(Set, house.link_comes()) if one.device == "preface.wash"] == ["warm"]


def test_before_the_link_is_up_nothing_is_sent():
    house = House(SCENE.replace("WAY", "restart"))
    house.starts()
    house.order("start", "scene")
    assert of(Set, house.crashes("1s", link=False)) == []


def test_a_cooldown_goes_on_through_the_outage():
    house = House(SCENE.replace("WAY", "stop").replace("{by: staff}", "{when: preface.entry.occupied}"))
    house.starts()
    house.says("preface.entry", occupied=True)
    house.order("stop", "scene")
    house.crashes("5s")
    house.says("preface.entry", occupied=False)
    house.says("preface.entry", occupied=True)
    assert house.verdict("scene").details["left_us"] == 15_000_000


def test_a_disarmed_scene_stays_disarmed():
    house = crashed("stop")
    house.order("disarm", "scene")
    house.crashes("1s")
    house.order("start", "scene")
    assert house.answers[-1].verdict == "disarmed"


@pytest.mark.parametrize(("band", "way"), [
    ("house", "restart"), ("ambient", "restart"), ("exhibit", "stop"), ("session", "stop"), ("staff", "stop"),
    ("tour", "resume"),
])  # fmt: skip
def test_the_band_decides_where_nothing_is_written(band, way):
    house = House(SCENE.replace("  after_crash: WAY\n", f"  band: {band}\n"))
    assert house.venue.scenes["scene"].after_crash == way


def test_a_limit_is_absolute():
    house = House(SCENE.replace("after_crash: WAY", "after_crash: resume\n  at_most: 12s"))
    house.starts()
    house.order("start", "scene")
    house.advance("4s")
    house.crashes("3s")
    house.advance("5s")
    assert house.why_ended("scene") == "it ran as long as it may"


def test_what_was_due_in_the_outage_comes_in_the_order_in_which_it_was_due():
    text = SCENE.replace("after_crash: WAY", "after_crash: resume\n  at_most: 15s").replace(
        "cold}", "cold}\n    - say: {staff: on}"
    )
    house = House(text)
    house.starts()
    house.order("start", "scene")
    house.advance("4s")
    house.crashes("1min")
    house.advance(0)
    assert house.said() == ["on", "bye"]


def test_while_starts_at_boot_only_once():
    house = House(f"{HALL}\nscene:\n  starts: {{while: venue.open}}\n  after_crash: resume\n  does: [{{wait: 1s}}]\n")
    house.starts()
    house.crashes("1s")
    assert (house.running(), house.verdicts("scene")) == (["scene"], ["started"])


LASTING = (
    HALL
    + """
scene:
  starts: {while: preface.entry.occupied}
  after_crash: restart
  does: [{ask: {preface.wash: warm}}]
  ends: [{wait: 10s}, {release: 0s}]
"""
)


def test_what_was_ending_because_its_reason_was_gone_does_not_begin_anew():
    house = House(LASTING)
    house.starts()
    house.says("preface.entry", occupied=True)
    house.says("preface.entry", occupied=False)
    house.advance("1s")
    house.crashes("1s")
    house.advance("1min")
    assert (house.running(), house.shown("preface.wash")) == ([], {"level": 0.0})


def test_a_dwell_goes_on_after_the_restart():
    house = House(SCENE.replace("WAY", "stop").replace("{by: staff}", "{when: preface.entry.occupied, for: 800ms}"))
    house.starts()
    house.says("preface.entry", occupied=True)
    house.advance("500ms")
    house.crashes("100ms")
    house.advance("200ms")
    assert house.verdicts("scene") == ["started"]


def test_each_start_of_the_controller_is_counted():
    house = crashed("stop")
    house.crashes("1s")
    assert house.stage.epoch == 3


def test_a_run_waiting_before_a_restart_hears_news_after_it():
    wait = "{until: preface.exit.occupied, at_most: 1h, else: end}"
    house = House(SCENE.replace("WAY", "resume").replace("wait: 10s", f"wait: {wait}", 1))
    house.starts()
    house.order("start", "scene")
    house.crashes("1s")
    house.says("preface.exit", occupied=True)
    assert look(house) == "cold"


def test_an_order_that_waited_through_an_outage_of_unknown_length_has_expired():
    house = House(SCENE.replace("after_crash: WAY", "after_crash: stop"))
    house.starts()
    house.crashes("1us", outage_known=False)
    house.order("start", "scene", source="backlog")
    assert house.answers[-1].answer == "expired"
