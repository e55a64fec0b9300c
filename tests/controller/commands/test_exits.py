"""How commands end: the table of exit codes, seen from outside."""

import os
import subprocess
import sys

import pytest

from controller.exits import Exit
from tests.journeys.playing import DEMO


def ringmaster(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "controller", *arguments],
        capture_output=True,
        text=True,
        timeout=30,
        env={**os.environ, **environment},
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--help",), Exit.OK),
        (("--version",), Exit.OK),
        (("rehearse", str(DEMO), "--days", "0.01"), Exit.OK),
        (("rehearse", str(DEMO), "--days", "-1"), Exit.USAGE),
        (("rehearse", "/nowhere/at/all"), Exit.CONFIG),
        (("rehearse", str(DEMO), "--faults", "preface.wall: sings"), Exit.USAGE),
        (("simulate", "/nowhere/at/all"), Exit.CONFIG),
        (("simulate", str(DEMO), "preface.wal"), Exit.USAGE),
        (("simulate", str(DEMO), "--speed", "0"), Exit.USAGE),
        (("simulate", str(DEMO), "--faults", "preface.wall: lies"), Exit.USAGE),
        (("simulate", str(DEMO), "--visitors", "hordes"), Exit.USAGE),
        (("simulate", str(DEMO), "--broker", "http://x"), Exit.USAGE),
        (("run", "/nowhere/at/all"), Exit.CONFIG),
        (("demo", "--for", "30"), Exit.USAGE),
        (("demo", "/nowhere/at/all"), Exit.CONFIG),
        (("export", "asyncapi"), Exit.OK),
        (("export", "asyncapi", "/nowhere/at/all"), Exit.CONFIG),
        (("export", "devices"), Exit.OK),
        (("export", "nothing"), Exit.USAGE),
        (("watch", "--for", "soon"), Exit.USAGE),
        (("why", "welcome"), Exit.UNAVAILABLE),
        (("watch",), Exit.UNAVAILABLE),
        (("order", "start", "hello"), Exit.UNAVAILABLE),
        (("say", "preface.entry.occupied"), Exit.UNAVAILABLE),
        (("order",), Exit.USAGE),
        (("reload",), Exit.UNAVAILABLE),
        (("reload", str(DEMO)), Exit.UNAVAILABLE),
        (("dance",), Exit.USAGE),
        (("why",), Exit.USAGE),
    ],
)
def test_a_command_ends_with_the_code_of_the_table(tmp_path, arguments, code):
    found = ringmaster(*arguments, RINGMASTER_STATE=str(tmp_path / "state"))
    assert found.returncode == code, found.stderr
    assert "Traceback" not in found.stderr


@pytest.mark.parametrize("broker", ["localhost:1883", "mqtts://x", "mqtt://", "http://x"])
def test_a_wrong_broker_is_named_with_its_variable(broker):
    found = ringmaster("run", str(DEMO), RINGMASTER_BROKER=broker)
    assert (found.returncode, "RINGMASTER_BROKER" in found.stderr) == (Exit.CONFIG, True)


def test_mistakes_of_the_configuration_are_all_shown_with_their_places(tmp_path):
    text = (DEMO / "scenes.yaml").read_text().replace("opening_film", "opning_film").replace("cools: 20s", "cools: 20")
    (tmp_path / "venue.yaml").write_text((DEMO / "venue.yaml").read_text())
    (tmp_path / "scenes.yaml").write_text(text)
    found = ringmaster("run", str(tmp_path))
    assert found.returncode == Exit.CONFIG
    assert "scenes.yaml:" in found.stderr
    assert "nothing was started" in found.stderr
