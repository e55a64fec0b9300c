"""Wanted, sent, confirmed: what each property of each device shall do, and whether it does. A table of states.

Layers. What is wanted is the value of the top layer: highest band, then latest. Without layers it is the idle value, or
nothing is asked (``left``). Layers change at once; the one message for it is decided when the decision settles.

    state      moves on
    left       wanted
    unsent     link up → sent or waiting
    sent       (nobody waits) a matching report → confirmed
    waiting    a matching report → confirmed; time up or refused → once more, then the substitute, then failed
    confirmed  a live report of something else → asserted again (drift)
    failed     a matching report → confirmed

Every state: link down → unsent; device came back → asserted again; another value wanted → from the start.
"""

from devices.vocabulary import NOTHING, DeviceId, Fields, Property
from scenes import positions
from scenes.asking import Unfit, asked_for, with_puts
from scenes.decision import Decision, Doubt, Unsettled
from scenes.effects import Set
from scenes.index import confirmations_of
from scenes.model import SECOND, Band, SceneId, Want
from scenes.stage import Layer, Output, Run, Stage

INSISTS = 5 * SECOND  # how soon a device that does not obey an evacuation is asked again


def key_of(device: DeviceId, property_: str) -> str:
    """Where the stage keeps a property of a device."""
    return f"{device}/{property_}"


def ask(decision: Decision, run: Run, band: int, want: Want) -> None:
    """Puts a want into the run's layer of a property; a former one of the same run goes."""
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
    asked = asked_for(decision, params, want)
    key = key_of(want.device, want.property.name)
    output = _output(decision, key, want.device, want.property.name)
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
    )
    output.layers = sorted(
        [*(one for one in output.layers if one.run != run), layer], key=lambda one: (one.band, one.order)
    )
    _unsettle(decision, key)
    return key


def uncover(decision: Decision, run: str, fade: int) -> None:
    """Nothing of the evacuation lies on top any more: every property shows what is true now, over ``fade``."""
    for key, output in decision.stage.outputs.items():
        output.layers = [one for one in output.layers if one.run != run]
        _unsettle(decision, key, fade)


def release(decision: Decision, run: Run, fade: int | None) -> None:
    """Lets all layers of the run go; what lies beneath shows over ``fade``. None: nobody saw them, so no matter."""
    release_some(decision, run, list(run.outputs), fade)


def release_some(decision: Decision, run: Run, keys: list[str], fade: int | None) -> None:
    """Lets the run's layers of these properties go."""
    for key in keys:
        output = decision.stage.outputs[key]
        output.layers = [one for one in output.layers if one.run != run.id]
        run.outputs.remove(key)
        _unsettle(decision, key, fade)


def layer_of(decision: Decision, run: Run, key: str) -> Layer | None:
    """What the run asks of a property now; None: nothing."""
    output = decision.stage.outputs.get(key)
    return next((one for one in output.layers if one.run == run.id), None) if output is not None else None


def written(decision: Decision, run: Run, want: Want) -> Fields:
    """What the want says, whatever the language chooses; empty where it cannot be asked."""
    try:
        return with_puts(decision, run.params, want.value, want.puts)
    except Unfit:
        return NOTHING


def settle(decision: Decision) -> None:
    """One decision, one message a property: sends what is wanted now where it differs from what was wanted before.

    What was doubted is looked at last: a doubt about what is wanted no more is none.
    """
    sets: list[tuple[int, list[Set]]] = []
    for key, unsettled in decision.unsettled.items():
        output = decision.stage.outputs[key]
        top = top_of(output)
        is_new = top is not None and top.order > decision.began
        wanted = _wanted(decision, output)
        positions.follow(decision, output, top)
        if wanted == output.wanted:
            if top is not None and is_new and _wait_for_it(decision, output, top):
                sets.append((unsettled.position, [_send(decision, output)]))
            continue
        decision.doubts.pop(key, None)
        output.wanted = None if wanted is None else dict(wanted)
        output.revision += 1
        output.fade = top.fade if top is not None and is_new else unsettled.fade
        output.since = decision.at
        output.begins = positions.begins_at(_property(decision, output), top, wanted)
        _note(decision, "wanted", output, {**(wanted or {}), "fade_us": output.fade})
        sets.append((unsettled.position, _assert(decision, output)))
    decision.unsettled.clear()
    sets.reverse()  # so that equal positions keep the order of asking
    for position, told in sorted(sets, key=lambda one: -one[0]):
        decision.effects[position:position] = told
    doubts, decision.doubts = decision.doubts, {}
    for key, doubt in doubts.items():
        _doubted(decision, decision.stage.outputs[key], doubt)


