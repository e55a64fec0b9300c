"""The comparison with the model is worth something: each fault that is planted in the engine is found by it.

A patch in ``tests/mutants`` is one fault; its first line says what it breaks.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PATCHES = sorted((ROOT / "tests" / "mutants").glob("*.patch"))
COMPARE = """
from hypothesis import HealthCheck, Phase, settings

# the first difference is enough: nobody reads it, so it is not made smaller
settings.register_profile("once", deadline=None, database=None, phases=[Phase.generate],
                          suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("once")
import scenes
from tests.properties.test_model import test_engine_and_model_decide_the_same

print(scenes.__file__)
test_engine_and_model_decide_the_same()
"""


def compared(engine: Path) -> subprocess.CompletedProcess[str]:
    """Runs the comparison with the engine in a folder."""
    path = os.pathsep.join([str(engine), str(ROOT)])
    env = {**os.environ, "PYTHONPATH": path, "PYTHONSAFEPATH": "1"}
    return subprocess.run([sys.executable, "-c", COMPARE], env=env, capture_output=True, text=True, check=False)


@pytest.mark.soak
@pytest.mark.timeout(600)
@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: patch.stem)
def test_a_planted_fault_is_found(patch, tmp_path):
    shutil.copytree(ROOT / "scenes", tmp_path / "scenes", ignore=shutil.ignore_patterns("__pycache__"))
    applied = subprocess.run(
        ["git", "apply", "--unsafe-paths", f"--directory={tmp_path}", str(patch)],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert applied.returncode == 0, f"{patch.name} fits the engine no more, write it anew: {applied.stderr}"
    done = compared(tmp_path)
    assert str(tmp_path) in done.stdout
    assert done.returncode != 0, f"not found: {patch.read_text().splitlines()[0]}"
    assert "AssertionError" in done.stderr, done.stderr


@pytest.mark.soak
@pytest.mark.timeout(600)
def test_the_engine_as_it_is_passes(tmp_path):
    shutil.copytree(ROOT / "scenes", tmp_path / "scenes", ignore=shutil.ignore_patterns("__pycache__"))
    done = compared(tmp_path)
    assert done.returncode == 0, done.stderr
