"""Variables, facts, modes and what scenes are given, read aloud."""

import pytest

from controller.venue.aloud.scene import read_aloud, read_named_aloud
from controller.venue.load import Loaded, load
from scenes.model import SceneId
from tests.venues_written import written

FILES = ("36_given_by_events_and_orders", "37_variables_and_facts", "38_modes")
VENUES = {one.name[:2]: load(one.texts) for one in written("unusual") if one.name in FILES}


def named(loaded: Loaded, name: str, language: str) -> str:
    sort, table = loaded.named[name]
    return read_named_aloud(sort, name, table, loaded.venue, language)


@pytest.mark.parametrize(
    ("venue", "name", "language", "said"),
    [
        (
            "37",
            "inside",
            "en",
            (
                "Variable: inside. A number, 0 at first. One more when door counts somebody in. "
                "One less when door counts somebody out, down to 0. It begins anew at midnight."
            ),
        ),
        (
            "37",
            "inside",
            "zh",
            (
                "变量：馆内人数。数字，初始为 0。当 door 有人进入时加一。"
                "当 door 有人离开时减一，最低为 0。复位：每天零点。"
            ),
        ),
        (
            "37",
            "quiet",
            "en",
            (
                "Fact: quiet. True from when inside is below 3, and language is zh. "
                "Until inside is above 5. Each for 1 minute."
            ),
        ),
        (
            "38",
            "school",
            "en",
            (
                "Mode: A school class. Switched on and off by staff or a guide. "
                "While it lasts these do not start: other. Only while it lasts these start: more. "
                "Instead of film it plays short. Quieter: every speaker in hall by 6dB. At most 2 hours."
            ),
        ),
    ],
)
def test_what_has_a_name_is_read_aloud(venue, name, language, said):
    assert named(VENUES[venue], name, language) == said


@pytest.mark.parametrize(
    ("venue", "scene", "said"),
    [
        ("36", "chosen", "Whoever starts it gives the film (one of the catalogue films) and the word (zh or en)."),
        ("36", "chosen", "which gives the film (one of the catalogue films) and the word (zh or en)"),
        ("37", "full", "Runs as long as it is crowded, and it is not quiet."),
        ("37", "chosen", "Set language to the word; set hushed to yes; set guests to inside as it is now."),
        ("37", "voted", "Add 1 to votes for the topic."),
        ("38", "other", "Only if the mode “cleaning” is off."),
    ],
)
def test_a_scene_says_what_it_is_given_and_what_it_changes(venue, scene, said):
    loaded = VENUES[venue]
    assert said in read_aloud(scene, loaded.spelled[SceneId(scene)], loaded.venue, "en")
