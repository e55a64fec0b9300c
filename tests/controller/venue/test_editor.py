"""The schema in a real editor's language server: what is right is not marked, what is wrong is, names are offered."""

import shutil
from pathlib import Path

import pytest

from controller.venue.findings import VenueError
from controller.venue.load import load
from controller.venue.schema import schema_of
from tests.controller.commands.test_exits import ringmaster
from tests.controller.venue.test_load import DEMO
from tests.language_server import language_server
from tests.venues_written import written

pytestmark = pytest.mark.interop
MODELINE = "# yaml-language-server: $schema={}venue.schema.json\n"
EDITED = """\
# yaml-language-server: $schema=venue.schema.json
visit:
  band: exibit
  starts: {when: preface.entry.occupied, fro: 800ms}
  does:
    - ask: {preface.wosh: warm}
    - stay: {until: preface.entry.empty}
"""


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    folder = tmp_path / "demo"
    shutil.copytree(DEMO, folder)
    return folder


def test_the_shipped_files_have_no_marks(demo):
    with language_server(demo) as editor:
        assert {path.name: editor.opens(path.name) for path in demo.glob("*.yaml")} == {
            "venue.yaml": [],
            "scenes.yaml": [],
        }


@pytest.mark.parametrize("one", written("unusual"), ids=lambda one: one.name)
def test_an_unusual_venue_has_no_marks(tmp_path, one):
    for name, text in one.texts.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text((MODELINE.format("../" * name.count("/")) if name.endswith(".yaml") else "") + text, "utf-8")
    assert ringmaster("export", "schema", str(tmp_path), "--write").returncode == 0
    tables = [name for name in one.texts if name.endswith(".yaml") and not one.texts[name].lstrip().startswith("- ")]
    with language_server(tmp_path) as editor:
        assert {name: found for name in tables if (found := editor.opens(name))} == {}


def test_what_is_wrong_is_marked_where_it_stands(demo):
    (demo / "more.yaml").write_text(EDITED, "utf-8")
    with language_server(demo) as editor:
        places = [one.split()[0] for one in editor.opens("more.yaml")]
    assert places == ["3:9", "4:42", "6:13", "7:7"]


def test_this_venues_names_are_offered(demo):
    (demo / "more.yaml").write_text(
        "# yaml-language-server: $schema=venue.schema.json\nvisit:\n  band: \n  starts: {by: staff}\n  does:\n"
        "    - ask:\n        preface.wall:\n          play: \n",
        "utf-8",
    )
    with language_server(demo) as editor:
        editor.opens("more.yaml")
        assert set(editor.completes("more.yaml", 3, 9)) >= {"house", "exhibit", "tour"}
        assert set(editor.completes("more.yaml", 8, 17)) >= {"opening_film", "slow_waves"}


def test_a_key_says_what_it_is_for(demo):
    with language_server(demo) as editor:
        editor.opens("scenes.yaml")
        text = (demo / "scenes.yaml").read_text("utf-8").splitlines()
        line = next(number for number, one in enumerate(text, 1) if one.startswith("  cools:"))
        assert "cannot start again" in editor.hovers("scenes.yaml", line, 4)


def test_what_the_loader_refuses_has_no_schema():
    one = written("mistakes")[0]
    with pytest.raises(VenueError):
        schema_of(load(one.texts))
