"""What a technician must see is red."""

import pytest

from controller.commands.lines import Line
from controller.commands.watch import coloured


@pytest.mark.parametrize(("kind", "red"), [("reload_refused", True), ("refused", True), ("reloaded", False)])
def test_what_went_wrong_is_red(kind, red):
    assert coloured(Line(0, kind, "words")).startswith("[red]") == red
