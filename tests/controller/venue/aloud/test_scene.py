"""Scenes read aloud: golden texts that people have read, and rules that hold for every scene of the language."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from controller.venue.aloud.scene import read_aloud
from controller.venue.aloud.words import COLOURS
from controller.venue.language.values import colour
from controller.venue.load import read_venue
from controller.venue.source.files import read_folder
from controller.venue.source.nodes import Many, Table, Text, read_yaml
from scenes.model import Place

HERE = Place("scenes.yaml", 1, 1)
DEMO = Path(__file__).parents[3] / "venues" / "small"
VENUE = read_venue(
    {
        "venue.yaml": """\
venue: hall
devices:
  preface.entry: {kind: presence, title: {zh: 序厅入口, en: the entry}}
  preface.wash: {kind: light, title: {zh: 序厅洗墙灯, en: the wall washer}}
  preface.spot: {kind: light}
  main.wall: {kind: player, title: {zh: 主屏, en: the main wall}}
  main.secret_wall: {kind: player}
  main.sign: {kind: screen}
  main.plate_1: {kind: presence}
"""
    }
)
GOLDEN, DEMO_READINGS = (
    read_yaml(name, Path(__file__).with_name(name).read_text("utf-8")).entries for name in ("scenes.yaml", "demo.yaml")
)
LANGUAGES = ("en", "zh")
both = pytest.mark.parametrize("language", LANGUAGES)


def node(value):
    """A tree as YAML would give it; every leaf is text."""
    match value:
        case dict():
            return Table({key: node(one) for key, one in value.items()}, dict.fromkeys(value, HERE), HERE)
        case list():
            return Many(tuple(map(node, value)), HERE)
    return Text(value, HERE)


def read(scene, language, name="show"):
    return read_aloud(name, node(scene), VENUE, language)


def both_of(scene):
    return [read(scene, language) for language in LANGUAGES]


def as_written(golden, language):
    """The paragraph, of the sentences a line each."""
    return (" " if language == "en" else "").join(one.text for one in golden.get(language).items)


@both
@pytest.mark.parametrize("name", GOLDEN)
def test_a_scene_reads_as_somebody_has_read_and_liked_it(name, language):
    said = read_aloud(name, GOLDEN[name].get("scene"), VENUE, language)
    assert said == as_written(GOLDEN[name], language)


@both
@pytest.mark.parametrize("name", DEMO_READINGS)
def test_the_demo_venues_scenes_read_well(name, language):
    texts = read_folder(DEMO)
    scenes = read_yaml("scenes.yaml", texts["scenes.yaml"])
    said = read_aloud(name, scenes.get(name), read_venue(texts), language)
    assert list(DEMO_READINGS) == list(scenes.entries)
    assert said == as_written(DEMO_READINGS[name], language)


SHORT_AND_LONG = {
    "fade": ({"ask": {"preface.wash": "warm over 1.5s"}}, {"ask": {"preface.wash": {"look": "warm", "fade": "1.5s"}}}),
    "level": ({"ask": {"preface.spot": "30%"}}, {"ask": {"preface.spot": {"level": "30%"}}}),
    "colour": ({"ask": {"preface.spot": "amber"}}, {"ask": {"preface.spot": {"colour": "amber"}}}),
    "look named as a colour": ({"ask": {"preface.spot": "red"}}, {"ask": {"preface.spot": {"look": "red"}}}),
    "look named off": (
        {"ask": {"preface.spot": "off over 2s"}},
        {"ask": {"preface.spot": {"look": "off", "fade": "2s"}}},
    ),
    "clip": ({"ask": {"main.wall": "opening_film"}}, {"ask": {"main.wall": {"play": "opening_film"}}}),
    "switch": ({"ask": {"players in main": "on"}}, {"ask": {"players in main": {"power": "on"}}}),
    "command's fields": (
        {"tell": {"main.wall.caption": {"text": "Hello", "seconds": "4"}}},
        {"tell": {"main.wall.caption": {"seconds": "4.0", "text": "Hello"}}},
    ),
    "command": ({"tell": "preface.spot.flash"}, {"tell": {"preface.spot.flash": {}}}),
}


@both
@pytest.mark.parametrize("name", SHORT_AND_LONG)
def test_a_step_reads_the_same_in_short_and_in_long(name, language):
    short, long = SHORT_AND_LONG[name]
    assert read({"does": short}, language) == read({"does": [long]}, language)


@both
@pytest.mark.parametrize(
    ("short", "long"),
    [
        ({"ends": "3s"}, {"ends": [{"release": "3s"}]}),
        ({"cools": "20s"}, {"cools": {"for": "20s", "from": "end"}}),
        ({"starts": {"when": "preface.entry.occupied"}}, {"starts": [{"when": ["preface.entry.occupied"]}]}),
        ({"starts": {"by": "staff"}}, {"starts": [{"by": ["staff"]}]}),
        ({"if": "venue.open and preface.entry.empty"}, {"if": ["venue.open", "preface.entry.empty"]}),
        ({"title": "Once"}, {"title": {"zh": "Once", "en": "Once"}}),
    ],
    ids=str,
)
def test_a_key_reads_the_same_in_short_and_in_long(short, long, language):
    assert read(short, language) == read(long, language)


def condition(text, language):
    lead, end = {"en": ("Show. Only if ", "."), "zh": ("Show。前提：", "。")}[language]
    return read({"if": text}, language).removeprefix(lead).removesuffix(end)


@pytest.mark.parametrize(
    ("text", "en", "zh"),
    [
        ("venue.open", "the venue is open", "处于开馆期间"),
        ("not preface.entry.empty", "the entry is occupied", "序厅入口有人"),
        ("not not main.wall.playing", "the main wall is playing", "主屏正在播放"),
        ("true", "always", "始终成立"),
        ("not true", "never", "始终不成立"),
        ("4 <= preface.entry.count", "the entry's head count is at least 4", "序厅入口的人数至少为 4"),
        ("not preface.entry.count != 4", "the entry's head count is 4", "序厅入口的人数为 4"),
        ("preface.entry.empty != false", "the entry is empty", "序厅入口无人"),
        ("(preface.entry.count > 2) == false", "the entry's head count is at most 2", "序厅入口的人数不超过 2"),
        (
            "preface.spot.colour in ['#ff0000', '#00ff00']",
            "spot's colour is #ff0000 or #00ff00",
            "spot 的颜色为“#ff0000”或“#00ff00”",
        ),
        (
            "preface.entry.occupied == main.wall.playing",
            "(the entry is occupied) is (the main wall is playing)",
            "（序厅入口有人）为（主屏正在播放）",
        ),
        (
            "venue.open or preface.entry.empty and main.wall.power",
            "the venue is open, or (the entry is empty, and the main wall is switched on)",
            "处于开馆期间，或（序厅入口无人，且主屏处于开机状态）",
        ),
        ("not $exhibit.famous", "the exhibit's famous is not true", "该展项的 famous 不为真"),
        ("$city.sensor.fog > 3", "the city's sensor's fog is above 3", "该地市的感应器的 fog 大于 3"),
        (
            "$exhibit.medium == '$exhibit.id'",
            "the exhibit's medium is the exhibit's id",
            "该展项的媒体类型为该展项的编号",
        ),
    ],
)
def test_a_condition_reads_as_one_would_say_it(text, en, zh):
    assert (condition(text, "en"), condition(text, "zh")) == (en, zh)


@both
def test_a_note_and_tags_are_for_people_and_stay_silent(language):
    assert read({"title": "Once", "note": "dust", "tags": ["x"]}, language) == read({"title": "Once"}, language)


def test_a_title_in_one_language_serves_both():
    assert both_of({"title": {"zh": "问候"}}) == ["问候.", "问候。"]


def test_what_an_author_wrote_as_text_stays_letter_by_letter():
    text = "展项17 {x} a_b.c：see 展厅A"
    assert all(f"“{text}”" in said for said in both_of({"does": {"say": {"staff": text}}}))


def test_every_colour_that_a_scene_may_name_has_a_word():
    assert all(colour(name) for name in COLOURS)


# The language as a strategy. Beside each piece stands what must be heard of it: (text, en, zh).

TIMES = {
    "800ms": ("800 milliseconds", "800 毫秒"),
    "1s": ("1 second", "1 秒"),
    "1.5s": ("1.5 seconds", "1.5 秒"),
    "25min": ("25 minutes", "25 分钟"),
    "1h": ("1 hour", "1 小时"),
    "1min30s": ("1 minute 30 seconds", "1 分钟 30 秒"),
}
DEVICES = {
    "preface.entry": ("the entry", "序厅入口"),
    "preface.wash": ("the wall washer", "序厅洗墙灯"),
    "preface.spot": ("spot", "spot"),
    "main.wall": ("the main wall", "主屏"),
    "main.secret_wall": ("secret wall", "secret wall"),
    "$exhibit.light": ("the exhibit's light", "该展项的灯"),
    "$row.left_wall": ("the row's left wall", "该 row 的 left wall"),
}
CONDITIONS = {
    "venue.open": ("venue is open", "开馆"),
    "not venue.open": ("venue is closed", "闭馆"),
    "preface.entry.occupied": ("the entry is occupied", "序厅入口有人"),
    "not main.plate_1.occupied": ("plate 1 is empty", "plate 1 无人"),
    "main.secret_wall.playing or preface.entry.count >= 7": ("at least 7", "至少为 7"),
    "preface.spot.look in ['slow_waves', 'dim']": ("slow waves or dim", "“slow waves”或“dim”"),
    "not ($exhibit.sensor.occupied and preface.spot.level < 0.5)": ("0.5", "0.5"),
    "3 < preface.entry.count < 9": ("below 9", "小于 9"),
}
LIGHTS = (
    "preface.wash",
    "preface.spot",
    "$exhibit.light",
    "lights in main.voices",
    "lights everywhere",
    "lights in preface except preface.wash, preface.spot",
)
PLAYERS = ("main.wall", "main.secret_wall", "$row.left_wall", "players in house", "players everywhere except main.wall")
LOOKS = {
    "warm": ("warm", "“warm”"),
    "slow_waves": ("slow waves", "“slow waves”"),
    "30%": ("30%", "30%"),
    "red": ("red", "红色"),
    "#ffc58f": ("#ffc58f", "#ffc58f"),
    "$exhibit.look": ("exhibit's look", "该展项的灯光效果"),
}
CLIPS = {"opening_film": ("opening film", "“opening film”"), "$exhibit.clip": ("the exhibit's clip", "该展项的影片")}
HEARD = {**TIMES, **DEVICES, **CONDITIONS, **LOOKS, **CLIPS}
times = st.sampled_from(sorted(TIMES))
conditions = st.sampled_from(sorted(CONDITIONS))
several = st.lists(conditions, min_size=1, max_size=3, unique=True)


def table(required, optional=None):
    return st.fixed_dictionaries(required, optional=optional or {})


short_looks = st.builds(
    lambda look, time: f"{look} over {time}" if time else look, st.sampled_from(sorted(LOOKS)), st.none() | times
)
long_looks = table(
    {"look": st.sampled_from(["warm", "slow_waves", "$exhibit.look"])}, {"fade": times, "level": st.just("30%")}
)
long_clips = table(
    {"play": st.sampled_from(sorted(CLIPS))},
    {
        "fade": times,
        "within": times,
        "volume": st.just("30%"),
        "retry": st.sampled_from("0123"),
        "or": st.sampled_from(["opening_still", "$exhibit.still"]),
    },
)
switches = table({"power": st.sampled_from(["on", "off"])}, {"within": times})
wants = st.dictionaries(st.sampled_from(LIGHTS), short_looks | long_looks, min_size=1, max_size=2) | st.dictionaries(
    st.sampled_from(PLAYERS), st.sampled_from(sorted(CLIPS)) | long_clips | switches, min_size=1, max_size=2
)
plain_steps = st.one_of(
    table({"ask": wants}),
    table({"wait": times}),
    table({"release": times}),
    table({"say": table({"staff": st.sampled_from(["Hold the door", "请引导观众"])})}),
    table({"tell": st.sampled_from(["preface.wash.flash", "$exhibit.light.flash"])}),
    table(
        {"tell": table({"main.wall.caption": table({"text": st.just("你好 · Hello")}, {"seconds": st.just("2.5")})})}
    ),
)
ways_on = st.just("end") | plain_steps
steps = plain_steps | st.one_of(
    table({"stay": table({"until": conditions, "at_most": times}, {"for": times})}),
    table({"wait": table({"until": conditions | st.just("done"), "at_most": times, "else": ways_on}, {"for": times})}),
)
starts = st.one_of(
    table({"when": conditions | several}, {"for": times, "gap": times}),
    table({"while": conditions}),
    table({"by": st.lists(st.sampled_from(["guide", "staff", "technician"]), min_size=1, unique=True)}),
)
scenes = table(
    {"starts": starts | st.lists(starts, min_size=1, max_size=3), "does": st.lists(steps, min_size=1, max_size=4)},
    {
        "title": st.sampled_from([{"zh": "问候", "en": "A greeting"}, "$exhibit.title"]),
        "for_each": st.just("exhibit in exhibits"),
        "band": st.sampled_from(["house", "ambient", "exhibit", "session", "tour", "staff"]),
        "if": conditions | several,
        "busy": st.sampled_from(["ignore", "extend"]),
        "cools": times | table({"for": times, "from": st.just("start")}),
        "ends": times | st.lists(steps, min_size=1, max_size=2),
        "at_most": times,
        "after_crash": st.sampled_from(["stop", "restart", "resume"]),
    },
)


def leaves(value):
    """Every word that the author wrote: values, and the targets and fields that stand as keys."""
    match value:
        case dict():
            for key, one in value.items():
                yield key
                yield from leaves(one)
        case list():
            for one in value:
                yield from leaves(one)
        case _:
            yield value


def pieces(leaf):
    """The parts of a leaf that stand for themselves: `warm over 2s` is a look and a time."""
    target = re.fullmatch(r"\w+ (?:in \S+|everywhere) except (.+)", leaf)
    return [*target[1].split(", ")] if target else [leaf] if leaf in CONDITIONS else leaf.split(" over ")


@settings(max_examples=300)
@given(scene=scenes)
def test_every_word_that_the_author_wrote_is_heard_in_both_languages(scene):
    said = both_of(scene)
    for piece in (piece for leaf in leaves(scene) for piece in pieces(leaf)):
        for reading, heard in zip(said, HEARD.get(piece, ("", "")), strict=True):
            assert heard in reading, piece


@settings(max_examples=300)
@given(scene=scenes)
def test_no_sign_of_the_spelling_is_left_over(scene):
    for reading in both_of(scene):
        assert not re.search(r"[{}$_]|\b[a-z]\w*\.[a-z]|  |“”|\(\)|（）|[，。；：、][，。；：、]|, ,|None", reading)
        assert reading.endswith((".", "。"))


def without_one(value):
    """The scene again and again, each time without one of its optional keys."""
    if isinstance(value, list):
        for at, one in enumerate(value):
            yield from ([*value[:at], less, *value[at + 1 :]] for less in without_one(one))
    elif isinstance(value, dict):
        for key, one in value.items():
            if key in OPTIONAL:
                yield {other: kept for other, kept in value.items() if other != key}
            yield from ({**value, key: less} for less in without_one(one))


OPTIONAL = {
    "title",
    "for_each",
    "band",
    "if",
    "busy",
    "cools",
    "ends",
    "at_most",
    "after_crash",
    "for",
    "gap",
    "else",
    "fade",
    "within",
    "retry",
    "or",
    "volume",
    "level",
    "seconds",
    "starts",
    "does",
}


@settings(max_examples=100)
@given(scene=scenes)
def test_every_key_that_the_author_wrote_leaves_a_fragment(scene):
    for less in without_one(scene):
        for fuller, reading in zip(both_of(scene), both_of(less), strict=True):
            assert fuller != reading


@given(scene=scenes)
def test_chinese_is_set_apart_from_letters_and_has_its_own_signs(scene):
    reading = read(scene, "zh").replace("你好 · Hello", "").replace("Hold the door", "")
    assert not re.search(r"[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9%][\u4e00-\u9fff]|[,;:()!?]|\w\.(?!\d)", reading)
