"""``ringmaster read``: a scene read aloud."""

import sys
import textwrap
from pathlib import Path
from typing import Literal

from controller.commands.complaints import complain_of, default_language
from controller.commands.venues import NoVenue, find_venue, is_venue
from controller.exits import Exit
from controller.venue.aloud.scene import read_aloud, read_evacuation_aloud, read_named_aloud
from controller.venue.findings import Language, VenueError, near
from controller.venue.load import Loaded, load
from controller.venue.source.files import read_folder
from scenes.model import SceneId

WIDTH = 100


def read(*scenes: str, in_: Path | None = None, lang: Literal["zh", "en", "both"] | None = None) -> Exit:
    """Read scenes aloud, in plain Chinese or English: what a curator signs.

    Parameters
    ----------
    scenes
        Scenes by id; a template by its name, or one row of it (exhibit.e017); evacuation. Without one, all of them.
        A venue's folder may stand before them.
    in_
        The venue's folder; without it, the venue that is here.
    lang
        zh, en, or both; by default the terminal's language.
    """
    try:
        if in_ is None and scenes and is_venue(Path(scenes[0])):
            in_, scenes = Path(scenes[0]), scenes[1:]
        folder = in_ or find_venue(" ".join(["ringmaster read", *scenes, "--in"]))
    except NoVenue as error:
        print(error, file=sys.stderr)
        return Exit.USAGE
    try:
        loaded = load(read_folder(folder))
    except VenueError as error:
        return complain_of(error, "human", folder)
    languages: tuple[Language, ...] = ("zh", "en") if lang == "both" else (lang or default_language(),)
    code = Exit.OK
    for number, name in enumerate(scenes or (*loaded.parts, *loaded.named, *loaded.templates)):
        named = loaded.named.get(name)
        table = (
            loaded.parts.get(name)
            or (named[1] if named is not None else None)
            or loaded.spelled.get(SceneId(name))
            or loaded.templates.get(name)
        )
        if table is None:
            hint = near(name, [*loaded.parts, *loaded.named, *loaded.templates, *loaded.spelled]).text(languages[0])
            print(f"{name}: {_NO_SCENE[languages[0]]}" + (f"; {hint}" if hint else ""), file=sys.stderr)
            code = Exit.NO
            continue
        if number:
            print()
        for language in languages:
            print(_paragraph(loaded, name, language))
    return code


_NO_SCENE = {"en": "there is no such scene", "zh": "没有这个场景"}


def _paragraph(loaded: Loaded, name: str, language: Language) -> str:
    if name in loaded.parts:
        text = read_evacuation_aloud(loaded.parts[name], loaded.venue, language)
    elif name in loaded.named:
        sort, table = loaded.named[name]
        text = read_named_aloud(sort, name, table, loaded.venue, language)
    else:
        text = read_aloud(name, loaded.spelled.get(SceneId(name)) or loaded.templates[name], loaded.venue, language)
    return text if language == "zh" else textwrap.fill(text, WIDTH, break_long_words=False, break_on_hyphens=False)
