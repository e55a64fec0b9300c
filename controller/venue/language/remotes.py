"""Remotes: what the buttons of a device in somebody's hand order."""

import re
from collections.abc import Collection, Mapping

from controller.venue.findings import Gather, near, twice, wrong
from controller.venue.language.forms import RemoteForm
from controller.venue.language.places import Groups
from controller.venue.language.reading import read_form
from controller.venue.source.nodes import Node, Table, Text, as_table, as_text
from devices.vocabulary import DeviceId
from scenes.model import Place, Remote, RemoteButton

VERBS = ("go", "back", "hold", "skip", "start", "stop", "arm", "disarm")
NEEDS_A_SCENE = ("start", "arm", "disarm")
_BUTTON = re.compile(r"([1-9])(\s+held(?:\s+2s)?)?\Z")


def read_remotes(
    tables: list[Table], groups: Groups, scenes: Collection[str], gather: Gather
) -> Mapping[DeviceId, Remote]:
    """All remotes by their device. What is wrong is gathered."""
    found: dict[DeviceId, Remote] = {}
    first: dict[str, Place] = {}
    for table in tables:
        for name, node in table:
            remote = gather.attempt(_remote, name, node, table.keys[name], groups, scenes)
            if remote is None:
                continue
            if first.setdefault(remote.device, table.keys[name]) != table.keys[name]:
                gather.add(twice(table.keys[name], first[remote.device], "the remote {} appears twice", remote.device))
            found[remote.device] = remote
    return found


def _remote(name: str, node: Node, key: Place, groups: Groups, scenes: Collection[str]) -> Remote:
    form = read_form(RemoteForm, as_table(node, "a remote"), key, "a remote")
    device = groups.device(form.device)
    if not {"pressed", "held"} <= set(device.kind.events):
        raise wrong(form.device.place, "{} is a {}, which has no buttons", device.id, device.kind.name)
    table, gather = as_table(form.buttons, "buttons"), Gather()
    if not table.entries:
        raise wrong(table.place, "there are no buttons", hint="as in 1: go, or 4 held 2s: stop")
    buttons = [gather.attempt(_button, table.key(button), order, scenes) for button, order in table]
    gather.stop()
    return Remote(name, device.id, form.role, tuple(one for one in buttons if one is not None), key)


def _button(key: Text, node: Node, scenes: Collection[str]) -> RemoteButton:
    button = _BUTTON.match(key.text)
    if button is None:
        raise wrong(key.place, "'{}' is not a button", key.text, hint="as in 1: go, or 4 held 2s: stop")
    order = as_text(node, "an order")
    verb, _, scene = order.text.partition(" ")
    if verb not in VERBS:
        raise wrong(order.at(0, len(verb)), "there is no order '{}'", verb, hint=near(verb, VERBS))
    scene = scene.strip()
    if scene and scene not in scenes:
        start = order.text.index(scene)
        raise wrong(order.at(start, len(scene)), "there is no scene '{}'", scene, hint=near(scene, scenes))
    if not scene and verb in NEEDS_A_SCENE:
        raise wrong(order.place, "{} needs a scene", verb, hint="as in 5: start evening_tour")
    return RemoteButton(int(button[1]), "held" if button[2] else "pressed", verb, scene, order.place)
