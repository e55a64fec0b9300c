"""Light that changes faster than people can bear: more than three flashes, six changes, within a second."""

from collections.abc import Iterator

from controller.venue.findings import Also, VenueError, say, wrong
from scenes.model import SECOND, Ask, Micros, Pause, Scene, Stay, Wait, Want

MOST_CHANGES = 6
_BREAK: Micros = 2 * SECOND  # what a wait or a stay counts for: it may last


def flashes(scene: Scene) -> Iterator[VenueError]:
    """The first ask of each light that comes too soon, by the pauses between the asks."""
    changes: dict[str, list[tuple[Micros, Want]]] = {}
    at: Micros = 0
    for step in (*scene.phases[0].steps, *scene.ends.steps):
        match step:
            case Pause(time=time):
                at += time
            case Wait() | Stay():
                at += _BREAK
            case Ask(wants=wants):
                for want in wants:
                    if any(ask.of in ("look", "level") for ask in want.property.asks):
                        lately = [one for one in changes.get(want.device, ()) if one[0] > at - SECOND]
                        changes[want.device] = [*lately, (at, want)]
                        if len(lately) == MOST_CHANGES:
                            yield _too_fast(want, at, lately)
            case _:
                pass


def _too_fast(want: Want, at: Micros, lately: list[tuple[Micros, Want]]) -> VenueError:
    began, first = lately[0]
    said = "{} changes {} times within {} s, at most {} a second are safe: faster flashing can trigger seizures"
    return wrong(want.place, said, want.device, len(lately) + 1, f"{(at - began) / SECOND:g}", MOST_CHANGES,
                 hint="wait at least 200ms between all of them",
                 also=(Also(first.place, say("the first of them")),))  # fmt: skip
