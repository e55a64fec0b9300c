"""A kind that nobody has: one file, as a new kind would be."""

from pydantic import Field

from devices.vocabulary import Ask, Body, Command, EventBody, Fields, Kind, Property, Spoken, StateBody


class Rung(EventBody):
    """Somebody pulled the rope."""

    pulls: int = Field(ge=1, description="how often it was pulled")


class BellState(StateBody):
    """How the bell is set."""

    loudness: float | None = Field(default=None, ge=0, le=1, description="0 to 1")
    muffled: bool | None = Field(default=None, description="felt over the clapper")


class Ring(Body):
    """Ring out."""

    strokes: int = Field(default=3, ge=1, le=12, description="how many strokes")


def _is_muffled(wanted: Fields, reported: Fields) -> bool:
    """As it was asked."""
    return wanted.get("muffled") == reported.get("muffled")


BELL = Kind(
    name="bell",
    title="church bell",
    title_zh="钟",
    events={"rung": Rung},
    state=BellState,
    properties=(
        Property("tone", asks=(Ask("loudness", "level"),), idle={"loudness": 0.0}),
        Property(
            "felt", asks=(Ask("muffled", "switch"),), within_seconds=7.0, reports=("muffled",), confirmed=_is_muffled
        ),
    ),
    commands=(Command("ring", Ring, repeatable=False, within_seconds=3.0),),
    spoken={"rung": Spoken("was rung", "响过")},
    examples={"event/rung": {"pulls": 2, "id": "b1"}, "state": {"loudness": 0.5}, "do/ring": {"strokes": 5}},
)
