"""Wanted, sent, confirmed: layers, the one message, confirmation, retry, substitute, drift, the link."""

from scenes.effects import Set
from tests.venue import HALL, House, of


def scene(name: str, band: str, ask: str, more: str = "    - wait: 1h\n") -> str:
    return f"{name}:\n  band: {band}\n  starts: {{by: staff}}\n  does:\n    - ask: {ask}\n{more}"


LAYERS = HALL + (
    scene("low", "ambient", "{preface.wash: dim}")
    + scene("first", "exhibit", "{preface.wash: warm over 1s}")
    + scene("second", "exhibit", "{preface.wash: cold over 2s}")
    + scene("high", "staff", "{preface.wash: 100%}")
    + scene("film", "exhibit", "{preface.wall: {play: film, within: 2s, retry: 1, or: still}}")
    + scene("waves", "staff", "{preface.wall: waves}")
)
FILM = {"play": "film.mp4", "clip": "film"}
STILL = {"play": "still.png", "clip": "still"}


def house_of(text: str, *ordered: str) -> House:
    house = House(text)
    house.starts()
    for one in ordered:
        house.order("start", one)
    return house


def look(house: House) -> object:
    return house.shown("preface.wash").get("look")


def test_when_nothing_asks_the_idle_value_is_sent():
    house = house_of(LAYERS)
    assert (house.shown("preface.wash"), house.shown("preface.wall")) == ({"level": 0.0}, {"play": None})


def test_a_device_may_have_an_idle_value_of_its_own():
    house = house_of(LAYERS.replace("wash: {kind: light}", "wash: {kind: light, idle: dim}"))
    assert look(house) == "dim"


def test_an_emergency_light_is_never_told_anything():
    lit = LAYERS.replace(
        "preface.wall: {kind: player}",
        "preface.wall: {kind: player}\n  preface.exit_sign: {kind: light, emergency: true}",
    )
    house = house_of(lit.replace("{preface.wash: 100%}", "{lights everywhere: 100%}"), "high")
    house.order("stop", "high")
    house.crashes()
    assert house.shown("preface.wash")
    assert house.sets("preface.exit_sign") == []


def test_what_has_no_idle_value_is_left_alone():
    house = house_of(HALL + scene("on", "exhibit", "{preface.wall: {power: on}}"), "on")
    house.order("stop", "on")
    assert [one.value for one in house.sets("preface.wall") if one.property == "power"] == [{"power": True}]


def test_the_higher_band_shows():
    assert house_of(LAYERS, "high", "first").shown("preface.wash") == {"level": 1.0}


def test_in_one_band_the_latest_shows():
    assert look(house_of(LAYERS, "first", "second")) == "cold"


def test_who_is_covered_sends_nothing():
    house = house_of(LAYERS, "high")
    assert of(Set, house.order("start", "first")) == []


def test_release_shows_what_lies_beneath_as_it_is_now():
    house = house_of(LAYERS, "low", "high", "first")
    house.order("stop", "low")
    house.order("stop", "high")
    assert look(house) == "warm"


def test_a_covered_layer_that_goes_changes_nothing():
    house = house_of(LAYERS, "first", "second")
    assert of(Set, house.order("stop", "first")) == []


def test_the_same_value_is_not_sent_twice():
    same = HALL + scene("one", "exhibit", "{preface.wash: warm}") + scene("two", "exhibit", "{preface.wash: warm}")
    house = house_of(same, "one")
    assert of(Set, house.order("start", "two")) == []


def test_one_scene_ends_and_the_next_begins_with_one_message():
    text = HALL + (
        "one:\n  starts: {while: preface.entry.occupied}\n  does: [{ask: {preface.wash: warm}}]\n"
        "two:\n  starts: {when: preface.entry.empty}\n  does: [{ask: {preface.wash: cold}}, {wait: 1h}]\n"
    )
    house = house_of(text)
    house.says("preface.entry", occupied=True)
    changes = of(Set, house.says("preface.entry", occupied=False))
    assert [one.value["look"] for one in changes] == ["cold"]


def test_the_layer_that_shows_fades_in_over_its_own_time():
    text = HALL + (
        "top:\n  band: session\n  starts: {when: preface.entry.occupied}\n"
        "  does: [{ask: {preface.wash: warm over 1s}}, {wait: 1h}]\n"
        "beneath:\n  band: ambient\n  starts: {when: preface.entry.occupied}\n"
        "  does: [{ask: {preface.wash: dim over 10s}}, {wait: 1h}]\n"
    )
    house = house_of(text)
    house.says("preface.entry", occupied=True)
    assert (look(house), house.sets("preface.wash")[-1].fade) == ("warm", 1_000_000)


def test_a_new_layer_fades_in_over_its_own_time_though_another_is_released():
    text = HALL + (
        "old:\n  starts: {while: preface.entry.occupied}\n  does: [{ask: {preface.wash: dim}}]\n  ends: 10s\n"
        "new:\n  starts: {when: preface.entry.empty}\n  does: [{ask: {preface.wash: warm over 1s}}, {wait: 1h}]\n"
    )
    house = house_of(text)
    house.says("preface.entry", occupied=True)
    house.says("preface.entry", occupied=False)
    assert (look(house), house.sets("preface.wash")[-1].fade) == ("warm", 1_000_000)


def test_a_confirmation_confirms():
    house = house_of(LAYERS, "film")
    house.confirms("preface.wall")
    assert house.output("preface.wall").state == "confirmed"


def test_a_report_of_something_else_confirms_nothing():
    house = house_of(LAYERS, "film")
    house.says("preface.wall", play="waves.mp4")
    assert house.output("preface.wall").state == "waiting"


