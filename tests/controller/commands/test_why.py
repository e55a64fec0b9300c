"""``ringmaster why``: what was decided around an instant, how it stood then, and what would happen if."""

import asyncio
import json
import os
import time
from pathlib import Path

import pytest

from controller.commands.instants import instant
from controller.commands.shipped import demo_venue
from controller.commands.why import why
from controller.exits import Exit
from controller.venue.load import load_venue
from controller.venue.source.files import read_folder
from controller.whatif import NotSayable, said
from scenes.stage import Stage
from tests.controller.test_house import DEMO, ENTRY, Building

SECOND = 1_000_000
NINE = 1_642_381_200 * SECOND  # 2022-01-17 09:00 in Hangzhou
HERE = (b'{"occupied": true}', b'{"occupied": false}')


@pytest.fixture(autouse=True)
def hangzhou(monkeypatch):
    monkeypatch.setitem(os.environ, "TZ", "Asia/Shanghai")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def morning(tmp_path, monkeypatch) -> Path:
    """A house since 9: at 9:10 somebody comes for 400 ms, at 9:20 for 2 s, at 9:30 it is empty."""

    async def live() -> None:
        texts = read_folder(DEMO)
        venue = load_venue(texts)
        building = Building(tmp_path, venue)
        building.journal.add_config(venue.config, json.dumps(sorted(texts.items())))
        building.clock.time = 0
        building.clock.offset = NINE
        building.house.beat()
        for minute, lasts in ((10, 400_000), (20, 2 * SECOND)):
            building.clock.time = minute * 60 * SECOND
            building.hears(ENTRY, HERE[0])
            building.clock.time += lasts
            building.hears(ENTRY, HERE[1])
            building.house.beat()
        building.clock.time = 30 * 60 * SECOND
        building.house.beat()
        building.commit()
        building.journal.close()

    asyncio.run(live())
    monkeypatch.setenv("RINGMASTER_STATE", str(tmp_path))
    return tmp_path


def test_a_time_of_day_is_that_of_the_last_day_that_has_it():
    newest = NINE + 3600 * SECOND
    assert instant("9:30", newest).wall == NINE + 1800 * SECOND
    assert instant("21:00:30", newest).wall == NINE - 12 * 3600 * SECOND + 30 * SECOND
    with pytest.raises(ValueError, match=r"write it as 14:32"):
        instant("25:00", newest)


@pytest.mark.usefixtures("morning")
def test_the_verdicts_around_a_minute_and_how_it_stood_then(capsys):
    assert why("welcome", at="09:10") is Exit.OK
    told = capsys.readouterr().out
    assert "dwell_broken" in told
    assert "welcome starts" not in told
    assert "at 09:10:00.000: idle" in told
    assert why("welcome", at="09:20:01") is Exit.OK
    assert "at 09:20:01.000: running" in capsys.readouterr().out


@pytest.mark.usefixtures("morning")
def test_a_minute_without_a_verdict_says_so(capsys):
    assert why("welcome", at="09:26") is Exit.NO
    assert "nothing could have started welcome around 09:26:00" in capsys.readouterr().err


@pytest.mark.usefixtures("morning")
def test_what_if_tells_the_verdict_with_gate_values_and_place(capsys):
    assert why("welcome", what_if="preface.entry.occupied") is Exit.OK
    told = capsys.readouterr().out
    assert "after 800 ms welcome starts  [" in told
    assert why("welcome", what_if="preface.entry.occupied", format="json") is Exit.OK
    verdicts = json.loads(capsys.readouterr().out)
    assert [(one["verdict"], one["gate"], one["after"]) for one in verdicts if one["scene"] == "welcome"] == [
        ("started", "start", 0.8)
    ]


@pytest.mark.usefixtures("morning")
def test_what_if_changes_nothing(morning, capsys):
    before = (morning / "journal.db").read_bytes()
    why("welcome", what_if="preface.entry.occupied")
    assert (morning / "journal.db").read_bytes() == before


@pytest.mark.usefixtures("morning")
def test_what_if_at_an_instant_is_tried_on_how_it_stood_then(capsys):
    assert why("welcome", at="09:20:01", what_if="preface.entry.occupied") is Exit.NO
    assert "does not start (no_edge)" in capsys.readouterr().out


@pytest.mark.usefixtures("morning")
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("preface.entry.ocupied", "which has no 'ocupied'; did you mean 'occupied'?"),
        ("preface.entri.occupied", "there is no device 'preface.entri'; did you mean 'preface.entry'?"),
        ("somebody comes", "is nothing a device says"),
    ],
)
def test_what_no_device_says_is_refused_with_what_it_may_have_meant(capsys, text, words):
    assert why("welcome", what_if=text) is Exit.USAGE
    assert words in capsys.readouterr().err


@pytest.mark.usefixtures("morning")
def test_what_does_not_concern_a_scene_shows_what_would(capsys):
    assert why("welcome", what_if="preface.entry.occupied=false") is Exit.NO
    told = capsys.readouterr().out
    assert "nothing of that starts welcome" in told
    assert "when preface.entry.occupied: not yet" in told


def test_of_devices_that_have_the_word_the_one_of_the_nearest_name_is_meant():
    venue = load_venue(read_folder(demo_venue()))
    with pytest.raises(NotSayable, match=r"no device 'house.bell'; did you mean 'preface.doorbell'\?"):
        said(venue, "house.bell.pressed", Stage())
