"""Groups that are asked as one: one by one, in step, or enough when so many of them do it."""

import re

from controller.venue.findings import say, wrong
from controller.venue.language.forms import WantForm
from controller.venue.language.places import Targets
from controller.venue.source.nodes import Table, Text
from devices.vocabulary import Property
from scenes.model import Group


def read_group(targets: Targets, table: Table, form: WantForm, properties: list[Property]) -> Group | None:
    """How the devices belong together; None: each is asked for itself. Raises a finding."""
    if form.one_by_one is None and not form.in_step and form.need is None:
        return None
    if form.in_step and not any(one.in_step for one in properties):
        raise wrong(table.keys["in_step"], "{} cannot begin in step: only what plays can", targets.label)
    if form.in_step and form.one_by_one is not None:
        raise wrong(table.keys["one_by_one"], "a group begins in step or one by one, not both")
    need = _need(form.need, targets) if form.need is not None else None
    if need is not None and form.within is None and all(one.within_seconds is None for one in properties):
        raise wrong(table.keys["need"], "nobody waits until {} confirm", targets.label, hint="write within: 2s, too")
    devices = tuple(one.id for one in targets.devices)
    return Group(devices, targets.spelled, form.one_by_one or 0, form.in_step, need)


def _need(text: Text, targets: Targets) -> int:
    size = len(targets.devices)
    if not re.fullmatch("[1-9][0-9]{0,2}", text.text):
        raise wrong(text.place, "'{}' is not a number of devices", text.text, hint=say("1 to {}", size))
    if int(text.text) > size:
        raise wrong(text.place, "{} of {} are needed, and there are {}", text.text, targets.label, size,
                    hint=say("1 to {}", size))  # fmt: skip
    return int(text.text)
