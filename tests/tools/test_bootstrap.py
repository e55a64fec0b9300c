"""Setting up, on a small project of its own: no network, packages made here."""

import ast
import hashlib
import os
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from tests.brokers import needs
from tools import bootstrap

SCRIPT = Path(bootstrap.__file__)
BASE_PYTHON = sys._base_executable  # the machine's, which has pip; .venv's has not
PYPROJECT = """\
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "ringmaster"
"""
BACKEND = """\
import zipfile
def build_editable(folder, config_settings=None, metadata_directory=None):
    with zipfile.ZipFile(folder + "/ringmaster-1-py3-none-any.whl", "w") as wheel:
        for name, text in {"METADATA": "Metadata-Version: 2.1\\nName: ringmaster\\nVersion: 1\\n", "RECORD": "",
                           "WHEEL": "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n"}.items():
            wheel.writestr("ringmaster-1.dist-info/" + name, text)
    return "ringmaster-1-py3-none-any.whl"
"""


class Project:
    def __init__(self, folder: Path) -> None:
        self.folder, self.venv = folder, folder / ".venv"
        (folder / "tools").mkdir()
        (folder / "wheels").mkdir()
        (folder / "requirements").mkdir()
        shutil.copy(SCRIPT, folder / "tools")
        (folder / "pyproject.toml").write_text(PYPROJECT)
        (folder / "backend.py").write_text(BACKEND)
        for name, packages in {"demo": ["plum"], "test": ["plum", "pear"], "check": ["plum", "pear"]}.items():
            self.lock(name, packages)

    def lock(self, name: str, packages: list[str]) -> None:
        lines = [f"{package}==1.0 \\\n    --hash=sha256:{self.wheel(package)}\n" for package in packages]
        (self.folder / "requirements" / f"{name}.lock").write_text("".join(lines))

    def wheel(self, package: str) -> str:
        path = self.folder / "wheels" / f"{package}-1.0-py3-none-any.whl"
        files = {
            f"{package}.py": "ripe = True\n",
            f"{package}-1.0.dist-info/METADATA": f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n",
            f"{package}-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            f"{package}-1.0.dist-info/RECORD": "",
        }
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in files.items():
                archive.writestr(zipfile.ZipInfo(name), text)
        return hashlib.sha256(path.read_bytes()).hexdigest()

    def bootstrap(
        self, *arguments: str, python: str | Path = BASE_PYTHON, **changes: str
    ) -> subprocess.CompletedProcess[str]:
        offline = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.folder / "wheels")}
        command = [str(python), str(self.folder / "tools" / "bootstrap.py"), "--with", "pip", *arguments]
        return subprocess.run(command, env=os.environ | offline | changes, capture_output=True, text=True)

    def module(self, package: str) -> Path:
        return next(self.venv.glob("lib/python3.*/site-packages")) / f"{package}.py"


@pytest.fixture(scope="module")
def one_project(tmp_path_factory) -> Project:
    return Project(tmp_path_factory.mktemp("project"))


@pytest.fixture
def project(one_project) -> Project:
    """Ready for the demo; what a test left behind is set right by the next set-up, which is what is tested."""
    if subprocess.run([BASE_PYTHON, "-c", "import pip"], capture_output=True).returncode != 0:
        needs("pip of the interpreter that .venv was made with")
    one_project.lock("demo", ["plum"])
    for wider in ("test", "check"):  # made by another test, it would serve for the demo whatever that one's lock says
        (one_project.venv / f"ready-{wider}").unlink(missing_ok=True)
    done = one_project.bootstrap()
    assert done.returncode == 0, done.stderr
    return one_project


