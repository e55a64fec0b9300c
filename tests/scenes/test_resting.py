"""Out of order: the order ``rest`` ends what runs, shows that, and keeps the scene from starting until it is armed."""

from tests.venue import HALL, House

RESTED = (
    HALL.replace("clips:", "pages: [resting]\nclips:").replace(
        "  preface.wall: {kind: player}\n", "  preface.wall: {kind: player}\n  preface.sign: {kind: screen}\n"
    )
    + """\
show:
  starts: [{when: preface.entry.occupied}, {by: staff}]
  does:
    - ask: {preface.wash: warm}
    - wait: 1min
  resting: {preface.sign: {page: resting}, preface.wash: {look: dim, fade: 2s}}
  ends: 1s
"""
)


def rested() -> House:
    house = House(RESTED)
    house.starts()
    house.order("start", "show")
    house.order("rest", "show")
    return house


def test_what_is_out_of_order_ends_and_says_so():
    house = rested()
    assert (house.running(), house.why_ended("show")) == ([], "it is out of order")
    assert (house.shown("preface.sign")["page"], house.shown("preface.wash")["look"]) == ("resting", "dim")
    assert (house.answers[-1].answer, house.answers[-1].why) == ("done", "show is out of order until it is armed")


def test_what_is_out_of_order_does_not_start():
    house = rested()
    house.says("preface.entry", occupied=True)
    assert house.verdicts("show") == ["started", "disarmed"]
    assert (house.state("show").state, house.state("show").why) == ("disarmed", "it is out of order")


def test_arming_it_ends_that_as_softly_as_it_came():
    house = rested()
    house.order("arm", "show")
    assert house.sets("preface.wash")[-1].fade == 2_000_000
    assert house.shown("preface.wash") == {"level": 0.0}
    house.order("start", "show")
    assert house.running() == ["show"]


def test_disarming_alone_shows_nothing():
    house = House(RESTED)
    house.starts()
    house.order("disarm", "show")
    assert "page" not in house.shown("preface.sign")


def test_it_is_out_of_order_after_a_crash_too():
    house = rested()
    house.crashes()
    assert house.shown("preface.sign")["page"] == "resting"
    house.order("start", "show")
    assert house.verdicts("show")[-1] == "disarmed"


def test_what_is_shown_follows_a_changed_scene():
    house = rested()
    house.reloads(RESTED.replace("look: dim, fade", "look: cold, fade"))
    assert (house.shown("preface.wash")["look"], house.shown("preface.sign")["page"]) == ("cold", "resting")


def test_what_is_shown_goes_with_its_scene():
    house = rested()
    house.reloads(RESTED.replace("show:", "other:"))
    assert house.shown("preface.wash") == {"level": 0.0}


def test_out_of_order_twice_is_once():
    house = rested()
    house.order("rest", "show")
    assert house.answers[-1].why == "show is out of order already"


def test_who_waits_is_sent_away():
    house = House(RESTED.replace("  does:", "  busy: {queue: 2, wait: 3min}\n  does:"))
    house.starts()
    house.order("start", "show")
    house.order("start", "show")
    house.order("rest", "show")
    assert (house.verdicts("show"), house.verdict("show").details["why"]) == (
        ["started", "withdrawn"],
        "it is out of order",
    )
