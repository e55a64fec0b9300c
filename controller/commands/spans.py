"""Lengths of time on the command line, spelled as in scenes."""

from controller.venue.language.values import parse_duration


def seconds_of(text: str) -> float:
    """``30s``, ``2min``. Raises ``ValueError`` with an example."""
    found = parse_duration(text)
    if found is None:
        raise ValueError(f"{text!r} is no length of time; write it as 30s, 500ms or 2min")
    return found / 1_000_000
