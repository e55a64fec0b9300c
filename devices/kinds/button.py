"""A button, a plate, a switch on a wall: somebody presses it."""

from devices.vocabulary import EventBody, Kind, Spoken


class Pressed(EventBody):
    """It was pressed: said at once, when it goes down."""


class Held(EventBody):
    """It was kept down for two seconds: said once, while it is still down."""


KIND = Kind(
    name="button",
    title="button",
    title_zh="按钮",
    events={"pressed": Pressed, "held": Held},
    spoken={"pressed": Spoken("is pressed", "被按下"), "held": Spoken("is kept pressed", "被长按")},
    examples={"event/pressed": {"id": "p41"}, "event/held": {"id": "p42"}},
)
