"""Makes .venv ready: the one set-up step behind `make demo`, `make test` and `make check`.

The rules:
1. Three sets of packages, each within the next: demo, test, check. One .venv; a wider set serves a narrower one.
2. A set is ready when its stamp fits what it was made of (lock, pyproject, folder, interpreter). The stamp is written
   last, so whatever was interrupted is gone on with. A ready set costs nothing: no network, no pip, no second process.
3. .venv has no pip of its own: the system's does the work (`pip --python`), so Debian's python3-venv is not needed
   and the slowest part of making a virtual environment is left out. Where uv is on PATH, uv does it. Typed inside an
   activated .venv, the interpreter that it was made with goes on.
4. Only built packages with the locked hashes are installed; nothing is compiled and no unlocked build tool is fetched.
5. pip is started twice, side by side: its time goes into reading the index, not into the network.

Standard library only, and the syntax of Python 3.8, so that an old Python is told what is missing.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import importlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

SETS = ("demo", "test", "check")
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
EXIT_FAILED, EXIT_MISSING, EXIT_INTERRUPTED = 1, 69, 130  # 69 is EX_UNAVAILABLE
OLDEST_PYTHON, OLDEST_PIP = (3, 11), (22, 3)  # pip 22.3 brought --python
SAY_AGAIN_SECONDS = 15
UNREACHABLE = (
    r"NewConnectionError|ConnectTimeout|ReadTimeout|Read timed out|name resolution|Network is unreachable"
    r"|Connection refused|Connection(Reset)?Error|Max retries|error sending request|dns error|client error"
)
REASONS = {  # what an installer printed: what it means and what to do. The first that fits.
    r"No space left|Errno 28": "the disk is full. Make room, then type the same again.",
    r"DO NOT MATCH THE HASHES|[Hh]ash mismatch": (
        "a package is not the one that was locked. Do not work around it: ask who keeps the package index you use."
    ),
    r"CERTIFICATE_VERIFY_FAILED|invalid peer certificate": (
        "this machine does not trust the package index's certificate. Look at its clock, then at `pip config list`."
    ),
    UNREACHABLE: (
        "the package index cannot be reached. Connect to the network (or name your mirror with `pip config set`), then "
        "type the same again. Once set up, no network is needed."
    ),
    r"No matching distribution|Could not find a version|no wheels? with a matching|no usable wheels": (
        "the package index has no built package for this machine and this Python. Python 3.11 to 3.13 on 64-bit Linux "
        "or macOS work; a mirror may be incomplete."
    ),
}


class SetUpError(Exception):
    """What went wrong, in words for whoever typed the command."""

    def __init__(self, message: str, exit_code: int = EXIT_FAILED) -> None:
        super().__init__(message)
        self.exit_code = exit_code


# What is ready


def what_pyproject_installs() -> str:
    """The part of pyproject.toml that ends up in .venv; settings of the checkers are not among it."""
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    tables = re.split(r"(?m)^(?=\[)", text)
    return "".join(table for table in tables if re.match(r"\[(build-system|project|tool\.hatch)\b", table))


def lock_of(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.lock").read_text("utf-8")


def fingerprint(name: str) -> str:
    """Changes when .venv would have to change: scripts in it name the folder and the interpreter."""
    parts = (lock_of(name), what_pyproject_installs(), str(VENV), os.path.realpath(PYTHON))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def stamp_of(name: str) -> Path:
    return VENV / f"ready-{name}"


def has_stamp(name: str) -> bool:
    stamp = stamp_of(name)
    return PYTHON.exists() and stamp.exists() and stamp.read_text("utf-8") == fingerprint(name)


def is_ready(name: str) -> bool:
    return any(has_stamp(wider) for wider in SETS[SETS.index(name) :])


def is_sound() -> bool:
    """Whether .venv is a virtual environment made in this folder whose interpreter still runs."""
    settings = VENV / "pyvenv.cfg"
    if not (settings.exists() and PYTHON.exists() and f" {VENV}\n" in settings.read_text("utf-8")):
        return False
    question = "import sys; print(sys.prefix, sys.version_info >= (3, 11))"
    answer = subprocess.run([PYTHON, "-c", question], capture_output=True, check=False, text=True)
    return answer.stdout.strip() == f"{VENV} True"


# What the machine lacks


def go_on_with_the_base() -> None:
    """In .venv itself, or another virtual environment without pip, the interpreter below it begins again."""
    is_inside = sys.prefix != sys.base_prefix
    if is_inside and (sys.prefix == str(VENV) or importlib.util.find_spec("pip") is None):
        base = getattr(sys, "_base_executable", None) or os.path.realpath(sys.executable)
        os.execv(base, [base, *sys.argv])  # noqa: S606 - there is no shell to ask


def what_is_missing(installer: str) -> list[tuple[str, str]]:
    """(what, Debian's package for it; empty when apt does not help)."""
    missing = []
    if sys.version_info < OLDEST_PYTHON:
        this = f"this is {sys.version_info[0]}.{sys.version_info[1]}, {sys.executable}"
        missing.append((f"Python 3.11 or newer ({this}; Debian 12 and Ubuntu 24.04 have it)", "python3"))
    if installer == "pip":
        missing += what_pip_lacks()
    elif not shutil.which("uv"):
        missing.append(("uv", ""))
    return missing + [(program, program) for program in ("git", "make") if not shutil.which(program)]


def what_pip_lacks() -> list[tuple[str, str]]:
    try:
        version = importlib.import_module("pip").__version__
    except ImportError:
        if not sys.executable.startswith("/usr/bin/"):
            return [(f"pip for {sys.executable} (type: {sys.executable} -m ensurepip)", "")]
        return [("pip", "python3-pip")]
    if tuple(int(number) for number in re.findall(r"\d+", version)[:2]) < OLDEST_PIP:
        return [(f"pip 22.3 or newer (this is {version}; type: {sys.executable} -m pip install --upgrade pip)", "")]
    return []


def refuse_if_missing(installer: str) -> None:
    missing = what_is_missing(installer)
    if not missing:
        return
    lines = ["this machine lacks:"] + ["  " + what for what, _ in missing]
    packages = [package for _, package in missing if package]
    if packages:
        lines.append("Type: sudo apt install " + " ".join(packages))
    raise SetUpError("\n".join(lines), EXIT_MISSING)


# Installing


def installed() -> set[str]:
    """name-version of each package in .venv."""
    return {plain(path.parent.stem) for path in VENV.glob("lib/python3.*/site-packages/*.dist-info/INSTALLER")}


def plain(distribution: str) -> str:
    """Indexes, locks and folders each spell PyYAML, pyyaml, types-pyyaml and types_PyYAML in their own way."""
    return re.sub(r"[-_.]+", "-", distribution).lower()


def blocks_to_install(lock: str, present: set[str]) -> list[str]:
    """Each package of the lock with its hashes, without those that are there in this version."""
    blocks = []
    for block in re.split(r"(?m)^(?=\w)", lock)[1:]:
        name, version, marker = re.match(r"([\w.-]+)==([^\s;]+)(?: ; ([^\\\n]+))?", block).groups()
        is_for_windows = (marker or "").strip() == "sys_platform == 'win32'"
        if not is_for_windows and plain(f"{name}-{version}") not in present:
            blocks.append(block)
    return blocks


def remove_half_installed() -> None:
    """Installers write INSTALLER after a package's files; a package without it was cut off and would count as there."""
    for folder in VENV.glob("lib/python3.*/site-packages/*.dist-info"):
        if not (folder / "INSTALLER").exists():
            shutil.rmtree(folder)


def command_of(installer: str, *what: str) -> list[str]:
    if installer == "uv":
        return ["uv", "pip", "install", "--python", str(PYTHON), "--quiet", "--no-deps", *what]
    quiet = [
        "--quiet",
        "--progress-bar=off",
        "--no-input",
        "--retries=3",
        "--disable-pip-version-check",
        "--root-user-action=ignore",
    ]
    return [sys.executable, "-m", "pip", "--python", str(PYTHON), "install", *quiet, "--no-compile", "--no-deps", *what]


def install_packages(installer: str, blocks: list[str]) -> None:
    lanes = 1 if installer == "uv" else min(2, os.cpu_count() or 1, len(blocks))
    with tempfile.TemporaryDirectory() as folder:
        commands = []
        for lane in range(lanes):
            part = Path(folder) / f"part-{lane}.txt"
            part.write_text("".join(blocks[lane::lanes]), "utf-8")
            commands.append(command_of(installer, "--only-binary=:all:", "--require-hashes", "-r", str(part)))
        run(*commands)


def run(*commands: list[str]) -> None:
    """Side by side and silent; when one fails the others are stopped and its last lines are shown."""
    settings = dict(os.environ, PIP_USER="0")  # a person's `user = true` cannot hold inside .venv
    with tempfile.TemporaryDirectory() as folder:
        outputs = [Path(folder) / str(number) for number in range(len(commands))]
        processes = []
        try:
            for command, output in zip(commands, outputs, strict=True):
                with output.open("wb") as file:
                    process = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=file, stderr=subprocess.STDOUT)
                processes.append(process)
            failed = wait_for(processes)
        finally:
            for process in processes:
                process.terminate()
                process.wait()
        if failed is not None:
            raise SetUpError(explain(commands[failed], outputs[failed].read_text("utf-8", "replace")))


