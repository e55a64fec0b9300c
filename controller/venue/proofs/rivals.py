"""Two scenes of one band that last as long as something is true, over one property: chance would decide."""

from collections.abc import Iterator
from itertools import product

from controller.venue.findings import Also, VenueError, say, wrong
from controller.venue.language.forms import BANDS
from controller.venue.proofs.asking import all_wants
from controller.venue.proofs.holding import can_hold
from scenes.model import Scene, Venue, Want, While


def rivals(venue: Venue) -> Iterator[VenueError]:
    """Each pair once, at the later scene."""
    holders: dict[tuple[int, str, str], list[tuple[Scene, While]]] = {}
    told: set[tuple[str, str]] = set()
    for scene in venue.scenes.values():
        lasting = [start for start in scene.starts if isinstance(start, While)]
        for want in all_wants(scene) if lasting else ():
            if want.times is not None:
                continue  # only the strongest counts, whoever was first
            others = holders.setdefault((scene.band, want.device, want.property.name), [])
            for start, (other, theirs) in product(lasting, others):
                pair = (other.id, scene.id)
                if other is not scene and pair not in told and can_hold(start.condition, theirs.condition):
                    told.add(pair)
                    yield _rivals(scene, start, other, theirs, want)
            others += [(scene, start) for start in lasting]


def _rivals(scene: Scene, start: While, other: Scene, theirs: While, want: Want) -> VenueError:
    hint = say("give one of them another band ({}: the later wins), or conditions that exclude each other", BANDS)
    return wrong(start.place, "{} and {} can run at the same time, and both ask for the {} of {} in the band {}",
                 other.id, scene.id, want.property.name, want.device, scene.band.name.lower(),
                 hint=hint, also=(Also(theirs.place, say("{} starts here", other.id)),))  # fmt: skip
