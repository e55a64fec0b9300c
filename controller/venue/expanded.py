"""A venue in full: templates and groups resolved, every default and computed limit written out, in the long form.

What is written loads again and means the same (``check --expanded``). A scene of a row keeps its id, SCENE.ROW.
"""

from collections.abc import Iterator, Mapping

from controller.venue.expanded_places import places_of
from controller.venue.expanded_starts import start_in_full
from controller.venue.expanded_steps import asked_in_full as _asked
from controller.venue.expanded_steps import asks_in_full as _asks
from controller.venue.expanded_steps import step_in_full as _step
from controller.venue.expanded_steps import wants_in_full as _wants
from controller.venue.expanded_text import scalar as _scalar
from controller.venue.expanded_text import share as _share
from controller.venue.expanded_text import table as _table
from controller.venue.expanded_text import text as _text
from controller.venue.expanded_times import time_text, written_hours
from controller.venue.expanded_values import (
    catalogue,
    catalogues_given,
    fact,
    mode_in_full,
    params,
    put_in,
    variable,
)
from controller.venue.language.values import spell_duration
from controller.venue.language.wants import Palette
from devices.vocabulary import Fields
from scenes.model import (
    Ask,
    Band,
    Busy,
    Called,
    Clip,
    Cue,
    Device,
    Evacuation,
    Hall,
    Mode,
    Parallel,
    Phase,
    Queue,
    Remote,
    Scene,
    Tell,
    Venue,
)


def expanded(venue: Venue, palette: Palette) -> str:
    """The venue as one YAML file."""
    lines = [f"venue: {venue.id}", f"title: {_titles(venue.title)}"]
    if venue.hours is not None:
        lines.append(f"hours: {written_hours(venue.hours)}")
    lines += _part("places", {hall.id: _hall(hall) for hall in venue.places.values()})
    lines += _part("devices", {device.id: _device(device) for device in venue.devices.values()})
    lines += _part("looks", {_text(name): _look(look) for name, look in palette.looks.items()})
    if palette.pages:
        lines.append(f"pages: [{', '.join(palette.pages)}]")
    lines += _part("clips", {role: _clip(clip) for role, clip in palette.clips.items()})
    lines += _part("catalogues", {name: catalogue(venue, name) for name in catalogues_given(venue)})
    lines += _part("variables", {one.name: variable(one) for one in venue.variables.values()})
    lines += _part("facts", {one.name: fact(one) for one in venue.facts.values()})
    lines += _part("remotes", {remote.id: _remote(remote) for remote in venue.remotes.values()})
    if venue.evacuation is not None:
        lines.append(f"evacuation: {_evacuation(venue.evacuation)}")
    lines += _part("modes", {name: _mode(mode, venue.scenes[name]) for name, mode in venue.modes.items()})
    for scene in venue.scenes.values():
        lines += ["", *_scene(scene, venue)] if scene.id not in venue.modes else []
    return "\n".join(lines) + "\n"


def _mode(mode: Mode, scene: Scene) -> str:
    ask = next((step for step in scene.phases[0].steps if isinstance(step, Ask)), None)
    return mode_in_full(mode, scene, _titles(scene.title), _asks(ask.wants) if ask is not None else None)


def _remote(remote: Remote) -> str:
    buttons: dict[str, str | None] = {
        f"{one.button} held" if one.event == "held" else str(one.button): f"{one.verb} {one.scene}".strip()
        for one in remote.buttons
    }
    return _table({"device": remote.device, "role": remote.role, "buttons": _table(buttons)})


def _evacuation(evacuation: Evacuation) -> str:
    drill = evacuation.drill
    return _table(
        {
            "input": _text(evacuation.text),
            "look": _text(evacuation.look),
            "speech": _asks(evacuation.speech),
            "screens": _asks(evacuation.screens) if evacuation.screens else None,
            "drill": None
            if drill is None
            else _table(
                {
                    "by": f"[{', '.join(drill.roles)}]",
                    "speech": _asks(drill.speech),
                    "at_most": spell_duration(drill.at_most),
                }
            ),
        }
    )


def _part(name: str, entries: Mapping[str, str]) -> list[str]:
    return [f"{name}:", *(f"  {key}: {value}" for key, value in entries.items())] if entries else []


def _titles(title: Mapping[str, str]) -> str:
    return _table({language: _text(text) for language, text in title.items()})


def _hall(hall: Hall) -> str:
    entries: dict[str, str | None] = {language: _text(text) for language, text in hall.title.items()}
    for name, parts in (("sections", hall.sections), ("cities", hall.cities)):
        if parts:
            entries[name] = _table({part: _titles(title) for part, title in parts.items()})
    return _table(entries)


def _device(device: Device) -> str:
    idle = {
        key: word
        for property_ in device.kind.properties
        if property_.name in device.idle
        for key, word in _asked(property_, device.idle[property_.name]).items()
    }
    return _table(
        {
            "kind": device.kind.name,
            "title": _titles(device.title) if device.title else None,
            "at": device.at or None,
            "note": _text(device.note) if device.note else None,
            "idle": _table(idle) if idle else None,
            "trim": device.trim.text if device.trim is not None else None,
            "spare": device.spare.device if device.spare is not None else None,
            "after": spell_duration(device.spare.after) if device.spare is not None else None,
            "emergency": "true" if device.emergency else None,
            "unused": "true" if device.unused else None,
        }
    )


