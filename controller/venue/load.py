"""A venue's folder, or its kept texts, to a checked ``Venue``."""

import hashlib
import json
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TypeVar

from controller.venue.behaviours import read_scene
from controller.venue.bodies import Steps
from controller.venue.findings import Finding, VenueError, wrong
from controller.venue.names import VenueNames
from controller.venue.nodes import Node, Table, as_table, as_text, read_yaml
from controller.venue.parts import read_devices, read_palette
from controller.venue.values import titles
from controller.venue.wants import Palette
from devices.topics import is_id
from scenes.model import Place, Scene, SceneId, Venue

PARTS = ("venue", "title", "devices", "looks", "clips")
LATER = (
    "hours", "places", "plan", "catalogues", "fixtures", "patch", "pages", "variables", "facts", "modes", "remotes",
    "evacuation", "kinds",
)  # fmt: skip
MAX_FILE_BYTES = 1024 * 1024

Texts = Mapping[str, str]  # file name below the venue's folder → its text
Found = TypeVar("Found")


def read_folder(folder: Path) -> Texts:
    """The texts of a venue: every ``*.yaml`` below ``folder``. Raises ``VenueError``."""
    if not folder.is_dir():
        raise wrong(Place(str(folder), 1, 1), "there is no such folder", "name the folder of a venue")
    files = sorted(path for path in folder.rglob("*.yaml") if path.is_file())
    if not files:
        raise wrong(Place(str(folder), 1, 1), "there is no *.yaml in this folder", "a venue has at least venue.yaml")
    texts: dict[str, str] = {}
    for path in files:
        name = path.relative_to(folder).as_posix()
        data = path.read_bytes()
        if len(data) > MAX_FILE_BYTES:
            raise wrong(Place(name, 1, 1), f"{len(data)} bytes; a file of a venue has at most {MAX_FILE_BYTES}")
        try:
            texts[name] = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            raise wrong(Place(name, line, 1), "this is not UTF-8", "save the file as UTF-8") from None
    return texts


def digest(texts: Texts) -> str:
    """The configuration's name: a hash over all texts."""
    return hashlib.sha256(json.dumps(sorted(texts.items())).encode()).hexdigest()[:16]


def load_venue(texts: Texts) -> Venue:
    """Everything checked. Raises ``VenueError`` with all that was found in one go."""
    gather = _Gather()
    tables = [table for file, text in texts.items() if (table := gather.try_(partial(read_yaml, file, text)))]
    gather.stop()  # half a venue would be full of mistakes that are none
    parts, behaviours = _sorted(tables, gather)
    first = Place(next(iter(texts)), 1, 1)
    venue_id = gather.try_(partial(_venue_id, parts, first)) or ""
    looks = [node for _, node in parts.get("looks", [])]
    clips = [as_table(node, "clips") for _, node in parts.get("clips", [])]
    palette = gather.try_(partial(read_palette, looks, clips)) or Palette()
    gather.stop()
    device_tables = [as_table(node, "devices") for _, node in parts.get("devices", [])]
    devices = gather.try_(partial(read_devices, device_tables, palette)) or {}
    gather.stop()
    names = VenueNames(devices)
    steps = Steps(names, palette)
    scenes: dict[SceneId, Scene] = {}
    for name, place, node in behaviours:
        scene = gather.try_(partial(read_scene, name, node, place, names, steps))
        if scene is not None and scene.id in scenes:
            gather.add(place, f"the scene {name} stands twice", f"first at {scenes[scene.id].place}")
        elif scene is not None:
            scenes[scene.id] = scene
    gather.stop()
    title = titles(parts["title"][0][1] if "title" in parts else None, venue_id)
    return Venue(venue_id, title, devices, scenes, digest(texts))


Parts = dict[str, list[tuple[Place, Node]]]


def _sorted(tables: list[Table], gather: "_Gather") -> tuple[Parts, list[tuple[str, Place, Node]]]:
    """Parts by name, in the order of the files; everything else at top level is a scene."""
    parts: Parts = {}
    behaviours: list[tuple[str, Place, Node]] = []
    for table in tables:
        for key, node in table:
            place = table.keys[key]
            if key in PARTS:
                parts.setdefault(key, []).append((place, node))
            elif key in LATER:
                gather.add(place, f"{key} is part of a venue, but this version cannot read it yet", "")
            else:
                behaviours.append((key, place, node))
    for key in ("venue", "title"):
        for place, _ in parts.get(key, [])[1:]:
            gather.add(place, f"{key} stands twice", f"first at {parts[key][0][0]}")
    return parts, behaviours


def _venue_id(parts: Parts, first: Place) -> str:
    if "venue" not in parts:
        raise wrong(first, "the venue has no id", "write venue: NAME in one of its files")
    text = as_text(parts["venue"][0][1], "venue")
    if not is_id(text.text):
        raise wrong(text.place, f"{text.text!r} is no id", "small letters, digits and _, beginning with a letter")
    return text.text


class _Gather:
    """Collects findings, so that one run shows them all."""

    def __init__(self) -> None:
        self._found: list[Finding] = []

    def add(self, place: Place, message: str, hint: str) -> None:
        self._found.append(Finding(place, message, hint))

    def try_(self, read: Callable[[], Found]) -> Found | None:
        try:
            return read()
        except VenueError as error:
            self._found += error.findings
            return None

    def stop(self) -> None:
        if self._found:
            raise VenueError(self._found)
