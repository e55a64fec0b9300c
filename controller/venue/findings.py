"""What is proved wrong with a venue, each with its place, in words of either language.

A message is an English sentence with ``{}`` for its values; the Chinese one is looked up by it (``chinese.py``).
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Literal, ParamSpec, TypeVar

from controller.venue.chinese import CHINESE
from scenes.model import Place

Language = Literal["en", "zh"]
Given = ParamSpec("Given")
Found = TypeVar("Found")
_SEAM = re.compile(
    r"(?<=[A-Za-z0-9_])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9_])"
)  # as Chinese print has it
MOST_FINDINGS = 200  # beyond that reading stops
MOST_LISTED = 12  # names shown as a hint where none is near


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence: its English form, and the values that stand in it."""

    template: str = ""
    values: tuple[object, ...] = ()

    def text(self, language: Language = "en") -> str:
        """The sentence in that language."""
        values = [_spoken(one, language) for one in self.values]
        if language == "en":
            return self.template.format(*values)
        return _SEAM.sub(" ", CHINESE.get(self.template, self.template).format(*values))

    def __bool__(self) -> bool:
        return bool(self.template)


def _spoken(value: object, language: Language) -> object:
    """Words in the language; several of them as a list."""
    if isinstance(value, Words):
        return value.text(language)
    if isinstance(value, tuple):
        return ("、" if language == "zh" else ", ").join(str(_spoken(one, language)) for one in value)
    return value


@dataclass(frozen=True, slots=True)
class Also:
    """Another place that has to do with a finding: where the name stood first, where a cell is used."""

    place: Place
    words: Words


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake."""

    place: Place
    message: Words
    hint: Words = Words()
    also: tuple[Also, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        return f"{self.place}: {self.message.text()}" + (f" ({self.hint.text()})" if self.hint else "")


class VenueError(ValueError):
    """The configuration is wrong. ``findings`` in the order of the files, each once."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        several = dict.fromkeys(findings)
        self.findings = tuple(sorted(several, key=lambda one: (one.place.file, one.place.line, one.place.column)))
        super().__init__("\n".join(map(str, self.findings)))


def say(template: str, *values: object) -> Words:
    """A sentence with its values."""
    return Words(template, values)


def wrong(
    place: Place, template: str, *values: object, hint: Words | str = Words(), also: tuple[Also, ...] = ()
) -> VenueError:
    """One mistake, to be raised."""
    return VenueError([Finding(place, say(template, *values), _words(hint), also)])


def twice(place: Place, first: Place, template: str, *values: object) -> VenueError:
    """What stands at ``place`` stood at ``first`` already."""
    also = (Also(first, say("it stands here first")),)
    return wrong(place, template, *values, hint="rename one of them, or delete it", also=also)


def near(name: str, known: Iterable[str]) -> Words:
    """``did you mean …?`` with the nearest name, or the names there are, or nothing."""
    names = list(known)
    found = nearest(name, names)
    if found is not None:
        return say("did you mean '{}'?", found)
    return say("choose from {}", tuple(names)) if 0 < len(names) <= MOST_LISTED else Words()


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The one name that ``name`` may have been meant to be."""
    names = list(known)
    found = get_close_matches(name, names, 1, 0.5) or get_close_matches(name.lower(), names, 1, 0.6)
    return found[0] if found else None


def id_hint(text: str) -> Words:
    """The id that ``text`` may have been meant to be; else what an id is."""
    meant = re.sub("[^a-z0-9_]+", "_", text.lower()).strip("_")
    if re.fullmatch("[a-z][a-z0-9_]*", meant):
        return say("write {}: small letters, digits and _ only", meant)
    return say("small letters, digits and _, beginning with a letter")


def _words(hint: Words | str) -> Words:
    return hint if isinstance(hint, Words) else say(hint)


def silent() -> VenueError:
    """For what cannot be read because of a mistake that is shown already."""
    return VenueError([])


class Gather:
    """Collects findings, so that one run shows them all; a few hundred are enough to go on with."""

    def __init__(self) -> None:
        self.found: list[Finding] = []
        self._failed = False

    def add(self, error: VenueError) -> None:
        """What was raised elsewhere."""
        self._failed = True
        self.found += error.findings
        if len(self.found) > MOST_FINDINGS:
            raise VenueError(self.found)

    def attempt(self, read: Callable[Given, Found], *given: Given.args, **named: Given.kwargs) -> Found | None:
        """What ``read`` gives of what it is given, or None when it found something wrong."""
        try:
            return read(*given, **named)
        except VenueError as error:
            self.add(error)
            return None

    def stop(self) -> None:
        """Raises what was found so far, if anything failed."""
        if self._failed:
            raise VenueError(self.found)
