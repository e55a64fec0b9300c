"""How a scene goes from phase to phase, as a Mermaid state diagram, drawn from the tables that the engine plays."""

from collections.abc import Iterator

from scenes.model import ENDS, Phase, Scene
from scenes.reasons import span

_ENTRY, _EXIT = "[*] -->", "--> [*]"


def diagram(scene: Scene) -> str:
    """Text that a page in Markdown shows as a picture, in a block ``mermaid``."""
    return "\n".join(["stateDiagram-v2", *(f"    {line}" for line in _lines(scene))]) + "\n"


def _lines(scene: Scene) -> Iterator[str]:
    yield f"{_ENTRY} {scene.phases[0].name}"
    for phase in scene.phases:
        notes = list(_notes(phase))
        if notes:
            yield f"{phase.name}: {phase.name} ({', '.join(notes)})"
    for number, phase in enumerate(scene.phases):
        following = scene.phases[number + 1].name if number + 1 < len(scene.phases) else None
        yield from _ways(phase, following)
    yield f"{ENDS} {_EXIT}"


def _notes(phase: Phase) -> Iterator[str]:
    if phase.at_most is not None:
        yield f"at most {span(phase.at_most)}"
    if phase.visits is not None:
        yield f"{phase.visits} visits"
    if phase.critical:
        yield "critical"


def _ways(phase: Phase, following: str | None) -> Iterator[str]:
    """Events first, then orders to a tour, then what follows when time is up."""
    for way in phase.ways:
        yield f"{phase.name} --> {way.to}: {way.trigger.name.rpartition('.')[2]}"
    if phase.cue is not None:
        yield f"{phase.name} --> {following or ENDS}: go"
        yield from (f"{phase.name} --> {to}: go {way}" for way, to in phase.cue.ways.items())
        if phase.cue.stays:
            return
    if phase.at_most is not None:
        yield f"{phase.name} --> {phase.otherwise or ENDS}: time is up"
    elif phase.cue is None:
        yield f"{phase.name} --> {following or ENDS}"
