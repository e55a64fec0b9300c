"""What the trials of one size say, side by side: medians, and ratios to the reference of the same run."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from bench.disk import Disk
from bench.trial import System, Trial


@dataclass(frozen=True, slots=True)
class Size:
    """All trials with one number of scenes, in the order in which they ran."""

    scenes: int
    trials: Sequence[Trial]
    disks: Sequence[Disk]

    def middle(self, system: System, of: Callable[[Trial], float]) -> float:
        """The median over the trials of a system."""
        return median(of(one) for one in self.trials if one.system == system)


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of both systems and how they compare."""

    name: str
    echo: float
    ringmaster: float

    @property
    def ratio(self) -> float:
        """Ringmaster's figure over the reference's."""
        return self.ringmaster / self.echo if self.echo > 0 else float("nan")

    def line(self) -> str:
        """As a line of the table."""
        return f"  {self.name:<36}{self.echo:>12,.2f}{self.ringmaster:>14,.2f}{self.ratio:>12.2f}"


_EVENTS = (
    ("throughput", "events/s, closed loop", lambda phase: phase.timing.rate),
    ("throughput", "CPU µs an event, closed loop", lambda phase: phase.cpu_us_an_event),
    ("latency", "p50 ms", lambda phase: phase.timing.p50_ms),
    ("latency", "p99 ms", lambda phase: phase.timing.p99_ms),
    ("latency", "p99.9 ms", lambda phase: phase.timing.p999_ms),
    ("latency", "max ms", lambda phase: phase.timing.max_ms),
    ("latency", "CPU µs an event", lambda phase: phase.cpu_us_an_event),
)
_WHOLE = (
    ("start to ready, s", lambda trial: trial.start_seconds),
    ("CPU of the start, s", lambda trial: trial.start_cpu_seconds),
    ("memory when ready, MiB", lambda trial: trial.ready_mib),
    ("memory after the run, MiB", lambda trial: trial.after_mib),
)


def rows(size: Size) -> list[Row]:
    """Every figure of one size."""
    found: list[Row] = []
    for qos in (1, 0):
        for phase, name, of in _EVENTS:
            pick = _picking(f"{phase}_{qos}", of)
            found.append(Row(f"QoS {qos}, {name}", size.middle("echo", pick), size.middle("ringmaster", pick)))
    found += [Row(name, size.middle("echo", of), size.middle("ringmaster", of)) for name, of in _WHOLE]
    return found


def show(size: Size) -> str:
    """The table of one size."""
    lines = [
        f"{size.scenes:,} scenes, medians of {len(size.disks)}",
        f"  {'':<36}{'C echo':>12}{'ringmaster':>14}{'ratio':>12}",
        *(row.line() for row in rows(size)),
        (
            f"  {'a bare 4 KiB fdatasync, p50/p99 ms':<36}"
            f"{median(one.p50_ms for one in size.disks):>12.2f}{median(one.p99_ms for one in size.disks):>14.2f}"
        ),
    ]
    phases = [phase for trial in size.trials for phase in trial.phases.values()]
    others = sorted(phase.others_cores for phase in phases)
    lines.append(f"  others kept {median(others):.2f} cores busy (up to {others[-1]:.2f})")
    for system in ("echo", "ringmaster"):
        timings = [one.timing for trial in size.trials if trial.system == system for one in trial.phases.values()]
        lost, more = sum(one.lost for one in timings), sum(one.unexpected for one in timings)
        lines.append(
            f"  {system}: {sum(one.sent for one in timings):,} events, {lost} lost, {more} sets nobody asked for"
        )
    return "\n".join(lines)


def across(sizes: Sequence[Size]) -> str:
    """How throughput holds from the smallest venue to the largest, each against its own reference, too."""
    lines = ["events/s as venues grow (and as a share of the C echo beside it)"]
    for qos in (1, 0):
        pick = _picking(f"throughput_{qos}", lambda phase: phase.timing.rate)
        parts = []
        for size in sizes:
            ours, echo = size.middle("ringmaster", pick), size.middle("echo", pick)
            parts.append(f"{size.scenes:,}: {ours:,.0f} ({ours / echo:.2f})")
        lines.append(f"  QoS {qos}   " + "   ".join(parts))
    return "\n".join(lines)


def _picking(phase: str, of: Callable[..., float]) -> Callable[[Trial], float]:
    return lambda trial: of(trial.phases[phase])
