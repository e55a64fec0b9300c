"""Devices as the venue describes them: what each is, how it stands in the house, and what takes its place."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from devices.vocabulary import DeviceId, Fields, Kind, Property
from scenes.step import Micros, Place


@dataclass(frozen=True, slots=True)
class Trim:
    """A standing offset of loudness or brightness: the share that is left, and how the author wrote it (``-3dB``)."""

    times: float
    text: str


@dataclass(frozen=True, slots=True)
class Spare:
    """What takes a device's place when that is gone, or fails, for the time ``after``."""

    device: DeviceId
    after: Micros
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Device:
    """One thing with an id. ``idle`` overrides the kind's idle value by property."""

    id: DeviceId
    kind: Kind
    place: Place = field(compare=False)
    idle: Mapping[str, Fields] = field(default_factory=dict)
    at: str = ""  # the section or city in which it stands
    emergency: bool = False
    unused: Place | None = field(default=None, compare=False)  # where it is said to be used by no scene
    note: str = field(default="", compare=False)
    title: Mapping[str, str] = field(default_factory=dict, compare=False)  # by language; empty: its name says it
    trim: Trim | None = None
    spare: Spare | None = None

    def idle_value(self, property_: Property) -> Fields | None:
        """What the property is asked when nothing asks; None: it is left alone, as emergency lights always are.

        What is trimmed is never left alone: it is full, less the trim.
        """
        if self.emergency:
            return None
        full = {property_.relative.scales: 1.0} if self.trim is not None and property_.relative is not None else None
        return self.idle.get(property_.name, property_.idle if property_.idle is not None else full)
