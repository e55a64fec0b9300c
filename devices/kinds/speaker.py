"""A loudspeaker with its player: it plays a clip, so loud."""

from pydantic import Field

from devices.contracts.playing import POSITION_TEXT, SPOKEN, VOLUME, Ended, plays
from devices.vocabulary import Ask, Kind, Property, Spoken, StateBody


class SpeakerState(StateBody):
    """What is heard now. After its end a clip is still reported, with ``playing`` false."""

    play: str | None = Field(default=None, description="the file; null when it is silent")
    playing: bool | None = Field(default=None, description="false when paused, or ended")
    position: float | None = Field(default=None, ge=0, description=POSITION_TEXT)
    volume: float | None = Field(default=None, ge=0, le=1, description="0 to 1")


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
            confirmed=plays,
            resumes=True,
            in_step=True,
        ),
        VOLUME,
    ),
    spoken={
        **SPOKEN,
    },
    examples={
        "event/ended": {"play": "last-call-zh.wav", "id": "e1"},
        "state": {"play": "last-call-zh.wav", "playing": True, "volume": 0.6},
    },
)
