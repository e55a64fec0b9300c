"""Two scenes of one band that start by themselves and take one hall: the one that comes second is denied it."""

from collections.abc import Iterator
from itertools import combinations, product

from controller.venue.findings import Also, VenueError, say, wrong
from controller.venue.language.forms import BANDS
from controller.venue.proofs.holding import can_hold
from scenes.model import By, Scene, Start, Venue, While


def rival_claims(venue: Venue) -> Iterator[VenueError]:
    """Each pair once, at the later scene. What people order may wait: they see who is there."""
    taking = [scene for scene in venue.scenes.values() if scene.takes and _by_themselves(scene)]
    for one, other in combinations(taking, 2):
        shared = next((thing for thing in other.takes if any(_is_within(thing, held) for held in one.takes)), None)
        if one.band is other.band and shared is not None and _at_once(one, other):
            hint = say(
                "give one of them another band ({}: the later wins), or conditions that exclude each other", BANDS
            )
            yield wrong(other.where("takes"), "{} and {} can want {} at the same time, both in the band {}",
                        one.id, other.id, shared, other.band.name.lower(),
                        hint=hint, also=(Also(one.where("takes"), say("{} takes it here", one.id)),))  # fmt: skip


def _by_themselves(scene: Scene) -> list[Start]:
    return [start for start in scene.starts if not isinstance(start, By)]


def _is_within(thing: str, other: str) -> bool:
    return thing == other or thing.startswith(f"{other}.") or other.startswith(f"{thing}.")


def _at_once(one: Scene, other: Scene) -> bool:
    """What starts at an instant may last while anything else starts; what lasts may exclude what lasts."""
    return any(
        can_hold(mine.condition, theirs.condition) if isinstance(mine, While) and isinstance(theirs, While) else True
        for mine, theirs in product(_by_themselves(one), _by_themselves(other))
    )
