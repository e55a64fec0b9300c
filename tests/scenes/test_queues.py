"""Who finds a scene running waits for its turn, or is told when to come back."""

from scenes.effects import Answer
from tests.venue import HALL, House, of

PHOTO = (
    HALL.replace("clips:", "pages: [turns, come_back, resting]\nclips:").replace(
        "  preface.wall: {kind: player}\n",
        "  preface.wall: {kind: player}\n  preface.turns: {kind: screen}\n  preface.button: {kind: button}\n",
    )
    + """\
photo:
  band: session
  starts:
    - {when: preface.button.pressed}
    - {by: staff}
  if: preface.exit.empty
  busy:
    queue: 3
    wait: 10min
    waiting: {preface.turns: {page: turns, with: {turns: $queue, minutes: $queue.minutes}}}
    full: {preface.turns: {page: come_back, with: {minutes: $queue.minutes}}}
  does:
    - ask: {preface.wash: warm}
    - wait: 2min
  ends: 1s
"""
)


def photo(text: str = PHOTO) -> House:
    house = House(text)
    house.starts()
    house.says("preface.exit", occupied=False)
    return house


def is_touched(house: House, times: int = 1) -> None:
    for _ in range(times):
        house.happens("preface.button.pressed", button=1)
        house.advance("1s")


def turns(house: House) -> list[int]:
    """The numbers of the candidates that started, in order."""
    return [int(note.candidate) for note in house.notes("verdict", "photo") if str(note.verdict) == "started"]


def test_who_finds_it_running_waits_and_starts_when_it_is_over():
    house = photo()
    is_touched(house, 2)
    assert (house.verdicts("photo"), house.pending()) == (["started"], 1)
    house.advance("2min")
    assert (house.verdicts("photo"), house.running(), house.pending()) == (["started", "started"], ["photo"], 0)


def test_first_come_first_served():
    house = photo()
    is_touched(house, 4)
    house.advance("8min")
    assert turns(house) == sorted(turns(house))
    assert len(turns(house)) == 4


def test_one_too_many_is_refused_and_told_how_many_wait():
    house = photo()
    is_touched(house, 5)
    note = house.verdict("photo")
    assert (str(note.verdict), note.details["waiting"]) == ("queue_full", 3)
    assert str(note.place).startswith("venue.yaml:24:")


def test_who_waits_sees_how_many_do():
    house = photo()
    is_touched(house, 2)
    assert house.shown("preface.turns")["with.turns"] == 1
    is_touched(house)
    assert house.shown("preface.turns")["with.turns"] == 2


def test_before_any_session_was_over_the_longest_one_tells_how_long_one_waits():
    house = photo()
    is_touched(house, 3)
    assert house.shown("preface.turns")["with.minutes"] == 7


def test_what_sessions_took_lately_tells_how_long_one_waits():
    house = photo()
    is_touched(house)
    house.order("stop", "photo")
    is_touched(house, 2)
    assert house.shown("preface.turns")["with.minutes"] == 1


def test_where_nobody_waits_nothing_is_shown():
    house = photo()
    is_touched(house, 2)
    house.advance("2min")
    assert house.stage.outputs["preface.turns/picture"].layers == []


def test_one_who_finds_it_full_is_told_for_ten_seconds_when_to_come_back():
    house = photo()
    is_touched(house, 5)
    assert house.shown("preface.turns")["page"] == "come_back"
    house.advance("9s")
    assert house.shown("preface.turns")["page"] == "turns"


def test_nobody_waits_longer_than_is_written():
    house = photo(PHOTO.replace("wait: 10min", "wait: 1min"))
    is_touched(house, 2)
    house.advance("1min")
    note = house.verdict("photo")
    assert (str(note.verdict), str(note.place), house.pending()) == ("waited_too_long", "venue.yaml:26:11", 0)


def test_whose_turn_comes_passes_the_condition_anew():
    house = photo()
    is_touched(house, 3)
    house.says("preface.exit", occupied=True)
    house.advance("2min")
    assert house.verdicts("photo") == ["started", "condition_false", "condition_false"]


def test_whose_turn_comes_passes_armed_anew():
    house = photo()
    is_touched(house, 2)
    house.order("disarm", "photo")
    house.advance("2min")
    assert house.verdicts("photo") == ["started", "disarmed"]


def test_whose_turn_comes_does_not_wait_for_the_cooldown():
    house = photo(PHOTO.replace("  ends: 1s", "  cools: 1min\n  ends: 1s"))
    is_touched(house, 2)
    house.advance("2min")
    assert house.verdicts("photo") == ["started", "started"]


