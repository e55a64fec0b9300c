"""All proofs over the scenes of a venue, in their order."""

from collections.abc import Iterator, Mapping

from controller.venue.findings import VenueError
from controller.venue.proofs.calling import calling
from controller.venue.proofs.claiming import rival_claims
from controller.venue.proofs.due import never_due
from controller.venue.proofs.evacuating import unheard
from controller.venue.proofs.flashing import flashes
from controller.venue.proofs.holding import never_chosen, never_holds
from controller.venue.proofs.power import short_power
from controller.venue.proofs.rivals import rivals
from controller.venue.proofs.thresholds import overlapping
from controller.venue.proofs.waiting import waits_in_vain
from controller.venue.source.nodes import Table
from scenes.model import SceneId, Venue


def prove(venue: Venue, spelled: Mapping[SceneId, Table]) -> Iterator[VenueError]:
    """What is wrong with single scenes and with pairs of them. ``spelled``: the scenes as they are written."""
    for scene in venue.scenes.values():
        yield from never_holds(scene, spelled.get(scene.id))
        yield from never_chosen(scene)
        yield from short_power(scene)
        yield from never_due(scene, venue)
        yield from flashes(scene)
        yield from waits_in_vain(scene)
    yield from calling(venue)
    yield from rivals(venue)
    yield from rival_claims(venue)
    yield from unheard(venue)
    yield from overlapping(venue)
