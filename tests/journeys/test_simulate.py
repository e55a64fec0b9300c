"""``ringmaster simulate`` over a real broker: devices come, vanish and go, visitors start scenes, however fast."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from tests.brokers import RunningBroker, free_port, mosquitto
from tests.journeys.playing import DEMO, Ears, eventually, running

DEVICES = ("entry", "wall", "wash")


class Simulation:
    """The command as a process, its lines as they come."""

    def __init__(self, port: int, *arguments: str) -> None:
        command = [sys.executable, "-m", "controller", "simulate", str(DEMO), *arguments, "--format", "json"]
        environment = {**os.environ, "RINGMASTER_BROKER": f"mqtt://127.0.0.1:{port}"}
        self.process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self.lines: list[dict] = []
        self._reading = threading.Thread(target=self._read)
        self._reading.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(json.loads(line))

    def ends(self, with_signal: int | None = None) -> tuple[int, str]:
        """Its exit code and what it complained of."""
        if with_signal is not None:
            self.process.send_signal(with_signal)
        code = self.process.wait(30)
        self._reading.join(10)
        with self.process:
            assert self.process.stderr is not None
            return code, self.process.stderr.read()


@contextlib.contextmanager
def simulated(port: int, *arguments: str) -> Iterator[Simulation]:
    simulation = Simulation(port, *arguments)
    try:
        yield simulation
    finally:
        if simulation.process.poll() is None:
            simulation.process.kill()
        with contextlib.suppress(ValueError):
            simulation.ends()


@pytest.fixture
def broker() -> Iterator[RunningBroker]:
    with mosquitto() as one:
        yield one


@pytest.fixture
def ears(broker) -> Iterator[Ears]:
    one = Ears(broker)
    yield one
    one.close()


def status(ears: Ears, device: str) -> list[str]:
    return [body.decode() for _, topic, body, _ in list(ears.heard) if topic == f"demo/preface/{device}/status"]


def retained(broker: RunningBroker, device: str) -> str:
    """What somebody who comes later is told."""
    late = Ears(broker)
    try:
        return eventually(lambda: status(late, device), f"a status of {device}")[-1]
    finally:
        late.close()


def test_every_device_comes_and_on_ctrl_c_every_device_goes(broker, ears):
    with simulated(broker.port, "--visitors", "none") as simulation:
        eventually(lambda: all("online" in status(ears, one) for one in DEVICES), "all are online")
        assert simulation.ends(signal.SIGINT) == (0, "")
    assert [retained(broker, one) for one in DEVICES] == ["offline"] * 3


def test_visitors_start_a_scene_of_a_real_controller_and_the_devices_answer(broker, tmp_path):
    with running(DEMO, broker, tmp_path) as (controller, ears), simulated(broker.port, "--speed", "2") as simulation:
        ears.until("demo/preface/wall/state", lambda body: body.get("play") == "opening-v3.mp4")
        eventually(lambda: [one for one in controller.why("welcome") if one["verdict"] == "started"], "it started")
        code, complaints = simulation.ends(signal.SIGTERM)
    assert (code, complaints) == (0, "")


def test_it_says_once_a_second_what_goes_on_and_ends_when_time_is_up(broker, ears):
    faults = "preface.entry: repeats 100%, preface.wash: vanishes 20s every 30s"
    with simulated(
        broker.port, "--for", "3s", "--speed", "60", "--visitors", "school", "--faults", faults
    ) as simulation:
        assert simulation.ends() == (0, "")
    head, *lines = simulation.lines
    assert head["devices"] == ["preface.entry", "preface.wall", "preface.wash"]
    assert 2 <= len(lines) <= 4
    last = lines[-1]
    assert max(line["people"] for line in lines) >= 20
    assert last["acts"] >= 20
    assert last["link"] == ""
    assert last["faults"].keys() >= {"repeats", "vanishes"}
    assert status(ears, "wash").count("offline") >= 3
    ids = [body["id"] for body in ears.on("demo/preface/entry/event/presence")]
    assert len(set(ids)) < len(ids)


def test_only_the_devices_that_are_named_are_played_and_one_alone_has_a_will(broker, ears):
    with simulated(broker.port, "preface.wall", "--visitors", "none") as simulation:
        ears.until("demo/preface/wall/state")
        simulation.ends(signal.SIGKILL)
    eventually(lambda: status(ears, "wall") == ["online", "offline"], "its will")
    assert [status(ears, one) for one in ("entry", "wash")] == [[], []]


def test_who_plays_the_same_devices_ends_the_one_before(broker, ears):
    with simulated(broker.port, "--visitors", "none") as first:
        eventually(lambda: status(ears, "wash"), "the first")
        with simulated(broker.port, "--visitors", "none") as second:
            code, complaints = first.ends()
            assert (code, "somebody else plays these devices now" in complaints) == (75, True)
            assert second.ends(signal.SIGINT)[0] == 0
    assert retained(broker, "wash") == "offline"


def test_without_a_broker_it_gives_up_in_time_or_waits_when_told_to(tmp_path):
    port = free_port()
    with simulated(port, "--wait", "--visitors", "none") as waiting, simulated(port) as hasty:
        code, complaints = hasty.ends()
        assert (code, "no broker at mqtt://127.0.0.1:" in complaints) == (69, True)
        assert f"start one (`mosquitto -p {port}`)" in complaints
        assert len(hasty.lines) <= 8
        assert "no broker" in waiting.lines[-1]["link"]
        with mosquitto(port, tmp_path) as late:
            ears = Ears(late)
            eventually(lambda: status(ears, "wash"), "the devices have come")
            assert waiting.ends(signal.SIGINT) == (0, "")
            ears.close()
