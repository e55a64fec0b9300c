"""What the model found in the engine, once mended."""

from tests.venue import House

HALL = """\
venue: demo
devices:
  hall.bell: {kind: button}
  hall.wash: {kind: light}
"""


def test_in_order_counts_each_hearing_once():
    house = House(
        HALL
        + """
twice:
  starts: {in_order: [hall.bell.pressed, hall.bell.pressed], within: 10s}
  does:
    - ask: {hall.wash: 50%}
    - wait: 20s
"""
    )
    house.starts()
    for _ in range(4):
        house.happens("hall.bell.pressed")
        house.advance("1s")
    assert house.verdicts("twice") == ["started", "busy"]
