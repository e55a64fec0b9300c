"""Runs that start ahead of an opening: they are of that opening, and wait for its closing.

``starts: {at: opening - 30min}`` with ``stay: {until: not venue.open}`` lasts the day. The venue is closed when such a
run starts, and that is not the closing that it waits for: until its opening has come it is unknown to the run whether
the venue is open. One that starts too late, behind that opening, sees what everybody sees.
"""

from scenes.condition import Values
from scenes.decision import Decision
from scenes.model import At
from scenes.stage import Run


def values_for(decision: Decision, run: Run) -> Values:
    """The stage's values as the run sees them."""
    stage, hours = decision.stage, decision.venue.hours
    start = decision.venue.scenes[run.scene].starts[run.start]
    if hours is None or not isinstance(start, At) or start.time.base != "opening" or start.time.offset >= 0:
        return stage.values
    began = run.started + stage.offset
    due = hours.last_time(start.time, 0, began, start.days, stage.calendar.later)
    if due is None or decision.at + stage.offset >= due - start.time.offset:
        return stage.values
    return {key: value for key, value in stage.values.items() if key != "venue.open"}
