"""Modes as an author writes them: a scene that somebody or something switches on, and what it changes of others."""

from collections.abc import Collection, Mapping

from controller.venue.findings import Gather, id_hint, near, twice, wrong
from controller.venue.language.named_forms import ModeForm
from controller.venue.language.names import VenueNames
from controller.venue.language.reading import read_form
from controller.venue.language.steps import Steps
from controller.venue.language.titles import titles
from controller.venue.language.values import LONGEST
from controller.venue.source.nodes import Node, Table, Text, as_table, as_text
from devices.topics import is_id
from scenes.condition import Condition
from scenes.model import (
    ENDS,
    Ask,
    Band,
    By,
    Mode,
    Pause,
    Phase,
    Place,
    Release,
    Scene,
    SceneId,
    Start,
    Stay,
    Step,
    When,
)


class Modes:
    """Reads them against the names, the steps and the clips of one venue."""

    def __init__(self, names: VenueNames, steps: Steps, clips: Collection[str], gather: Gather) -> None:
        self._names = names
        self._steps = steps
        self._clips = clips
        self._gather = gather

    def read(
        self, tables: list[Table], scenes: Mapping[SceneId, Scene], written: Mapping[str, Place]
    ) -> dict[SceneId, tuple[Mode, Scene]]:
        """Modes by name, each with the scene that it is. ``written``: every name of a scene. Mistakes are gathered."""
        found: dict[SceneId, tuple[Mode, Scene]] = {}
        first = dict(written)
        for table in tables:
            for name, node in table:
                place = table.keys[name]
                if name in first:
                    self._gather.add(twice(place, first[name], "the name '{}' appears twice", name))
                elif not is_id(name):
                    self._gather.add(wrong(place, "'{}' is not an id", name, hint=id_hint(name)))
                else:
                    first[name] = place
                    read = self._gather.attempt(self._mode, SceneId(name), node, place, scenes)
                    if read is not None:
                        found[SceneId(name)] = read
        return found

    def _mode(
        self, name: SceneId, node: Node, place: Place, scenes: Mapping[SceneId, Scene]
    ) -> tuple[Mode, Scene] | None:
        table = as_table(node, "a mode")
        form, gather = read_form(ModeForm, table, place, "a mode"), Gather()
        if form.until is None and form.at_most is None:
            gather.add(wrong(place, "nobody can end the mode {}", name, hint="write at_most: 2h, or until"))
        starts = gather.attempt(self._starts, form, table, place)
        body = gather.attempt(self._body, form, table, place)
        condition = gather.attempt(self._names.all_of, table.entries["if"]) if "if" in table.keys else None
        disarms, arms = (
            tuple(one for text in several or () for one in gather.attempt(_meant, text, scenes) or ())
            for several in (form.disarms, form.arms)
        )
        for text in form.arms or ():
            if text.text in (one.text for one in form.disarms or ()):
                gather.add(wrong(text.place, "the mode disarms {}, too", text.text, hint="leave one of them out"))
        instead = gather.attempt(self._instead, form.instead) if form.instead is not None else {}
        title = gather.attempt(titles, form.title, place, name)
        gather.stop()
        scene = Scene(
            id=name,
            title=title or {},
            band=Band.STAFF if form.by is not None else Band.HOUSE,
            starts=starts or (),
            phases=(Phase("does", body or ()),),
            ends=Phase(ENDS, (Release(0, place),)),
            after_crash="resume",
            place=place,
            condition=condition,
            keys=dict(table.keys),
        )
        return Mode(name, place, disarms, arms, instead or {}, dict(table.keys)), scene

    def _starts(self, form: ModeForm, table: Table, place: Place) -> tuple[Start, ...]:
        found: list[Start] = [By(form.by, table.keys["by"])] if form.by is not None else []
        gather = Gather()
        for text in form.when or ():
            trigger = gather.attempt(self._names.trigger, text)
            if trigger is not None and form.for_ and not isinstance(trigger, Condition):
                gather.add(wrong(table.keys["for"], "{} happens and does not last, so it cannot hold for a time",
                                 text.text))  # fmt: skip
            elif trigger is not None:
                found.append(When(trigger, text.text, text.place, form.for_, 0, table.keys.get("for")))
        if form.by is None and form.when is None:
            gather.add(wrong(place, "nothing switches the mode on", hint="write by: staff, or when"))
        gather.stop()
        return tuple(found)

    def _body(self, form: ModeForm, table: Table, place: Place) -> tuple[Step, ...]:
        gather = Gather()
        steps: list[Step] = []
        asked = [(form.ask, table.keys.get("ask", place))] if form.ask is not None else []
        if form.quieter is not None:
            asked.append((_quieter(form.quieter), table.keys["quieter"]))
        wants = [want for node, key in asked for want in gather.attempt(self._steps.ask, node, key) or ()]
        if wants:
            steps.append(Ask(tuple(wants), asked[0][1]))
        if form.until is not None:
            until = gather.attempt(self._names.all_of, form.until)
            if until is not None:
                steps.append(Stay(until, form.at_most or LONGEST, until.text, table.keys["until"], form.quiet))
        elif form.at_most is not None:
            steps.append(Pause(form.at_most, table.keys.get("at_most", place)))
        gather.stop()
        return tuple(steps)

    def _instead(self, node: Node) -> dict[str, str]:
        gather, found = Gather(), dict[str, str]()
        table = as_table(node, "what is played instead")
        for role, one in table:
            other = gather.attempt(as_text, one, "a clip")
            for text in (table.key(role), other):
                if text is not None and text.text not in self._clips:
                    gather.add(wrong(text.place, "there is no clip '{}'", text.text, hint=near(text.text, self._clips)))
            found[role] = other.text if other is not None else ""
        gather.stop()
        return found


def _quieter(node: Node) -> Table:
    """``{speakers in main: 6dB}`` as it is asked: ``{speakers in main: {quieter: 6dB}}``."""
    table = as_table(node, "what is quieter")
    entries = {target: Table({"quieter": one}, {"quieter": one.place}, one.place) for target, one in table}
    return Table(entries, table.keys, table.place)


def _meant(text: Text, scenes: Mapping[SceneId, Scene]) -> tuple[SceneId, ...]:
    """The scene of that name, or all scenes of that template."""
    found = tuple(one for one in scenes if one == text.text or one.startswith(f"{text.text}."))
    if not found:
        raise wrong(text.place, "there is no scene '{}'", text.text, hint=near(text.text, scenes))
    return found