def wait_for(processes: list[subprocess.Popen[bytes]]) -> int | None:
    """The number of the first that failed, at once; None when all went well."""
    began = said = time.monotonic()
    while True:
        codes = [process.poll() for process in processes]
        bad = [number for number, code in enumerate(codes) if code]
        if bad or None not in codes:
            return bad[0] if bad else None
        time.sleep(0.02)
        if time.monotonic() - said > SAY_AGAIN_SECONDS:
            said = time.monotonic()
            print(f" {said - began:.0f} s ...", end="", flush=True)


def explain(command: list[str], output: str) -> str:
    lines = [line for line in output.splitlines() if line.strip() and not line.startswith("WARNING:")]
    reason = next((what for pattern, what in REASONS.items() if re.search(pattern, output)), "a step failed.")
    name = "uv" if command[0] == "uv" else "pip" if "pip" in command else "python"
    return "\n".join([reason, f"{name} said:"] + ["  " + line for line in lines[-8:]])


# Setting up


def set_up(name: str, installer: str) -> None:
    steps: list[tuple[str, Callable[[], None]]] = []
    is_kept = is_sound()
    if is_kept:
        remove_half_installed()
    else:
        make = [sys.executable, "-m", "venv", "--clear", "--without-pip", str(VENV)]
        steps.append(("making .venv", lambda: run(make)))
    blocks = blocks_to_install(lock_of(name), installed() if is_kept else set())
    if blocks:
        what = f"installing {len(blocks)} package{'' if len(blocks) == 1 else 's'} with {installer}"
        steps.append((what, lambda: install_packages(installer, blocks)))
    if not (is_kept and any(has_stamp(other) for other in SETS)):
        itself = command_of(installer, "--no-build-isolation", "--editable", str(ROOT))
        steps.append(("installing ringmaster itself", lambda: run(itself)))
    if name != "demo" and sys.dont_write_bytecode:  # tests start many processes; here none may keep what it compiled
        compiling = [str(PYTHON), "-m", "compileall", "-qq", str(VENV / "lib")]
        steps.append(("compiling", lambda: run(compiling)))
    for number, (what, step) in enumerate(steps, 1):
        began = time.monotonic()
        print(f"{number}/{len(steps)} {what} ...", end="", flush=True)
        step()
        print(f" {time.monotonic() - began:.1f} s", flush=True)
    stamp_of(name).write_text(fingerprint(name), "utf-8")


def set_up_alone(name: str, installer: str) -> None:
    """Two commands typed at once (make demo, make test) must not install side by side into one .venv."""
    folder = os.open(ROOT / "requirements", os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        if not is_ready(name):
            set_up(name, installer)
    finally:
        os.close(folder)


def main() -> int:
    parser = argparse.ArgumentParser(description="Makes .venv ready; does nothing when it is.")
    parser.add_argument("--for", dest="name", choices=SETS, default="demo", help="what it has to be ready for")
    parser.add_argument(
        "--with", dest="installer", choices=("pip", "uv"), default="uv" if shutil.which("uv") else "pip"
    )
    asked = parser.parse_args()
    if is_ready(asked.name):
        return 0
    go_on_with_the_base()
    try:
        refuse_if_missing(asked.installer)
        set_up_alone(asked.name, asked.installer)
    except SetUpError as error:
        print(f"\nringmaster is not set up: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("\ninterrupted; the same command goes on from here", file=sys.stderr)
        return EXIT_INTERRUPTED
    return 0


if __name__ == "__main__":
    sys.exit(main())
