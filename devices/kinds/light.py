"""A dimmable light: it is asked for a look, a level or a colour, with a fade; it can flash once."""

from pydantic import Field

from devices.vocabulary import Ask, Body, Command, Fields, Kind, Property, Spoken, StateBody


class LightState(StateBody):
    """What the lamp shows, or is fading to."""

    look: str | None = Field(default=None, description="the look it was last asked for")
    level: float | None = Field(default=None, ge=0, le=1, description="brightness, 0 to 1; null: the look's own")
    colour: str | None = Field(default=None, description="#rrggbb")


class Flash(Body):
    """Flash and return to what is shown: to find a lamp, or to greet."""

    times: int = Field(default=1, ge=1, le=10, description="how often")


def _shows(wanted: Fields, reported: Fields) -> bool:
    """The reported level decides where both name one (to 1 %), else look and colour as far as they are wanted."""
    level, shown = wanted.get("level"), reported.get("level")
    if isinstance(level, int | float) and isinstance(shown, int | float):
        return abs(level - shown) <= 0.01
    named = [name for name in ("look", "colour") if name in wanted]
    return bool(named) and all(wanted[name] == reported.get(name) for name in named)


KIND = Kind(
    name="light",
    title="dimmable light",
    title_zh="调光灯",
    state=LightState,
    properties=(
        Property(
            "light",
            asks=(
                Ask("look", "look", Spoken("goes to {}", "转为{}")),
                Ask("level", "level", Spoken("goes to {}", "调到{}亮度")),
                Ask("colour", "colour", Spoken("turns {}", "变为{}")),
            ),
            relative=Ask("dimmer", "dimming", Spoken("is {} dimmer", "调暗{}"), scales="level"),
            idle={"level": 0.0},
            reports=("look", "level", "colour"),
            confirmed=_shows,
        ),
    ),
    commands=(Command("flash", Flash),),
    spoken={
        "look": Spoken("look", "灯光效果"),
        "level": Spoken("brightness", "亮度"),
        "colour": Spoken("colour", "颜色"),
        "flash": Spoken("flash", "闪烁"),
        "flash.times": Spoken(" {}", "{}"),
    },
    examples={"state": {"look": "warm", "level": 0.8}, "do/flash": {"times": 2}},
)
