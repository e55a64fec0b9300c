"""``ringmaster replay``: what it prints of a journal and an edited venue, and how it ends."""

import json
from pathlib import Path

import pytest

from controller.commands.replay import replay
from controller.commands.shipped import demo_venue
from controller.exits import Exit
from tests.controller.replay.recorded import SECOND, Recording, changed, visits

DEMO = demo_venue()
MINUTE = 60 * SECOND


@pytest.fixture(scope="module")
def journal(tmp_path_factory) -> Path:
    """Ten minutes: somebody stays for 1 s, and later somebody for 3 s."""
    found = Recording(tmp_path_factory.mktemp("journal"), DEMO)
    found.live(
        visits({2 * MINUTE: 1 * SECOND, 6 * MINUTE: 3 * SECOND}), 10 * MINUTE, played=["preface.entry"], crowd=False
    )
    return found.folder


@pytest.fixture
def longer(tmp_path) -> Path:
    return changed(DEMO, tmp_path / "edited", ("scenes.yaml", "for: 800ms, gap: 300ms", "for: 2s, gap: 300ms"))


def test_the_first_cause_stands_with_its_place_and_what_follows_below(journal, longer, capsys):
    assert replay(journal, against=longer) is Exit.NO
    told = capsys.readouterr().out.splitlines()
    assert told[0].endswith("edited: welcome")
    assert "then: welcome starts  now: welcome does not start (dwell_broken): it lasted 1 s of the 2 s" in told[1]
    assert told[1].endswith("[scenes.yaml:31:42]")
    assert "    " in told[2]
    assert "not any more: preface.wash shall show look warm" in told[2]
    assert told[-2] == "1 first cause, 5 decisions that follow from it"
    assert "come 1.2 s later" in told[-1]


def test_for_programs_all_of_it(journal, longer, capsys):
    assert replay(journal / "journal.db", against=longer, format="json") is Exit.NO
    body = json.loads(capsys.readouterr().out)
    assert body["edited"] == ["welcome"]
    (cause,) = body["first_causes"]
    assert (cause["then"]["verdict"], cause["now"]["verdict"]) == ("started", "dwell_broken")
    assert len(cause["follow"]) == 5
    assert body["moved"] > 0


def test_the_same_venue_ends_with_0(journal, capsys):
    assert replay(journal, against=DEMO) is Exit.OK
    assert "nothing is decided otherwise" in capsys.readouterr().out


def test_what_cannot_be_replayed_says_why(journal, tmp_path, capsys):
    assert replay(tmp_path, against=DEMO) is Exit.UNAVAILABLE
    assert replay(journal, against=tmp_path / "nowhere") is Exit.CONFIG
    assert replay(journal, against=DEMO, last="long") is Exit.USAGE
    other = changed(DEMO, tmp_path / "other", ("venue.yaml", "venue: demo\n", "venue: another\n"))
    assert replay(journal, against=other) is Exit.USAGE
    assert "the journal is of demo, the venue is another" in capsys.readouterr().err
