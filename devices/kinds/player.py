"""A video player with its screen: it plays a clip or a still, and can show a caption once."""

from pydantic import Field

from devices.contracts.playing import POSITION_TEXT, POWER, SPOKEN, SPOKEN_OF_POWER, VOLUME, Ended, plays
from devices.vocabulary import Ask, Body, Command, Kind, Property, Spoken, StateBody


class PlayerState(StateBody):
    """What the player does now. After its end a clip is still reported, with ``playing`` false."""

    play: str | None = Field(default=None, description="the file on the screen; null when it is dark")
    playing: bool | None = Field(default=None, description="false when paused, ended, or a still")
    position: float | None = Field(default=None, ge=0, description=POSITION_TEXT)
    power: bool | None = Field(default=None, description="screen on")
    volume: float | None = Field(default=None, ge=0, le=1, description="0 to 1")


class Caption(Body):
    """Words over whatever is shown, once."""

    text: str = Field(min_length=1, max_length=200, description="the words")
    seconds: float = Field(default=4.0, gt=0, le=60, description="for how long")


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
            confirmed=plays,
            resumes=True,
            in_step=True,
        ),
        POWER,
        VOLUME,
    ),
    commands=(Command("caption", Caption),),
    spoken={
        **SPOKEN,
        **SPOKEN_OF_POWER,
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
