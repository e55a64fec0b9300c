"""A day in a venue with many kinds: the engine asks, simulated devices answer, visitors press, touch and are shot."""

from collections import Counter
from functools import partial

import pytest

from controller.commands.simulated import models_of, visitors_of
from controller.inbox import understand
from controller.outputs.letters import command_letter, want_letter
from controller.rehearse import Rehearsal, Report
from controller.venue.load import load
from link.port import Arrival, Outgoing
from scenes.effects import Set, Tell
from scenes.inputs import Heard, Input, Refused
from scenes.model import SECOND, Venue

BEGIN = 1_642_381_200 * SECOND
TEXTS = {
    "venue.yaml": """
venue: big
title: {zh: 大展厅, en: The big hall}
devices:
  hall.entry: {kind: presence, unused: true}
  hall.beam: {kind: projector}
  hall.mains: {kind: relay}
  hall.wall: {kind: screen}
  hall.voice: {kind: speaker}
  hall.plate: {kind: button}
  hall.ring: {kind: rig}
  hall.roof: {kind: weather}
pages: [figures, consent, floor, countdown, developing, review, qr, goodbye]
clips: {film: {file: film.mp4, lasts: 20s}, rain_song: {file: rain.wav, lasts: 9s}}
""",
    "scenes.yaml": """
day:
  title: {zh: 白天, en: The day}
  band: house
  starts: {while: venue.open}
  does:
    - ask: {hall.mains: {power: on}}
    - wait: {until: done, at_most: 3s, else: {say: {staff: no mains}}}
    - ask: {hall.beam: {power: on}, hall.wall: {page: figures}}
    - wait: {until: done, at_most: 5min, else: {say: {staff: no picture}}}
    - ask: {hall.beam: {source: hdmi2}}
  ends: 1s
film:
  title: {zh: 影片, en: A film for whoever presses}
  band: exhibit
  starts: {when: hall.plate.pressed}
  does:
    - ask: {hall.wall: {play: film}}
    - wait: {until: hall.wall.ended, at_most: 30s, else: end}
  ends: 1s
rain:
  title: {zh: 雨, en: It rains}
  band: ambient
  starts: {when: hall.roof.raining}
  does:
    - ask: {hall.voice: rain_song}
    - wait: {until: hall.voice.ended, at_most: 30s, else: end}
  ends: 1s
ring:
  title: {zh: 环拍, en: The ring}
  band: session
  starts: {when: hall.ring.touched}
  if: hall.ring.able
  does:
    - ask: {hall.ring: {page: consent}}
    - wait: {until: hall.ring.agreed, at_most: 30s, else: end}
    - ask: {hall.ring: {page: floor}}
    - wait: {until: hall.ring.placed, at_most: 45s, else: end}
    - ask: {hall.ring: {page: countdown}}
    - wait: {until: hall.ring.done, at_most: 8s, else: end}
    - tell: hall.ring.shoot
    - wait: {until: hall.ring.shot, at_most: 12s, else: end}
    - ask: {hall.ring: {page: developing}}
    - wait: {until: hall.ring.clip_ready, at_most: 20s, else: end}
    - ask: {hall.ring: {page: review}}
    - wait: {until: hall.ring.keep, at_most: 25s, else: end}
    - ask: {hall.ring: {page: qr}}
    - wait: {until: hall.ring.done, at_most: 60s, else: end}
    - ask: {hall.ring: {page: goodbye}}
    - wait: 5s
  ends:
    - tell: hall.ring.safe_stop
    - release: 1s
""",
}


def day(seed: int) -> tuple[Report, list[Input]]:
    loaded = load(TEXTS)
    heard: list[Input] = []

    def hearing(venue: Venue, arrival: Arrival, at: int, number: int) -> Input:
        heard.append(understand(venue, arrival, at, number))
        return heard[-1]

    def letter(one: Set | Tell) -> Outgoing:
        command = partial(command_letter, "big", epoch=1, offset=0)
        return want_letter("big", one, 1, 0) if isinstance(one, Set) else command(one)

    models = models_of(loaded, seed)
    rehearsal = Rehearsal(loaded.venue, models, hearing, letter, seed)
    visitors = visitors_of(loaded.venue, seed, BEGIN)
    return rehearsal.run(iter(visitors), begin=BEGIN, until=BEGIN + 24 * 3600 * SECOND), heard


@pytest.fixture(scope="module")
def one_day() -> tuple[Report, list[Input]]:
    return day(1)


def test_all_that_devices_say_is_understood_and_all_that_is_asked_is_done(one_day):
    report, heard = one_day
    assert [one for one in heard if isinstance(one, Refused)] == []
    assert report.failed == {}


def test_every_scene_ran(one_day):
    report, _ = one_day
    assert min(report.started[scene] for scene in ("day", "film", "rain", "ring")) >= 1
    assert report.started["film"] > 100
    assert report.started["ring"] > 100


def test_visitors_came_through_the_ring_to_their_clip_and_every_session_ended(one_day):
    _, heard = one_day
    said = [one for one in heard if isinstance(one, Heard) and one.session]
    words = Counter(one.event for one in said)
    assert words["keep"] > 0.5 * words["touched"]
    assert words["touched"] - words["gone"] in (0, 1)  # one may be there when the day ends
    assert len({one.id for one in said}) == len(said)


def test_the_same_seed_is_the_same_day_and_another_one_another(one_day):
    assert day(1)[0].hash == one_day[0].hash != day(2)[0].hash
