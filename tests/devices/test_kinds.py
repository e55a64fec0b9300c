"""Every kind, whatever it is: what it declares can be said, be told, and be read back."""

import json
import re
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from devices.kinds import presence
from devices.payload import DeviceError
from devices.registry import all_kinds
from devices.speech import Reported, checked, hear, tell_command, tell_want
from devices.topics import DeviceTopic, is_id
from devices.vocabulary import EventBody, Kind, Property, SessionBody

KINDS = list(all_kinds().values())
EXAMPLES = [(kind, name, body) for kind in KINDS for name, body in kind.examples.items()]
SAID = [one for one in EXAMPLES if not one[1].startswith("do/")]
TOLD = [(kind, name.removeprefix("do/"), body) for kind, name, body in EXAMPLES if name.startswith("do/")]


def topic(name: str) -> DeviceTopic:
    channel, _, word = name.partition("/")
    return DeviceTopic("hall.one", channel, word)


def name_of(one: object) -> str:
    return one.name if isinstance(one, Kind) else str(one) if isinstance(one, str) else ""


# Texts that only the station's own software writes.
STATION_SPEAKS = {("agreed", "notice"), ("failed", "reason")}
SAMPLES = {"clip": "a.mp4", "switch": True, "level": 0.5, "look": "a", "page": "a", "colour": "#ff0000"}


def said_by(kind: Kind) -> list[str]:
    return [f"{kind.channel_of(word)}/{word}" for word in kind.events]


def wants_of(property_: Property) -> list[dict[str, object]]:
    """One want for each way to ask, and for each of its words."""
    return [{ask.key: one} for ask in property_.asks for one in ask.words or (SAMPLES[ask.of],)]


every_kind = pytest.mark.parametrize("kind", KINDS, ids=name_of)


@pytest.mark.parametrize(("kind", "name", "body"), SAID, ids=name_of)
def test_what_it_says_as_an_example_is_understood(kind, name, body):
    assert isinstance(hear(kind, topic(name), json.dumps(body).encode()), Reported)


@pytest.mark.parametrize(("kind", "name", "body"), SAID, ids=name_of)
def test_an_unknown_field_is_refused_by_name(kind, name, body):
    with pytest.raises(DeviceError) as raised:
        hear(kind, topic(name), json.dumps({**body, "surprise": 1}).encode())
    assert raised.value.pointer == "/surprise"


@pytest.mark.parametrize(("kind", "name", "body"), TOLD, ids=name_of)
def test_what_it_is_told_as_an_example_is_understood(kind, name, body):
    assert checked(kind.command(name).body, body).model_dump(include=set(body)) == body


@pytest.mark.parametrize(("kind", "name", "body"), TOLD, ids=name_of)
def test_an_unknown_field_of_a_command_is_refused(kind, name, body):
    with pytest.raises(DeviceError):
        checked(kind.command(name).body, {**body, "surprise": 1})


@every_kind
def test_every_event_has_an_example(kind):
    assert {f"{kind.channel_of(name)}/{name}" for name in kind.events} <= set(kind.examples)


@every_kind
def test_every_command_has_an_example(kind):
    assert {f"do/{one.name}" for one in kind.commands} <= set(kind.examples)


@every_kind
def test_every_word_reads_aloud_in_both_languages(kind):
    truths = {name for name, state in kind.states.items() if state.type == "bool"}
    contraries = {f"not {name}" for name in truths - set(kind.opposites)}
    commands = {one.name for one in kind.commands}
    fields = {f"{one.name}.{field}" for one in kind.commands for field in one.body.model_fields}
    wanted = {*kind.words(), *contraries, *commands, *fields}
    missing, strange = sorted(wanted - set(kind.spoken)), sorted(set(kind.spoken) - wanted)
    assert (missing, strange) == ([], []), (
        f"`spoken` in devices/kinds/{kind.name}.py: missing {missing}, too many {strange}. One key for every state "
        "(a number or a truth of an event is one, too), every opposite or `not state`, every event, every command, "
        "and every `command.field`"
    )
    assert all(one.en and one.zh for one in kind.spoken.values())


@every_kind
def test_every_ask_reads_aloud_with_its_value(kind):
    asks = [ask.spoken for property_ in kind.properties for ask in property_.asks]
    assert all("{}" in one.en and "{}" in one.zh and one.en != "{}" for one in asks)


@every_kind
def test_a_state_and_an_event_never_share_a_name(kind):
    assert not set(kind.events) & {*kind.states, *kind.opposites.values()}


@every_kind
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(payload=st.one_of(st.binary(max_size=80), st.text(max_size=60).map(lambda text: text.encode(errors="replace"))))
def test_arbitrary_bytes_raise_nothing_but_a_device_error(kind, payload):
    for name in ("state", "status", "ack", *said_by(kind), "event/nonsense", "session/nonsense"):
        with suppress(DeviceError):
            hear(kind, topic(name), payload)


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(st.characters(), max_size=5),
    st.lists(st.integers(), max_size=2), st.sampled_from([10**25, -(10**25), 1e308, "\ud800", "\x00"]),
)  # fmt: skip


@every_kind
@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_its_own_fields_with_any_values_raise_nothing_but_a_device_error(kind, data):
    known = sorted({"id", "ok", "ts", "reason", "session", "seq", *kind.states, *kind.state.model_fields})
    body = data.draw(st.dictionaries(st.sampled_from(known) | st.text(st.characters(), max_size=4), VALUES, max_size=4))
    for name in ("state", "status", "ack", *said_by(kind)):
        with suppress(DeviceError):
            said = hear(kind, topic(name), json.dumps(body).encode())
            assert json.dumps(dict(getattr(said, "states", {})), allow_nan=False, ensure_ascii=False).encode()


