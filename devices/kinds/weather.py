"""A weather station on the roof: rain, daylight, wind. It says no events: what it measures is its state."""

from pydantic import Field

from devices.vocabulary import Kind, Spoken, StateBody


class WeatherState(StateBody):
    """What it measures now: said when it changes, and once a minute."""

    raining: bool | None = Field(default=None, description="true while it rains or snows")
    lux: float | None = Field(default=None, ge=0, le=200_000, description="daylight")
    wind: float | None = Field(default=None, ge=0, le=120, description="metres a second, mean of the last minute")


KIND = Kind(
    name="weather",
    title="weather station",
    title_zh="气象站",
    state=WeatherState,
    opposites={"raining": "dry"},
    spoken={
        "raining": Spoken("reports rain", "检测到降雨"),
        "dry": Spoken("reports no rain", "检测到无雨"),
        "lux": Spoken("daylight in lux", "照度"),
        "wind": Spoken("wind in metres a second", "风速"),
    },
    examples={"state": {"raining": False, "lux": 12500.0, "wind": 2.4}},
)
