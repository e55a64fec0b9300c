"""One model for each device of a venue, by the name of its kind."""

from collections.abc import Mapping

from devices.vocabulary import DeviceId
from simulators.models.device import DeviceModel
from simulators.models.light import LightModel
from simulators.models.player import PlayerModel
from simulators.models.presence import PresenceModel

_MODELS: Mapping[str, type[DeviceModel]] = {"light": LightModel, "player": PlayerModel, "presence": PresenceModel}


def devices_for(venue: str, kinds: Mapping[DeviceId, str]) -> dict[DeviceId, DeviceModel]:
    """Models by device. A kind without a model of its own gets one that says online and confirms nothing."""
    return {device: _MODELS.get(kind, DeviceModel)(venue, device) for device, kind in kinds.items()}
