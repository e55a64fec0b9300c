"""Remotes: what the buttons of a device in somebody's hand order."""

import re
from collections.abc import Collection, Iterator, Mapping

from controller.venue.findings import Gather, near, say, twice, wrong
from controller.venue.language.forms import ROLES
from controller.venue.language.places import Groups
from controller.venue.language.reading import read_form
from controller.venue.language.visit_forms import RemoteForm
from controller.venue.source.nodes import Node, Table, Text, as_table, as_text
from devices.vocabulary import DeviceId
from scenes.model import By, Device, Place, Remote, RemoteButton, Scene, SceneId

TO_TOURS = ("go", "back", "hold", "skip")
OF_THE_HOUSE = ("extend", "evacuate")
VERBS = (*TO_TOURS, "start", "stop", "arm", "disarm", "rest", *OF_THE_HOUSE)
NEEDS_A_SCENE = ("start", "arm", "disarm", "rest")
_BUTTON = re.compile(r"([1-9])(\s+held(?:\s+2s)?)?\Z")


def read_remotes(
    tables: list[Table], groups: Groups, written: Collection[str], scenes: Mapping[SceneId, Scene], gather: Gather
) -> Mapping[DeviceId, Remote]:
    """All remotes by their device. What is wrong is gathered.

    ``written``: the ids of all scenes, ``scenes``: those of them without a mistake of their own.
    """
    found: dict[DeviceId, Remote] = {}
    first: dict[str, Place] = {}
    for table in tables:
        for name, node in table:
            remote = gather.attempt(_remote, name, node, table.keys[name], groups, written)
            if remote is None:
                continue
            if first.setdefault(remote.device, table.keys[name]) != table.keys[name]:
                gather.add(twice(table.keys[name], first[remote.device], "the remote {} appears twice", remote.device))
            for button in remote.buttons:
                gather.attempt(_check_works, button, remote.role, scenes)
            found[remote.device] = remote
    return found


def _remote(name: str, node: Node, key: Place, groups: Groups, written: Collection[str]) -> Remote:
    form = read_form(RemoteForm, as_table(node, "a remote"), key, "a remote")
    device = groups.device(form.device, _has_buttons)
    if not _has_buttons(device):
        raise wrong(form.device.place, "{} is a {}, which has no buttons", device.id, device.kind.name)
    table, gather = as_table(form.buttons, "buttons"), Gather()
    if not table.entries:
        raise wrong(table.place, "there are no buttons", hint="as in 1: go, or 4 held 2s: stop")
    buttons = [gather.attempt(_button, table.key(button), order, written) for button, order in table]
    gather.stop()
    return Remote(name, device.id, form.role, tuple(_each_once(buttons, table)), key)


def _has_buttons(device: Device) -> bool:
    return {"pressed", "held"} <= set(device.kind.events)


def _each_once(buttons: list[RemoteButton | None], table: Table) -> Iterator[RemoteButton]:
    """``4 held`` and ``4 held 2s`` are one button. Raises a finding."""
    first: dict[tuple[int, str], Place] = {}
    for button, place in zip(buttons, table.keys.values(), strict=True):
        if button is not None:
            if first.setdefault((button.button, button.event), place) != place:
                raise twice(place, first[button.button, button.event], "the button {} appears twice", button.button)
            yield button


def _button(key: Text, node: Node, written: Collection[str]) -> RemoteButton:
    button = _BUTTON.match(key.text)
    if button is None:
        raise wrong(key.place, "'{}' is not a button", key.text, hint="as in 1: go, or 4 held 2s: stop")
    order = as_text(node, "an order")
    verb, _, scene = order.text.partition(" ")
    if verb not in VERBS:
        raise wrong(order.at(0, len(verb)), "there is no order '{}'", verb, hint=near(verb, VERBS))
    scene = scene.strip()
    start = order.text.rindex(scene)
    if scene and verb in OF_THE_HOUSE:
        raise wrong(order.at(start, len(scene)), "{} is for the whole house: it takes no scene", verb, hint="remove it")
    if scene and scene not in written:
        raise wrong(order.at(start, len(scene)), "there is no scene '{}'", scene, hint=near(scene, written))
    if not scene and verb in NEEDS_A_SCENE:
        raise wrong(order.place, "{} needs a scene", verb, hint="as in 5: start evening_tour")
    place = order.at(start, len(scene)) if scene else order.place
    return RemoteButton(int(button[1]), "held" if button[2] else "pressed", verb, scene, place)


def _check_works(button: RemoteButton, role: str, scenes: Mapping[SceneId, Scene]) -> None:
    """An order that would be refused at every press is a mistake already. Staff may start what guides may."""
    scene = scenes.get(SceneId(button.scene))
    if scene is None:
        return
    if button.verb in TO_TOURS and all(phase.cue is None for phase in scene.phases):
        tours = [one.id for one in scenes.values() if one.phases[0].cue is not None]
        raise wrong(button.place, "{} has no cues, and {} is an order to a tour", scene.id, button.verb,
                    hint=near(button.scene, tours))  # fmt: skip
    roles = tuple(dict.fromkeys(role for start in scene.starts if isinstance(start, By) for role in start.roles))
    hint = say("write by: {} among its starts", role)
    if button.verb == "start" and not roles:
        raise wrong(button.place, "{} starts by no order", scene.id, hint=hint)
    if button.verb == "start" and ROLES.index(role) < min(map(ROLES.index, roles)):
        raise wrong(button.place, "{} starts by an order of {}, and this remote is in the role {}",
                    scene.id, roles, role, hint=hint)  # fmt: skip
