"""Layers: what runs ask of a property. The top one is what is wanted: highest band, then latest.

A relative layer makes less of whatever is wanted; only the strongest counts. Where a group is asked one by one, a layer
waits for its turn to come, and when its run lets go, in reverse, for its turn to go: it may outlive its run.
"""

from collections import Counter

from devices.vocabulary import NOTHING, DeviceId, Fields, Property, Scalar
from scenes.asking import Asked, Unfit, asked_for, followed, with_puts
from scenes.decision import Decision, Unsettled
from scenes.model import SECOND, Band, Micros, Want
from scenes.stage import Asker, Layer, Output, Run, Stage

LEAD: Micros = SECOND // 2  # from the decision to the instant at which devices begin in step: they load meanwhile


def key_of(device: DeviceId, property_: str) -> str:
    """Where the stage keeps a property of a device."""
    return f"{device}/{property_}"


def slot_of(want: Want) -> tuple[str, bool]:
    """Where a run keeps what it asks: the property, and whether it is relative; a run may ask both of one."""
    return key_of(want.device, want.property.name), want.times is not None


def output_of(decision: Decision, device: DeviceId, property_: str) -> Output:
    """The stage's own, made where it is not there yet."""
    key = key_of(device, property_)
    found = decision.stage.outputs.get(key)
    if found is None:
        found = decision.stage.outputs[key] = Output(device=device, property=property_)
    return found


def property_of(decision: Decision, output: Output) -> Property:
    """As its kind declares it."""
    kind = decision.venue.devices[output.device].kind
    return next(one for one in kind.properties if one.name == output.property)


def ask(decision: Decision, run: Asker, band: int, want: Want) -> None:
    """Puts a want into the run's layer of a property, at its turn; a former one of the same run goes then."""
    try:
        key = put(decision, run.id, band, want, run.params)
    except Unfit as unfit:
        decision.note("step", scene=run.scene, run=run.id, place=want.place, details={"why": str(unfit)})
        return
    if key not in run.outputs:
        run.outputs.append(key)


def put(decision: Decision, run: str, band: int, want: Want, params: Fields = NOTHING) -> str:
    """Puts a want into the layer of a run, or of the evacuation. Returns where the stage keeps the property.

    Raises ``Unfit`` where a name stands for nothing that can be asked for.
    """
    layer = _layer(decision, run, band, want, asked_for(decision, params, want))
    key = key_of(want.device, want.property.name)
    output = output_of(decision, want.device, want.property.name)
    _give_up(decision, output, run, relative=want.times is not None)
    turn = layer.apart * want.group.devices.index(want.device) if want.group is not None else 0
    if turn:
        layer.timer = decision.timers.start(decision.at + turn, "turn", f"{key} {run}")
        output.coming.append(layer)
    else:
        _put(decision, output, layer)
    return key


def uncover(decision: Decision, run: str, fade: int) -> None:
    """Nothing of the evacuation lies on top any more: every property shows what is true now, over ``fade``."""
    for key, output in list(decision.stage.outputs.items()):
        output.layers = [one for one in output.layers if one.run != run]
        unsettle(decision, key, fade)


def relatives_changed(decision: Decision) -> None:
    """Whether something is made less may have changed: an evacuation began, a run was suspended or goes on."""
    for key, output in list(decision.stage.outputs.items()):
        if output.relatives:
            unsettle(decision, key)


def release_some(
    decision: Decision, run: Asker, keys: list[str], fade: int | None, *, relative: bool | None = None
) -> None:
    """Lets the run's layers of these properties go. ``relative``: only those that are so, or that are not so."""
    sorts = (False, True) if relative is None else (relative,)
    going: list[tuple[str, Layer]] = []
    for key in keys:
        output = decision.stage.outputs[key]
        for one in sorts:
            _give_up(decision, output, run.id, relative=one)
            layer = layer_of(decision, run, key, relative=one)
            going += [(key, layer)] if layer is not None else []
        unsettle(decision, key, fade)
        if not any(layer_of(decision, run, key, relative=one) for one in (False, True) if one not in sorts):
            run.outputs.remove(key)
    ahead = Counter(layer.group for _, layer in going if layer.apart)
    for key, layer in going:
        if layer.apart:
            ahead[layer.group] -= 1
        if layer.apart and ahead[layer.group]:
            turn_at = decision.at + layer.apart * ahead[layer.group]
            layer.fade_out, layer.timer = fade or 0, decision.timers.start(turn_at, "turn", f"{key} {run.id}")
        else:
            _stack(decision.stage.outputs[key], relative=layer.times is not None).remove(layer)


def turn(decision: Decision, subject: str, number: int) -> None:
    """A layer comes, or goes: it is its turn."""
    key = subject.partition(" ")[0]
    output = decision.stage.outputs.get(key)
    if output is None:
        return
    for layer in [one for one in (*output.coming, *output.layers, *output.relatives) if one.timer == number]:
        layer.timer = None
        if layer in output.coming:
            output.coming.remove(layer)
            layer.order = decision.stage.next_number()
            if layer.starts is not None:
                layer.starts = decision.at + LEAD
            _put(decision, output, layer)
        else:
            _stack(output, relative=layer.times is not None).remove(layer)
            unsettle(decision, key, layer.fade_out)


def forget(decision: Decision, output: Output) -> None:
    """The property is no more."""
    for layer in (*output.coming, *output.layers, *output.relatives):
        decision.timers.stop(layer.timer)
    decision.timers.stop(output.timer)


