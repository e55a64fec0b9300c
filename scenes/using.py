"""What a scene uses: the devices that it asks or tells."""

from devices.vocabulary import DeviceId
from scenes.model import Ask, Scene, Tell
from scenes.step import every


def devices_of(scene: Scene) -> frozenset[DeviceId]:
    """Every device that the scene can ask or tell, its station among them."""
    found = {scene.station} if scene.station is not None else set[DeviceId]()
    for phase in (*scene.phases, scene.ends):
        wants = list(phase.cue.wants) if phase.cue is not None else []
        wants += [want for entry in phase.clock for want in entry.wants]
        for step in every(phase.steps):
            if isinstance(step, Ask):
                wants += step.wants
            elif isinstance(step, Tell):
                found.add(step.device)
        found |= {want.device for want in wants}
    return frozenset(found)
