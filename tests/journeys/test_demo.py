"""``ringmaster demo`` as a visitor of the repository meets it: on both brokers, ended by time and by Ctrl-C."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.brokers import needs
from tests.journeys.playing import eventually


def demo(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("RINGMASTER_")}
    return subprocess.Popen(
        [sys.executable, "-m", "controller", "demo", *arguments],
        cwd=folder,
        env={**environment, "PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def port_of(text: str) -> int:
    found = re.search(r"127\.0\.0\.1:(\d+)", text)
    assert found is not None, text
    return int(found[1])


def is_closed(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


@pytest.mark.parametrize(("broker", "program"), [("mosquitto", "mosquitto"), ("nats", "nats-server")])
def test_it_tells_a_visit_in_plain_lines_and_ends_by_itself(tmp_path, broker, program):
    needs(program)
    process = demo(tmp_path, "--for", "5s", "--broker", broker)
    said, complaints = process.communicate(timeout=40)
    assert (process.returncode, complaints) == (0, "")
    for line in ("preface.entry says presence: occupied true", "welcome starts", "preface.wash shall show look warm"):
        assert line in said
    assert "\x1b" not in said
    assert is_closed(port_of(said))


def test_a_second_demo_is_told_and_the_first_keeps_its_journal(tmp_path):
    needs("mosquitto")
    first = demo(tmp_path, "--for", "5s", "--format", "json")
    state = tmp_path / ".ringmaster" / "demo-show" / "controller.json"
    eventually(lambda: _pid(state), "the controller's address")
    second = demo(tmp_path)
    assert (second.wait(20), "already" in second.communicate()[1]) == (75, True)
    said, complaints = first.communicate(timeout=40)
    assert (first.returncode, complaints) == (0, "")
    assert "started" in {json.loads(line)["kind"] for line in said.splitlines()}


def test_ctrl_c_leaves_no_process_and_no_port(tmp_path):
    needs("mosquitto")
    process = demo(tmp_path)
    assert process.stdout is not None
    first = process.stdout.readline()
    state = tmp_path / ".ringmaster" / "demo-show" / "controller.json"
    pid = eventually(lambda: _pid(state), "the controller's address")
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=10)
    assert process.returncode == 0
    assert is_closed(port_of(first))
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def _pid(state: Path) -> int | None:
    found = re.search(r'"pid": (\d+)', state.read_text()) if state.exists() else None
    return int(found[1]) if found else None
