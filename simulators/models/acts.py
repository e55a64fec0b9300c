"""What visitors do to devices: one act of somebody at one instant."""

from dataclasses import dataclass

from devices.vocabulary import DeviceId
from simulators.models.model import Deed


@dataclass(frozen=True, slots=True)
class Act:
    """``who`` does ``act`` to ``device`` at ``at`` (microseconds).

    Zones and doors are entered and left, buttons and remotes pressed and held, screens and stations touched. A station
    is left by a player who walks away in the middle.
    """

    at: int
    device: DeviceId
    act: Deed
    who: str
