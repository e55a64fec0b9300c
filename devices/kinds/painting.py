"""The painting station: one picture of the visitor, painted in oil before the visitor's eyes, layer by layer."""

from pydantic import Field

from devices.contracts.session import (
    Again,
    Agreed,
    Declined,
    Delete,
    Done,
    Failed,
    Gone,
    Keep,
    Made,
    Placed,
    Shot,
    Touched,
)
from devices.vocabulary import Ask, Body, Command, Fields, Kind, Property, Spoken, StateBody


class Painted(Made):
    """The painting is ready to be judged. Its first layer was seen long before: see ``progress``."""


class PaintingState(StateBody):
    """How the station is, and what its visitor sees."""

    able: bool | None = Field(default=None, description="false while it can take no picture, or paint none")
    progress: float | None = Field(
        default=None, ge=0, le=1, description="how much of the painting is there: more than 0 from its first layer on"
    )
    page: str | None = Field(default=None, description="the page that the visitor sees; null when it invites")


class Shoot(Body):
    """Take one picture, for the session that goes on, and paint it."""


class Purge(Body):
    """Delete whatever was taken and painted in the session that goes on, or in the last one."""


class SafeStop(Body):
    """Stop whatever it does, and end the session."""


def _shows(wanted: Fields, reported: Fields) -> bool:
    """The same page, or null for none."""
    return "page" in reported and reported["page"] == wanted.get("page")


KIND = Kind(
    name="painting",
    title="painting station",
    title_zh="油画站",
    station=True,
    events={
        "touched": Touched,
        "agreed": Agreed,
        "declined": Declined,
        "placed": Placed,
        "done": Done,
        "shot": Shot,
        "failed": Failed,
        "painted": Painted,
        "keep": Keep,
        "again": Again,
        "delete": Delete,
        "gone": Gone,
    },
    state=PaintingState,
    properties=(
        Property(
            "page",
            asks=(Ask("page", "page", Spoken("shows the page {}", "显示页面{}")),),
            idle={"page": None},
            within_seconds=2.0,
            reports=("page",),
            confirmed=_shows,
        ),
    ),
    commands=(
        Command("shoot", Shoot, repeatable=False, within_seconds=12.0, retry=0),
        Command("purge", Purge),
        Command("safe_stop", SafeStop),
    ),
    spoken={
        "touched": Spoken("is touched by a visitor", "有观众触摸"),
        "agreed": Spoken("has the visitor's consent", "观众同意拍摄"),
        "declined": Spoken("has the visitor's refusal", "观众不同意拍摄"),
        "placed": Spoken("has the visitor in place", "观众站位就绪"),
        "done": Spoken("is done with its page", "当前页面完成"),
        "shot": Spoken("has taken the picture", "拍摄完成"),
        "failed": Spoken("has failed", "拍摄失败"),
        "painted": Spoken("has the painting ready", "画作完成"),
        "keep": Spoken("is told to keep the painting", "观众选择保留"),
        "again": Spoken("is told to try again", "观众选择重拍"),
        "delete": Spoken("is told to delete the painting", "观众选择删除"),
        "gone": Spoken("has no visitor any more", "观众已离开"),
        "able": Spoken("is able to take a picture", "可以拍摄"),
        "not able": Spoken("is not able to take a picture", "无法拍摄"),
        "progress": Spoken("share of the painting that is done", "绘制进度"),
        "frames": Spoken("number of pictures of the last shot", "上次拍摄的画面数"),
        "page": Spoken("page", "当前页面"),
        "shoot": Spoken("take the picture", "拍摄"),
        "purge": Spoken("delete what was taken", "删除所拍画面"),
        "safe_stop": Spoken("stop safely", "安全停止"),
    },
    examples={
        "session/touched": {"session": "p31c-77ab", "seq": 1, "language": "en"},
        "session/agreed": {"session": "p31c-77ab", "seq": 2, "notice": "2022-01"},
        "session/placed": {"session": "p31c-77ab", "seq": 3},
        "session/done": {"session": "p31c-77ab", "seq": 4},
        "session/failed": {"session": "p31c-77ab", "seq": 5, "reason": "the camera does not answer"},
        "session/again": {"session": "p31c-77ab", "seq": 6},
        "session/shot": {"session": "p31c-77ab", "seq": 7, "frames": 1},
        "session/painted": {"session": "p31c-77ab", "seq": 8, "share": "0f83bb21d6"},
        "session/keep": {"session": "p31c-77ab", "seq": 9},
        "session/delete": {"session": "p31c-77ab", "seq": 10},
        "session/gone": {"session": "p31c-77ab", "seq": 11, "reason": "finished"},
        "session/declined": {"session": "p31c-78f0", "seq": 2},
        "state": {"able": True, "progress": 0.35, "page": "developing"},
        "do/shoot": {},
        "do/purge": {},
        "do/safe_stop": {},
    },
    visit=(
        ("says", "touched"),
        ("is shown", "consent"),
        ("says", "agreed"),
        ("is shown", "floor"),
        ("says", "placed"),
        ("is shown", "countdown"),
        ("says", "done"),
        ("is told", "shoot"),
        ("says", "shot"),
        ("is shown", "developing"),
        ("says", "painted"),
        ("is shown", "review"),
        ("says", "keep"),
        ("is shown", "qr"),
        ("says", "done"),
        ("is shown", "goodbye"),
        ("is told", "safe_stop"),
        ("says", "gone"),
    ),
)