def layer_of(decision: Decision, run: Asker, key: str, *, relative: bool = False) -> Layer | None:
    """What the run asks of a property, or will when it is its turn; None: nothing."""
    output = decision.stage.outputs.get(key)
    if output is None:
        return None
    coming = (one for one in output.coming if (one.times is not None) == relative)
    standing = (one for one in _stack(output, relative=relative) if one.timer is None)  # else it is about to go
    return next((one for one in (*coming, *standing) if one.run == run.id), None)


def follow(decision: Decision, variable: str) -> None:
    """A variable changed: the pages that were given it are given it anew."""
    for key, output in list(decision.stage.outputs.items()):
        for layer in (*output.layers, *output.coming):
            if variable in layer.follows.values():
                layer.value = followed(decision, layer.value, layer.follows)
                unsettle(decision, key)


def written(decision: Decision, run: Run, want: Want) -> Fields:
    """What the want says, whatever the language chooses; empty where it cannot be asked."""
    try:
        return with_puts(decision, run.params, want.value, want.puts)
    except Unfit:
        return NOTHING


def source_of(stage: Stage, output: Output) -> Output:
    """Whose layers count: the property's own, or those of the device for which it stands in."""
    life = stage.devices.get(output.device)
    if life is None or not life.stands_for:
        return output
    key = key_of(life.stands_for, output.property)
    return stage.outputs.get(key) or Output(device=life.stands_for, property=output.property)


def shown_by(stage: Stage, output: Output) -> Output:
    """The property itself, or that of what stands in for its device."""
    life = stage.devices.get(output.device)
    if life is None or not life.spare:
        return output
    return stage.outputs.get(key_of(life.spare, output.property), output)


def top_of(stage: Stage, output: Output) -> Layer | None:
    """The layer that shows."""
    layers = source_of(stage, output).layers
    return layers[-1] if layers else None


def strongest_of(stage: Stage, output: Output) -> Layer | None:
    """The relative layer that counts; among equals the former. A suspended run makes nothing less."""
    runs = stage.runs
    relatives = [
        one for one in source_of(stage, output).relatives if one.run not in runs or not runs[one.run].suspended
    ]
    return min(relatives, key=lambda one: (1.0 if one.times is None else one.times, one.order), default=None)


def asker_of(stage: Stage, output: Output) -> Layer | None:
    """Who waits for what is wanted now: of the top and the strongest relative layer the later one."""
    both = [one for one in (top_of(stage, output), strongest_of(stage, output)) if one is not None]
    return max(both, key=lambda one: one.order, default=None)


def is_safety(layer: Layer | None) -> bool:
    """Whether an evacuation asks for it."""
    return layer is not None and layer.band == Band.SAFETY


def value_of(layer: Layer) -> dict[str, Scalar]:
    """What the layer asks for, or its substitute once that took its place."""
    return layer.substitute if layer.substituted and layer.substitute is not None else layer.value


def unsettle(decision: Decision, key: str, fade: int | None = None) -> None:
    """What is wanted of a property may have changed here; ``fade``: over which time a layer was let go."""
    output = decision.stage.outputs[key]
    life = decision.stage.devices.get(output.device)
    stands_in = [output_of(decision, life.spare, output.property)] if life is not None and life.spare else []
    for one in (key, *(key_of(spare.device, spare.property) for spare in stands_in)):
        former = decision.unsettled.get(one)
        known = fade if fade is not None else former.fade if former is not None else 0
        decision.unsettled[one] = Unsettled(known, len(decision.effects))


def _layer(decision: Decision, run: str, band: int, want: Want, asked: Asked) -> Layer:
    layer = Layer(
        run=run,
        band=band,
        order=decision.stage.next_number(),
        value=asked.value,
        fade=want.fade,
        within=want.within,
        retry=want.retry,
        substitute=asked.substitute,
        written=asked.written,
        follows=asked.follows,
        times=want.times,
    )
    group = want.group
    if group is not None:
        layer.group = decision.groups.setdefault((run, group, want.property.name), layer.order)
        layer.apart = group.apart
        layer.may_fail = len(group.devices) - group.need if group.need is not None else None
        layer.starts = decision.at + LEAD if group.in_step and want.property.in_step else None
    return layer


def _put(decision: Decision, output: Output, layer: Layer) -> None:
    stack = _stack(output, relative=layer.times is not None)
    if not stack and (layer.times is not None or layer.band == Band.SAFETY):
        _remember(decision, output)
    for former in [one for one in stack if one.run == layer.run]:
        decision.timers.stop(former.timer)
        stack.remove(former)
    stack.append(layer)
    stack.sort(key=lambda one: (one.band, one.order))
    unsettle(decision, key_of(output.device, output.property))


def _give_up(decision: Decision, output: Output, run: str, *, relative: bool) -> None:
    """What of the run has not come yet does not come."""
    for one in [one for one in output.coming if one.run == run and (one.times is not None) == relative]:
        decision.timers.stop(one.timer)
        output.coming.remove(one)


def _stack(output: Output, *, relative: bool) -> list[Layer]:
    return output.relatives if relative else output.layers


def _remember(decision: Decision, output: Output) -> None:
    """What nobody asks for and has no idle value is made less, or said over: what it says that it shows, else full."""
    property_ = property_of(decision, output)
    is_left = not output.layers and decision.venue.devices[output.device].idle_value(property_) is None
    if not is_left or property_.relative is None:
        return
    field = property_.relative.scales
    shown = decision.stage.values.get(f"{output.device}.{field}")
    if output.state in ("left", "confirmed") and isinstance(shown, int | float):
        output.own = {field: shown}
    elif output.own is None:
        output.own = {field: 1.0}
