"""What is proved wrong with a venue, each with its place."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from scenes.model import Place


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake."""

    place: Place
    message: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" + (f" ({self.hint})" if self.hint else "")


class VenueError(Exception):
    """The configuration is wrong. ``findings`` in the order of the files."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(sorted(findings, key=lambda one: (one.place.file, one.place.line, one.place.column)))
        super().__init__("\n".join(map(str, self.findings)))


def wrong(place: Place, message: str, hint: str = "") -> VenueError:
    """One mistake, to be raised."""
    return VenueError([Finding(place, message, hint)])


def near(name: str, known: Iterable[str]) -> str:
    """``did you mean …?`` with the nearest name, or the names there are, or nothing."""
    names = list(known)
    found = get_close_matches(name, names, 1, 0.5)
    if found:
        return f"did you mean {found[0]!r}?"
    return f"there is {', '.join(names)}" if 0 < len(names) <= 12 else ""
