"""Wanted, sent, confirmed: what each property of each device shall do, and whether it does. A table of states.

What is wanted is what the layers make of it (``layers.py``, ``relative.py``); without layers it is the idle value, or
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

from collections import Counter

from devices.vocabulary import DeviceId, Fields
from scenes import groups, playing, positions
from scenes.decision import Decision, Doubt
from scenes.effects import Set
from scenes.index import confirmations_of
from scenes.layers import (
    asker_of,
    is_safety,
    key_of,
    output_of,
    property_of,
    release_some,
    shown_by,
    strongest_of,
    top_of,
    unsettle,
)
from scenes.model import SECOND, Band, SceneId
from scenes.relative import wanted_of
from scenes.stage import Asker, Layer, Output, Run

INSISTS = 5 * SECOND  # how soon a device that does not obey an evacuation is asked again


def release(decision: Decision, run: Asker, fade: int | None) -> None:
    """Lets all layers of the run go; what lies beneath shows over ``fade``. None: nobody saw them, so no matter."""
    release_some(decision, run, list(run.outputs), fade)


def settle(decision: Decision) -> None:
    """One decision, one message a property: sends what is wanted now where it differs from what was wanted before.

    What was doubted is looked at last: a doubt about what is wanted no more is none.
    """
    sets: list[tuple[int, list[Set]]] = []
    for key, unsettled in decision.unsettled.items():
        output = decision.stage.outputs[key]
        top = top_of(decision.stage, output)
        positions.follow(decision, output, top)
        new = next((one for one in (top, strongest_of(decision.stage, output)) if _is_new(decision, one)), None)
        wanted = wanted_of(decision, output)
        starts = top.starts if top is not None else None
        if wanted == output.wanted and starts in (None, output.starts):
            if new is not None and _wait_for_it(decision, output, new):
                sets.append((unsettled.position, [_send(decision, output)]))
            continue
        decision.doubts.pop(key, None)
        output.wanted = None if wanted is None else dict(wanted)
        output.starts = starts
        output.revision += 1
        output.fade = new.fade if new is not None else unsettled.fade
        output.since = decision.at
        output.begins = positions.begins_at(property_of(decision, output), top, wanted)
        _note(decision, "wanted", output, {**(wanted or {}), "fade_us": output.fade})
        sets.append((unsettled.position, _assert(decision, output)))
    decision.unsettled.clear()
    sets.reverse()  # so that equal positions keep the order of asking
    for position, told in sorted(sets, key=lambda one: -one[0]):
        decision.effects[position:position] = told
    doubts, decision.doubts = decision.doubts, {}
    for key in sorted(doubts, key=lambda one: _may_try(decision, decision.stage.outputs[one])):
        if key not in decision.unsettled:  # the last try of another may have brought the substitute for all
            _doubted(decision, decision.stage.outputs[key], doubts[key])


def _is_new(decision: Decision, layer: Layer | None) -> bool:
    return layer is not None and layer.order > decision.began


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
        elif output.state == "failed" and is_safety(top_of(decision.stage, output)) and decision.stage.link_up:
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
                output_of(decision, device.id, property_.name)
                unsettle(decision, key_of(device.id, property_.name))


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
        elif not matches and output.state == "confirmed" and _is_watched(decision, output):
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


def is_done(decision: Decision, run: Run) -> bool:
    """Whether every ask of the run that counts now and waits for a confirmation has it, but for what a group spares."""
    missing: Counter[int] = Counter()
    spared: dict[int, int] = {}
    for key in run.outputs:
        output = decision.stage.outputs[key]
        if any(layer.run == run.id for layer in output.coming):
            return False
        shown = shown_by(decision.stage, output)
        if shown.state == "confirmed" and shown.wanted == wanted_of(decision, shown):
            continue
        for layer in (top_of(decision.stage, output), strongest_of(decision.stage, output)):
            if layer is not None and layer.run == run.id and layer.within is not None:
                missing[layer.group] += 1
                spared[layer.group] = layer.may_fail or 0
    return all(count <= spared[group] for group, count in missing.items())


def _may_try(decision: Decision, output: Output) -> bool:
    """Whether it can be asked once more."""
    asker = asker_of(decision.stage, output)
    return asker is not None and output.tries < asker.retry


def _within(decision: Decision, output: Output) -> int | None:
    asker = asker_of(decision.stage, output)
    return asker.within if asker is not None else None


def _is_watched(decision: Decision, output: Output) -> bool:
    """Whether it matters that the device goes on showing it."""
    return _within(decision, output) is not None or is_safety(top_of(decision.stage, output))


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
    within = _within(decision, output)
    if within is None:
        _move(decision, output, "sent")
    else:
        _wait(decision, output, within)
    top = top_of(decision.stage, output)
    band = top.band if top is not None else Band.HOUSE
    set_id, wanted = _set_id(decision, output), output.wanted or {}
    begins = playing.now_at(decision, output) if output.starts is None else output.begins  # at that instant
    return Set(decision.at, output.device, output.property, wanted, output.fade, set_id, band, output.starts, begins)


def _wait(decision: Decision, output: Output, within: int) -> None:
    """What begins in step is confirmed when it has begun."""
    _move(decision, output, "waiting")
    due_at = max(decision.at, output.starts or 0) + within
    output.timer = decision.timers.start(due_at, "confirm", key_of(output.device, output.property))


def _once_more(decision: Decision, output: Output, why: str) -> None:
    asker = asker_of(decision.stage, output)
    if _may_try(decision, output):
        output.tries += 1
        _note(decision, "retried", output, {"why": why, "try": output.tries})
        decision.effects.append(_send(decision, output))
    elif asker is not None and asker.may_fail is None and groups.can_change(asker):
        _substitute(decision, output, asker, why)
    elif is_safety(top_of(decision.stage, output)):
        _insist(decision, output, why)
    else:
        _note(decision, "failed", output, {"why": why})
        _move(decision, output, "failed")
        for other, layer in groups.given_up(decision, asker):
            _substitute(decision, other, layer, "too few of its group do what was asked")


def _substitute(decision: Decision, output: Output, layer: Layer, why: str) -> None:
    """The layer asks for something else from now on."""
    groups.change(decision, layer)
    _note(decision, "substituted", output, {"why": why, **(layer.substitute or {})})
    unsettle(decision, key_of(output.device, output.property), output.fade)


def _insist(decision: Decision, output: Output, why: str) -> None:
    """What an evacuation wants is asked for again and again; that it fails is said once."""
    top = top_of(decision.stage, output)
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
    decision.standing[output.device] = None
    if state in ("confirmed", "failed"):
        for layer in (top_of(decision.stage, output), strongest_of(decision.stage, output)):
            if layer is not None:
                decision.news[confirmations_of(layer.run)] = None


def _note(decision: Decision, what: str, output: Output, details: Fields) -> None:
    asker = asker_of(decision.stage, output)
    run = decision.stage.runs.get(asker.run) if asker is not None else None
    scene: SceneId | None = run.scene if run is not None else _shows(decision, asker)
    decision.note(
        what,  # type: ignore[arg-type]
        device=output.device,
        scene=scene,
        run=asker.run if asker is not None else None,
        details={"property": output.property, **details},
    )


def _shows(decision: Decision, asker: Layer | None) -> SceneId | None:
    """The scene of which a notice is shown."""
    scene = SceneId(asker.run.partition(" ")[0]) if asker is not None else None
    return scene if scene in decision.venue.scenes else None
