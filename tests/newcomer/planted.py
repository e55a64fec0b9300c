"""A plugin for pytest (``-p tests.newcomer.planted``): the kinds in ``kinds`` beside it are kinds of the house, too."""

from pathlib import Path

from devices import kinds

FOLDER = Path(__file__).parent / "kinds"

if str(FOLDER) not in kinds.__path__:
    kinds.__path__.append(str(FOLDER))
