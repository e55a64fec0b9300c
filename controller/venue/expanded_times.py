"""Hours and times of day in full, as an author writes them."""

from datetime import date

from controller.venue.language.values import spell_duration
from scenes.hours import MINUTE, WEEKDAYS, Hours, Span, TimeOfDay, clock_text
from scenes.model import At


def written_hours(hours: Hours) -> str:
    """The venue's hours as one table."""
    evenings = {WEEKDAYS[day]: _spans(spans) for day, spans in hours.evenings.items()}
    special = {day.isoformat(): _spans(spans) if spans else "closed" for day, spans in hours.special.items()}
    entries = {
        "zone": hours.zone,
        "where": f"[{hours.where[0]}, {hours.where[1]}]" if hours.where is not None else None,
        "daily": _spans(hours.daily) if hours.daily else None,
        "closed": f"[{', '.join(WEEKDAYS[day] for day in hours.closed)}]" if hours.closed else None,
        "evenings": _table(evenings) if evenings else None,
        "special": _table(special) if special else None,
        "from": _date(hours.first),
        "to": _date(hours.last),
    }
    return _table({key: value for key, value in entries.items() if value is not None})


def start_at(start: At) -> dict[str, str | None]:
    """A start by the clock, key by key."""
    days = f"[{', '.join(WEEKDAYS[day] for day in start.days)}]" if start.days else None
    return {"at": time_text(start.time), "days": days, "late": start.late}


def time_text(time: TimeOfDay) -> str:
    """``11:00``, ``opening - 30min``."""
    if time.base == "midnight":
        return clock_text(time.offset // MINUTE)
    base = time.base.rpartition("_")[2]  # the first opening is written as the others are
    if not time.offset:
        return base
    return f"{base} {'-' if time.offset < 0 else '+'} {spell_duration(abs(time.offset))}"


def _spans(spans: tuple[Span, ...]) -> str:
    return f"[{', '.join(map(str, spans))}]"


def _date(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _table(entries: dict[str, str]) -> str:
    return "{" + ", ".join(f"{key}: {value}" for key, value in entries.items()) + "}"
