"""A venue's devices as models that answer, and visitors who walk through it: what rehearsal and demo play with."""

import heapq
from collections.abc import Collection, Iterator

from controller.venue.load import Loaded
from devices.vocabulary import DeviceId
from scenes.model import Venue
from simulators.models.acts import Act
from simulators.models.device import DeviceModel
from simulators.models.house import devices_for
from simulators.models.model import Deed
from simulators.models.parties import CROWDS, CrowdName
from simulators.models.visitors import Visitors


def models_of(loaded: Loaded, seed: int, played: Collection[DeviceId] | None = None) -> dict[DeviceId, DeviceModel]:
    """A model for each device, or for those played; the files of clips last as long as the venue says."""
    lengths = {file: clip.lasts for clip in loaded.palette.clips.values() if clip.lasts for file in clip.files.values()}
    devices = loaded.venue.devices.values()
    kinds = {device.id: device.kind for device in devices if played is None or device.id in played}
    return devices_for(loaded.venue.id, kinds, seed, lengths)


def visitors_of(
    venue: Venue,
    seed: int,
    begin: int,
    *,
    crowd: CrowdName = "few",
    mean: int | None = None,
    first: int | None = None,
    hour: int = 10,
) -> Visitors:
    """Who walks through the halls of a venue, in the order of its places. Microseconds, as ``Visitors`` has them."""
    kinds = {device.id: device.kind.name for device in venue.devices.values()}
    halls = tuple(venue.places)
    return Visitors(seed, kinds, begin, halls=halls, crowd=CROWDS[crowd], mean=mean, first=first, hour=hour)


_SECOND = 1_000_000


def opening(venue: Venue, begin: int) -> Iterator[Act]:
    """The first minute of a show: somebody comes in, presses and touches everything once, and a guide leads a visit.

    The first remote is a guide's; who has another one presses it once.
    """
    by_kind = {device.kind.name: device.id for device in reversed(list(venue.devices.values()))}
    remotes = [device.id for device in venue.devices.values() if device.kind.name == "remote"]
    stations = [device.id for device in venue.devices.values() if device.kind.station]
    plan: list[tuple[int, DeviceId | None, Deed]] = [
        (0, by_kind.get("counter"), "enter"),
        (0, by_kind.get("presence"), "enter"),
        (6, by_kind.get("button"), "press"),
        *((8 + 3 * number, station, "touch") for number, station in enumerate(stations)),
        (14, by_kind.get("presence"), "leave"),
        *((second, remotes[0] if remotes else None, "press") for second in (24, 33, 42, 51)),
        *((55, remote, "press") for remote in remotes[1:]),
    ]
    for second, device, deed in plan:
        if device is not None:
            yield Act(begin + second * _SECOND, device, deed, "the first visitor")


def after_opening(opening_acts: Iterator[Act], visitors: Iterator[Act]) -> Iterator[Act]:
    """Both, in the order of time."""
    return heapq.merge(opening_acts, visitors, key=lambda act: act.at)
