"""Programs for Node that interop tests ask. `make npm` installs them from tests/editor/package-lock.json."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ASKING = ROOT / "tests" / "editor"  # the scripts that ask them
MODULES = ROOT / "build" / "npm" / "node_modules"


def node_modules(package: str) -> Path:
    """The folder that holds ``package``. Without it: skipped on a person's machine, failed in CI."""
    if not (MODULES / package).is_dir():
        missing = f"{package} is not installed (make npm)"
        if os.environ.get("CI") == "true":
            pytest.fail(f"{missing}; in CI nothing may be skipped")
        pytest.skip(missing)
    return MODULES
