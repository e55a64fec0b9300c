"""Who comes: the manners of a party, and how crowds are mixed of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

SECOND = 1_000_000
MINUTE = 60 * SECOND

CrowdName = Literal["none", "few", "many", "school", "demo"]


@dataclass(frozen=True, slots=True)
class Manner:
    """How a party behaves. Times in microseconds; what is ``per_mille`` is drawn for each member and each thing.

    ``stay``: the median at a spot; the tail is long. ``patience``: how long they stand in a queue. ``ends_early``: they
    walk away in the middle of what they play. ``leads``: one of them has the remote.
    """

    name: str
    least: int = 1
    most: int = 1
    stay: int = 20 * SECOND
    presses_per_mille: int = 300
    touches_per_mille: int = 300
    plays_per_mille: int = 500
    skips_per_mille: int = 150
    patience: int = 2 * MINUTE
    ends_early: bool = False
    leads: bool = False


MANNERS: Mapping[str, Manner] = {
    one.name: one
    for one in (
        Manner("visitor"),
        Manner("family", least=2, most=5, stay=30 * SECOND, presses_per_mille=500, patience=4 * MINUTE),
        Manner(
            "school",
            least=20,
            most=20,
            stay=40 * SECOND,
            presses_per_mille=900,
            touches_per_mille=700,
            plays_per_mille=150,
            skips_per_mille=0,
            patience=5 * MINUTE,
        ),
        Manner("doorway"),
        Manner("leaver", plays_per_mille=1000, patience=5 * MINUTE, ends_early=True),
        Manner(
            "guide",
            least=7,
            most=15,
            stay=90 * SECOND,
            presses_per_mille=60,
            touches_per_mille=60,
            plays_per_mille=60,
            skips_per_mille=0,
            leads=True,
        ),
        Manner("shadow"),
    )
}


@dataclass(frozen=True, slots=True)
class Crowd:
    """A mixture. ``mean``: between two parties at the busiest hour; None: nobody comes. ``per_mille`` by manner.

    ``first``: who comes first where the time of the first one is given. ``hurry``: how many times shorter they stay.
    """

    name: CrowdName
    mean: int | None
    per_mille: Mapping[str, int] = field(default_factory=dict)
    first: str = "visitor"
    hurry: int = 1


_MIXED = {"visitor": 430, "family": 180, "shadow": 150, "doorway": 90, "leaver": 90, "guide": 40, "school": 20}

CROWDS: Mapping[CrowdName, Crowd] = {
    "none": Crowd("none", None),
    "few": Crowd("few", 45 * SECOND, _MIXED),
    "many": Crowd("many", 8 * SECOND, _MIXED),
    "demo": Crowd(
        "demo", 20 * SECOND, {**_MIXED, "visitor": 450, "school": 0}, hurry=4
    ),  # who looks on sees them come and go
    "school": Crowd("school", 40 * SECOND, {**_MIXED, "visitor": 150, "school": 300}, first="school"),
}

# How many come at each hour of the day, in thousandths of the busiest. At night a guard makes the rounds.
HOURS = (3, 3, 3, 3, 3, 3, 3, 20, 150, 700, 1000, 900, 500, 600, 950, 1000, 750, 300, 120, 250, 200, 60, 10, 3)
