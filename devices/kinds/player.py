"""A video player with its screen: it plays a clip or a still, and can show a caption once."""

from pydantic import Field

from devices.vocabulary import Ask, Body, Command, EventBody, Fields, Kind, Property, Spoken, StateBody


class Ended(EventBody):
    """A clip came to its end (a clip that loops never does)."""

    play: str | None = Field(default=None, description="the file that ended")


class PlayerState(StateBody):
    """What the player does now. After its end a clip is still reported, with ``playing`` false."""

    play: str | None = Field(default=None, description="the file on the screen; null when it is dark")
    playing: bool | None = Field(default=None, description="false when paused, ended, or a still")
    power: bool | None = Field(default=None, description="screen on")
    volume: float | None = Field(default=None, ge=0, le=1, description="0 to 1")


class Caption(Body):
    """Words over whatever is shown, once."""

    text: str = Field(min_length=1, max_length=200, description="the words")
    seconds: float = Field(default=4.0, gt=0, le=60, description="for how long")


def _plays(wanted: Fields, reported: Fields) -> bool:
    """The same file, or null for none."""
    return "play" in reported and reported["play"] == wanted.get("play")


def _powered(wanted: Fields, reported: Fields) -> bool:
    """The same."""
    return reported.get("power") == wanted.get("power")


def _as_loud(wanted: Fields, reported: Fields) -> bool:
    """To 1 %."""
    volume, heard = wanted.get("volume"), reported.get("volume")
    return isinstance(volume, int | float) and isinstance(heard, int | float) and abs(volume - heard) <= 0.01


KIND = Kind(
    name="player",
    title="video player",
    title_zh="视频播放器",
    events={"ended": Ended},
    state=PlayerState,
    properties=(
        Property(
            "picture",
            asks=(Ask("play", "clip", Spoken("plays {}", "播放{}")),),
            idle={"play": None},
            within_seconds=2.0,
            reports=("play",),
            confirmed=_plays,
        ),
        Property(
            "power",
            asks=(Ask("power", "switch", Spoken("is switched {}", "{}机")),),
            within_seconds=10.0,
            reports=("power",),
            confirmed=_powered,
        ),
        Property(
            "volume",
            asks=(Ask("volume", "level", Spoken("is set to volume {}", "将音量调到{}")),),
            within_seconds=2.0,
            reports=("volume",),
            confirmed=_as_loud,
        ),
    ),
    commands=(Command("caption", Caption),),
    spoken={
        "ended": Spoken("has finished playing", "播放完毕"),
        "play": Spoken("file", "当前文件"),
        "playing": Spoken("is playing", "正在播放"),
        "not playing": Spoken("is not playing", "未在播放"),
        "power": Spoken("is switched on", "处于开机状态"),
        "not power": Spoken("is switched off", "处于关机状态"),
        "volume": Spoken("volume", "音量"),
        "caption": Spoken("show the words", "显示字幕"),
        "caption.text": Spoken(" {}", "{}"),
        "caption.seconds": Spoken(" for {}", "，持续{}"),
    },
    examples={
        "event/ended": {"play": "opening.mp4", "id": "e1"},
        "state": {"play": "opening.mp4", "playing": True},
        "do/caption": {"text": "Hello", "seconds": 3.0},
    },
)
