"""A Mosquitto of the bench's own, on a free port, as fast as it can be: no Nagle, no disk, no queue cut short."""

import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.process import Process, ProcessFailed, running

HOST = "127.0.0.1"
START_SECONDS = 5.0
_SETTINGS = """\
listener {port} {host}
allow_anonymous true
set_tcp_nodelay true
persistence false
max_queued_messages 0
max_inflight_messages 0
"""


@dataclass(frozen=True, slots=True)
class Broker:
    """A broker that listens."""

    port: int
    process: Process


@contextmanager
def broker(folder: Path) -> Iterator[Broker]:
    """A fresh one, which knows nobody's session, until the block is left."""
    port = _free_port()
    settings = folder / "mosquitto.conf"
    settings.write_text(_SETTINGS.format(port=port, host=HOST), encoding="utf-8")
    with running([mosquitto(), "-c", settings], folder / "mosquitto.log") as process:
        _wait(process, port)
        yield Broker(port, process)


def mosquitto() -> str:
    """Where the program is."""
    found = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin:/usr/local/sbin")
    if found is None:
        raise ProcessFailed("no Mosquitto is here; type: sudo apt install mosquitto")
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(process: Process, port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            if process.popen.poll() is not None or time.monotonic() > deadline:
                raise ProcessFailed(f"Mosquitto does not listen:\n{process.last_words()}") from None
            time.sleep(0.01)
        else:
            return
