"""A venue's files to a checked venue: what is good loads, every mistake has its place, a reason and a hint."""

from pathlib import Path

import pytest

from controller.venue.findings import VenueError
from controller.venue.load import load_venue
from controller.venue.source.files import digest, read_folder
from scenes.model import Band, By, Happening, Stay, Tell, Wait, When, While
from tests.venue import HALL, venue_of

DEMO = Path(__file__).parents[2] / "venues" / "small"


def findings_of(text: str) -> list[tuple[str, str, str]]:
    with pytest.raises(VenueError) as raised:
        load_venue({"venue.yaml": text})
    return [(str(one.place), one.message.text(), one.hint.text()) for one in raised.value.findings]


def test_the_demo_venue_loads():
    venue = load_venue(read_folder(DEMO))
    assert (venue.id, set(venue.scenes)) == ("demo", {"ambient", "welcome", "hello"})


def test_the_demo_venues_welcome_is_what_is_written():
    welcome = load_venue(read_folder(DEMO)).scenes["welcome"]
    (start,) = welcome.starts
    assert isinstance(start, When)
    assert (start.dwell, start.gap, welcome.cools, welcome.at_most) == (800_000, 300_000, 20_000_000, 150_000_000)
    assert (welcome.band, welcome.busy, welcome.after_crash) == (Band.EXHIBIT, "extend", "resume")


SCENE = (
    HALL
    + """\
show:
  starts:
    - {when: [preface.entry.occupied, preface.wall.ended]}
    - {while: venue.open}
    - {by: [staff, guide]}
  does:
    - tell: preface.wash.flash
    - wait: {until: done, at_most: 5s, else: {say: {staff: late}}}
    - stay: {until: preface.entry.empty, for: 1s, at_most: 5s}
"""
)


def test_a_list_of_when_is_several_starts():
    starts = venue_of(SCENE).scenes["show"].starts
    assert [type(one) for one in starts] == [When, When, While, By]
    assert isinstance(starts[1].trigger, Happening)


def test_steps_are_what_is_written():
    (does,) = venue_of(SCENE).scenes["show"].phases
    assert [type(one) for one in does.steps] == [Tell, Wait, Stay]


def test_everything_knows_its_place():
    show = venue_of(SCENE).scenes["show"]
    places = [show.place, show.where("does"), *(one.place for one in show.starts), show.phases[0].steps[0].place]
    assert [str(one)[len("venue.yaml:") :] for one in places] == [
        "15:1",
        "20:3",
        "17:15",
        "17:39",
        "18:15",
        "19:8",
        "21:7",
    ]


def test_a_scene_may_stand_in_another_file():
    venue = venue_of(HALL, more="hi:\n  starts: {by: staff}\n  does: [{wait: 1s}]\n")
    assert str(venue.scenes["hi"].place) == "more.yaml:1:1"


def test_the_limit_is_computed_where_none_is_written():
    venue = venue_of(
        HALL + "hi:\n  starts: {by: staff}\n  does: [{wait: 4s}, {stay: {until: preface.entry.empty, at_most: 5s}}]\n"
    )
    assert venue.scenes["hi"].at_most == 10_000_000


def test_the_same_texts_have_the_same_name():
    assert digest({"a": "1", "b": "2"}) == digest({"b": "2", "a": "1"}) != digest({"a": "1", "b": "3"})


# --- mistakes ---------------------------------------------------------------------------------------------------------

GOOD = """\
venue: demo
devices:
  preface.entry: {kind: presence}
  preface.wash: {kind: light}
  preface.wall: {kind: player}
looks:
  warm: {level: 80%}
clips:
  film: {file: film.mp4, lasts: 80s}
scene:
  band: exhibit
  starts: {when: preface.entry.occupied, for: 800ms, gap: 300ms}
  if: preface.entry.count >= 1 and venue.open
  busy: extend
  cools: 20s
  does:
    - ask: {preface.wash: warm over 1.5s, preface.wall: {play: film, within: 2s, retry: 1}}
    - tell: {preface.wall.caption: {text: hi, seconds: 4.0}}
    - wait: {until: done, at_most: 5s, else: end}
    - stay: {until: preface.entry.empty, for: 4s, at_most: 90s}
  ends: 3s
  at_most: 150s
"""

