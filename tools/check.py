"""Runs what judges the code without running it, side by side, and shows what those say that object: `make check`."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.executable).parent
CHECKS = {  # slowest first
    "basedpyright": (PROGRAMS / "basedpyright",),
    "mypy": (PROGRAMS / "mypy",),
    "imports": (PROGRAMS / "lint-imports", "--no-logo"),
    "ruff": (PROGRAMS / "ruff", "check", "--quiet", "--output-format=concise"),
    "format": (PROGRAMS / "ruff", "format", "--check", "--quiet"),
    "limits": (sys.executable, "tools/limits.py"),
}


def check(name: str) -> bool:
    began = time.monotonic()
    done = subprocess.run(
        CHECKS[name], cwd=ROOT, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    line = f"{'ok  ' if done.returncode == 0 else 'FAIL'}  {name:<14}{time.monotonic() - began:5.1f} s"
    print(line if done.returncode == 0 else f"{line}\n{done.stdout.rstrip()}\n", flush=True)
    return done.returncode == 0


def main() -> int:
    with ThreadPoolExecutor(cpu_count()) as pool:
        return 0 if all(list(pool.map(check, CHECKS))) else 1


if __name__ == "__main__":
    sys.exit(main())
