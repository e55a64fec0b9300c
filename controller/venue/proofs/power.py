"""Power asked for by a short scene: it would be switched back with the run."""

from collections.abc import Iterator

from controller.venue.findings import VenueError, wrong
from controller.venue.proofs.asking import all_wants
from scenes.model import SECOND, Micros, Scene

SHORT: Micros = 3600 * SECOND
SLOW_SECONDS = 5.0  # what takes less to switch is a lamp or a relay: it may go on and off with a scene


def short_power(scene: Scene) -> Iterator[VenueError]:
    """What a device switches takes its time and wears it; a scene of the day asks for it."""
    if scene.at_most is None or scene.at_most >= SHORT:
        return
    for want in all_wants(scene):
        if (want.property.within_seconds or 0) < SLOW_SECONDS:
            continue
        if any(ask.of == "switch" and ask.key in want.asked for ask in want.property.asks):
            yield wrong(want.place, "{} asks {} for its power, and ends within {} min: it would be switched back then",
                        scene.id, want.device, scene.at_most // (60 * SECOND) or 1,
                        hint="ask for power in a scene that lasts the day")  # fmt: skip
