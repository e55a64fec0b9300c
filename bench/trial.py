"""One trial: a fresh broker, a fresh controller (the reference or Ringmaster), one meter; all measured once."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from bench.broker import Broker, broker
from bench.meter import Meter, Prepared, Timing, meter
from bench.process import Process, ProcessFailed, busy_seconds, running
from bench.programs import BUILD, program
from bench.venues import VENUE

System = Literal["echo", "ringmaster"]
READY_SECONDS = 60.0
SUBSCRIBED_QOS = 1


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how hard."""

    rate: float = 200.0
    latency_seconds: float = 6.0
    window: int = 100
    throughput_seconds: float = 3.0


@dataclass(frozen=True, slots=True)
class Phase:
    """A timing, the controller's CPU for it, and how many cores others kept busy meanwhile."""

    timing: Timing
    cpu_us_an_event: float
    others_cores: float


@dataclass(slots=True)
class Trial:
    """Everything about one system once. ``phases`` by name: ``latency_1`` is the open loop at QoS 1."""

    system: System
    start_seconds: float = 0.0
    start_cpu_seconds: float = 0.0
    ready_mib: float = 0.0
    after_mib: float = 0.0
    prepared: Prepared | None = None
    phases: dict[str, Phase] = field(default_factory=dict)


def try_once(system: System, venue: Path, scenes: int, plan: Plan) -> Trial:
    """Starts, measures, ends."""
    BUILD.mkdir(exist_ok=True)
    trial = Trial(system)
    with (
        TemporaryDirectory(dir=BUILD, prefix="trial-") as name,
        broker(Path(name)) as hub,
        meter(hub.port, scenes, Path(name)) as gauge,
    ):
        began = time.monotonic()
        with _controller(system, venue, hub, Path(name)) as process:
            if not gauge.wait_until_online(READY_SECONDS):
                raise ProcessFailed(f"{system} does not come online:\n{process.last_words()}")
            trial.start_seconds = time.monotonic() - began
            trial.start_cpu_seconds = process.cpu_seconds()
            trial.ready_mib = process.memory_mib()
            trial.prepared = gauge.prepare()
            for phase, measure in _phases(gauge, plan):
                trial.phases[phase] = _measured(measure, process, (hub.process, gauge.process))
            trial.after_mib = process.memory_mib()
    return trial


@contextmanager
def _controller(system: System, venue: Path, hub: Broker, folder: Path) -> Iterator[Process]:
    if system == "echo":
        command = [program("echo"), str(hub.port), VENUE, str(SUBSCRIBED_QOS)]
    else:
        command = [Path(sys.executable).with_name("ringmaster"), "run", venue]
    environment = {"RINGMASTER_BROKER": f"mqtt://127.0.0.1:{hub.port}", "RINGMASTER_STATE": str(folder / "state")}
    with running(command, folder / "controller.log", environment=environment) as process:
        yield process


def _phases(gauge: Meter, plan: Plan) -> Iterator[tuple[str, Callable[[], Timing]]]:
    for qos in (1, 0):
        yield f"latency_{qos}", lambda qos=qos: gauge.latency(qos=qos, rate=plan.rate, seconds=plan.latency_seconds)
        yield (
            f"throughput_{qos}",
            lambda qos=qos: gauge.throughput(qos=qos, window=plan.window, seconds=plan.throughput_seconds),
        )


def _measured(measure: Callable[[], Timing], process: Process, helpers: tuple[Process, ...]) -> Phase:
    ours = (process, *helpers)
    cpu, all_cpu, busy, at = process.cpu_seconds(), _together(ours), busy_seconds(), time.monotonic()
    timing = measure()
    took = time.monotonic() - at
    others = max(0.0, busy_seconds() - busy - (_together(ours) - all_cpu)) / took
    return Phase(timing, (process.cpu_seconds() - cpu) / max(1, timing.answered) * 1e6, others)


def _together(processes: tuple[Process, ...]) -> float:
    return sum(one.cpu_seconds() for one in processes)
