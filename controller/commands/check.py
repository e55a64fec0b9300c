"""``ringmaster check``: everything that is wrong with a venue, before it runs."""

import json
import sys
from pathlib import Path

from controller.commands.complaints import Format, as_json, count_of, default_language, show
from controller.commands.venues import NoVenue, find_venue
from controller.exits import Exit
from controller.venue.expanded import expanded as expanded_venue
from controller.venue.findings import Finding, Language, VenueError, say
from controller.venue.load import Loaded, load
from controller.venue.source.files import read_folder
from controller.venue.summary import summary_of


def check(
    *venues: Path,
    in_: Path | None = None,
    expanded: bool = False,
    format: Format = "human",  # noqa: A002 - the option's name
    lang: Language | None = None,
) -> Exit:
    """Check venues: every mistake with its file, line and column, and what to do; just as `run` does before it runs.

    Ends with 0 when nothing is wrong, 1 when something is.

    Parameters
    ----------
    venues
        The venues' folders; without one, the venue that is here.
    in_
        A venue's folder, as the other commands take it.
    expanded
        Print the venue in full: templates and groups resolved, every default and computed limit written out.
    format
        For people, for programs (one JSON object a venue), or as annotations of a pull request.
    lang
        zh or en; by default the terminal's language.
    """
    language = lang or default_language()
    try:
        folders = [*venues, *([in_] if in_ is not None else [])] or [find_venue("ringmaster check")]
    except NoVenue as error:
        print(error, file=sys.stderr)
        return Exit.USAGE
    codes = [_check(folder, expanded, format, language) for folder in folders]
    return max(codes)


def _check(folder: Path, in_full: bool, form: Format, language: Language) -> Exit:  # noqa: FBT001 - a flag of the user's
    try:
        loaded = load(read_folder(folder))
    except VenueError as error:
        _complain(error.findings, form, folder, language)
        return Exit.NO
    if in_full:
        print(expanded_venue(loaded.venue, loaded.palette), end="")
    elif form == "json":
        print(json.dumps(_all_well(loaded, folder), ensure_ascii=False))
    elif form == "human":
        print(_summary(loaded, language))
    return Exit.OK


def _complain(findings: tuple[Finding, ...], form: Format, folder: Path, language: Language) -> None:
    if form == "json":
        print(json.dumps({"venue": str(folder), "findings": as_json(findings, folder, language), "summary": None},
                         ensure_ascii=False))  # fmt: skip
        return
    show(findings, form, folder, language, sys.stdout)
    if form == "human":
        print(count_of(findings, language))


def _all_well(loaded: Loaded, folder: Path) -> dict[str, object]:
    return {"venue": str(folder), "findings": [], "summary": summary_of(loaded.venue).counts()}


def _summary(loaded: Loaded, language: Language) -> str:
    title = loaded.venue.title.get(language, loaded.venue.id)
    counts = summary_of(loaded.venue).counts()
    shown = tuple(say(_COUNTED[name], number) for name, number in counts.items() if number)
    return say("{}: nothing is wrong ({})", title, shown).text(language)


_COUNTED = {
    "halls": "halls: {}",
    "sections": "sections: {}",
    "cities": "cities: {}",
    "exhibits": "exhibits: {}",
    "city_exhibits": "city exhibits: {}",
    "stations": "stations: {}",
    "devices": "devices: {}",
    "scenes": "scenes: {}",
}
