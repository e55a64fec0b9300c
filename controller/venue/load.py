"""A venue's texts to a checked ``Venue``: every part read, every scene, every proof; all findings in one go.

files → nodes (YAML with places) → parts → for each scene: template with its row → long form → model → proofs.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import partial

from controller.venue.findings import Gather, id_hint, near, nearest, twice, wrong
from controller.venue.language.calls import with_calls
from controller.venue.language.catalogues import Catalogue, Row, read_catalogue
from controller.venue.language.evacuation import EVACUATION, Evacuations
from controller.venue.language.hours import read_hours
from controller.venue.language.modes import Modes
from controller.venue.language.named import Named, known_names
from controller.venue.language.names import VenueNames
from controller.venue.language.params import Types
from controller.venue.language.parts import read_clips, read_devices, read_looks, read_pages
from controller.venue.language.phases import Phases
from controller.venue.language.places import Groups, read_places
from controller.venue.language.remotes import read_remotes
from controller.venue.language.scenes import BODIES, Behaviours
from controller.venue.language.steps import Steps
from controller.venue.language.templates import (
    check_choices,
    check_without_rows,
    for_rows,
    read_for_each,
    with_row,
    without_row,
)
from controller.venue.language.times import Times
from controller.venue.language.titles import titles
from controller.venue.language.wants import Palette
from controller.venue.proofs.every import prove
from controller.venue.proofs.using import prove_used
from controller.venue.source.files import Texts, digest
from controller.venue.source.nodes import Many, Node, Table, Text, as_table, as_text, read_yaml
from devices.topics import is_id
from devices.vocabulary import DeviceId
from scenes.model import Fact, Mode, Place, Scene, SceneId, Variable, Venue
from scenes.model import Row as PlainRow

PARTS = (
    "venue", "title", "hours", "places", "catalogues", "devices", "looks", "clips", "pages", "remotes", "evacuation",
    "variables", "facts", "modes",
)  # fmt: skip
LATER = (
    "plan", "fixtures", "patch", "kinds",
)  # fmt: skip
NAMED = ("variables", "facts", "modes")  # parts of which each entry is read aloud
ALOUD = (EVACUATION,)  # parts that behave: they are read aloud like scenes


ReadOne = Callable[[str, Table, Place], None]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A venue with what its scenes may name, and the scenes as their author spelled them: with rows put in, and not."""

    venue: Venue
    palette: Palette
    spelled: Mapping[SceneId, Table]
    templates: Mapping[str, Table]
    lists: tuple[str, ...]  # of places
    parts: Mapping[str, Table]  # those that are read aloud, by name
    names: VenueNames
    groups: Groups
    named: Mapping[str, tuple[str, Table]]  # variables, facts and modes, each with the part in which it stands


def load_venue(texts: Texts) -> Venue:
    """Everything checked and proved. Raises ``VenueError`` with all that was found in one go."""
    return load(texts).venue


def read_venue(texts: Texts) -> Venue:
    """The same without the proofs over the whole: for what was proved when it was kept. Raises ``VenueError``."""
    reading = _Reading(texts)
    loaded = reading.read()
    reading.gather.stop()
    return loaded.venue


def load(texts: Texts) -> Loaded:
    """``load_venue``, with what the author wrote beside it."""
    reading = _Reading(texts)
    loaded = reading.read()
    for error in prove(loaded.venue, loaded.spelled):
        reading.gather.add(error)
    if not reading.gather.found:
        for error in prove_used(loaded.venue):
            reading.gather.add(error)
    reading.gather.stop()
    return loaded


@dataclass(frozen=True, slots=True)
class _Behaviour:
    """A scene or template as it stands in a file."""

    name: str
    place: Place
    node: Node


@dataclass(slots=True)
class _Source:
    """The parts by name, in the order of the files, and everything else at top level."""

    parts: dict[str, list[tuple[Place, Node]]] = field(default_factory=dict)
    behaviours: list[_Behaviour] = field(default_factory=list)
    lists: dict[str, Many] = field(default_factory=dict)

    def of(self, part: str) -> list[tuple[Place, Node]]:
        """A part of which every line is commented out is no part."""
        return [(place, node) for place, node in self.parts.get(part, []) if not _is_empty(node)]


