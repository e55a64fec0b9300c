"""The ring of cameras: a visitor stands in the middle, all fire at once, and the clip turns around the visitor."""

from pydantic import Field

from devices.contracts.session import (
    PAGE,
    SPOKEN,
    SPOKEN_OF_PHOTOS,
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
from devices.vocabulary import Body, Command, Kind, Spoken, StateBody


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
    properties=(PAGE,),
    commands=(
        Command("shoot", Shoot, repeatable=False, within_seconds=12.0, retry=0),
        Command("purge", Purge),
        Command("safe_stop", SafeStop),
    ),
    spoken={
        **SPOKEN,
        **SPOKEN_OF_PHOTOS,
        "clip_ready": Spoken("has the clip ready", "短片生成完毕"),
        "keep": Spoken("is told to keep the clip", "的观众选择保留"),
        "delete": Spoken("is told to delete the clip", "的观众选择删除"),
        "able": Spoken("is able to take a picture", "可以拍摄"),
        "not able": Spoken("is not able to take a picture", "无法拍摄"),
        "cameras": Spoken("number of cameras that answer", "在线相机数"),
        "shoot": Spoken("take the picture", "拍摄"),
        "purge": Spoken("delete what was taken", "删除所拍画面"),
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
