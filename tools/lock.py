"""Writes requirements/*.lock from pyproject.toml: `make lock`; `make lock ARGS=--upgrade` moves on to newer releases.

The widest set is resolved first and its versions are handed down, so one .venv can hold all three sets. The locks hold
for every platform and every Python that pyproject.toml allows, carry a hash of every file, and name no package index.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "requirements"
PARTS = {  # widest first: tools/bootstrap.py relies on demo being within test, and test within check
    "check": ("--extra", "demo", "--group", "build", "--group", "test", "--group", "check"),
    "test": ("--extra", "demo", "--group", "build", "--group", "test"),
    "demo": ("--extra", "demo", "--group", "build"),
}
HOW = ("--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--no-emit-index-url", "--quiet")
HEAD = "# Written by `make lock` from pyproject.toml; the set for `make {}`.\n"
NO_UV = """the locks are made by uv, which is not on PATH. One way to get it, outside this folder's .venv:
  python3 -m venv ~/.local/share/uv && ~/.local/share/uv/bin/python -m pip install uv
  PATH="$HOME/.local/share/uv/bin:$PATH" make lock"""


def resolve(name: str, known: str) -> str:
    """The lock's text; versions in the known text are kept where they still fit."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "lock.txt"
        output.write_text(known, "utf-8")
        command = ["uv", "pip", "compile", "pyproject.toml", *PARTS[name], *HOW, "--output-file", str(output)]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        return HEAD.format(name) + output.read_text("utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description="Writes requirements/*.lock from pyproject.toml.")
    parser.add_argument("--upgrade", action="store_true", help="take the newest releases that pyproject.toml allows")
    asked = parser.parse_args()
    if not shutil.which("uv"):
        print(NO_UV, file=sys.stderr)
        return 69
    widest = LOCKS / "check.lock"
    known = widest.read_text("utf-8") if widest.exists() and not asked.upgrade else ""
    for name in PARTS:
        try:
            known = resolve(name, known)
        except subprocess.CalledProcessError as error:
            return error.returncode  # uv has said why
        (LOCKS / f"{name}.lock").write_text(known, "utf-8")
        print(f"requirements/{name}.lock: {len(re.findall(r'(?m)^[^#]+==', known))} packages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
