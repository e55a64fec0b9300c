"""``python -m bench``: Ringmaster and a reference in C, in turn, on venues of 1, 238 and 10,000 scenes."""

import argparse
import json
import os
import platform
import signal
import subprocess
import sys
import time
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.broker import mosquitto
from bench.disk import Disk, measure_disk
from bench.process import ProcessFailed
from bench.programs import BUILD, program
from bench.table import Size, across, show
from bench.trial import Plan, Trial, try_once
from bench.venues import write_venue

RESULTS = Path(__file__).parent / "results"
LIBRARIES = ("ringmaster", "aiomqtt", "paho-mqtt", "uvloop", "msgspec", "pydantic")
DISK_SECONDS = 2.5


def main() -> int:
    """Exit code 0 when everything was measured."""
    wanted = _arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # so that every `finally` is reached
    plan = Plan(rate=wanted.rate, latency_seconds=wanted.latency, throughput_seconds=wanted.throughput)
    began = datetime.now(UTC)
    load = os.getloadavg()
    sizes: list[Size] = []
    try:
        for name in ("echo", "meter"):
            program(name)
        for scenes in wanted.scenes:
            sizes.append(_measure(scenes, wanted.rounds, plan))
            print(show(sizes[-1]) + "\n", flush=True)
    except ProcessFailed as failed:
        print(failed, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nstopped; nothing was kept", file=sys.stderr)
        return 130
    print(across(sizes))
    path = _keep(sizes, plan, began, load)
    print(f"\nkept as {path.relative_to(Path(__file__).parent.parent)}; load before: {load[0]:.2f}")
    return 0


def _arguments() -> argparse.Namespace:
    reader = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    reader.add_argument("--quick", action="store_true", help="one short round of each, within a minute")
    reader.add_argument("--scenes", type=int, nargs="+", default=[1, 238, 10_000], help="sizes of venues")
    reader.add_argument("--rounds", type=int, help="how often reference and controller take turns (2)")
    reader.add_argument("--rate", type=float, default=200.0, help="events a second where latency is measured")
    reader.add_argument("--latency", type=float, help="seconds of each open loop (6)")
    reader.add_argument("--throughput", type=float, help="seconds of each closed loop (3)")
    found = reader.parse_args()
    usual = (1, 1.5, 1.0) if found.quick else (2, 6.0, 3.0)
    for name, value in zip(("rounds", "latency", "throughput"), usual, strict=True):
        if getattr(found, name) is None:
            setattr(found, name, value)
    return found


def _measure(scenes: int, rounds: int, plan: Plan) -> Size:
    """Reference, controller, reference, controller …, and the disk in between."""
    trials: list[Trial] = []
    disks: list[Disk] = []
    with TemporaryDirectory(dir=BUILD, prefix="venue-") as name:
        venue = Path(name) / "venue"
        write_venue(venue, scenes)
        for _ in range(rounds):
            trials.append(try_once("echo", venue, scenes, plan))
            disks.append(measure_disk(Path(name), rate=plan.rate, seconds=DISK_SECONDS / rounds))
            trials.append(try_once("ringmaster", venue, scenes, plan))
    return Size(scenes, trials, disks)


def _keep(sizes: list[Size], plan: Plan, began: datetime, load: tuple[float, float, float]) -> Path:
    """Everything raw, with what it ran on; nothing that names a machine or a folder."""
    told = subprocess.run([mosquitto(), "-h"], capture_output=True, text=True, check=False).stdout
    found = {
        "began": began.isoformat(timespec="seconds"),
        "minutes": round((time.time() - began.timestamp()) / 60, 1),
        "cpus": os.cpu_count(),
        "machine": platform.machine(),
        "load_before": [round(one, 2) for one in load],
        "versions": {
            "python": platform.python_version(),
            "mosquitto": told.partition("\n")[0].removeprefix("mosquitto version "),
            **{name: version(name) for name in LIBRARIES},
        },
        "plan": asdict(plan),
        "sizes": [asdict(size) for size in sizes],
    }
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{began:%Y-%m-%d-%H%M%S}.json"
    path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return path


if __name__ == "__main__":
    sys.exit(main())
