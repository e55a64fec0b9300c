"""Starts that want several things, or silence: ``all``, ``in_order``, ``without``."""

from typing import Literal

from controller.venue.findings import Gather, wrong
from controller.venue.language.names import VenueNames
from controller.venue.language.reading import read_form
from controller.venue.language.several_forms import AllForm, InOrderForm, WithoutForm
from controller.venue.source.nodes import Table, Text
from scenes.model import Micros, Place, Several, Trigger, Without


def read_all(names: VenueNames, table: Table, key: Place) -> Several:
    """``{all: [..], within: TIME}``. Raises ``VenueError`` with everything that is wrong in it."""
    form = read_form(AllForm, table, key, "a start by all")
    items = _items(names, form.all_, form.within, table, "all")
    first: dict[Trigger, Text] = {}
    for item, text in zip(items, form.all_, strict=True):
        if item in first:
            raise wrong(text.place, "'{}' stands here twice, and each counts once", text.text,
                        hint="remove it, or write in_order")  # fmt: skip
        first[item] = text
    return _several("all", items, form.all_, form.within, table)


def read_in_order(names: VenueNames, table: Table, key: Place) -> Several:
    """``{in_order: [..], within: TIME}``. Raises ``VenueError`` with everything that is wrong in it."""
    form = read_form(InOrderForm, table, key, "a start by in_order")
    items = _items(names, form.in_order, form.within, table, "in_order")
    return _several("in_order", items, form.in_order, form.within, table)


def read_without(names: VenueNames, table: Table, key: Place) -> Without:
    """``{without: NAME, for: TIME}``. Raises ``VenueError``."""
    form = read_form(WithoutForm, table, key, "a start by without")
    gather = Gather()
    trigger = gather.attempt(names.trigger, form.without)
    gather.attempt(_check_lasts, form.for_, table, "for")
    gather.stop()
    if trigger is None:
        raise TypeError("a trigger that could not be read was found right")
    return Without(trigger, form.for_, form.without.text, form.without.place)


def _several(
    way: Literal["all", "in_order"], items: tuple[Trigger, ...], texts: tuple[Text, ...], within: Micros, table: Table
) -> Several:
    names, places = tuple(one.text for one in texts), tuple(one.place for one in texts)
    return Several(way, items, within, names, places, table.keys[way])


def _items(names: VenueNames, texts: tuple[Text, ...], within: Micros, table: Table, key: str) -> tuple[Trigger, ...]:
    gather = Gather()
    found = [gather.attempt(names.trigger, text) for text in texts]
    if not texts:
        gather.add(wrong(table.entries[key].place, "nothing stands in this list",
                         hint="as in when: hall.sensor.occupied"))  # fmt: skip
    if len(texts) == 1:
        gather.add(wrong(table.entries[key].place, "{} wants several, and this is one", key,
                         hint="write when, or add another to the list"))  # fmt: skip
    gather.attempt(_check_lasts, within, table, "within")
    gather.stop()
    return tuple(one for one in found if one is not None)


def _check_lasts(time: Micros, table: Table, key: str) -> None:
    if not time:
        raise wrong(table.entries[key].place, "no time at all", hint="as in 10s")