@every_kind
def test_what_it_is_idle_at_can_be_told_and_read_back(kind):
    for property_ in kind.properties:
        value = dict(property_.idle or {})
        assert json.loads(tell_want(value, 0.5, "a7", 1)) == {**value, "fade": 0.5, "id": "a7", "epoch": 1}


@every_kind
def test_what_it_is_told_can_be_read_back(kind):
    for command in kind.commands:
        fields = checked(command.body, kind.examples[f"do/{command.name}"]).model_dump()
        body = json.loads(tell_command(fields, "a7", 1, 5.0))
        assert {key: body[key] for key in fields} == fields


@every_kind
def test_what_it_confirms_by_it_can_report(kind):
    for property_ in kind.properties:
        assert set(property_.reports) <= set(kind.state.model_fields)


@every_kind
def test_a_report_of_its_idle_value_confirms_it(kind):
    for property_ in (one for one in kind.properties if one.idle is not None):
        shown = {name: property_.idle.get(name) for name in property_.reports}
        assert property_.confirmed(property_.idle, shown)


@every_kind
def test_a_report_of_nothing_confirms_nothing_that_somebody_waits_for(kind):
    for property_ in (one for one in kind.properties if one.within_seconds is not None):
        assert all(not property_.confirmed(wanted, {}) for wanted in wants_of(property_))


@every_kind
def test_a_report_of_something_else_confirms_nothing(kind):
    for property_ in (one for one in kind.properties if one.within_seconds is not None):
        for wanted in wants_of(property_):
            assert not property_.confirmed(wanted, dict.fromkeys(property_.reports, "another"))


@every_kind
def test_its_words_are_ids_and_stand_once(kind):
    words = kind.words()
    assert all(map(is_id, words))
    assert len(set(words)) == len(words)


@every_kind
def test_its_titles_are_in_two_languages(kind):
    assert kind.title
    assert kind.title_zh


@every_kind
def test_opposites_are_of_truths(kind):
    assert all(kind.states[name].type == "bool" for name in kind.opposites)


@every_kind
def test_id_and_time_of_an_event_and_the_count_of_a_session_are_no_states(kind):
    assert not set(SessionBody.model_fields) & set(kind.states)


@every_kind
def test_only_a_station_has_sessions_and_it_has_a_visit_of_them(kind):
    sessions = {name for name in kind.events if kind.channel_of(name) == "session"}
    assert bool(sessions) == kind.station == bool(kind.visit)


@every_kind
def test_each_turn_of_a_visit_is_one_that_the_kind_declares(kind):
    for way, word in kind.visit:
        known = {
            "says": set(kind.events),
            "is shown": {word if kind.property_of("page") and is_id(word) else ""},
            "is told": {one.name for one in kind.commands},
        }
        assert word in known[way]


@every_kind
def test_no_field_of_a_session_could_hold_what_a_person_is_called(kind):
    """Texts of a session are words of a list, or of a form in which no name fits, or said by the station itself."""
    for name, body in kind.events.items():
        for field in body.model_fields:
            if kind.channel_of(name) == "session" and field not in EventBody.model_fields:
                schema = json.dumps(body.model_json_schema()["properties"][field])
                free = '"string"' in schema and not re.search('"(pattern|enum)"', schema)
                assert not free or (name, field) in STATION_SPEAKS, f"{kind.name}: {name}.{field}"


@every_kind
def test_each_ask_fills_one_property(kind):
    keys = [ask.key for property_ in kind.properties for ask in property_.asks]
    assert len(set(keys)) == len(keys)
    assert all(kind.property_of(key) is not None for key in keys)


def test_the_opposite_of_occupied_is_empty():
    assert presence.KIND.states["occupied"].opposite == "empty"


def test_kinds_come_in_the_order_of_names():
    assert list(all_kinds()) == sorted(all_kinds())


def test_a_colour_alone_is_confirmed_by_its_colour():
    (light,) = all_kinds()["light"].properties
    assert light.confirmed({"colour": "#ff0000"}, {"look": None, "level": None, "colour": "#ff0000"})


@pytest.mark.parametrize(("reported", "there"), [
    ({"play": None, "page": "figures"}, True), ({"page": "figures"}, True), ({"play": None, "page": "map"}, False),
    ({"play": "a.mp4", "page": "figures"}, False), ({"play": None, "page": None}, False), ({"play": None}, False),
])  # fmt: skip
def test_a_screen_shows_a_page_when_it_reports_the_page_and_no_file(reported, there):
    picture = all_kinds()["screen"].property_of("page")
    assert picture is all_kinds()["screen"].property_of("play")
    assert picture.confirmed({"page": "figures"}, reported) is there


@pytest.mark.parametrize(("on", "reported", "there"), [
    (True, {"power": True, "ready": True, "cooling": False}, True), (True, {"power": True, "ready": False}, False),
    (True, {"power": False, "ready": True}, False), (False, {"power": False, "cooling": True}, False),
    (False, {"power": False, "cooling": False}, True), (False, {"power": False}, True),
    (False, {"power": True, "cooling": False}, False),
])  # fmt: skip
def test_a_projector_is_on_with_its_picture_and_off_when_it_is_cold(on, reported, there):
    assert all_kinds()["projector"].property_of("power").confirmed({"power": on}, reported) is there


def test_a_shot_is_never_repeated_by_id_and_deleting_and_stopping_are():
    for name in ("rig", "painting"):
        shoot, purge, safe_stop = (all_kinds()[name].command(one) for one in ("shoot", "purge", "safe_stop"))
        assert (shoot.repeatable, shoot.within_seconds, shoot.retry) == (False, 12.0, 0)
        assert purge.repeatable
        assert safe_stop.repeatable
