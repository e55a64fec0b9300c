"""A venue's folder to its texts: what is read, and what is too much."""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from controller.venue.findings import Gather, VenueError, wrong
from scenes.model import Place

Texts = Mapping[str, str]  # file name below the venue's folder → its text

ENDINGS = (".yaml", ".csv")
MOST_BYTES = 1024 * 1024
MOST_FILES = 500
MOST_FOLDERS_DEEP = 10
TRIALS = "tests"  # below a venue's folder: tests of its scenes, which are no part of it


def read_folder(folder: Path) -> Texts:
    """The texts of a venue: every ``*.yaml`` and ``*.csv`` below ``folder``. Raises ``VenueError``.

    Links are followed; what begins with a dot is passed over, and so are the venue's own tests.
    """
    whole = Place(str(folder), 1, 1)
    if not folder.is_dir():
        raise wrong(whole, "there is no such folder", hint="name the folder of a venue")
    texts: dict[str, str] = {}
    gather = Gather()
    for path in _files(folder, (), gather):
        if len(texts) >= MOST_FILES:
            raise wrong(whole, "more than {} files", MOST_FILES, hint="is this the folder of a venue?")
        name = path.relative_to(folder).as_posix()
        text = gather.attempt(_read, path, name)
        if text is not None:
            texts[name] = text
    gather.stop()
    if not any(name.endswith(".yaml") for name in texts):
        hint = "end its files in .yaml" if any(folder.glob("*.yml")) else "a venue has at least venue.yaml"
        raise wrong(whole, "there is no *.yaml in this folder", hint=hint)
    return dict(sorted(texts.items()))


def read_trials_folder(folder: Path) -> Texts:
    """The texts of a venue's own tests, by their name below ``folder``; none where it has none. ``VenueError``."""
    tests = folder / TRIALS
    if not tests.is_dir():
        return {}
    gather = Gather()
    names = {
        path: path.relative_to(folder).as_posix() for path in _files(tests, ("",), gather) if path.suffix == ".yaml"
    }
    texts = {name: gather.attempt(_read, path, name) for path, name in names.items()}
    gather.stop()
    return {name: text for name, text in sorted(texts.items()) if text is not None}


def digest(texts: Texts) -> str:
    """The configuration's name: a hash over all texts."""
    return hashlib.sha256(json.dumps(sorted(texts.items())).encode()).hexdigest()[:16]


def _files(folder: Path, above: tuple[str, ...], gather: Gather) -> Iterator[Path]:
    place = Place(str(folder), 1, 1)
    real = os.path.realpath(folder)
    if real in above:
        gather.add(wrong(place, "this folder leads back into itself", hint="remove the link"))
        return
    if len(above) >= MOST_FOLDERS_DEEP:
        gather.add(wrong(place, "folders more than {} deep", MOST_FOLDERS_DEEP))
        return
    try:
        entries = sorted(os.scandir(folder), key=lambda one: one.name)
    except OSError as error:
        gather.add(wrong(place, "this folder cannot be read: {}", error.strerror))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir() and entry.name == TRIALS and not above:
            continue
        if entry.is_dir():
            yield from _files(Path(entry.path), (*above, real), gather)
        elif entry.name.endswith(ENDINGS):
            yield Path(entry.path)


def _read(path: Path, name: str) -> str:
    first = Place(name, 1, 1)
    if not path.exists():
        raise wrong(first, "this link leads nowhere", hint="remove it")
    if not path.is_file():
        raise wrong(first, "this is not a file", hint="a venue has files only: no pipes, no devices")
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise wrong(first, "this file cannot be read: {}", error.strerror) from None
    if len(data) > MOST_BYTES:
        raise wrong(first, "more than {} bytes", MOST_BYTES, hint="split it into several files")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise _not_utf8(name, data, error.start) from None


def _not_utf8(name: str, data: bytes, start: int) -> VenueError:
    line = data[:start].count(b"\n") + 1
    column = len(data[data.rfind(b"\n", 0, start) + 1 : start].decode("utf-8", "ignore")) + 1
    hint = "in Excel: save as «CSV UTF-8»" if name.endswith(".csv") else "save the file as UTF-8"
    return wrong(Place(name, line, column, 1), "this is not UTF-8", hint=hint)
