"""One model for each device of a venue: that of its kind, found by name, or one made from what the kind declares."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from devices.vocabulary import DeviceId, Kind
from simulators import models
from simulators.models.declared import DeclaredModel
from simulators.models.device import DeviceModel


@cache
def models_by_kind() -> Mapping[str, type[DeviceModel]]:
    """Of each module here that holds a ``MODEL``, that model, by the module's name, which is the kind's."""
    found: dict[str, type[DeviceModel]] = {}
    for module in iter_modules(models.__path__):
        model = getattr(import_module(f"{models.__name__}.{module.name}"), "MODEL", None)
        if model is not None:
            found[module.name] = model
    return found


def devices_for(
    venue: str, kinds: Mapping[DeviceId, Kind], seed: int, lengths: Mapping[str, int]
) -> dict[DeviceId, DeviceModel]:
    """Models by device. ``lengths``: file → microseconds, as far as anybody knows."""
    known = models_by_kind()
    return {
        device: known.get(kind.name, DeclaredModel)(venue, device, kind, seed, lengths)
        for device, kind in kinds.items()
    }
