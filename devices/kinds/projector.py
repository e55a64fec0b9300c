"""A projector: minutes pass until it shows what it was switched on for, and until it has cooled down."""

from pydantic import Field

from devices.vocabulary import Ask, Fields, Kind, Property, Spoken, StateBody

SOURCES = ("hdmi1", "hdmi2", "dp")
WITHIN_SECONDS = 240.0


class ProjectorState(StateBody):
    """What it does now. At most one of ``warming``, ``ready`` and ``cooling`` is true; none while it stands by."""

    power: bool | None = Field(default=None, description="true from when it was switched on until it is switched off")
    warming: bool | None = Field(default=None, description="switched on, no picture yet")
    ready: bool | None = Field(default=None, description="its picture is on the wall")
    cooling: bool | None = Field(default=None, description="switched off, its fan still runs: leave it its mains")
    source: str | None = Field(default=None, description=f"the input it shows, or will: {', '.join(SOURCES)}")


def _is_there(wanted: Fields, reported: Fields) -> bool:
    """On is confirmed by a picture (power and ready), off by a cold lamp (no power, and not cooling)."""
    if wanted.get("power") is True:
        return reported.get("power") is True and reported.get("ready") is True
    return reported.get("power") is False and reported.get("cooling") is not True


def _takes(wanted: Fields, reported: Fields) -> bool:
    """The same; an input that was chosen while it warms up counts, for it is kept until then."""
    return reported.get("source") == wanted.get("source")


KIND = Kind(
    name="projector",
    title="projector",
    title_zh="投影机",
    state=ProjectorState,
    properties=(
        Property(
            "power",
            asks=(Ask("power", "switch", Spoken("is switched {}", "{}机")),),
            within_seconds=WITHIN_SECONDS,
            reports=("power", "ready", "cooling"),
            confirmed=_is_there,
        ),
        Property(
            "source",
            asks=(Ask("source", "word", Spoken("shows input {}", "切换到{}输入"), words=SOURCES),),
            within_seconds=WITHIN_SECONDS,
            reports=("source",),
            confirmed=_takes,
        ),
    ),
    spoken={
        "power": Spoken("is switched on", "处于开机状态"),
        "not power": Spoken("is switched off", "处于关机状态"),
        "warming": Spoken("is warming up", "正在预热"),
        "not warming": Spoken("is not warming up", "未在预热"),
        "ready": Spoken("is ready", "已就绪"),
        "not ready": Spoken("is not ready", "未就绪"),
        "cooling": Spoken("is cooling down", "正在散热"),
        "not cooling": Spoken("is not cooling down", "未在散热"),
        "source": Spoken("input", "输入源"),
    },
    examples={"state": {"power": True, "warming": False, "ready": True, "cooling": False, "source": "hdmi1"}},
)
