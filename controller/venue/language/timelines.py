"""A film's timeline, as an author writes it: at which of the film's times what is asked."""

import re
from collections.abc import Callable

from controller.venue.findings import Gather, say, silent, wrong
from controller.venue.language.places import Groups
from controller.venue.language.reading import read_form
from controller.venue.language.step_forms import TimelineForm
from controller.venue.language.values import spell_duration
from controller.venue.language.wants import Palette
from controller.venue.source.nodes import Node, Table, Text, as_table
from devices.contracts.playing import PLAY, PLAYING
from devices.vocabulary import Property
from scenes.model import SECOND, Ask, Micros, Moment, Phase, Place, Step, Timeline, Want
from scenes.step import every

OFFSET = r"(?:([0-9]{1,2}):)?([0-9]{1,3}):([0-5][0-9])(?:\.([0-9]{1,6}))?"


class Timelines:
    """Reads them against the groups of one venue. ``ask`` reads wants, ``way_on`` what follows when time is up."""

    def __init__(
        self, groups: Groups, ask: Callable[[Node, Place], Ask], way_on: Callable[[Node], Step | None]
    ) -> None:
        self._groups = groups
        self._ask = ask
        self._way_on = way_on

    def read(self, table: Table, place: Place) -> Timeline:
        """A player and its moments. Raises ``VenueError`` with everything that is wrong in it."""
        form = read_form(TimelineForm, table, place, "a timeline")
        gather = Gather()
        property_ = gather.attempt(self._property, form.timeline)
        otherwise = gather.attempt(self._way_on, form.else_) if form.else_ is not None else None
        moments = gather.attempt(self._moments, form.at, form.at_most)
        gather.stop()
        if property_ is None or moments is None:
            raise silent()
        player = self._groups.device(form.timeline).id
        return Timeline(player, property_.name, moments, form.at_most, otherwise or "end", form.timeline.place)

    def _property(self, player: Text) -> Property:
        kind = self._groups.device(player).kind
        found = kind.property_of(PLAY)
        if found is None or PLAYING not in kind.states:
            raise wrong(player.place, "{} is a {}, which plays no film", player.text, kind.name)
        return found

    def _moments(self, node: Node, at_most: Micros) -> tuple[Moment, ...]:
        table, gather = as_table(node, "at"), Gather()
        found: list[Moment] = []
        last: tuple[str, Micros] | None = None
        for name, value in table:
            key = table.key(name)
            at, ask = gather.attempt(_offset, key), gather.attempt(self._ask, value, key.place)
            if at is None:
                continue
            if last is not None and at <= last[1]:
                gather.add(wrong(key.place, "{} does not come behind {}", name, last[0],
                                 hint="write them in the order of the film's time"))  # fmt: skip
            elif at >= at_most:
                gather.add(wrong(key.place, "the timeline lasts {} at the most: this never comes",
                                 spell_duration(at_most), hint="write a longer at_most"))  # fmt: skip
            last = (name, at)
            found += [Moment(at, ask)] if ask is not None else []
        if not table.entries:
            gather.add(wrong(table.place, "the timeline has no moments", hint="as in 0:04.5: {{hall.light: warm}}"))
        gather.stop()
        return tuple(found)


def _offset(text: Text) -> Micros:
    found = parse_offset(text.text)
    if found is None:
        raise wrong(text.place, "'{}' is not a time of a film", text.text, hint="as in 0:04.5 or 1:07")
    return found


def parse_offset(text: str) -> Micros | None:
    """``0:04.5``, ``1:07`` or ``1:02:03``: microseconds from the beginning; None when it is no such time."""
    found = re.fullmatch(OFFSET, text, re.ASCII)
    if found is None:
        return None
    hours, minutes, seconds, fraction = found.groups()
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * SECOND + int((fraction or "").ljust(6, "0"))


def spell_offset(at: Micros) -> str:
    """As an author writes it; ``parse_offset`` reads it back."""
    seconds, rest = divmod(at, SECOND)
    fraction = f".{rest:06d}".rstrip("0") if rest else ""
    return f"{seconds // 60}:{seconds % 60:02d}{fraction}"


def check_timelines(phases: tuple[Phase, ...], palette: Palette) -> None:
    """A film is asked of the player before its timeline, and lasts as long. Raises what is wrong."""
    gather = Gather()
    before: list[Want] = []
    for step in every(step for phase in phases for step in phase.steps):
        if isinstance(step, Ask):
            before += step.wants
        elif isinstance(step, Timeline):
            films = [one for one in before if (one.device, one.property.name) == (step.player, step.property)]
            if not films:
                gather.add(wrong(step.place, "{} is asked for no film before its timeline", step.player,
                                 hint=say("write - ask: {{{{{}: CLIP}}}} above it", step.player)))  # fmt: skip
            for film in films[-1:]:
                _check_inside(step, film, palette, gather)
    gather.stop()


def _check_inside(step: Timeline, film: Want, palette: Palette, gather: Gather) -> None:
    clip = palette.clips.get(film.asked.get(PLAY, ""))
    if clip is None or clip.lasts is None:
        return
    lasts = spell_duration(clip.lasts)
    for moment in step.moments:
        if moment.at >= clip.lasts:
            gather.add(wrong(moment.ask.place, "the clip {} lasts {}: this never comes", clip.role, lasts,
                             hint="write an earlier time, or mend the clip's lasts"))  # fmt: skip
