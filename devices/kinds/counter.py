"""A people counter at a door: one event for each person who passes, in or out."""

from devices.vocabulary import EventBody, Kind, Spoken


class Entered(EventBody):
    """One person came in."""


class Left(EventBody):
    """One person went out."""


KIND = Kind(
    name="counter",
    title="people counter",
    title_zh="客流计数器",
    events={"entered": Entered, "left": Left},
    spoken={"entered": Spoken("counts somebody in", "有人进入"), "left": Spoken("counts somebody out", "有人离开")},
    examples={"event/entered": {"id": "c118"}, "event/left": {"id": "c119"}},
)
