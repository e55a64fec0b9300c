"""When the sun sets: by place and date, to the minute."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from astral import Observer
from astral.sun import sunset


@lru_cache(4096)
def sets_at(latitude: float, longitude: float, zone: str, day: date) -> datetime | None:
    """Local time, rounded to a minute; degrees north and east. None where the sun does not set that day."""
    try:
        found: datetime = sunset(Observer(latitude, longitude), day, tzinfo=ZoneInfo(zone))
    except ValueError:
        return None
    rounded = found + timedelta(seconds=30)
    return rounded.replace(second=0, microsecond=0)
