"""What the clock on the wall brings: opening and closing, scenes that start at a time of day, clocks that turn on.

Rules
- The stage remembers up to which instant of wall time the calendar is done. Whatever lies behind that and is not in
  the future is due; so nothing comes twice and nothing is lost, however the clock was set and whoever was away. A
  clock that was set back by more than ``LATEST`` was wrong before: it counts from now.
- One timer for all of it, planned in engine time, planned anew whenever the clock, the hours or the venue change.
- A start that was missed: of several the latest alone, late by no more than ``LATEST`` and only where its scene wants
  that (``late: run``). At the very first start nothing before that day was missed.
- Whether the venue is open is no memory: it follows the clock, also back.
"""

from datetime import datetime, timedelta

from scenes import clock, starts
from scenes.decision import Decision
from scenes.hours import MINUTE, Hours, Span, TimeOfDay
from scenes.inputs import Ordered
from scenes.listening import MAX_AGE
from scenes.model import SECOND, At, Scene
from scenes.stage import Answered
from scenes.verdicts import Verdict

OPEN = "venue.open"
LATEST = 12 * 3600 * SECOND
LONGEST_MINUTES = 6 * 60  # for which the house can be kept open
USUAL_MINUTES = 30  # for an order that names no time: a remote with few buttons can send no more


def due(decision: Decision) -> None:
    """What is due by now, and the timer for what comes next."""
    stage, hours = decision.stage, decision.venue.hours
    life = stage.calendar
    decision.timers.stop(life.timer)
    life.timer = None
    if hours is None:
        decision.set_value(OPEN, value=True)
        return
    wall = decision.at + stage.offset
    since = _since(decision, hours, wall)
    life.later = {planned: now for planned, now in life.later.items() if now > min(since, wall) - LATEST}
    was_open, life.done = stage.values.get(OPEN), max(since, wall)
    _open_or_close(decision, hours, wall)
    for run in [one for one in stage.runs.values() if one.started < decision.at]:
        clock.turn(decision, run, since, wall)
    for listener in decision.index.timed:
        _start(decision, hours, listener.scene, listener.start, since, wall)
    for scene in decision.index.restricted:
        if scene.hours is not None and _began(decision, hours, scene.hours, was_open, since, wall):
            starts.armed(decision, scene)
    plan(decision)


def plan(decision: Decision) -> None:
    """The one timer, for what comes next."""
    stage, hours = decision.stage, decision.venue.hours
    if hours is None:
        return
    life = stage.calendar
    wall = decision.at + stage.offset
    ahead = [hours.next_change(wall, life.later)]
    for listener in decision.index.timed:
        start = listener.scene.starts[listener.start]
        if isinstance(start, At):
            ahead.append(hours.next_time(start.time, life.done, start.days, life.later))
    for scene in decision.index.clocks:
        ahead += [hours.next_time(entry.time, life.done, later=life.later) for entry in scene.phases[0].clock]
    own = (scene.hours for scene in decision.index.restricted)
    ahead += [hours.next_time(_beginning(span), life.done) for span in own if isinstance(span, Span)]
    times = [one for one in ahead if one is not None]
    decision.timers.stop(life.timer)
    life.timer = decision.timers.start(min(times) - stage.offset, "calendar", "") if times else None


def _since(decision: Decision, hours: Hours, wall: int) -> int:
    done = decision.stage.calendar.done
    if not done:
        return hours.midnight(wall) - 1
    return done if done - wall <= LATEST else wall


def _open_or_close(decision: Decision, hours: Hours, wall: int) -> None:
    later = decision.stage.calendar.later
    is_open = hours.is_open(wall, later)
    if decision.stage.values.get(OPEN) is not is_open and not hours.is_always_open():
        change = hours.next_change(wall, later)
        until = when_text(hours, change, wall) if change is not None else None
        decision.note("hours", details={"state": "open" if is_open else "closed", "until": until})
    decision.set_value(OPEN, value=is_open)