class _Reading:
    """One reading of one venue."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self.gather = Gather()

    def read(self) -> Loaded:
        """The venue as far as it can be read; what is wrong is gathered. Raises where nothing more can be said."""
        source = self._source()
        venue_id = self.gather.attempt(self._venue_id, source)
        places = read_places(self._tables(source, "places"), self.gather)
        catalogues = self._catalogues(source)
        self.gather.stop()  # without these everything else would be full of mistakes that are none
        looks = read_looks([node for _, node in source.of("looks")], self.gather)
        clips = read_clips(self._tables(source, "clips"), self.gather)
        pages = read_pages([node for _, node in source.of("pages")], self.gather)
        palette = Palette(looks, clips, pages)
        devices, unknown = read_devices(self._tables(source, "devices"), palette, places, self.gather)
        hours = self.gather.attempt(read_hours, source.of("hours"))
        names = VenueNames(devices, unknown)
        groups = Groups(devices, places, unknown)
        steps = Steps(names, groups, palette)
        variables, facts = self._named(source, names, devices)
        types = Types(catalogues, clips, looks, devices, variables)
        times = Times(hours, is_written=bool(source.of("hours")))
        behaviours = Behaviours(names, steps, Phases(steps, groups), groups, times, types)
        scenes, spelled = self._scenes(source, behaviours, types)
        written = {*spelled, *(one.name for one in source.behaviours if not _is_template(one.node))}
        scenes = with_calls(scenes, written, self.gather)
        modes = self._modes(source, names, steps, clips, scenes)
        written |= set(modes)
        remotes = read_remotes(self._tables(source, "remotes"), groups, written, scenes, self.gather)
        evacuations = Evacuations(names, steps, palette, devices)
        evacuation = [self.gather.attempt(evacuations.read, node, place) for place, node in source.of(EVACUATION)]
        title = source.of("title")
        venue = Venue(
            venue_id or "",
            titles(title[0][1] if title else None, title[0][0] if title else Place("", 1, 1), venue_id or ""),
            devices,
            scenes,
            digest(self._texts),
            places.halls,
            {name: _plain(one) for name, one in catalogues.items() if one is not None},
            remotes,
            clips=clips,
            variables=variables,
            facts=facts,
            modes=modes,
            evacuation=next(iter(evacuation), None),
            hours=hours,
        )
        templates = {one.name: one.node for one in source.behaviours if isinstance(one.node, Table)}
        sorts = ((sort, table) for sort in NAMED for table in self._tables(source, sort))
        named = {name: (sort, one) for sort, table in sorts for name, one in table if isinstance(one, Table)}
        parts = {part: node for part in ALOUD for _, node in source.of(part) if isinstance(node, Table)}
        return Loaded(venue, palette, spelled, templates, tuple(places.lists), parts, names, groups, named)

    def _named(
        self, source: _Source, names: VenueNames, devices: Collection[DeviceId]
    ) -> tuple[dict[str, Variable], dict[str, Fact]]:
        """Variables and facts; from here on conditions may name them."""
        named = Named(names, {device.split(".")[0] for device in devices}, self.gather)
        variables = named.variables(self._tables(source, "variables"))
        names.own |= known_names(variables, (), ())
        facts = named.facts(self._tables(source, "facts"))
        mode_names = [name for table in self._tables(source, "modes") for name in table.keys]
        names.own |= known_names({}, facts, mode_names)
        return variables, facts

    def _modes(
        self,
        source: _Source,
        names: VenueNames,
        steps: Steps,
        clips: Collection[str],
        scenes: dict[SceneId, Scene],
    ) -> dict[SceneId, Mode]:
        """Modes by name; ``scenes`` gains what each of them is as a scene."""
        written = {one.name: one.place for one in source.behaviours}
        found = Modes(names, steps, clips, self.gather).read(self._tables(source, "modes"), scenes, written)
        scenes |= {name: scene for name, (_, scene) in found.items()}
        return {name: mode for name, (mode, _) in found.items()}

    def _source(self) -> _Source:
        source = _Source()
        for file, text in self._texts.items():
            if file.endswith(".yaml"):
                node = self.gather.attempt(read_yaml, file, text)
                if isinstance(node, Many):
                    source.lists[file] = node
                elif isinstance(node, Table):
                    self._sort(node, source)
                elif node is not None:
                    self.gather.add(wrong(node.place, "a file of a venue is a table: keys with values"))
        self._check_lists(source)
        for key in ("venue", "title", "hours", EVACUATION):
            for place, _ in source.of(key)[1:]:
                self.gather.add(twice(place, source.of(key)[0][0], "{} appears twice", key))
        self.gather.stop()
        return source

    def _sort(self, table: Table, source: _Source) -> None:
        """Everything that is no part of a venue is a scene."""
        for key, node in table:
            place = table.keys[key]
            if key in PARTS:
                source.parts.setdefault(key, []).append((place, node))
            elif key in LATER:
                self.gather.add(wrong(place, "{} is part of a venue, but this version cannot read it yet", key))
            elif _is_misspelt(key, node):
                hint = near(key, (*PARTS, *LATER))
                self.gather.add(wrong(place, "a venue has no part '{}', and this is not a scene", key, hint=hint))
            else:
                source.behaviours.append(_Behaviour(key, place, node))

    def _check_lists(self, source: _Source) -> None:
        """A YAML file that is a list is a catalogue's."""
        named = set()
        for _, node in source.of("catalogues"):
            for _, one in node if isinstance(node, Table) else ():
                named_file = one.get("file") if isinstance(one, Table) else None
                named.add(named_file.text if isinstance(named_file, Text) else "")
        for file, rows in source.lists.items():
            if file not in named:
                self.gather.add(wrong(rows.place, "a file of a venue is a table: keys with values",
                                      hint="a list is the rows of a catalogue; name the file there"))  # fmt: skip

    def _venue_id(self, source: _Source) -> str:
        if not source.of("venue"):
            raise wrong(Place(next(iter(self._texts)), 1, 1, 1), "the venue has no id",
                        hint="write venue: NAME in one of its files")  # fmt: skip
        text = as_text(source.of("venue")[0][1], "venue")
        if not is_id(text.text):
            raise wrong(text.place, "'{}' is not an id", text.text,
                        hint=id_hint(text.text))  # fmt: skip
        return text.text

    def _tables(self, source: _Source, part: str) -> list[Table]:
        found = [self.gather.attempt(as_table, node, part) for _, node in source.of(part)]
        return [table for table in found if table is not None]

    def _catalogues(self, source: _Source) -> dict[str, Catalogue | None]:
        """By name; None where one is wrong, so that what runs over it is not wrong, too."""
        found: dict[str, Catalogue | None] = {}
        first: dict[str, Place] = {}
        for table in self._tables(source, "catalogues"):
            for name, node in table:
                place = table.keys[name]
                if first.setdefault(name, place) != place:
                    self.gather.add(twice(place, first[name], "the catalogue {} appears twice", name))
                else:
                    read = partial(read_catalogue, name, node, place, self._texts, source.lists)
                    found[name] = self.gather.attempt(read)
        return found

    def _scenes(
        self, source: _Source, behaviours: Behaviours, types: Types
    ) -> tuple[dict[SceneId, Scene], dict[SceneId, Table]]:
        scenes: dict[SceneId, Scene] = {}
        spelled: dict[SceneId, Table] = {}
        first: dict[str, Place] = {}

        def read_one(name: str, table: Table, place: Place) -> None:
            spelled[SceneId(name)] = table
            scenes[SceneId(name)] = behaviours.scene(name, table, place)

        for one in source.behaviours:
            if one.name in first:
                self.gather.add(twice(one.place, first[one.name], "the scene {} appears twice", one.name))
                continue
            first[one.name] = one.place
            self.gather.attempt(self._scene, one, types, read_one)
        return scenes, spelled

    def _scene(self, one: _Behaviour, types: Types, read_one: ReadOne) -> None:
        if not is_id(one.name) and not _is_of_a_row(one):
            raise wrong(one.place, "'{}' is not an id", one.name,
                        hint=id_hint(one.name))  # fmt: skip
        if one.name == "safety":
            raise wrong(one.place, "a scene may not be called '{}'", one.name,
                        hint="nothing but the evacuation is about safety")  # fmt: skip
        table = as_table(one.node, "a scene")
        known = types.scope(table, ()).names()
        if not _is_template(table):
            without_row(table, known)
            read_one(one.name, table, one.place)
            return
        each = read_for_each(table.entries["for_each"], types.catalogues)

        def read_row(row: Row) -> None:
            read_one(f"{one.name}.{row.id}", with_row(table, each, row, known), one.place)

        if not each.catalogue.rows:
            check_without_rows(table, each, known)
        self.gather.attempt(check_choices, table, each)
        for_rows(each.catalogue.rows, table, one.name, read_row)


def _is_empty(node: Node) -> bool:
    return isinstance(node, Text) and not node.text and not node.quoted


def _is_template(node: Node) -> bool:
    return isinstance(node, Table) and "for_each" in node.keys


def _is_of_a_row(one: _Behaviour) -> bool:
    """SCENE.ROW, as a venue in full spells the scenes of its templates."""
    is_scene = isinstance(one.node, Table) and {"starts", *BODIES} & one.node.keys.keys() and not _is_template(one.node)
    return bool(is_scene) and one.name.count(".") == 1 and all(map(is_id, one.name.split(".")))


def _is_misspelt(key: str, node: Node) -> bool:
    """A key that is nearly a part's name, over something that cannot be a scene."""
    is_scene = isinstance(node, Table) and any(key in node.keys for key in ("starts", *BODIES))
    return not is_scene and nearest(key, (*PARTS, *LATER)) is not None


def _plain(catalogue: Catalogue) -> tuple[PlainRow, ...]:
    return tuple(PlainRow(row.id, {column: cell.text for column, cell in row.cells.items()}) for row in catalogue.rows)
