"""What a scene uses: the devices that it asks or tells."""

from collections.abc import Iterator

from devices.vocabulary import DeviceId
from scenes.model import Ask, Scene, Step, Tell, Wait


def devices_of(scene: Scene) -> frozenset[DeviceId]:
    """Every device that the scene can ask or tell, its station among them."""
    found = set[DeviceId]({scene.station} if scene.station is not None else ())
    for phase in (*scene.phases, scene.ends):
        found |= set(_of(phase.steps))
        if phase.cue is not None:
            found |= {want.device for want in phase.cue.wants}
    return frozenset(found)


def _of(steps: tuple[Step, ...]) -> Iterator[DeviceId]:
    for step in steps:
        match step:
            case Ask(wants=wants):
                yield from (want.device for want in wants)
            case Tell(device=device):
                yield device
            case Wait(otherwise=otherwise) if otherwise != "end":
                yield from _of((otherwise,))
            case _:
                pass
