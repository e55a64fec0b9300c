"""Relative wants and trims: whatever is wanted, less; the strongest counts, and it comes back as it was."""

import pytest

from scenes.effects import Set
from tests.venue import HALL, House, of

HEADS = HALL + "  speech: {file: speech.wav}\n"
SPEAKER = HEADS.replace("  preface.wall:", "  preface.speaker: {kind: speaker, idle: {volume: 50%}}\n  preface.wall:")


def scene(name: str, ask: str, band: str = "exhibit", more: str = "") -> str:
    does = f"  does:\n    - ask: {ask}\n{more}    - wait: 1h\n"
    return f"{name}:\n  band: {band}\n  starts: {{by: staff}}\n{does}  ends: 2s\n"


SCENES = (
    scene("loud", "{preface.speaker: {volume: 80%}}")
    + scene("duck", "{preface.speaker: {quieter: 20dB, fade: 300ms}}", "staff")
    + scene("hush", "{preface.speaker: {quieter: 6dB}}")
    + scene("warm", "{preface.wash: warm over 1s}")
    + scene("red", "{preface.wash: {colour: red}}")
    + scene("dusk", "{preface.wash: {dimmer: 25%, fade: 4s}}", "ambient")
    + scene("dark", "{preface.wash: {dimmer: 100%}}", "ambient")
)


def house_of(*ordered: str, text: str = SPEAKER) -> House:
    house = House(text + SCENES)
    house.starts()
    for one in ordered:
        house.order("start", one)
    return house


def volume(house: House) -> object:
    return house.shown("preface.speaker").get("volume")


def test_20_decibels_are_a_factor_of_ten():
    assert volume(house_of("loud", "duck")) == 0.08


def test_what_is_idle_is_made_less_too():
    assert volume(house_of("duck")) == 0.05


def test_it_comes_over_its_own_time_and_goes_over_that_of_the_ends():
    house = house_of("duck")
    house.order("stop", "duck")
    assert [one.fade for one in house.sets("preface.speaker") if "volume" in one.value][-2:] == [300_000, 2_000_000]


def test_the_strongest_that_lives_counts_whoever_came_last():
    house = house_of("loud", "duck", "hush")
    assert volume(house) == 0.08
    house.order("stop", "duck")
    assert volume(house) == 0.4009


def test_what_changes_beneath_shows_through():
    house = house_of("duck", "loud")
    assert volume(house) == 0.08
    house.order("stop", "loud")
    assert volume(house) == 0.05


def test_with_its_run_it_goes():
    house = house_of("loud", "duck")
    house.order("stop", "duck")
    assert volume(house) == 0.8


def test_a_weaker_one_sends_nothing():
    assert of(Set, house_of("duck").order("start", "hush")) == []


def test_a_look_is_dimmed_with_its_level():
    assert house_of("warm", "dusk").shown("preface.wash") == {"look": "warm", "level": 0.6}


def test_a_colour_without_a_level_is_meant_in_full():
    assert house_of("red", "dusk").shown("preface.wash") == {"colour": "#ff0000", "level": 0.75}


def test_a_look_without_a_level_is_dimmed_and_comes_back_as_it_is():
    house = house_of("warm", "dusk", text=SPEAKER.replace("warm: {level: 80%}", "warm: {}"))
    assert house.sets("preface.wash")[-1].value == {"look": "warm", "level": 0.75}
    house.order("stop", "dusk")
    assert house.sets("preface.wash")[-1].value == {"look": "warm"}


def test_all_dimmed_is_dark():
    assert house_of("warm", "dark").shown("preface.wash") == {"look": "warm", "level": 0.0}


def test_what_is_dimmed_is_confirmed_by_what_was_sent():
    house = house_of("loud", "duck")
    house.says("preface.speaker", volume=0.08)
    assert house.output("preface.speaker", "volume").state == "confirmed"


def test_done_waits_for_what_is_made_less():
    text = SPEAKER + scene(
        "last",
        "{preface.speaker: {quieter: 20dB}}",
        "staff",
        "    - wait: {until: done, at_most: 10s, else: end}\n    - say: {staff: quiet}\n",
    )
    house = House(text)
    house.starts()
    house.order("start", "last")
    assert house.said() == []
    house.says("preface.speaker", volume=0.05)
    assert house.said() == ["quiet"]


