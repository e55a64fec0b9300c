"""A relay: it switches the mains of whatever hangs on it."""

from pydantic import Field

from devices.vocabulary import Ask, Fields, Kind, Property, Spoken, StateBody


class RelayState(StateBody):
    """How its contact stands."""

    power: bool | None = Field(default=None, description="true while the contact is closed")


def _stands(wanted: Fields, reported: Fields) -> bool:
    """The same."""
    return reported.get("power") == wanted.get("power")


KIND = Kind(
    name="relay",
    title="relay",
    title_zh="继电器",
    state=RelayState,
    properties=(
        Property(
            "power",
            asks=(Ask("power", "switch", Spoken("is switched {}", "{}")),),
            idle={"power": False},
            within_seconds=2.0,
            reports=("power",),
            confirmed=_stands,
        ),
    ),
    spoken={
        "power": Spoken("is switched on", "处于接通状态"),
        "not power": Spoken("is switched off", "处于断开状态"),
    },
    examples={"state": {"power": True}},
)
