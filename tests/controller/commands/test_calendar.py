"""``ringmaster calendar``, seen from outside."""

import json
from pathlib import Path

import pytest

from controller.exits import Exit
from tests.controller.commands.test_exits import ringmaster
from tests.controller.venue.test_ics import office
from tests.venues_written import written

HARBOUR = next(one for one in written("unusual") if one.name.startswith("901"))


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    for name, text in HARBOUR.texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_days_are_told_with_file_and_line(harbour):
    found = ringmaster("calendar", str(harbour), "--days", "2", "--from", "2022-02-01", "--lang", "en")
    assert found.returncode == Exit.OK
    closed, day, first, opens, *_ = found.stdout.splitlines()
    assert closed == "2022-02-01 Tue  (special)  closed"
    assert day == "2022-02-02 Wed"
    assert first.split() == [
        "08:30",
        "day",
        "starts",
        "The",
        "day",
        "(opening-30min,",
        "late:",
        "skip)",
        "scenes.yaml:12",
    ]
    assert opens == "  09:00  the house opens"


def test_they_are_told_in_chinese(harbour):
    found = ringmaster("calendar", str(harbour), "--days", "1", "--from", "2022-02-01", "--lang", "zh")
    assert found.stdout == "2022-02-01 周二  （特殊日）  闭馆日\n"


def test_programs_get_instants(harbour):
    found = ringmaster("calendar", str(harbour), "--days", "1", "--from", "2022-02-02", "--format", "json")
    first, opens, *_ = json.loads(found.stdout)
    assert (first["at"], first["scene"], first["line"]) == ("2022-02-02T08:30:00+08:00", "day", 12)
    assert (opens["at"], opens["what"], opens["scene"]) == ("2022-02-02T09:00:00+08:00", "opens", None)


def test_the_offices_calendar_is_printed_as_lines(harbour):
    (harbour / "office.ics").write_bytes(office("DTSTART;VALUE=DATE:20220301;;SUMMARY:Spring cleaning"))
    found = ringmaster("calendar", str(harbour), "--import", str(harbour / "office.ics"))
    assert (found.returncode, found.stdout) == (Exit.OK, "  special:\n    2022-03-01: closed  # Spring cleaning\n")


@pytest.mark.parametrize(("words", "code"), [
    (("--from", "1.2.2022"), Exit.USAGE), (("--import", "nothing.ics"), Exit.NO),
])  # fmt: skip
def test_what_cannot_be_read_is_said(harbour, words, code):
    found = ringmaster("calendar", str(harbour), *words)
    assert found.returncode == code
    assert words[1] in found.stderr
