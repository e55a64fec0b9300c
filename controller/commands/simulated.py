"""A venue's devices as models that answer, and visitors who walk through it: what rehearsal and demo play with."""

from collections.abc import Mapping

from controller.venue.load import Loaded
from devices.vocabulary import DeviceId
from simulators.models.device import DeviceModel
from simulators.models.house import devices_for
from simulators.models.visitors import Visitors, things_of, zones_of


def models_of(loaded: Loaded, seed: int) -> dict[DeviceId, DeviceModel]:
    """A model for each device; the files of clips last as long as the venue says."""
    lengths = {file: clip.lasts for clip in loaded.palette.clips.values() if clip.lasts for file in clip.files.values()}
    kinds = {device.id: device.kind for device in loaded.venue.devices.values()}
    return devices_for(loaded.venue.id, kinds, seed, lengths)


def visitors_of(
    models: Mapping[DeviceId, DeviceModel], seed: int, begin: int, *, mean: int | None = None, first: int | None = None
) -> Visitors:
    """Who walks through these zones and does something to these things. Microseconds, as ``Visitors`` has them."""
    things, zones = things_of(models), zones_of(models)
    if mean is None:
        return Visitors(seed, zones, begin, first=first, things=things)
    return Visitors(seed, zones, begin, mean=mean, first=first, things=things)