def _wait_for_it(decision: Decision, output: Output, top: Layer) -> bool:
    """The same is wanted by somebody who waits for its confirmation. True when it has to be sent again."""
    if top.within is None or output.state in ("unsent", "confirmed", "left"):
        return False
    decision.doubts.pop(key_of(output.device, output.property), None)
    output.tries = 0
    output.since = decision.at
    if output.state == "failed":
        return True
    _wait(decision, output, top.within)
    return False


def _doubted(decision: Decision, output: Output, doubt: Doubt) -> None:
    """Still wanted, and not shown."""
    if doubt.shows is None:
        if output.state in ("sent", "waiting"):
            _once_more(decision, output, doubt.why)
        elif output.state == "failed" and _is_safety(top_of(output)) and decision.stage.link_up:
            decision.effects.append(_send(decision, output))
    elif output.state == "confirmed":
        _note(decision, "drifted", output, doubt.shows)
        decision.effects.extend(_assert(decision, output))


def asserted(decision: Decision, outputs: list[Output]) -> None:
    """Sends again what is wanted: the link, or the device, is back."""
    for output in outputs:
        if output.wanted is not None:
            decision.effects.extend(_assert(decision, output))


def begin_house(decision: Decision) -> None:
    """Every property that has an idle value is wanted at its idle value when nothing asks for it."""
    for device in decision.venue.devices.values():
        for property_ in device.kind.properties:
            if device.idle_value(property_) is not None:
                key = key_of(device.id, property_.name)
                _output(decision, key, device.id, property_.name)
                _unsettle(decision, key)


def link_lost(decision: Decision) -> None:
    """Nothing that was sent is sure any more."""
    for output in decision.stage.outputs.values():
        if output.state != "left":
            _move(decision, output, "unsent")


def reported(decision: Decision, device: DeviceId, fields: Fields) -> None:
    """A live report: confirms what is wanted, or shows that something else is there."""
    for property_ in decision.venue.devices[device].kind.properties:
        output = decision.stage.outputs.get(key_of(device, property_.name))
        if output is None or output.wanted is None or not any(name in fields for name in property_.reports):
            continue
        values = decision.stage.values
        shown = {name: values.get(f"{device}.{name}") for name in property_.reports}
        matches = property_.confirmed(output.wanted, shown)
        if matches and output.state != "confirmed":
            _note(decision, "confirmed", output, {"after_us": decision.at - output.since})
            _move(decision, output, "confirmed")
        elif not matches and output.state == "confirmed" and _is_watched(output):
            decision.doubts[key_of(device, property_.name)] = Doubt("it shows something else", shown)


def refused(decision: Decision, device: DeviceId, set_id: str, reason: str) -> bool:
    """A device said no to a want. True when ``set_id`` is of a want that is still wanted."""
    for property_ in decision.venue.devices[device].kind.properties:
        output = decision.stage.outputs.get(key_of(device, property_.name))
        if output is not None and output.state in ("sent", "waiting") and set_id == _set_id(decision, output):
            decision.doubts[key_of(device, property_.name)] = Doubt(reason or "the device refused")
            return True
    return False


def due(decision: Decision, key: str) -> None:
    """No confirmation came in time."""
    decision.stage.outputs[key].timer = None
    decision.doubts[key] = Doubt("no confirmation came")


def is_done(stage: Stage, run: Run) -> bool:
    """Whether every ask of the run that is on top and waits for a confirmation has it."""
    for key in run.outputs:
        output = stage.outputs[key]
        top = top_of(output)
        if top is None or top.run != run.id or top.within is None:
            continue
        if output.state != "confirmed" or output.wanted != value_of(top):
            return False
    return True


def top_of(output: Output) -> Layer | None:
    """The layer that shows."""
    return output.layers[-1] if output.layers else None


def value_of(layer: Layer) -> dict[str, bool | int | float | str | None]:
    """What the layer asks for, or its substitute once that took its place."""
    return layer.substitute if layer.substituted and layer.substitute is not None else layer.value


def _is_safety(layer: Layer | None) -> bool:
    return layer is not None and layer.band == Band.SAFETY


