"""The last lines of a test run: seconds per folder, and what was skipped and why."""

import shutil
import subprocess
import sys
from pathlib import Path

CONFTEST = Path(__file__).parent.parent / "conftest.py"
RAIN = "import pytest\n@pytest.mark.parametrize('n', [1, 2])\ndef test_rain(n): pytest.skip('it rains')\n"
SUN = "def test_sun(): pass\n"


def test_a_run_ends_with_seconds_per_folder_and_the_reasons_for_skipping(tmp_path):
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --import-mode=importlib\nfilterwarnings = error\n")
    for folder, text in {"autumn": RAIN, "summer/noon": SUN, "summer": SUN}.items():
        (tmp_path / "tests" / folder).mkdir(parents=True, exist_ok=True)
        (tmp_path / "tests" / folder / "test_weather.py").write_text(text)
    (tmp_path / "tests" / "test_year.py").write_text(
        SUN + "def test_later():\n    import pytest\n    pytest.skip('snow')"
    )
    shutil.copy(CONFTEST, tmp_path / "tests")

    run = subprocess.run([sys.executable, "-m", "pytest", "tests"], cwd=tmp_path, capture_output=True, text=True)
    lines = run.stdout.splitlines()
    start = next(number for number, line in enumerate(lines, 1) if "seconds per folder" in line)
    folders = [line.split() for line in lines[start : start + 3]]

    assert run.returncode == 0, run.stdout
    assert [(words[0], words[-2]) for words in folders] == [(".", "2"), ("autumn", "2"), ("summer", "2")]
    assert lines[-2] == "3 skipped: 2 x it rains; 1 x snow"
