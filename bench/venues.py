"""Venues of any size, in which each event leads to exactly one set: sensor ``sN`` switches light ``lN`` on and off."""

from collections.abc import Iterator
from pathlib import Path

VENUE = "bench"
HALL = "bench"
SCENES_A_FILE = 2_000  # a file of a venue has at most 1 MiB

_HEAD = f"""\
venue: {VENUE}
title: {{zh: 测量, en: The bench}}
looks:
  warm: {{level: 80%, colour: '#ffc58f'}}
"""

_SCENE = """\
scene_{k}:
  band: exhibit
  starts: {{when: {hall}.s{k}.occupied}}
  busy: ignore
  does:
    - ask: {{{hall}.l{k}: warm}}
    - stay: {{until: {hall}.s{k}.empty, at_most: 2h}}
  ends: 0s
"""


def write_venue(folder: Path, scenes: int) -> None:
    """The files of a venue with so many scenes, sensors and lights."""
    folder.mkdir(parents=True)
    (folder / "venue.yaml").write_text(_HEAD, encoding="utf-8")
    for number, part in enumerate(_parts(scenes)):
        devices = "".join(f"  {HALL}.s{k}: {{kind: presence}}\n  {HALL}.l{k}: {{kind: light}}\n" for k in part)
        text = "devices:\n" + devices + "".join(_SCENE.format(k=k, hall=HALL) for k in part)
        (folder / f"part_{number}.yaml").write_text(text, encoding="utf-8")


def _parts(scenes: int) -> Iterator[range]:
    for first in range(0, scenes, SCENES_A_FILE):
        yield range(first, min(first + SCENES_A_FILE, scenes))
