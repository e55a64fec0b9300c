"""The two programs in C, compiled when their text is newer: the reference and the meter."""

import shutil
import subprocess
from pathlib import Path

from bench.process import ProcessFailed

HERE = Path(__file__).parent
BUILD = HERE / "build"
_FLAGS = ("-O2", "-Wall", "-Wextra", "-D_GNU_SOURCE")


def program(name: str) -> Path:
    """``bench/{name}.c`` as a program."""
    source, built = HERE / f"{name}.c", BUILD / name
    if not built.exists() or built.stat().st_mtime < source.stat().st_mtime:
        if shutil.which("gcc") is None:
            raise ProcessFailed("no C compiler is here; type: sudo apt install gcc libmosquitto-dev")
        BUILD.mkdir(exist_ok=True)
        done = subprocess.run(
            ["gcc", *_FLAGS, "-o", built, source, "-lmosquitto", "-lm"], capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise ProcessFailed(f"{done.stderr}\n(type: sudo apt install libmosquitto-dev)")
    return built
