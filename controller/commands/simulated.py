"""A venue's devices as models that answer, and visitors who walk through it: what rehearsal and demo play with."""

from collections.abc import Collection

from controller.venue.load import Loaded
from devices.vocabulary import DeviceId
from scenes.model import Venue
from simulators.models.device import DeviceModel
from simulators.models.house import devices_for
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
