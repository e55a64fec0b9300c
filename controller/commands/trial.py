"""``ringmaster test``: a venue's own tests of its scenes."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from controller.cast import Cast
from controller.commands.complaints import complain_of
from controller.commands.simulated import models_of
from controller.commands.venues import NoVenue, find_venue, is_venue
from controller.exits import Exit
from controller.outputs.letters import letter_of
from controller.trial import Failure, Playing
from controller.venue.findings import VenueError, near
from controller.venue.load import Loaded, load
from controller.venue.source.files import TRIALS, read_folder, read_trials_folder
from controller.venue.trials.model import (
    Claim,
    Expectation,
    HadVerdict,
    Holds,
    SceneIs,
    Started,
    Trial,
    Wanted,
    WasTold,
)
from controller.venue.trials.reading import read_trials
from scenes.effects import Note
from scenes.reasons import sentence

SEED = 1


def trial(
    venue: Annotated[Path | None, Parameter(name=("--venue", "--in"))] = None,
    *names: str,
    format: Literal["human", "json"] = "human",  # noqa: A002 - the option's name
) -> Exit:
    """Test a venue's scenes with what stands in its folder `tests`: what is given, what happens, what is expected.

    Devices answer as in a rehearsal, time jumps. Ends with 0 when all is as expected, 1 when something is not.

    Parameters
    ----------
    venue
        The venue's folder; without it, the venue that is here.
    names
        Which tests; without one, all of them.
    format
        For people or for programs.
    """
    try:
        folder = _folder(venue)
    except NoVenue as error:
        print(error, file=sys.stderr)
        return Exit.USAGE
    try:
        loaded = load(read_folder(folder))
        trials = read_trials(read_trials_folder(folder), loaded)
    except VenueError as error:
        return complain_of(error, format, folder)
    known = [one.name for one in trials]
    for name in names:
        if name not in known:
            print(f"there is no test {name!r}; {near(name, known).text()}".rstrip("; "), file=sys.stderr)
            return Exit.USAGE
    if not trials:
        print(f"there are no tests: {folder / TRIALS} has no *.yaml", file=sys.stderr)
        return Exit.NO
    chosen = [one for one in trials if not names or one.name in names]
    played = [(one, played_in(loaded, one)) for one in chosen]
    if format == "json":
        print(json.dumps([_body(one, failures) for one, failures in played], ensure_ascii=False))
    else:
        _tell(folder, played)
    return Exit.NO if any(failures for _, failures in played) else Exit.OK


def _folder(named: Path | None) -> Path:
    """The venue's folder. Raises ``NoVenue``, also where somebody named that of its tests."""
    if (
        named is not None
        and named.resolve().name == TRIALS
        and not is_venue(named)
        and is_venue(named.resolve().parent)
    ):
        raise NoVenue(f"{named} holds the tests of a venue; name the venue's folder: `ringmaster test {named.parent}`")
    return named or find_venue("ringmaster test")


def played_in(loaded: Loaded, one: Trial) -> list[Failure]:
    """What was not as expected when the test was played in that venue."""
    models = {key: model for key, model in models_of(loaded, SEED).items() if key not in one.silent}
    return Playing(loaded.venue, one, Cast(models, letter_of(loaded.venue))).play()


def _tell(venue: Path, played: Sequence[tuple[Trial, list[Failure]]]) -> None:
    for one, failures in played:
        print(f"{'FAIL' if failures else 'ok  '}  {one.name}")
        for failure in failures:
            place = failure.expectation.place
            where = f"{venue / place.file}:{place.line}:{place.column}"
            print(f"      {where}: {expected(failure.expectation)}: {failure.instead}")
            for note in failure.why:
                print(f"        {_seconds(note.at - one.begins)}  {sentence(note)}{_where(note)}")
    failed = sum(bool(failures) for _, failures in played)
    tests = "1 test" if len(played) == 1 else f"{len(played)} tests"
    print(f"{failed} of {tests} failed" if failed else f"{tests}, all as expected")


def _body(one: Trial, failures: Sequence[Failure]) -> dict[str, object]:
    return {
        "test": one.name,
        "place": str(one.place),
        "ok": not failures,
        "failures": [
            {
                "place": str(failure.expectation.place),
                "expected": expected(failure.expectation),
                "instead": failure.instead,
                "why": [
                    {
                        "at": (note.at - one.begins) / 1_000_000,
                        "text": sentence(note),
                        "place": str(note.place) if note.place else None,
                    }
                    for note in failure.why
                ],
            }
            for failure in failures
        ],
    }


def expected(one: Expectation) -> str:
    """An expectation in words."""
    return f"{_seconds(one.time).strip()} {'at the latest ' if one.word == 'by' else ''}{_claimed(one.claim)}"


def _claimed(claim: Claim) -> str:
    match claim:
        case SceneIs(scene, word):
            return f"{scene} should be {word}"
        case HadVerdict(scene, verdict):
            return f"{scene} should have the verdict {verdict}"
        case Started(scene, count):
            return f"{scene} should have started {count} times"
        case Wanted(devices, _, shown, text):
            return f"{', '.join(devices)} should {'show' if shown else 'be asked for'} {text}"
        case WasTold(device, command):
            return f"{device} should have been told to {command}"
        case Holds(condition):
            return f"{condition.text} should hold"
    return f"staff should have been told: {claim.text}"


def _seconds(micros: int) -> str:
    return f"{micros / 1_000_000:7.3f} s"


def _where(note: Note) -> str:
    return f"  [{note.place}]" if note.place else ""