def _look(look: Fields) -> str:
    return _table(
        {
            "level": _share(look["level"]) if "level" in look else None,
            "colour": _scalar(look["colour"]) if "colour" in look else None,
        }
    )


def _clip(clip: Clip) -> str:
    return _table(
        {
            **{key: _text(file) for key, file in clip.files.items()},
            "lasts": spell_duration(clip.lasts) if clip.lasts is not None else None,
            "loops": _scalar(clip.loops) if clip.loops is not None else None,
        }
    )


def _scene(scene: Scene, venue: Venue) -> Iterator[str]:
    yield f"{scene.id}:"
    yield f"  title: {_titles(scene.title)}"
    yield f"  band: {Band(scene.band).name.lower()}"
    if scene.needs:
        yield f"  needs: {params(scene.needs)}"
    starts = [start_in_full(start) for start in scene.starts if not isinstance(start, Called)]
    yield from ("  starts:", *(f"    - {start}" for start in starts)) if starts else ()
    if scene.hours is not None:
        yield f"  hours: {scene.hours}"
    if scene.condition is not None:
        yield f"  if: {_text(scene.condition.text)}"
    yield f"  busy: {_busy(scene.busy)}"
    if scene.per is not None:
        yield f"  per: {scene.per.text}"
    yield f"  cools: {{for: {spell_duration(scene.cools)}, from: {scene.cools_from}}}"
    if scene.takes:
        yield f"  takes: [{', '.join(scene.takes)}]"
        yield f"  sessions: {scene.sessions}"
    yield f"  loses: {scene.loses}"
    yield from _body(scene, venue)
    yield "  ends:" if scene.ends.steps else "  ends: []"
    yield from (f"    - {_step(step)}" for step in scene.ends.steps)
    if scene.at_most is not None:
        yield f"  at_most: {spell_duration(scene.at_most)}"
    yield f"  after_crash: {scene.after_crash}"
    yield f"  on_reload: {scene.on_reload}"
    if scene.resting:
        yield f"  resting: {_asks(scene.resting)}"


def _busy(busy: Busy) -> str:
    match busy:
        case Parallel(most=most):
            return _table({"parallel": str(most)})
        case Queue():
            shown = {"waiting": busy.waiting, "full": busy.full}
            asks = {key: _asks(wants) for key, wants in shown.items() if wants}
            return _table({"queue": str(busy.length), "wait": spell_duration(busy.wait), **asks})
        case word:
            return word


def _body(scene: Scene, venue: Venue) -> Iterator[str]:
    first = scene.phases[0]
    if first.cue is not None:
        yield "  cues:"
        yield from (f"    {phase.name}: {_cue(phase, venue)}" for phase in scene.phases)
    elif first.clock:
        yield "  clock:"
        for entry in first.clock:
            asked = {device: _table(one) for device, one in _wants(entry.wants).items()}
            yield f"    {time_text(entry.time)}: {_table({**asked})}"
    elif first.lasts():
        yield f"  station: {scene.station}"
        yield "  phases:"
        yield from (f"    {phase.name}: {_phase(phase)}" for phase in scene.phases)
    else:
        yield "  does:"
        yield from (f"    - {_step(step)}" for step in first.steps)


def _cue(phase: Phase, venue: Venue) -> str:
    cue = phase.cue or Cue({})
    asked = {device: _table(one) for device, one in _wants(cue.wants).items()}
    after = "stay" if cue.stays else "go" if phase.otherwise is not None else "end"
    places = places_of(cue.gives_back, venue)
    return _table(
        {
            "title": _titles(cue.title),
            "ask": _table({**asked}) if asked else None,
            "at_most": spell_duration(phase.at_most or 0),
            "else": after,
            "ways": _table({_text(way): to for way, to in cue.ways.items()}) if cue.ways else None,
            "gives_back": f"[{', '.join(places)}]" if places else None,
        }
    )


def _phase(phase: Phase) -> str:
    asked: dict[str, str | None] = {}
    told: dict[str, str | None] = {}
    for step in phase.steps:
        match step:
            case Ask(wants=wants):
                asked |= {device: _table(one) for device, one in _wants(wants).items()}
            case Tell():
                fields = {key: _scalar(value) for key, value in step.fields.items()} | put_in(step.puts)
                told[f"{step.device}.{step.command.name}"] = _table(fields)
            case _:
                pass
    return _table(
        {
            "ask": _table(asked) if asked else None,
            "tell": _table(told) if told else None,
            "at_most": spell_duration(phase.at_most or 0),
            "next": _table({way.trigger.name.rpartition(".")[2]: way.to for way in phase.ways}) if phase.ways else None,
            "else": phase.otherwise,
            "visits": str(phase.visits) if phase.visits is not None else None,
            "critical": "true" if phase.critical else None,
        }
    )
