"""Spares: the devices that take another's place."""

from collections.abc import Mapping

from controller.venue.findings import Also, Gather, VenueError, near, say, wrong
from controller.venue.language.forms import DeviceForm
from controller.venue.source.nodes import Table
from devices.vocabulary import DeviceId
from scenes.model import Device, Spare


def read_spare(form: DeviceForm, table: Table) -> Spare | None:
    """What takes its place, and after which time. Raises a finding."""
    if form.spare is None:
        if form.after is not None:
            raise wrong(table.keys["after"], "after is for a spare, which is missing", hint="write spare: hall.device")
        return None
    if form.after is None:
        raise wrong(table.keys["spare"], "a spare needs the time after which it takes the place",
                    hint="write after: 20s")  # fmt: skip
    return Spare(DeviceId(form.spare.text), form.after, form.spare.place)


def check_spares(devices: Mapping[DeviceId, Device], unknown: frozenset[str], gather: Gather) -> None:
    """Every spare is there, of the same kind, and nothing but a spare. What is wrong is gathered."""
    for device in devices.values():
        if device.spare is not None and device.spare.device not in unknown:
            fault = _fault(device, device.spare, devices)
            if fault is not None:
                gather.add(fault)


def _fault(device: Device, spare: Spare, devices: Mapping[DeviceId, Device]) -> VenueError | None:
    found = devices.get(spare.device)
    if found is None:
        return wrong(spare.place, "there is no device '{}'", spare.device, hint=near(spare.device, devices))
    if found is device:
        return wrong(spare.place, "{} cannot be its own spare", device.id)
    if found.kind is not device.kind:
        return wrong(spare.place, "{} is a {}, and {} is a {}: it cannot take its place", spare.device,
                     found.kind.name, device.id, device.kind.name,
                     also=(Also(found.place, say("it stands here")),))  # fmt: skip
    if device.emergency or found.emergency:
        return wrong(spare.place, "an emergency luminaire neither has a spare nor is one")
    if found.spare is None:
        return None
    order = list(devices)
    if found.spare.device != device.id:
        return wrong(spare.place, "{} has a spare itself, and cannot be one", spare.device,
                     also=(Also(found.spare.place, say("its own spare")),))  # fmt: skip
    if order.index(device.id) < order.index(found.id):
        return None  # told once, at the later of the two
    return wrong(spare.place, "{} and {} cannot be spares of each other", found.id, device.id,
                 also=(Also(found.spare.place, say("the other way round")),))  # fmt: skip
