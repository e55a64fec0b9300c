"""What a technician must see is red, and silence is told."""

import pytest

from controller.commands.lines import Line
from controller.commands.watch import coloured, watch
from controller.exits import Exit
from controller.journal.writer import JournalWriter


@pytest.mark.parametrize(("kind", "red"), [("reload_refused", True), ("refused", True), ("reloaded", False)])
def test_what_went_wrong_is_red(kind, red):
    assert coloured(Line(0, kind, "words")).startswith("[red]") == red


def test_when_nothing_happened_that_is_said(tmp_path, monkeypatch, capsys):
    JournalWriter(tmp_path, lambda *_: None, print, print).close()
    monkeypatch.setenv("RINGMASTER_STATE", str(tmp_path))
    assert watch(for_="1ms") == Exit.OK
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "nothing was said or decided within 1ms\n")
