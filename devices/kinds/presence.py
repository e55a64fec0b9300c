"""A presence sensor: somebody is in its zone, or nobody is; where it can tell, whether somebody is close."""

from pydantic import Field

from devices.vocabulary import EventBody, Kind, Spoken, StateBody

_OCCUPIED = "true while at least one person is in the zone"
_NEAR = "true while somebody stands close, as the sensor is set; where the sensor can tell"
_DISTANCE = "metres to the nearest person, where the sensor can tell"
_COUNT = "how many people are in the zone, where the sensor can tell"


class Presence(EventBody):
    """Somebody came into the zone or close to what it watches, or the last one left."""

    occupied: bool = Field(description=_OCCUPIED)
    near: bool | None = Field(default=None, description=_NEAR)
    distance: float | None = Field(default=None, ge=0, le=100, description=_DISTANCE)
    count: int | None = Field(default=None, ge=0, description=_COUNT)


class PresenceState(StateBody):
    """What the sensor sees now."""

    occupied: bool | None = Field(default=None, description=_OCCUPIED)
    near: bool | None = Field(default=None, description=_NEAR)
    distance: float | None = Field(default=None, ge=0, le=100, description=_DISTANCE)
    count: int | None = Field(default=None, ge=0, description=_COUNT)


KIND = Kind(
    name="presence",
    title="presence sensor",
    title_zh="人体感应器",
    events={"presence": Presence},
    state=PresenceState,
    opposites={"occupied": "empty", "near": "away"},
    spoken={
        "presence": Spoken("reports that people have come or gone", "检测到有人到来或全部离开"),
        "occupied": Spoken("is occupied", "有人"),
        "empty": Spoken("is empty", "无人"),
        "near": Spoken("has somebody near", "有人靠近"),
        "away": Spoken("has nobody near", "无人靠近"),
        "distance": Spoken("distance in metres", "距离"),
        "count": Spoken("head count", "人数"),
    },
    examples={
        "event/presence": {"occupied": True, "count": 2, "id": "a7", "ts": 1642384800.5},
        "state": {"occupied": False},
    },
)
