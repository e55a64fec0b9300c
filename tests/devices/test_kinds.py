"""Every kind, whatever it is: what it declares can be said, be told, and be read back."""

import json
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from devices.kinds import presence
from devices.payload import DeviceError
from devices.registry import all_kinds
from devices.speech import Reported, checked, hear, tell_command, tell_want
from devices.topics import DeviceTopic, is_id
from devices.vocabulary import EventBody, Kind

KINDS = list(all_kinds().values())
EXAMPLES = [(kind, name, body) for kind in KINDS for name, body in kind.examples.items()]
SAID = [one for one in EXAMPLES if not one[1].startswith("do/")]
TOLD = [(kind, name.removeprefix("do/"), body) for kind, name, body in EXAMPLES if name.startswith("do/")]


def topic(name: str) -> DeviceTopic:
    channel, _, word = name.partition("/")
    return DeviceTopic("hall.one", channel, word)


def name_of(one: object) -> str:
    return one.name if isinstance(one, Kind) else str(one) if isinstance(one, str) else ""


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
    assert {f"event/{name}" for name in kind.events} <= set(kind.examples)


@every_kind
def test_every_command_has_an_example(kind):
    assert {f"do/{one.name}" for one in kind.commands} <= set(kind.examples)


@every_kind
def test_every_word_reads_aloud_in_both_languages(kind):
    truths = {name for name, state in kind.states.items() if state.type == "bool"}
    contraries = {f"not {name}" for name in truths - set(kind.opposites)}
    commands = {one.name for one in kind.commands}
    fields = {f"{one.name}.{field}" for one in kind.commands for field in one.body.model_fields}
    assert set(kind.spoken) == {*kind.words(), *contraries, *commands, *fields}
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
    for name in ("state", "status", "ack", *(f"event/{word}" for word in (*kind.events, "nonsense"))):
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
    known = sorted({"id", "ok", "ts", "reason", *kind.states, *kind.state.model_fields})
    body = data.draw(st.dictionaries(st.sampled_from(known) | st.text(st.characters(), max_size=4), VALUES, max_size=4))
    for name in ("state", "status", "ack", *(f"event/{word}" for word in kind.events)):
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
        wanted = {
            property_.asks[0].key: {"clip": "a.mp4", "switch": True, "level": 0.5, "look": "a"}[property_.asks[0].of]
        }
        assert not property_.confirmed(wanted, {})


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
def test_id_and_time_of_an_event_are_no_states(kind):
    assert not set(EventBody.model_fields) & set(kind.states)


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
