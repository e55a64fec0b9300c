"""What a controller leaves at the broker, and what of it another venue takes back."""

from controller.traces import Traces, filters_of, read_traces
from tests.venue import HALL, venue_of

SCENE = "glow:\n  starts: {by: staff}\n  does: [{ask: {annex.lamp: warm}}]\n"
WITH_ANNEX = HALL.replace("  preface.wall:", "  annex.lamp: {kind: light}\n  preface.wall:") + SCENE


def test_a_hall_and_a_scene_that_are_gone_are_named_and_what_stays_is_not():
    traces = Traces()
    traces.add(venue_of(WITH_ANNEX))
    traces.add(venue_of(HALL))
    assert traces.former(venue_of(HALL)) == (
        "demo/annex/+/ack",
        "demo/annex/+/event/+",
        "demo/annex/+/session/+",
        "demo/annex/+/state",
        "demo/annex/+/status",
    )
    assert list(traces.gone(venue_of(HALL))) == ["glow"]
    assert list(traces.gone(venue_of(WITH_ANNEX))) == []


def test_it_is_kept_and_read_again():
    traces = Traces()
    traces.add(venue_of(WITH_ANNEX))
    assert read_traces(traces.text()) == traces
    assert read_traces("") == Traces()


def test_orders_are_heard_in_every_venue():
    assert ("demo/order/#", 1) in filters_of(venue_of(HALL))