def test_the_next_one_starts_without_a_dark_instant():
    house = photo()
    is_touched(house, 2)
    before = len(house.sets("preface.wash"))
    house.advance("2min")
    assert [one.value for one in house.sets("preface.wash")[before:]] == []
    assert house.shown("preface.wash")["look"] == "warm"


def test_an_order_that_queues_is_accepted_with_its_place_in_the_queue():
    house = photo()
    is_touched(house, 3)
    house.order("start", "photo")
    assert (house.answers[-1].answer, house.answers[-1].why) == ("accepted", "third in the queue, behind photo-1")


def test_an_order_that_finds_the_queue_full_is_refused():
    house = photo()
    is_touched(house, 4)
    (answer,) = of(Answer, house.order("start", "photo"))
    assert (answer.answer, answer.verdict, answer.why) == ("refused", "queue_full", "3 wait for it already")


def test_the_state_tells_how_many_wait():
    house = photo()
    is_touched(house, 3)
    assert (house.state("photo").state, house.state("photo").queued) == ("running", 2)


def test_a_queue_goes_on_after_a_crash():
    house = photo()
    is_touched(house, 3)
    house.crashes()
    assert (house.verdicts("photo"), house.running(), house.pending()) == (["started", "started"], ["photo"], 1)
    house.advance("3min")
    assert house.verdicts("photo") == ["started"] * 3


def test_who_waits_waits_on_when_another_scene_was_changed():
    house = photo()
    is_touched(house, 2)
    house.reloads(PHOTO + "other:\n  starts: {by: staff}\n  does: [{wait: 1s}]\n")
    assert house.pending() == 1


def test_who_waits_is_withdrawn_when_the_scene_was_changed():
    house = photo()
    is_touched(house, 2)
    house.reloads(PHOTO.replace("queue: 3", "queue: 4"))
    assert (house.verdicts("photo"), house.stage.outputs["preface.turns/picture"].layers) == (
        ["started", "withdrawn"],
        [],
    )


def test_a_stop_stops_what_runs_and_sends_away_who_waits():
    house = photo()
    is_touched(house, 3)
    house.order("stop", "photo")
    assert (house.running(), house.verdicts("photo")) == ([], ["started", "withdrawn", "withdrawn"])


TAKEN = (
    HALL
    + """\
show:
  starts: {by: staff}
  takes: [preface]
  loses: stop
  busy: {queue: 3, wait: 5min}
  does: [{wait: 1min}]
visit:
  band: tour
  starts: {by: guide}
  takes: [preface]
  does: [{wait: 15s}]
"""
)


def taken() -> House:
    """One runs, two wait; a tour takes the hall: the first of those who wait is called, and waits for the hall."""
    house = House(TAKEN)
    house.starts()
    for _ in range(3):
        house.order("start", "show")
    house.order("start", "visit")
    return house


def test_no_turn_comes_while_somebody_else_holds_the_hall():
    house = taken()
    assert (house.verdicts("show"), house.pending(), house.running()) == (["started"], 2, ["visit"])
    house.advance("10s")
    assert (house.verdicts("show"), house.pending()) == (["started"], 2)
    house.advance("5s")
    assert (house.verdicts("show"), house.running(), house.pending()) == (["started", "started"], ["show"], 1)


def test_who_comes_while_the_others_wait_for_the_hall_comes_behind_them():
    house = taken()
    house.order("start", "show")
    assert (house.answers[-1].answer, house.answers[-1].why) == ("accepted", "third in the queue")
    assert house.state("show").queued == 3
    house.advance("5min")
    assert house.verdicts("show") == ["started"] * 4


CALLED = (
    HALL
    + """\
caller:
  starts: {by: staff}
  does:
    - call: show
    - say: {staff: the show is over}
show:
  starts: {by: technician}
  if: preface.exit.empty
  busy: {queue: 1, wait: 5min}
  does: [{wait: 1min}]
"""
)


def test_what_is_called_waits_for_its_turn_and_its_caller_for_its_end():
    house = House(CALLED)
    house.starts()
    house.says("preface.exit", occupied=False)
    house.order("start", "show")
    house.order("start", "caller")
    house.says("preface.exit", occupied=True)  # a call does not ask for the condition, also out of the queue
    house.advance("1min")
    assert (house.verdicts("show"), house.said()) == (["started", "started"], [])
    house.advance("1min")
    assert house.said() == ["the show is over"]


def test_what_is_called_and_finds_the_queue_full_lets_its_caller_go_on():
    house = House(CALLED)
    house.starts()
    house.says("preface.exit", occupied=False)
    house.order("start", "show")
    house.order("start", "show")
    house.order("start", "caller")
    assert (house.verdict("show").verdict, house.said()) == ("queue_full", ["the show is over"])
