"""A loudspeaker with its player: it plays a clip, so loud."""

from pydantic import Field

from devices.vocabulary import Ask, EventBody, Fields, Kind, Property, Spoken, StateBody


class Ended(EventBody):
    """A clip came to its end (a clip that loops never does)."""

    play: str | None = Field(default=None, description="the file that ended")


class SpeakerState(StateBody):
    """What is heard now. After its end a clip is still reported, with ``playing`` false."""

    play: str | None = Field(default=None, description="the file; null when it is silent")
    playing: bool | None = Field(default=None, description="false when paused, or ended")
    volume: float | None = Field(default=None, ge=0, le=1, description="0 to 1")


def _plays(wanted: Fields, reported: Fields) -> bool:
    """The same file, or null for none."""
    return "play" in reported and reported["play"] == wanted.get("play")


def _as_loud(wanted: Fields, reported: Fields) -> bool:
    """To 1 %."""
    volume, heard = wanted.get("volume"), reported.get("volume")
    return isinstance(volume, int | float) and isinstance(heard, int | float) and abs(volume - heard) <= 0.01


KIND = Kind(
    name="speaker",
    title="loudspeaker",
    title_zh="音箱",
    events={"ended": Ended},
    state=SpeakerState,
    properties=(
        Property(
            "sound",
            asks=(Ask("play", "clip", Spoken("plays {}", "播放{}")),),
            idle={"play": None},
            within_seconds=2.0,
            reports=("play",),
            confirmed=_plays,
        ),
        Property(
            "volume",
            asks=(Ask("volume", "level", Spoken("is set to volume {}", "将音量调到{}")),),
            within_seconds=2.0,
            reports=("volume",),
            confirmed=_as_loud,
        ),
    ),
    spoken={
        "ended": Spoken("has finished playing", "播放完毕"),
        "play": Spoken("file", "当前文件"),
        "playing": Spoken("is playing", "正在播放"),
        "not playing": Spoken("is not playing", "未在播放"),
        "volume": Spoken("volume", "音量"),
    },
    examples={
        "event/ended": {"play": "last-call-zh.wav", "id": "e1"},
        "state": {"play": "last-call-zh.wav", "playing": True, "volume": 0.6},
    },
)
