"""Places in full: those whose devices are all meant, as an author names them."""

from devices.vocabulary import DeviceId
from scenes.model import Venue


def places_of(given_back: tuple[DeviceId, ...], venue: Venue) -> list[str]:
    """The halls, and of the others the sections and cities, whose devices are all among these."""
    inside: dict[str, set[DeviceId]] = {}
    for device in venue.devices.values():
        inside.setdefault(device.id.split(".")[0], set()).add(device.id)
    for device in venue.devices.values():
        if device.at:
            inside.setdefault(device.at, set()).add(device.id)
    found: list[str] = []
    left = set(given_back)
    for place, devices in inside.items():
        if devices <= set(given_back) and devices & left:
            found.append(place)
            left -= devices
    return found
