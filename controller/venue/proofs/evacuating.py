"""Whether an evacuation is heard: a speaker that a scene may have made quiet must be told how loud to be."""

from collections.abc import Iterator

from controller.venue.findings import Also, VenueError, say, wrong
from controller.venue.proofs.asking import all_wants, wants_of
from scenes.model import Venue, Want


def unheard(venue: Venue) -> Iterator[VenueError]:
    """Speakers of the speech whose volume a scene asks for, and the speech does not."""
    if venue.evacuation is None:
        yield from _pressed_in_vain(venue)
        return
    quiet: dict[tuple[str, str], Want] = {}
    for scene in venue.scenes.values():
        for want in (*all_wants(scene), *wants_of(scene.ends.steps)):
            if want.property.asks[0].key == "volume" and want.times is None:  # what is relative counts no more then
                quiet.setdefault((want.device, want.property.name), want)
    said = {(want.device, want.property.name) for want in venue.evacuation.speech}
    speaking = {want.device: want for want in venue.evacuation.speech}
    for (device, property_), want in quiet.items():
        if device in speaking and (device, property_) not in said:
            place = speaking[want.device].place
            yield wrong(place, "a scene may have made {} quiet: the speech must say how loud", device,
                        hint="as in {{play: evacuate, volume: 100%}}",
                        also=(Also(want.place, say("this asks for its volume")),))  # fmt: skip
            return


def _pressed_in_vain(venue: Venue) -> Iterator[VenueError]:
    """Buttons that order an evacuation of which the venue says nothing."""
    for remote in venue.remotes.values():
        for button in remote.buttons:
            if button.verb == "evacuate":
                yield wrong(button.place, "{} is ordered by a button, and this venue says nothing of it", "evacuate",
                            hint="write evacuation: among the parts of the venue")  # fmt: skip
