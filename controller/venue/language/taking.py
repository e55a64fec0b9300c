"""``takes``: the halls and stations that a scene holds while it runs, as an author names them."""

from controller.venue.findings import Gather, wrong
from controller.venue.language.forms import SceneForm
from controller.venue.language.places import Groups
from controller.venue.source.nodes import Table


def taken(groups: Groups, form: SceneForm, table: Table) -> tuple[str, ...]:
    """In the order of names, which is the order of taking. Raises ``VenueError`` with all that is wrong."""
    gather = Gather()
    if form.sessions is not None and form.takes is None:
        gather.add(wrong(table.keys["sessions"], "sessions stands beside takes", hint="write takes: and a hall"))
    if form.takes == ():
        gather.add(wrong(table.entries["takes"].place, "nothing stands in this list", hint="write takes: and a hall"))
    found = [gather.attempt(groups.whole, place) for place in form.takes or ()]
    gather.stop()
    halls = {thing for one in found for thing in one or ()}
    return tuple(sorted(thing for thing in halls if "." not in thing or thing.partition(".")[0] not in halls))
