"""``ringmaster rehearse``: days of visitors in seconds, against the real configuration and the real engine."""

import json
import sys
import time
from pathlib import Path
from typing import Literal

from controller.commands.complaints import complain_of
from controller.commands.faults import read_faults
from controller.commands.simulated import models_of, visitors_of
from controller.exits import Exit
from controller.inbox import understand
from controller.outputs.letters import letter_of
from controller.rehearse import Rehearsal, Report
from controller.venue.findings import VenueError
from controller.venue.load import load
from controller.venue.source.files import read_folder
from scenes.hours import TimeOfDay
from scenes.model import SECOND, Venue
from scenes.reasons import sentence, span
from simulators.models.faults import with_faults
from simulators.models.parties import CrowdName

BEGIN = 1_642_381_200 * SECOND  # 2022-01-17 09:00 in Hangzhou: any fixed instant would do
DAY = 24 * 3600 * SECOND


def rehearse(
    venue: Path,
    *,
    days: float = 1,
    seed: int = 1,
    visitors: CrowdName = "few",
    faults: str = "",
    format: Literal["human", "json"] = "human",  # noqa: A002 - the option's name
) -> Exit:
    """Rehearse a venue: simulated devices and visitors, hours in seconds. Prints what ran, what did not, and why.

    Parameters
    ----------
    venue
        The venue's folder.
    days
        How long; a fraction is fine.
    seed
        Another seed, other visitors. The same seed gives the same hash.
    visitors
        How many come; a school is twenty at once who press everything.
    faults
        What devices do wrong, such as "preface.wall: lies 10%, preface.*: vanishes 30s every 5min".
    format
        For people or for programs.
    """
    try:
        loaded = load(read_folder(venue))
    except VenueError as error:
        return complain_of(error, format, venue)
    if not 0 < days <= 3660:
        print(f"--days {days}: more than 0, at most 3660", file=sys.stderr)
        return Exit.USAGE
    found = loaded.venue
    try:
        wrong = read_faults(faults, found.devices)
    except ValueError as error:
        print(f"--faults: {error}", file=sys.stderr)
        return Exit.USAGE
    begin = begin_of(found)
    hour = found.hours.local(begin).hour if found.hours is not None else 9
    models = with_faults(models_of(loaded, seed), wrong, seed)
    crowd = visitors_of(found, seed, begin, crowd=visitors, hour=hour)
    rehearsal = Rehearsal(found, models, understand, letter_of(found), seed)
    began = time.process_time()
    report = rehearsal.run(iter(crowd), begin=begin, until=begin + round(days * DAY))
    seconds = time.process_time() - began
    print(_as_json(report, seconds) if format == "json" else _as_text(found, report, days, seconds))
    return Exit.OK


def begin_of(venue: Venue) -> int:
    """An opening of the venue; always the same one."""
    hours = venue.hours
    if hours is None or hours.is_always_open():
        return BEGIN
    first = hours.instant(hours.first, 0) if hours.first is not None else BEGIN
    return hours.next_time(TimeOfDay("opening", 0), first - 1) or BEGIN


def _as_text(venue: Venue, report: Report, days: float, seconds: float) -> str:
    how_long = "1 day" if days == 1 else f"{days:g} days"
    lines = [f"{venue.title['en']}: {how_long} rehearsed in {seconds:.1f} s of CPU, {report.messages} messages"]
    for scene in venue.scenes:
        count = report.started[scene]
        lasted = f", {span(report.lasted[scene] // count)} each on average" if report.lasted[scene] and count else ""
        lines.append(f"  {scene} started {_times(count)}{lasted}")
        for verdict, often in sorted(report.stopped.get(scene, {}).items()):
            note = report.because[scene, verdict]
            place = f"  [{note.place}]" if note.place else ""
            lines.append(f"    {_times(often)} not ({verdict}), such as: {sentence(note).partition(': ')[2]}{place}")
    lines += [
        f"  {device} did not do what was asked {_times(often)}" for device, often in sorted(report.failed.items())
    ]
    lines.append(
        f"  {report.candidates} candidates, {report.pending} pending, {report.sets} levels, {report.commands} commands"
    )
    lines.append(f"  {report.acts} acts of visitors")
    lines.append(f"  hash {report.hash}")
    return "\n".join(lines)


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _as_json(report: Report, seconds: float) -> str:
    return json.dumps(
        {
            "acts": report.acts,
            "messages": report.messages,
            "candidates": report.candidates,
            "pending": report.pending,
            "started": report.started,
            "stopped": report.stopped,
            "failed": report.failed,
            "levels": report.sets,
            "commands": report.commands,
            "cpu_seconds": round(seconds, 3),
            "hash": report.hash,
        }
    )
