"""Spares: what takes a device's place, without the scene knowing.

A device that is gone, or fails at what is wanted of it, for the time its author wrote, is stood in for: what is wanted
of it is wanted of its spare, what it is told the spare is told, and what the spare says it says. It is back when it is
there and has done for ``SETTLED`` whatever is wanted of it. The spare then goes back to how it was found.
"""

from collections.abc import Iterable

from devices.vocabulary import DeviceId, Property, Scalar
from scenes.decision import Decision
from scenes.index import confirmations_of
from scenes.layers import asker_of, key_of, output_of, unsettle
from scenes.model import SECOND, Micros, Spare
from scenes.stage import DeviceLife, Output

SETTLED: Micros = 2 * SECOND


def look(decision: Decision) -> None:
    """Devices that got better or worse in this decision: their spare may come or go, if it stays so."""
    for device in decision.standing:
        found = decision.venue.devices.get(device)
        if found is None or found.spare is None:
            continue
        life = decision.device_life(device)
        changes = _is_well(decision, device) if life.spare else _is_ill(decision, device)
        if not changes:
            decision.timers.stop(life.timer)
            life.timer = None
        elif life.timer is None:
            after = SETTLED if life.spare else found.spare.after
            life.timer = decision.timers.start(decision.at + after, "spare", device)


def due(decision: Decision, device: DeviceId) -> None:
    """It stayed as it was for long enough."""
    life = decision.device_life(device)
    life.timer = None
    found = decision.venue.devices.get(device)
    if found is None or found.spare is None:
        return
    if life.spare:
        _stand_back(decision, device, life)
    else:
        _stand_in(decision, device, life, found.spare)


def forget_gone(decision: Decision, gone: Iterable[DeviceId]) -> None:
    """After the swap of a reload: who stands in for what is no more, or has another spare now, stands back."""
    for device, life in list(decision.stage.devices.items()):
        found = decision.venue.devices.get(device)
        spare = found.spare.device if found is not None and found.spare is not None and device not in gone else ""
        if life.spare and (spare != life.spare or life.spare in gone):
            _stand_back(decision, device, life)
        if not spare:
            decision.timers.stop(life.timer)
            life.timer = None
        decision.standing[device] = None


def _stand_in(decision: Decision, device: DeviceId, life: DeviceLife, spare: Spare) -> None:
    other = decision.device_life(spare.device)
    if other.stands_for or other.online is False:  # there is nobody; it is tried again
        life.timer = decision.timers.start(decision.at + spare.after, "spare", device)
        return
    life.spare, other.stands_for = spare.device, device
    decision.note("stands_in", device=spare.device, place=spare.place, details={"for": device})
    for property_ in decision.venue.devices[device].kind.properties:
        _hand_over(decision, device, spare.device, property_)


def _hand_over(decision: Decision, device: DeviceId, spare: DeviceId, property_: Property) -> None:
    """The spare's property is wanted as the device's is; what has no idle value is kept in mind as it was found."""
    if key_of(device, property_.name) not in decision.stage.outputs:
        return
    output = output_of(decision, spare, property_.name)
    if decision.venue.devices[spare].idle_value(property_) is None:
        output.own = _found(decision, spare, property_)
    unsettle(decision, key_of(spare, property_.name))


def _found(decision: Decision, spare: DeviceId, property_: Property) -> dict[str, Scalar] | None:
    """As it says that it is; a switch of which nothing is known was off."""
    ask = property_.asks[0]
    shown = decision.stage.values.get(f"{spare}.{ask.key}", False if ask.of == "switch" else None)
    return None if shown is None else {ask.key: shown}


def _stand_back(decision: Decision, device: DeviceId, life: DeviceLife) -> None:
    spare, life.spare = life.spare, DeviceId("")
    other = decision.device_life(spare)
    other.stands_for = DeviceId("")
    decision.note("stands_back", device=spare, details={"for": device})
    for output in _outputs_of(decision, spare):
        unsettle(decision, key_of(spare, output.property))
    for output in _outputs_of(decision, device):
        for layer in (*output.layers, *output.relatives):
            decision.news[confirmations_of(layer.run)] = None


def _outputs_of(decision: Decision, device: DeviceId) -> list[Output]:
    found = decision.venue.devices.get(device)
    keys = [key_of(device, one.name) for one in found.kind.properties] if found is not None else []
    return [decision.stage.outputs[key] for key in keys if key in decision.stage.outputs]


def _is_ill(decision: Decision, device: DeviceId) -> bool:
    is_gone = decision.device_life(device).online is False
    return is_gone or any(output.state == "failed" for output in _outputs_of(decision, device))


def _is_well(decision: Decision, device: DeviceId) -> bool:
    if decision.device_life(device).online is False:
        return False
    for output in _outputs_of(decision, device):
        asker = asker_of(decision.stage, output)
        if asker is not None and asker.within is not None and output.state != "confirmed":
            return False
    return True
