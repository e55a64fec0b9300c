"""One visitor's time at a station, as all stations say it. What only one kind says stands with that kind.

    touched or joined → agreed → placed → (countdown) done → shot → clip_ready or painted → keep → (share) done
                      ↘ declined                     ↘ failed                            ↘ again, delete      ↘ gone

The station is the authority on what happens in front of it, the scene on which page is shown next. Each event is on
``{venue}/{hall}/{station}/session/{event}``, QoS 1, not retained, with ``session`` and ``seq``; the same pair is the
same event, however often it comes. A ``session`` is a name made for this visit alone: it says nothing of the person,
and no field of any event does.
"""

from typing import Literal

from pydantic import Field

from devices.vocabulary import Ask, Fields, Property, SessionBody, Spoken

REFERENCE_PATTERN = r"^[A-Za-z0-9_-]{8,64}$"
PLAYER_PATTERN = r"^[A-Za-z0-9-]{1,32}$"

GoneReason = Literal["finished", "left", "timeout", "staff", "lost"]


class Touched(SessionBody):
    """A visitor begins. The first event of a session."""

    language: str | None = Field(default=None, pattern="^(zh|en)$", description="which language the visitor chose")


class Agreed(SessionBody):
    """The visitor has read the notice and agrees to be photographed. Nobody is photographed before."""

    notice: str | None = Field(default=None, max_length=32, description="which version of the notice was shown")


class Declined(SessionBody):
    """The visitor does not agree. Nothing is kept."""


class Placed(SessionBody):
    """The visitor stands where the picture is taken."""


class Done(SessionBody):
    """What was shown or told is over: the countdown is at zero, the visitor has what was offered, all is deleted."""


class Shot(SessionBody):
    """The picture is taken and is whole enough to go on with."""

    frames: int | None = Field(default=None, ge=0, description="how many cameras delivered a picture")


class Failed(SessionBody):
    """It did not work; the visitor may try again."""

    reason: str | None = Field(default=None, max_length=200, description="why, for staff")


class Keep(SessionBody):
    """The visitor likes it and wants to take it along."""


class Again(SessionBody):
    """The visitor wants another try."""


class Delete(SessionBody):
    """The visitor wants it deleted now."""


class Gone(SessionBody):
    """The session is over, and there will be no further event of it."""

    reason: GoneReason | None = Field(default=None, description="how it ended")


class Made(SessionBody):
    """What was made of the picture is ready to be seen."""

    share: str | None = Field(
        default=None,
        pattern=REFERENCE_PATTERN,
        description="reference of what can be shared; never the token that opens it",
    )


def _shows(wanted: Fields, reported: Fields) -> bool:
    """The same page, or null for none."""
    return "page" in reported and reported["page"] == wanted.get("page")


PAGE = Property(
    "page",
    asks=(Ask("page", "page", Spoken("shows the page {}", "显示页面{}")),),
    idle={"page": None},
    within_seconds=2.0,
    reports=("page",),
    confirmed=_shows,
)
SPOKEN = {
    "done": Spoken("is done with this step", "的当前步骤完成"),
    "page": Spoken("page", "当前页面"),
}
SPOKEN_OF_PHOTOS = {
    "touched": Spoken("is touched by a visitor", "有观众触摸"),
    "agreed": Spoken("has the visitor's consent", "的观众同意拍摄"),
    "declined": Spoken("has the visitor's refusal", "的观众不同意拍摄"),
    "placed": Spoken("has the visitor in place", "的观众站位就绪"),
    "shot": Spoken("has taken the picture", "拍摄完成"),
    "failed": Spoken("has failed", "拍摄失败"),
    "again": Spoken("is told to try again", "的观众选择重拍"),
    "gone": Spoken("has no visitor any more", "的观众已离开"),
    "frames": Spoken("number of pictures of the last shot", "上次拍摄的画面数"),
    "safe_stop": Spoken("stop safely", "安全停止"),
}
