"""What is proved wrong with a venue, each with its place, in words of either language.

A message is an English sentence with ``{}`` for its values; the Chinese one is looked up by it (``chinese.py``).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Literal, ParamSpec, TypeVar

from controller.venue.chinese import CHINESE
from scenes.model import Place

Language = Literal["en", "zh"]
Given = ParamSpec("Given")
Found = TypeVar("Found")
MOST_LISTED = 12  # names shown as a hint where none is near


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence: its English form, and the values that stand in it."""

    template: str = ""
    values: tuple[object, ...] = ()

    def text(self, language: Language = "en") -> str:
        """The sentence in that language."""
        template = CHINESE.get(self.template, self.template) if language == "zh" else self.template
        return template.format(*(one.text(language) if isinstance(one, Words) else one for one in self.values))

    def __bool__(self) -> bool:
        return bool(self.template)


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


def first_at(place: Place) -> tuple[Also, ...]:
    """For what stands twice."""
    return (Also(place, say("it stands here first")),)


def near(name: str, known: Iterable[str]) -> Words:
    """``did you mean …?`` with the nearest name, or the names there are, or nothing."""
    names = list(known)
    found = nearest(name, names)
    if found is not None:
        return say("did you mean '{}'?", found)
    return say("choose from {}", ", ".join(names)) if 0 < len(names) <= MOST_LISTED else Words()


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The one name that ``name`` may have been meant to be."""
    names = list(known)
    found = get_close_matches(name, names, 1, 0.5) or get_close_matches(name.lower(), names, 1, 0.6)
    return found[0] if found else None


def _words(hint: Words | str) -> Words:
    return hint if isinstance(hint, Words) else say(hint)


def silent() -> VenueError:
    """For what cannot be read because of a mistake that is shown already."""
    return VenueError([])


class Gather:
    """Collects findings, so that one run shows them all."""

    def __init__(self) -> None:
        self.found: list[Finding] = []
        self._failed = False

    def add(self, error: VenueError) -> None:
        """What was raised elsewhere."""
        self._failed = True
        self.found += error.findings

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