MISTAKES = [  # what is good, what is written instead, where, a word of the message, a word of the hint
    ("kind: presence", "kind: presense", "3:25", "presense", "'presence'"),
    ("{kind: light}", "{}", "4:3", "needs kind", "kind:"),
    ("preface.wash: {kind: light}", "preface.Wash: {kind: light}", "4:3", "preface.Wash", "preface.wash"),
    ("preface.wash: {kind: light}", "scene.wash: {kind: light}", "4:3", "scene", "topic"),
    ("{kind: light}", "{kind: light, colur: red}", "4:31", "colur", ""),
    ("{kind: light}", "{kind: light, idle: wram}", "4:37", "wram", "'warm'"),
    ("level: 80%", "level: 80", "7:17", "80", "30%"),
    ("level: 80%", "level: 180%", "7:17", "180%", "30%"),
    ("level: 80%", "levle: 80%", "7:10", "levle", "'level'"),
    ("{file: film.mp4, lasts: 80s}", "{lasts: 80s}", "9:3", "no file", "file:"),
    ("lasts: 80s", "lasts: 80", "9:33", "80", "80s"),
    ("scene:\n", "Scene:\n", "10:1", "Scene", "small letters"),
    ("band: exhibit", "band: exibit", "11:9", "exibit", "'exhibit'"),
    ("band: exhibit", "band: safety", "11:9", "safety", ""),
    ("starts: {when", "starts: {wen", "12:12", "when, while, all", ""),
    ("preface.entry.occupied, for", "preface.entry.ocupied, for", "12:32", "ocupied", "'occupied'"),
    ("preface.entry.occupied, for", "preface.entri.occupied, for", "12:18", "preface.entri", "preface.entry"),
    ("for: 800ms", "for: 800", "12:47", "800", "800s"),
    ("for: 800ms, gap", "gap", "12:42", "gap", ""),
    ("{when: preface.entry.occupied, for", "{when: preface.wall.ended, for", "12:38", "happens", ""),
    (", gap: 300ms", ", gpa: 300ms", "12:54", "gpa", "'gap'"),
    ("preface.entry.count >= 1", "preface.entry.count >= yes1", "13:30", "yes1", ""),
    ("and venue.open", "and venue.opem", "13:42", "venue.opem", "'venue.open'"),
    ("preface.entry.count >= 1", "preface.entry.count", "13:7", "number", ""),
    ("and venue.open", "&& venue.open", "13:32", "&&", "'and'"),
    ("busy: extend", "busy: extnd", "14:9", "extnd", "'extend'"),
    ("cools: 20s", "cools: 20", "15:10", "20", "20s"),
    ("  does:\n", "  dose:\n", "16:3", "dose", "'does'"),
    ("preface.wash: warm over", "preface.wash: wram over", "17:27", "wram", "'warm'"),
    ("preface.wash: warm over", "preface.wosh: warm over", "17:13", "preface.wosh", "'preface.wash'"),
    ("over 1.5s", "over 1.5", "17:37", "1.5", "1.5s"),
    ("play: film", "play: flim", "17:64", "flim", "'film'"),
    ("within: 2s", "within: soon", "17:78", "soon", ""),
    ("retry: 1}", "retry: 1.5}", "17:89", "1.5", "0 to 10"),
    ("retry: 1}", "retry: ²}", "17:89", "²", "0 to 10"),
    ("retry: 1}", "or: wram}", "17:86", "wram", "film"),
    ("preface.wall.caption:", "preface.wall.captoin:", "18:27", "captoin", "'caption'"),
    ("text: hi, ", "", "18:14", "text", ""),
    ("seconds: 4.0", "seconds: -4.0", "18:56", "-4.0", ""),
    (", else: end", "", "19:7", "else", "else: end"),
    ("until: done, at_most: 5s", "until: done", "19:7", "at_most", "at_most: 90s"),
    ("- wait: {until", "- wiat: {until", "19:7", "wiat", "'wait'"),
    ("for: 4s, at_most: 90s", "for: 4s", "20:7", "at_most", "at_most: 90s"),
    ("until: preface.entry.empty", "until: preface.wall.ended", "20:41", "happens", ""),
    ("ends: 3s", "ends: 3", "21:9", "3", "3s"),
    ("  at_most: 150s\n", "", "14:3", "limit", "at_most"),
    ("at_most: 150s", "at_most: 150 s", "22:12", "150 s", ""),
    ("at_most: 150s", "at_most: 99999999999999999h", "22:12", "99999999999999999h", ""),
    ("venue: demo", "venue: Demo hall", "1:8", "Demo hall", "small letters"),
    ("venue: demo\n", "", "1:1", "no id", "venue:"),
    ("  ends: 3s", "  loses: never", "21:10", "never", "suspend"),
    ("  ends: 3s", "  busy: ignore", "21:3", "busy", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("good", "bad", "place", "message", "hint"), MISTAKES, ids=[one[1].strip() for one in MISTAKES]
)
def test_a_mistake_is_found_where_it_is(good, bad, place, message, hint):
    assert GOOD.count(good) == 1
    found = findings_of(GOOD.replace(good, bad))
    assert [one[0] for one in found] == [f"venue.yaml:{place}"]
    assert message in found[0][1]
    assert hint in found[0][2]


def test_what_the_mistakes_are_planted_in_is_good():
    assert venue_of(GOOD).scenes["scene"]


def test_mistakes_of_several_scenes_are_shown_in_one_go():
    bad = GOOD.replace("cools: 20s", "cools: 20") + "other:\n  starts: {by: nobody}\n  does: [{wait: 1s}]\n"
    assert [one[0] for one in findings_of(bad)] == ["venue.yaml:15:10", "venue.yaml:24:16"]


def test_a_device_that_stands_in_two_files_is_found_in_the_second():
    with pytest.raises(VenueError) as raised:
        venue_of(GOOD, more="devices: {preface.wash: {kind: light}}\n")
    assert str(raised.value.findings[0]).startswith("more.yaml:1:11: the device preface.wash appears twice")
    (also,) = raised.value.findings[0].also
    assert str(also.place) == "venue.yaml:4:3"


def test_a_scene_that_stands_in_two_files_is_found_in_the_second():
    with pytest.raises(VenueError) as raised:
        venue_of(GOOD, more="scene: {starts: {by: staff}, does: [{wait: 1s}]}\n")
    assert str(raised.value.findings[0]).startswith("more.yaml:1:1: the scene scene appears twice")


def test_the_column_behind_chinese_text_counts_characters():
    bad = GOOD.replace("{kind: light}", '{note: "墙上的灯", kind: ligth}')
    assert findings_of(bad)[0][0] == "venue.yaml:4:38"


def test_the_column_in_a_condition_behind_chinese_text_counts_characters():
    bad = GOOD.replace("preface.entry.count >= 1 and", "preface.wall.play == '开场.mp4' and not")
    assert findings_of(bad.replace("not venue.open", "not venue.opem"))[0][0] == "venue.yaml:13:51"


def test_the_column_in_a_quoted_condition_counts_the_quote():
    assert (
        findings_of(GOOD.replace("and venue.open", "and 1").replace("if: ", 'if: "').replace("and 1\n", 'and 1"\n'))[0][
            0
        ]
        == "venue.yaml:13:37"
    )