def test_what_the_broker_kept_confirms_nothing():
    house = house_of(LAYERS, "film")
    house.says("preface.wall", play="film.mp4", source="retained")
    assert house.output("preface.wall").state == "waiting"


def test_without_a_confirmation_it_is_asked_again_then_the_substitute_then_it_failed():
    house = house_of(LAYERS, "film")
    before = len(house.sets("preface.wall"))
    house.advance("8s")
    told = [(one.at // 1_000_000, one.value) for one in house.sets("preface.wall")[before:]]
    assert (told, house.output("preface.wall").state) == ([(2, FILM), (4, STILL), (6, STILL)], "failed")


def test_a_refusal_is_answered_at_once():
    house = house_of(LAYERS, "film")
    assert [one.value for one in of(Set, house.refuses("preface.wall"))] == [FILM]


def test_a_second_refusal_brings_the_substitute():
    house = house_of(LAYERS, "film")
    house.refuses("preface.wall")
    house.refuses("preface.wall")
    assert house.shown("preface.wall") == STILL


def test_a_late_report_heals_what_failed():
    house = house_of(LAYERS, "film")
    house.advance("20s")
    house.confirms("preface.wall")
    assert house.output("preface.wall").state == "confirmed"


def test_drift_is_asserted_again():
    house = house_of(LAYERS, "film")
    house.confirms("preface.wall")
    changes = of(Set, house.says("preface.wall", play="other.mp4"))
    assert [one.value for one in changes] == [FILM]


def test_who_is_back_is_asked_again():
    house = house_of(LAYERS, "film")
    house.comes("preface.wall")
    house.goes("preface.wall")
    assert [one.value for one in of(Set, house.comes("preface.wall"))] == [FILM]


def test_without_a_link_nothing_is_sent():
    house = house_of(LAYERS)
    house.link_goes()
    assert of(Set, house.order("start", "film")) == []


def test_when_the_link_is_back_everything_wanted_is_sent():
    house = house_of(LAYERS)
    house.link_goes()
    house.order("start", "film")
    assert [one.value for one in of(Set, house.link_comes())] == [{"level": 0.0}, FILM]


def test_time_without_a_link_does_not_bring_the_substitute():
    house = house_of(LAYERS, "film")
    house.link_goes()
    house.advance("1min")
    house.link_comes()
    assert house.shown("preface.wall") == FILM


def test_what_was_substituted_stays_substituted_beneath():
    house = house_of(LAYERS, "film")
    house.advance("4s")
    house.order("start", "waves")
    house.order("stop", "waves")
    assert house.shown("preface.wall") == STILL


def test_two_ways_of_one_property_replace_one_another():
    house = house_of(LAYERS, "first", "high")
    assert house.shown("preface.wash") == {"level": 1.0}


def test_a_confirmation_is_waited_for_though_the_same_was_asked_without_one():
    text = HALL + (
        scene("plain", "exhibit", "{preface.wash: warm}")
        + scene("strict", "exhibit", "{preface.wash: {look: warm, within: 2s, retry: 0}}")
    )
    house = house_of(text, "plain", "strict")
    house.advance("2s")
    assert house.output("preface.wash").state == "failed"


# --- an ask and the end of a confirmation at one instant --------------------------------------------------------------

TWO_FILMS = HALL + (
    "show:\n  starts: {by: staff}\n  does:\n"
    "    - ask: {preface.wall: {play: film, within: 2s, retry: RETRY}}\n"
    "    - wait: 2s\n"
    "    - ask: {preface.wall: {play: waves, within: 2s, retry: 1, or: still}}\n"
    "    - wait: 20s\n"
)


def test_who_asks_anew_as_the_time_of_a_former_ask_is_up_is_sent_once():
    house = house_of(TWO_FILMS.replace("RETRY", "1"), "show")
    changes = of(Set, house.advance("2s"))
    assert [one.value["clip"] for one in changes] == ["waves"]


def test_a_new_ask_is_not_substituted_for_what_a_former_one_did_not_get():
    house = house_of(TWO_FILMS.replace("RETRY", "1").replace("retry: 1, or: still", "retry: 0, or: still"), "show")
    house.advance("2s")
    assert house.shown("preface.wall")["clip"] == "waves"


def test_the_last_message_is_what_is_wanted_when_a_lie_and_a_new_ask_meet():
    lower = "waves:\n  band: ambient\n  starts: {while: venue.open}\n  does: [{ask: {preface.wall: waves}}]\n"
    later = "show:\n  starts: {by: staff}\n  does: [{wait: 2s}, {ask: {preface.wall: film}}, {wait: 1min}]\n"
    house = house_of(HALL + lower + later)
    house.confirms("preface.wall")
    house.order("start", "show")
    house.says("preface.wall", play="other.mp4")
    house.advance("2s")
    assert (house.shown("preface.wall"), house.output("preface.wall").wanted) == (FILM, FILM)


def test_a_report_that_moves_the_scene_on_does_not_bring_back_what_it_showed():
    text = HALL + (
        "show:\n  starts: {by: staff}\n  does:\n    - ask: {preface.wall: film}\n"
        "    - wait: {until: not preface.wall.playing, at_most: 1h, else: end}\n"
        "    - ask: {preface.wall: waves}\n    - wait: 20s\n"
    )
    house = house_of(text, "show")
    house.says("preface.wall", play="film.mp4", playing=True)
    changes = of(Set, house.says("preface.wall", play=None, playing=False))
    assert [one.value["clip"] for one in changes] == ["waves"]
