"""A fountain: a kind that nobody has, as whoever needs one would write it. One file, and nothing else."""

from pydantic import Field

from devices.vocabulary import Ask, Body, Command, EventBody, Fields, Kind, Property, Spoken, StateBody


class Splashed(EventBody):
    """Somebody stands in it."""

    people: int = Field(ge=1, le=100, description="how many get wet")


class FountainState(StateBody):
    """How it plays."""

    height: float | None = Field(default=None, ge=0, le=1, description="0 to 1")
    figure: str | None = Field(default=None, description="which figure it plays")
    lit: bool | None = Field(default=None, description="its lamps are on")


class Burst(Body):
    """Shoot up once."""

    seconds: float = Field(default=2.0, gt=0, le=10, description="for how long")


def _plays(wanted: Fields, reported: Fields) -> bool:
    """The same height or figure."""
    return all(reported.get(name) == value for name, value in wanted.items() if name in ("height", "figure"))


def _is_lit(wanted: Fields, reported: Fields) -> bool:
    """The same."""
    return reported.get("lit") == wanted.get("lit")


KIND = Kind(
    name="fountain",
    title="fountain",
    title_zh="喷泉",
    events={"splashed": Splashed},
    state=FountainState,
    opposites={"lit": "dark"},
    properties=(
        Property(
            "water",
            asks=(
                Ask("height", "level", Spoken("rises to {}", "升到{}")),
                Ask("figure", "word", Spoken("plays the figure {}", "喷出{}"), words=("ring", "wave")),
            ),
            idle={"height": 0.0},
            within_seconds=5.0,
            reports=("height", "figure"),
            confirmed=_plays,
        ),
        Property(
            "lamps",
            asks=(Ask("lit", "switch", Spoken("is switched {}", "{}灯")),),
            within_seconds=1.0,
            reports=("lit",),
            confirmed=_is_lit,
        ),
    ),
    commands=(Command("burst", Burst),),
    spoken={
        "splashed": Spoken("makes somebody wet", "有人被淋湿"),
        "people": Spoken("people in it", "池中人数"),
        "height": Spoken("height", "高度"),
        "figure": Spoken("figure", "造型"),
        "lit": Spoken("is lit", "灯亮"),
        "dark": Spoken("is dark", "灯灭"),
        "burst": Spoken("burst", "喷发"),
        "burst.seconds": Spoken(" for {}", "，持续{}"),
    },
    examples={
        "event/splashed": {"people": 2, "id": "f1"},
        "state": {"height": 0.5, "figure": "ring", "lit": True},
        "do/burst": {"seconds": 3.0},
    },
)
