"""A screen with a browser: it plays a clip or shows a page, and can be touched."""

from pydantic import Field

from devices.contracts.playing import POSITION_TEXT, POWER, SPOKEN, SPOKEN_OF_POWER, VOLUME, Ended
from devices.vocabulary import Ask, EventBody, Fields, Kind, Property, Spoken, StateBody


class Touched(EventBody):
    """Somebody touched it: the first touch after a quiet while, at most one a second."""


class Chosen(EventBody):
    """Somebody chose one of the things that its page offers."""

    word: str | None = Field(default=None, max_length=64, description="the word that was chosen, such as a language")
    film: str | None = Field(default=None, max_length=64, description="the film that was chosen, by its row's id")


class ScreenState(StateBody):
    """What is seen now: a file or a page, never both. An ended clip is still reported, with ``playing`` false."""

    ready: bool | None = Field(default=None, description="its browser runs and can show what it is asked")
    play: str | None = Field(default=None, description="the file on the screen; null when it shows a page, or nothing")
    page: str | None = Field(default=None, description="the page on the screen; null when it shows a file, or nothing")
    playing: bool | None = Field(default=None, description="false when paused, ended, or no film")
    position: float | None = Field(default=None, ge=0, description=POSITION_TEXT)
    power: bool | None = Field(default=None, description="screen on")
    volume: float | None = Field(default=None, ge=0, le=1, description="0 to 1")


def _shows(wanted: Fields, reported: Fields) -> bool:
    """The same file with no page, the same page with no file, or null for both."""
    if not {"play", "page"} & set(reported):
        return False
    return all(reported.get(name) == wanted.get(name) for name in ("play", "page"))


KIND = Kind(
    name="screen",
    title="screen",
    title_zh="屏幕",
    events={"ended": Ended, "touched": Touched, "chosen": Chosen},
    state=ScreenState,
    properties=(
        Property(
            "picture",
            asks=(
                Ask("play", "clip", Spoken("plays {}", "播放{}")),
                Ask("page", "page", Spoken("shows the page {}", "显示页面{}")),
            ),
            idle={"play": None},
            within_seconds=2.0,
            reports=("play", "page"),
            confirmed=_shows,
            resumes=True,
            in_step=True,
        ),
        POWER,
        VOLUME,
    ),
    spoken={
        **SPOKEN,
        **SPOKEN_OF_POWER,
        "touched": Spoken("is touched", "被触摸"),
        "chosen": Spoken("has something chosen on it", "有内容被选中"),
        "ready": Spoken("is ready", "已就绪"),
        "not ready": Spoken("is not ready", "未就绪"),
        "page": Spoken("page", "当前页面"),
    },
    examples={
        "event/ended": {"play": "reform-v2.mp4", "id": "s1"},
        "event/touched": {"id": "s2"},
        "event/chosen": {"word": "en", "id": "s3"},
        "state": {"ready": True, "play": None, "page": "figures", "playing": False, "power": True, "volume": 0.5},
    },
)