def test_a_ready_set_is_left_alone_at_once_and_without_any_program(project):
    seconds = []
    for _ in range(5):
        began = time.monotonic()
        again = project.bootstrap(PATH="", PIP_FIND_LINKS="")
        seconds.append(time.monotonic() - began)
        assert (again.returncode, again.stdout, again.stderr) == (0, "", "")

    bare = []
    for _ in range(5):
        began = time.monotonic()
        subprocess.run([BASE_PYTHON, "-c", "import argparse, subprocess, tempfile"], check=True)
        bare.append(time.monotonic() - began)
    print(f"nothing to do: {min(seconds):.3f} s, the interpreter and its imports alone {min(bare):.3f} s")
    assert min(seconds) <= max(0.15, 3 * min(bare))


def test_a_wider_set_serves_a_narrower_one(project):
    assert project.bootstrap("--for", "test").returncode == 0
    (project.venv / "ready-demo").unlink()

    narrower = project.bootstrap("--for", "demo")

    assert (narrower.returncode, narrower.stdout) == (0, "")
    assert project.module("pear").exists()


def test_inside_an_activated_venv_the_python_below_it_does_the_work(project):
    wider = project.bootstrap("--for", "test", python=project.venv / "bin" / "python")

    assert wider.returncode == 0, wider.stderr
    assert project.module("pear").exists()


def test_a_venv_is_made_anew_from_inside_it(project):
    (project.venv / "ready-demo").unlink()
    settings = project.venv / "pyvenv.cfg"
    settings.write_text(settings.read_text().replace(str(project.venv), "/elsewhere/.venv"))

    again = project.bootstrap(python=project.venv / "bin" / "python")

    assert again.returncode == 0, again.stderr
    assert again.stdout.startswith("1/3 making .venv")


def test_a_package_that_was_cut_off_is_installed_again(project):
    for stamp in project.venv.glob("ready-*"):
        stamp.unlink()
    project.module("plum").unlink()
    (project.module("plum").with_name("plum-1.0.dist-info") / "INSTALLER").unlink()

    again = project.bootstrap()

    assert again.returncode == 0, again.stderr
    assert "installing 1 package " in again.stdout
    assert project.module("plum").exists()


def test_a_venv_whose_interpreter_is_gone_is_made_anew(project):
    (project.venv / "bin" / "python").unlink()
    (project.venv / "bin" / "python").symlink_to("/nowhere/python3")

    again = project.bootstrap()

    assert again.returncode == 0, again.stderr
    assert again.stdout.startswith("1/3 making .venv")
    assert subprocess.run([project.venv / "bin" / "python", "-c", "import plum"]).returncode == 0


def test_a_package_that_is_not_the_locked_one_is_refused(project):
    project.lock("demo", ["plum", "quince"])
    wheel = project.folder / "wheels" / "quince-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "a") as archive:
        archive.writestr("surprise.py", "")

    refused = project.bootstrap()

    assert refused.returncode == 1
    assert "a package is not the one that was locked" in refused.stderr
    assert not project.module("quince").exists()


def test_missing_programs_are_named_with_what_to_type(tmp_path):
    lacking = Project(tmp_path).bootstrap(PATH="")

    assert lacking.returncode == 69
    assert "  git\n  make\nType: sudo apt install git make" in lacking.stderr
    assert not (tmp_path / ".venv").exists()


@pytest.mark.parametrize(
    ("printed", "reason"),
    [
        ("Failed to establish a new connection: [Errno -3] Temporary failure in name resolution", "cannot be reached"),
        ("cause: error sending request for url\ncause: dns error", "cannot be reached"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "not the one that was locked"),
        ("ERROR: No matching distribution found for plum==1.0", "no built package for this machine"),
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        ("Segmentation fault", "a step failed"),
    ],
)
def test_a_failure_is_explained_and_shown(printed, reason):
    said = bootstrap.explain(["python", "-m", "pip"], f"WARNING: Retrying\n{printed}\n")

    assert reason in said.splitlines()[0]
    assert said.splitlines()[1:] == ["pip said:", *(f"  {line}" for line in printed.splitlines())]


def test_an_old_python_can_read_the_script_far_enough_to_be_refused():
    ast.parse(SCRIPT.read_text("utf-8"), feature_version=(3, 8))
