"""What gets installed, and that a lock installs what pyproject.toml asks for."""

import importlib.metadata
import json
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
ROOMS = {"controller", "devices", "link", "scenes", "simulators", "stations"}
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PROJECT, GROUPS = PYPROJECT["project"], PYPROJECT["dependency-groups"]
DEMO = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["demo"], *GROUPS["build"]]
ASKED = {"demo": DEMO, "test": DEMO + GROUPS["test"], "check": DEMO + GROUPS["test"] + GROUPS["check"]}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as archive:
        yield archive


def test_the_wheel_holds_the_rooms_and_nothing_else_at_its_top(wheel):
    about = f"ringmaster-{PROJECT['version']}"

    assert {name.partition("/")[0] for name in wheel.namelist()} == ROOMS | {f"{about}.data", f"{about}.dist-info"}


def test_every_room_says_that_it_is_typed(wheel):
    assert {f"{room}/py.typed" for room in ROOMS} <= set(wheel.namelist())


def test_the_command_is_the_only_public_name(wheel):
    scripts = next(name for name in wheel.namelist() if name.endswith(".dist-info/entry_points.txt"))

    assert wheel.read(scripts).decode().split("\n") == [
        "[console_scripts]",
        "ringmaster = controller.__main__:main",
        "",
    ]


def test_the_demo_venue_comes_along(wheel):
    shared = f"ringmaster-{PROJECT['version']}.data/data/share/ringmaster/venues/demo/"
    shipped = {name.removeprefix(shared) for name in wheel.namelist() if name.startswith(shared)}
    folder = ROOT / "config" / "venues" / "demo"

    assert shipped
    assert shipped == {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_config_is_data_and_shadows_no_package_of_that_name():
    assert list((ROOT / "config").rglob("*.py")) == []


def test_no_other_distribution_has_files_under_our_names():
    others = [found for found in importlib.metadata.distributions() if found.name != "ringmaster"]
    taken = {(other.name, path.parts[0]) for other in others for path in other.files or () if path.parts[0] in ROOMS}

    assert taken == set()


def lock_of(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.lock").read_text("utf-8")


def pins(name: str) -> dict[str, str]:
    return dict(re.findall(r"(?m)^([\w.-]+)==([^\s;]+)", lock_of(name)))


@pytest.mark.parametrize("name", ASKED)
def test_a_lock_installs_what_pyproject_asks_for(name):
    locked = pins(name)
    asked = [Requirement(text) for text in ASKED[name]]
    missing = [str(one) for one in asked if not one.specifier.contains(locked.get(canonicalize_name(one.name), "0"))]

    assert missing == [], "type `make lock`"


@pytest.mark.parametrize("name", ASKED)
def test_a_lock_has_a_hash_for_every_package(name):
    blocks = re.split(r"(?m)^(?=\w)", lock_of(name))[1:]

    assert blocks
    assert [block for block in blocks if not re.search(r"^    --hash=sha256:[0-9a-f]{64}", block, re.MULTILINE)] == []


@pytest.mark.parametrize("name", ASKED)
def test_a_lock_names_no_place_to_get_packages_from(name):
    lines = lock_of(name).splitlines()

    assert [line for line in lines if "://" in line or "http" in line or re.match(r"\s*(--|-)(?!-?hash)", line)] == []


@pytest.mark.parametrize(("narrow", "wide"), [("demo", "test"), ("test", "check")])
def test_a_wider_lock_holds_the_narrower_one_in_the_same_versions(narrow, wide):
    assert pins(narrow).items() <= pins(wide).items()


def test_the_lock_for_node_has_a_hash_for_every_package_and_names_no_place_to_get_it_from():
    lock = json.loads((ROOT / "tests" / "editor" / "package-lock.json").read_text("utf-8"))
    packages = {name: one for name, one in lock["packages"].items() if name}

    assert len(packages) > 100
    assert [name for name, one in packages.items() if not one.get("integrity", "").startswith("sha512-")] == []
    assert [name for name, one in packages.items() if "resolved" in one] == [], "npm's omit-lockfile-registry-resolved"
