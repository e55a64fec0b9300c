"""Rehearsal and live walk the same acts, on small models of every kind that visitors know."""

import asyncio

import pytest

from controller.inbox import understand
from controller.outputs.letters import letter_of
from controller.rehearse import Rehearsal
from controller.venue.load import load_venue
from controller.venue.source.files import read_folder
from devices.registry import all_kinds
from devices.vocabulary import DeviceId
from link.port import Up
from simulators.live import Live
from simulators.models.building import USES
from simulators.models.device import DeviceModel
from simulators.models.faults import Outage, Rate, with_faults
from simulators.models.model import Said
from simulators.models.parties import CROWDS
from simulators.models.visitors import Visitors
from tests.controller.fakes import FakeClock, FakeLink
from tests.journeys.playing import DEMO

SECOND = 1_000_000
KINDS = {DeviceId(f"hall.{kind}"): kind for kind in USES}
FIRST = 10 * 60 * SECOND


class FeelingModel(DeviceModel):
    """Keeps what visitors do to it."""

    def __init__(self, venue: str, device: DeviceId) -> None:
        super().__init__(venue, device, all_kinds()["presence"], 1, {})
        self.felt: list[tuple[int, str]] = []

    def visited(self, act: str, at: int) -> Said:
        self.felt.append((at, act))
        return []


def models() -> dict[DeviceId, FeelingModel]:
    return {device: FeelingModel("demo", device) for device in KINDS}


def visitors(seed: int) -> Visitors:
    return Visitors(seed, KINDS, 0, crowd=CROWDS["many"])


def rehearsed(seed: int) -> dict[DeviceId, list[tuple[int, str]]]:
    venue, felt = load_venue(read_folder(DEMO)), models()
    Rehearsal(venue, felt, understand, letter_of(venue), seed).run(iter(visitors(seed)), begin=0, until=FIRST)
    return {device: model.felt for device, model in felt.items()}


def lived(seed: int, speed: float) -> dict[DeviceId, list[tuple[int, str]]]:
    """On a clock that jumps by odd steps; told in the time of the visitors."""
    clock, felt = FakeClock(0), models()
    house = Live(FakeLink(), felt, iter(visitors(seed)), clock.now, speed=speed)

    async def go() -> None:
        house._visit = next(house._visits)
        house.up(Up(1, mqtt5=True, session_present=False))
        while clock.time * speed < FIRST:
            clock.time += round(7_654_321 / speed)
            house._play()
        house._stop()

    asyncio.run(go())
    return {device: [one for one in model.felt if one[0] < FIRST] for device, model in felt.items()}


@pytest.mark.parametrize("speed", [1.0, 20.0])
def test_rehearsal_and_live_walk_the_same_acts(speed):
    assert rehearsed(4) == lived(4, speed)


def test_every_kind_that_visitors_use_is_felt_and_no_other():
    felt = {device.partition(".")[2] for device, acts in rehearsed(4).items() if acts}
    assert felt == {kind for kind, use in USES.items() if use != "nothing"}


def test_a_device_that_does_wrong_feels_the_same_visitors():
    """Faults touch the wire and not the world."""
    venue, felt = load_venue(read_folder(DEMO)), models()
    outages = [Outage("vanishes", 30 * SECOND, 60 * SECOND), Outage("freezes", 9 * SECOND, 20 * SECOND)]
    faults = [Rate("drops", 500_000), *outages]
    wrapped = with_faults(felt, dict.fromkeys(felt, faults), 1)
    Rehearsal(venue, wrapped, understand, letter_of(venue), 4).run(iter(visitors(4)), begin=0, until=FIRST)
    assert {device: model.felt for device, model in felt.items()} == rehearsed(4)
