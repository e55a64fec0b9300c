"""What all tests share: how many examples hypothesis draws, which figures were measured, where the seconds went."""

import os
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A slow machine is no error in the code. In CI the examples are the same each time, so that a red run is this change's
# doing; elsewhere they are drawn anew, and `make soak` draws many.
EVERYWHERE = settings(deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("test", EVERYWHERE, max_examples=100, derandomize=os.environ.get("CI") == "true")
settings.register_profile("soak", EVERYWHERE, max_examples=5000)
settings.load_profile("soak" if os.environ.get("RINGMASTER_SOAK") else "test")


def folder_of(test: str) -> str:
    """The first level below tests/ of a test's id; "." for a file that lies in tests/ itself."""
    parts = Path(test.partition("::")[0]).parts
    return parts[1] if len(parts) > 2 else "."


def reason_of(report: pytest.TestReport) -> str:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return reason.removeprefix("Skipped: ")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A promise that a test keeps is named with it; what the test measures stands beside it (``record_property``)."""
    for marker in item.iter_markers("promise"):
        item.user_properties.append(
            (marker.args[0], getattr(item, "originalname", item.name).removeprefix("test_").replace("_", " "))
        )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    seconds: dict[str, float] = defaultdict(float)
    tests: dict[str, set[str]] = defaultdict(set)
    skipped: Counter[str] = Counter()
    figures: list[tuple[str, str]] = []
    for outcome, reports in terminalreporter.stats.items():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                seconds[folder_of(report.nodeid)] += report.duration
                tests[folder_of(report.nodeid)].add(report.nodeid)
                if report.when == "call":
                    figures += [
                        (name, f"{figure}{'' if report.passed else ': NOT KEPT'}")
                        for name, figure in report.user_properties
                    ]
            if outcome == "skipped":
                skipped[reason_of(report)] += 1
    if not tests:
        return
    terminalreporter.ensure_newline()
    if figures:
        terminalreporter.section("figures", sep="-")
    for (name, figure), count in sorted(Counter(figures).items(), key=lambda one: (len(one[0][0]), one)):
        terminalreporter.write_line(f"{name}: {figure}" + (f" ({count} cases)" if count > 1 else ""))
    terminalreporter.section("seconds per folder", sep="-")
    for folder in sorted(seconds):
        terminalreporter.write_line(f"{folder:<16}{seconds[folder]:8.1f} s {len(tests[folder]):6} tests")
    reasons = "; ".join(f"{count} x {reason}" for reason, count in sorted(skipped.items()))
    terminalreporter.write_line(f"{skipped.total()} skipped" + (f": {reasons}" if reasons else ""))
