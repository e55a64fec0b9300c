"""The painting station: one picture of the visitor, painted in oil before the visitor's eyes, layer by layer."""

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
    properties=(PAGE,),
    commands=(
        Command("shoot", Shoot, repeatable=False, within_seconds=12.0, retry=0),
        Command("purge", Purge),
        Command("safe_stop", SafeStop),
    ),
    spoken={
        **SPOKEN,
        **SPOKEN_OF_PHOTOS,
        "painted": Spoken("has the painting ready", "画作完成"),
        "keep": Spoken("is told to keep the painting", "的观众选择保留"),
        "delete": Spoken("is told to delete the painting", "的观众选择删除"),
        "able": Spoken("is able to take a picture", "可以拍摄"),
        "not able": Spoken("is not able to take a picture", "无法拍摄"),
        "progress": Spoken("share of the painting that is done", "绘制进度"),
        "shoot": Spoken("take the picture", "拍摄"),
        "purge": Spoken("delete what was taken", "删除所拍画面"),
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
