"""The ring of cameras: a visitor stands in the middle, all fire at once, and the clip turns around the visitor."""

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


class ClipReady(Made):
    """The clip is ready to be seen."""


class RigState(StateBody):
    """How the ring is, and what its visitor sees."""

    able: bool | None = Field(default=None, description="false while it can take no picture")
    cameras: int | None = Field(default=None, ge=0, description="how many cameras answer")
    page: str | None = Field(default=None, description="the page that the visitor sees; null when it invites")


class Shoot(Body):
    """Fire all cameras once, for the session that goes on."""


class Purge(Body):
    """Delete whatever was taken in the session that goes on, or in the last one."""


class SafeStop(Body):
    """Stop whatever it does, disarm the cameras, and end the session."""


def _shows(wanted: Fields, reported: Fields) -> bool:
    """The same page, or null for none."""
    return "page" in reported and reported["page"] == wanted.get("page")


KIND = Kind(
    name="rig",
    title="ring of cameras",
    title_zh="环拍阵列",
    station=True,
    events={
        "touched": Touched,
        "agreed": Agreed,
        "declined": Declined,
        "placed": Placed,
        "done": Done,
        "shot": Shot,
        "failed": Failed,
        "clip_ready": ClipReady,
        "keep": Keep,
        "again": Again,
        "delete": Delete,
        "gone": Gone,
    },
    state=RigState,
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
        "clip_ready": Spoken("has the clip ready", "短片生成完毕"),
        "keep": Spoken("is told to keep the clip", "观众选择保留"),
        "again": Spoken("is told to try again", "观众选择重拍"),
        "delete": Spoken("is told to delete the clip", "观众选择删除"),
        "gone": Spoken("has no visitor any more", "观众已离开"),
        "able": Spoken("is able to take a picture", "可以拍摄"),
        "not able": Spoken("is not able to take a picture", "无法拍摄"),
        "cameras": Spoken("number of cameras that answer", "在线相机数"),
        "frames": Spoken("number of pictures of the last shot", "上次拍摄的画面数"),
        "page": Spoken("page", "当前页面"),
        "shoot": Spoken("take the picture", "拍摄"),
        "purge": Spoken("delete what was taken", "删除所拍画面"),
        "safe_stop": Spoken("stop safely", "安全停止"),
    },
    examples={
        "session/touched": {"session": "k7f2-0a91", "seq": 1, "language": "zh"},
        "session/agreed": {"session": "k7f2-0a91", "seq": 2, "notice": "2022-01"},
        "session/placed": {"session": "k7f2-0a91", "seq": 3},
        "session/done": {"session": "k7f2-0a91", "seq": 4},
        "session/failed": {"session": "k7f2-0a91", "seq": 5, "reason": "17 of 24 cameras delivered"},
        "session/again": {"session": "k7f2-0a91", "seq": 6},
        "session/shot": {"session": "k7f2-0a91", "seq": 7, "frames": 23},
        "session/clip_ready": {"session": "k7f2-0a91", "seq": 8, "share": "c4d1e90b7a"},
        "session/keep": {"session": "k7f2-0a91", "seq": 9},
        "session/delete": {"session": "k7f2-0a91", "seq": 10},
        "session/gone": {"session": "k7f2-0a91", "seq": 11, "reason": "finished"},
        "session/declined": {"session": "k7f2-0b30", "seq": 2},
        "state": {"able": True, "cameras": 24, "page": None},
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
        ("says", "clip_ready"),
        ("is shown", "review"),
        ("says", "keep"),
        ("is shown", "qr"),
        ("says", "done"),
        ("is shown", "goodbye"),
        ("is told", "safe_stop"),
        ("says", "gone"),
    ),
)
