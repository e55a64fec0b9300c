"""What devices that play files say and are asked alike. What only one kind has stands with that kind."""

from pydantic import Field

from devices.vocabulary import Ask, EventBody, Fields, Property, Spoken

PLAY, PLAYING, POSITION, ENDED = "play", "playing", "position", "ended"  # what tells how far a player is


POSITION_TEXT = (
    "seconds into the file at this instant; a report after each jump, and now and then, keeps lights in time"
)


class Ended(EventBody):
    """A clip came to its end (a clip that loops never does)."""

    play: str | None = Field(default=None, description="the file that ended")


def plays(wanted: Fields, reported: Fields) -> bool:
    """The same file, or null for none."""
    return "play" in reported and reported["play"] == wanted.get("play")


def _powered(wanted: Fields, reported: Fields) -> bool:
    """The same."""
    return reported.get("power") == wanted.get("power")


def _as_loud(wanted: Fields, reported: Fields) -> bool:
    """To 1 %."""
    volume, heard = wanted.get("volume"), reported.get("volume")
    return isinstance(volume, int | float) and isinstance(heard, int | float) and abs(volume - heard) <= 0.01


POWER = Property(
    "power",
    asks=(Ask("power", "switch", Spoken("is switched {}", "{}机")),),
    within_seconds=10.0,
    reports=("power",),
    confirmed=_powered,
)
VOLUME = Property(
    "volume",
    asks=(Ask("volume", "level", Spoken("is set to volume {}", "将音量调到{}")),),
    relative=Ask("quieter", "decibels", Spoken("is {} quieter", "音量降低{}"), scales="volume"),
    within_seconds=2.0,
    reports=("volume",),
    confirmed=_as_loud,
)
SPOKEN = {
    "ended": Spoken("has finished playing", "播放完毕"),
    "play": Spoken("file", "当前文件"),
    "playing": Spoken("is playing", "正在播放"),
    "not playing": Spoken("is not playing", "未在播放"),
    "position": Spoken("position", "播放位置"),
    "volume": Spoken("volume", "音量"),
}
SPOKEN_OF_POWER = {
    "power": Spoken("is switched on", "处于开机状态"),
    "not power": Spoken("is switched off", "处于关机状态"),
}
