"""Calls that would never come back, and calls that do not give what the scene needs."""

from collections.abc import Iterator

from controller.venue.findings import VenueError, say, wrong
from controller.venue.language.calls import calls_of
from scenes.model import Call, Given, Scene, SceneId, Venue
from scenes.params import Misfit, fitting


def calling(venue: Venue) -> Iterator[VenueError]:
    """Each at the call; a circle once."""
    told: set[frozenset[SceneId]] = set()
    for scene in venue.scenes.values():
        for call in calls_of(scene):
            called = venue.scenes.get(call.scene)
            if called is None:
                continue
            behind = _reached(venue, called.id)
            around = frozenset(one for one in behind if scene.id in _reached(venue, one))
            if scene.id in behind and around not in told:
                told.add(around)
                yield wrong(call.place, "{} calls {}, and so it would wait for itself", scene.id, called.id,
                            hint="call a scene that does not call this one")  # fmt: skip
            elif scene.id not in behind and called.at_most is None:
                yield wrong(call.place, "{} has no limit, so this could wait for ever", called.id,
                            hint=say("write at_most: in {}", called.id))  # fmt: skip
            yield from _given(venue, call, called)


def _reached(venue: Venue, scene: SceneId) -> set[SceneId]:
    """The scenes that it calls, and those that they call, itself among them."""
    found, ahead = {scene}, [scene]
    while ahead:
        here = venue.scenes.get(ahead.pop())
        for call in calls_of(here) if here is not None else ():
            if call.scene not in found:
                found.add(call.scene)
                ahead.append(call.scene)
    return found


def _given(venue: Venue, call: Call, called: Scene) -> Iterator[VenueError]:
    given, needs = dict(call.params), {one.name: one for one in called.needs}
    missing = tuple(name for name in needs if name not in given)
    unknown = tuple(name for name in given if name not in needs)
    if missing:
        yield wrong(call.place, "{} needs {}, which this call does not give", called.id, missing,
                    hint=say("as in call: {{{{{}: {{{{{}: ...}}}}}}}}", called.id, missing[0]))  # fmt: skip
    if unknown:
        yield wrong(call.place, "{} needs no {}", called.id, unknown)
    for name, value in given.items():
        if name in needs and not isinstance(value, Given):
            try:
                fitting(venue, (needs[name],), {name: value})
            except Misfit:
                yield wrong(call.place, "'{}' does not fit {} of {}", value, name, called.id)