def test_a_trim_always_counts_beside_what_is_relative():
    house = house_of("loud", text=SPEAKER.replace("{volume: 50%}", "{volume: 50%}, trim: -6dB"))
    assert volume(house) == 0.4009
    house.order("start", "duck")
    assert volume(house) == 0.0401


def test_a_trimmed_light_is_dimmer_in_every_look():
    text = SPEAKER.replace("wash: {kind: light}", "wash: {kind: light, trim: -20%}")
    assert house_of("warm", text=text).shown("preface.wash") == {"look": "warm", "level": 0.64}


def test_a_trim_that_makes_it_more_ends_at_full():
    text = SPEAKER.replace("{volume: 50%}", "{volume: 50%}, trim: +6dB")
    assert volume(house_of("loud", text=text)) == 1.0


def test_what_is_trimmed_is_never_left_alone():
    text = SPEAKER.replace("idle: {volume: 50%}", "trim: -20dB")
    assert volume(house_of(text=text)) == 0.1


UNKNOWN = SPEAKER.replace(", idle: {volume: 50%}", "")


def test_what_nobody_asks_for_comes_back_to_what_it_said_that_it_was():
    house = house_of(text=UNKNOWN)
    house.says("preface.speaker", volume=0.4)
    house.order("start", "duck")
    assert volume(house) == 0.04
    house.order("stop", "duck")
    assert volume(house) == 0.4


def test_two_in_a_row_do_not_take_the_quiet_for_the_loud():
    house = house_of(text=UNKNOWN)
    house.says("preface.speaker", volume=0.4)
    house.order("start", "duck")
    house.says("preface.speaker", volume=0.04)
    house.order("stop", "duck")
    house.order("start", "hush")
    house.order("stop", "hush")
    assert volume(house) == 0.4


def test_of_what_says_nothing_it_is_thought_that_it_was_full():
    house = house_of("duck", text=UNKNOWN)
    assert volume(house) == 0.1
    house.order("stop", "duck")
    assert volume(house) == 1.0


@pytest.mark.parametrize("crash", [False, True])
def test_it_survives_the_bytes_and_a_crash(crash):
    text = SPEAKER + SCENES.replace("  ends: 2s\n", "  ends: 2s\n  after_crash: resume\n")
    house = House(text)
    house.starts()
    house.order("start", "duck")
    house.crashes() if crash else house.is_taken_up()
    house.order("start", "loud")
    assert volume(house) == 0.08


def test_a_cue_may_make_less_and_a_later_one_ask_otherwise():
    tour = (
        "tour:\n  band: tour\n  starts: {by: guide}\n  cues:\n"
        "    one: {ask: {preface.speaker: {quieter: 20dB, volume: 80%}}, at_most: 5min, else: go}\n"
        "    two: {ask: {preface.speaker: {volume: 60%}}, at_most: 5min, else: go}\n"
        "    three: {ask: {preface.speaker: {quieter: 0dB}}, at_most: 5min, else: end}\n"
    )
    house = house_of(text=SPEAKER + tour)
    house.order("start", "tour")
    assert volume(house) == 0.08
    house.order("go", "tour")
    assert volume(house) == 0.06
    house.order("go", "tour")
    assert volume(house) == 0.6
    house.order("back", "tour")
    assert volume(house) == 0.06


def test_an_evacuation_is_as_loud_as_it_can_be():
    text = (
        UNKNOWN.replace("  preface.exit:", "  house.panel: {kind: contact}\n  preface.exit:").replace(
            "  warm:", "  safe: {level: 100%}\n  warm:"
        )
        + "evacuation: {input: house.panel.alarm, look: safe, speech: {speakers everywhere: speech}}\n"
    )
    house = house_of("duck", "dusk", text=text)
    house.order("evacuate")
    assert volume(house) == 1.0
    assert house.shown("preface.wash")["level"] == 1.0


def test_a_suspended_run_makes_nothing_less():
    taker = scene("taker", "{preface.wash: dim}", "staff").replace("  does:", "  takes: preface\n  does:")
    house = house_of("loud", "hush", text=SPEAKER + taker)
    house.order("start", "taker")
    assert volume(house) == 0.8
    house.order("stop", "taker")
    assert volume(house) == 0.4009


def test_a_reload_with_another_trim_is_heard_at_once():
    house = house_of("loud")
    house.reloads(SPEAKER.replace("{volume: 50%}", "{volume: 50%}, trim: -20dB") + SCENES)
    assert volume(house) == 0.08
    house.reloads(SPEAKER + SCENES)
    assert volume(house) == 0.8
