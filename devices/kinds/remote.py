"""A remote in somebody's hand: a few numbered buttons."""

from pydantic import Field

from devices.vocabulary import EventBody, Kind, Spoken

MOST_BUTTONS = 8
_WHICH = "which button, counted from 1; afterwards: the last one that was used"


class Pressed(EventBody):
    """One of its buttons was pressed."""

    button: int = Field(ge=1, le=MOST_BUTTONS, description=_WHICH)


class Held(EventBody):
    """One of its buttons was kept down for two seconds: said once, while it is still down."""

    button: int = Field(ge=1, le=MOST_BUTTONS, description=_WHICH)


KIND = Kind(
    name="remote",
    title="remote control",
    title_zh="遥控器",
    events={"pressed": Pressed, "held": Held},
    spoken={
        "pressed": Spoken("has a button pressed", "有按键被按下"),
        "held": Spoken("has a button kept pressed", "有按键被长按"),
        "button": Spoken("last button", "最近的按键"),
    },
    examples={"event/pressed": {"button": 1, "id": "r7"}, "event/held": {"button": 4, "id": "r8"}},
)