def _unsettle(decision: Decision, key: str, fade: int | None = None) -> None:
    """The layers of a property changed here; ``fade``: over which time one was let go."""
    former = decision.unsettled.get(key)
    decision.unsettled[key] = Unsettled(
        fade if fade is not None else former.fade if former is not None else 0, len(decision.effects)
    )


def _output(decision: Decision, key: str, device: DeviceId, property_: str) -> Output:
    found = decision.stage.outputs.get(key)
    if found is None:
        found = decision.stage.outputs[key] = Output(device=device, property=property_)
    return found


def _wanted(decision: Decision, output: Output) -> Fields | None:
    top = top_of(output)
    if decision.stage.safety.holds() and (top is None or not _is_safety(top)):
        return output.wanted  # an evacuation that says nothing of it leaves it as it is
    if top is not None:
        return value_of(top)
    return decision.venue.devices[output.device].idle_value(_property(decision, output))


def _property(decision: Decision, output: Output) -> Property:
    kind = decision.venue.devices[output.device].kind
    return next(one for one in kind.properties if one.name == output.property)


def _within(output: Output) -> int | None:
    top = top_of(output)
    return top.within if top is not None else None


def _is_watched(output: Output) -> bool:
    """Whether it matters that the device goes on showing it."""
    return _within(output) is not None or _is_safety(top_of(output))


def _set_id(decision: Decision, output: Output) -> str:
    return decision.one_shot_id(output.device, output.property, str(output.revision))


def _assert(decision: Decision, output: Output) -> list[Set]:
    """From the start: sends, and waits for the confirmation where somebody does."""
    output.tries = 0
    if output.wanted is None:
        _move(decision, output, "left")
        return []
    if not decision.stage.link_up:
        _move(decision, output, "unsent")
        return []
    return [_send(decision, output)]


def _send(decision: Decision, output: Output) -> Set:
    within = _within(output)
    _move(decision, output, "sent" if within is None else "waiting")
    if within is not None:
        output.timer = decision.timers.start(decision.at + within, "confirm", key_of(output.device, output.property))
    top = top_of(output)
    band = top.band if top is not None else Band.HOUSE
    wanted, set_id = output.wanted or {}, _set_id(decision, output)
    return Set(
        decision.at,
        output.device,
        output.property,
        wanted,
        output.fade,
        set_id,
        band,
        positions.now_at(decision, output),
    )


def _wait(decision: Decision, output: Output, within: int) -> None:
    _move(decision, output, "waiting")
    output.timer = decision.timers.start(decision.at + within, "confirm", key_of(output.device, output.property))


def _once_more(decision: Decision, output: Output, why: str) -> None:
    top = top_of(output)
    if top is not None and output.tries < top.retry:
        output.tries += 1
        _note(decision, "retried", output, {"why": why, "try": output.tries})
        decision.effects.append(_send(decision, output))
    elif top is not None and top.substitute is not None and not top.substituted:
        top.substituted = True
        _note(decision, "substituted", output, {"why": why, **top.substitute})
        _unsettle(decision, key_of(output.device, output.property), output.fade)
    elif _is_safety(top):
        _insist(decision, output, why)
    else:
        _note(decision, "failed", output, {"why": why})
        _move(decision, output, "failed")


def _insist(decision: Decision, output: Output, why: str) -> None:
    """What an evacuation wants is asked for again and again; that it fails is said once."""
    top = top_of(output)
    if top is not None and output.tries == top.retry:
        _note(decision, "failed", output, {"why": why})
        output.tries += 1
    _move(decision, output, "failed")
    key = key_of(output.device, output.property)
    output.timer = decision.timers.start(decision.at + INSISTS, "confirm", key)


def _move(decision: Decision, output: Output, state: str) -> None:
    decision.timers.stop(output.timer)
    output.timer = None
    output.state = state  # type: ignore[assignment]
    top = top_of(output)
    if top is not None and state in ("confirmed", "failed"):
        decision.news[confirmations_of(top.run)] = None


def _note(decision: Decision, what: str, output: Output, details: Fields) -> None:
    top = top_of(output)
    run = decision.stage.runs.get(top.run) if top is not None else None
    scene: SceneId | None = run.scene if run is not None else None
    decision.note(
        what,  # type: ignore[arg-type]
        device=output.device,
        scene=scene,
        run=top.run if top is not None else None,
        details={"property": output.property, **details},
    )
