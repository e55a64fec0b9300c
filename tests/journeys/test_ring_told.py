"""The ring: the third story of the scene language, sentence by sentence, over MQTT."""

from collections.abc import Iterator

import pytest

from tests.brokers import RunningBroker, mosquitto
from tests.journeys.playing import eventually
from tests.journeys.telling import Story, story

RING, TURNS = "epilogue.ring", "epilogue.turn_screen"
OPEN = "2022-01-18T10:00:00+08:00"


@pytest.fixture
def broker() -> Iterator[RunningBroker]:
    with mosquitto() as running:
        yield running


class Ring:
    """The ring's own software, as far as a story needs it."""

    def __init__(self, house: Story) -> None:
        self.house = house
        self._seq: dict[str, int] = {}
        house.says(RING, "state", {"able": True, "cameras": 24}, retain=True)

    def says(self, visit: str, *events: str) -> None:
        for event in events:
            self._seq[visit] = self._seq.get(visit, 0) + 1
            self.house.says(RING, f"session/{event}", {"session": f"visit-{visit}", "seq": self._seq[visit]})

    @property
    def page(self) -> object:
        return self.house.wanted(RING, "page")

    def told(self, command: str) -> int:
        return len(self.house.ears.on(f"reform/epilogue/ring/do/{command}"))


@pytest.fixture
def ring(tmp_path, broker) -> Iterator[Ring]:
    with story(tmp_path, broker, OPEN) as house:
        yield Ring(house)


def test_touch_consent_position_countdown_fire_process_review_share_goodbye(ring):
    pages = []
    for event in ("touched", "agreed", "placed", "done", "shot", "clip_ready", "keep", "done"):
        ring.says("v1", event)
        pages.append(ring.page)
    assert pages == ["consent", "floor", "countdown", "countdown", "developing", "review", "qr", "goodbye"]
    assert ring.told("shoot") == 1
    ring.house.later(5)
    ring.house.later(1)
    assert ring.house.scene("ring_session")["state"] in ("idle", "cooling")
    assert ring.told("safe_stop") == 1


WALKS: dict[str, tuple[str, ...]] = {
    "consent": ("touched",),
    "position": ("touched", "agreed"),
    "countdown": ("touched", "agreed", "placed"),
    "fire": ("touched", "agreed", "placed", "done"),
    "process": ("touched", "agreed", "placed", "done", "shot"),
    "review": ("touched", "agreed", "placed", "done", "shot", "clip_ready"),
    "share": ("touched", "agreed", "placed", "done", "shot", "clip_ready", "keep"),
    "sorry": ("touched", "agreed", "placed", "done", "failed"),
}


@pytest.mark.parametrize("phase", WALKS)
def test_each_phase_has_a_deadline_and_a_way_on(ring, phase):
    ring.says("v1", *WALKS[phase])
    scene = "ring_session"
    eventually(lambda: ring.house.scene(scene).get("step", "").startswith(phase), f"{phase}: {ring.house.scene(scene)}")
    for _ in range(8):  # the longest way on is shorter
        ring.house.later(61)
    assert ring.house.scene("ring_session")["state"] in ("idle", "cooling")


def test_nobody_is_photographed_before_consent(ring):
    ring.says("v1", "touched", "placed", "done", "shot")
    assert (ring.page, ring.told("shoot")) == ("consent", 0)
    ring.says("v1", "declined")
    assert (ring.page, ring.told("shoot")) == ("goodbye", 0)


def test_it_may_be_taken_again_at_most_twice(ring):
    ring.says("v1", "touched", "agreed", "placed")
    for _ in range(3):
        ring.says("v1", "done", "shot", "clip_ready", "again")
    assert ring.told("shoot") == 3
    assert ring.page == "review"


@pytest.mark.parametrize("answer", ["delete", None])
def test_what_is_not_wanted_or_not_answered_is_purged(ring, answer):
    ring.says("v1", *WALKS["review"])
    if answer:
        ring.says("v1", answer)
    else:
        ring.house.later(25)
    assert ring.told("purge") == 1
    assert ring.page != "qr"


def test_three_may_wait_and_see_their_turn_and_a_fourth_is_told_when_to_come_back(ring):
    house = ring.house
    ring.says("v1", "touched", "agreed")
    for number, visit in enumerate(("v2", "v3", "v4"), 1):
        ring.says(visit, "touched")
        assert house.wanted(TURNS)["page"] == "turns"
        assert house.wanted(TURNS)["with"] == {"turns": number}
    ring.says("v5", "touched")
    assert house.wanted(TURNS)["page"] == "come_back"
    assert house.wanted(TURNS)["with"]["minutes"] >= 1
    assert house.verdicts("ring_session") == ["started", "queue_full"]

    ring.says("v1", "placed", "done", "shot", "clip_ready", "keep", "done")
    house.later(5)
    house.later(1)
    assert ring.page == "consent"
    assert house.verdicts("ring_session") == ["started", "queue_full", "started"]
    ring.says("v3", "agreed")  # it is not the third one's turn
    assert ring.page == "consent"
    ring.says("v2", "agreed")
    assert ring.page == "floor"