def _start(decision: Decision, hours: Hours, scene: Scene, number: int, since: int, wall: int) -> None:
    start = scene.starts[number]
    if not isinstance(start, At):
        return
    last = hours.last_time(start.time, since, wall, start.days, decision.stage.calendar.later)
    if last is None:
        return
    stage, late = decision.stage, wall - last
    missed = late > (LATEST if start.late == "run" else MAX_AGE)
    stale = when_text(hours, last, wall) if missed else ""
    end = starts.open_candidate(decision, scene, number, "calendar", stale=stale)
    if end.verdict is Verdict.HELD_BY_SAFETY and start.late == "run" and not missed:
        stage.safety.again[scene.id] = number


def _began(decision: Decision, hours: Hours, span: Span | str, was_open: object, since: int, wall: int) -> bool:
    """Whether a scene's own hours began just now."""
    if isinstance(span, Span):
        is_inside = span.holds(hours.minute(wall))
        return is_inside and hours.last_time(_beginning(span), since, wall) is not None
    return was_open is not True and decision.stage.values.get(OPEN) is True


def _beginning(span: Span) -> TimeOfDay:
    return TimeOfDay("midnight", span.begins * MINUTE)


def when_text(hours: Hours, instant: int, wall: int) -> str:
    """``17:00``; on another day ``2022-01-18 09:00``."""
    there = hours.local(instant)
    return f"{there:%H:%M}" if there.date() == hours.day(wall) else f"{there:%Y-%m-%d %H:%M}"


def extend(decision: Decision, order: Ordered) -> Answered:
    """Keeps the house open longer this evening: ``minutes`` past the closing that was planned, or ``until`` a time.

    The same order twice is one order: both count from what stands in the hours.
    """
    hours = decision.venue.hours
    if hours is None or hours.is_always_open():
        return Answered("refused", "this venue has no hours: it is open all the time")
    wall, life = decision.at + decision.stage.offset, decision.stage.calendar
    now = hours.stretch(wall, life.later)
    if now is None:
        change = hours.next_change(wall, life.later)
        opens = f"; it opens at {when_text(hours, change, wall)}" if change is not None else ""
        return Answered("refused", f"the house is closed{opens}")
    planned = next((one for one, moved in life.later.items() if moved == now[1]), now[1])
    until = _until(order, hours, wall, planned)
    if isinstance(until, str):
        return Answered("refused", until)
    if until <= planned:
        return Answered("refused", f"the house closes at {when_text(hours, planned, wall)} and cannot close earlier")
    if until <= wall:
        return Answered("refused", f"{when_text(hours, until, wall)} is over: it is {when_text(hours, wall, wall)}")
    if until > planned + LONGEST_MINUTES * MINUTE:
        longest = when_text(hours, planned + LONGEST_MINUTES * MINUTE, wall)
        return Answered("refused", f"the house can be kept open until {longest} at the latest")
    life.later[planned] = until
    closes = hours.stretch(wall, life.later) or now  # later than ordered, where that reaches into the next opening
    text = when_text(hours, closes[1], wall)
    decision.note("hours", details={"state": "extended", "until": text})
    plan(decision)
    return Answered("done", f"the house stays open until {text}")


def _until(order: Ordered, hours: Hours, wall: int, planned: int) -> int | str:
    """The instant that is ordered, or why there is none."""
    match list(order.params.items()):
        case []:
            return planned + USUAL_MINUTES * MINUTE
        case [("minutes", int(minutes) | float(minutes))] if minutes > 0:
            return planned + round(minutes * MINUTE)
        case [("until", str(text))]:
            return _instant(text, hours, wall) or f"until is {text!r}: write a time such as '21:30'"
        case _:
            return "with: {minutes: 30} or with: {until: '21:30'}"


def _instant(text: str, hours: Hours, wall: int) -> int | None:
    """``21:30`` of this day, or a date and time with its zone."""
    try:
        if len(text) == len("21:30"):
            there = datetime.strptime(text, "%H:%M")  # noqa: DTZ007 - a time of day, in the venue's zone
            return hours.instant(hours.day(wall), there.hour * 60 + there.minute)
        stamp = datetime.fromisoformat(text)
        return (stamp - hours.local(0)) // timedelta(microseconds=1) if stamp.tzinfo is not None else None
    except ValueError:
        return None
