"""CPU of `ringmaster check` on 3,000 lines, and of refusing what is meant to choke a loader. From the project's root:
.venv/bin/python docs/evidence/3/figures.py"""

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from controller.venue.findings import VenueError
from controller.venue.load import load
from controller.venue.source.files import read_folder

SCENE = """sc{0}:
  title: {{zh: 观众走进序厅, en: A visitor}}
  band: exhibit
  starts: {{when: hall.s{0}.occupied, for: 800ms, gap: 300ms}}
  if: venue.open
  busy: extend
  cools: 20s
  does:
    - ask: {{hall.l{0}: warm over 1.5s, hall.p{0}: {{play: film, or: still}}}}
    - stay: {{until: hall.s{0}.empty, for: 4s, at_most: 90s}}
  ends: 3s
  at_most: 150s
"""


def lines(count: int) -> str:
    kinds = {"s": "presence", "l": "light", "p": "player"}
    devices = "".join(f"  hall.{letter}{n}: {{kind: {kind}}}\n" for n in range(count) for letter, kind in kinds.items())
    parts = f"venue: big\ndevices:\n{devices}looks:\n  warm: {{level: 80%}}\nclips:\n  film: f.mp4\n  still: s.png\n"
    return parts + "".join(SCENE.format(n) for n in range(count))


BOMBS = {
    "aliases, 9^9": "a: &a [x,x,x,x,x,x,x,x,x]\n"
    + "".join(f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
    "5,000 nested lists": "a: " + "[" * 5000 + "]" * 5000,
    "5,000 nested tables": "a: " + "{a: " * 5000 + "}" * 5000,
    "a tag": "a: !!python/object/apply:os.system [ls]\n",
    "a key of 500,000 signs": "a" * 500_000 + ": 1\n",
    "a condition of 5,000 brackets": "venue: x\ndevices: {a.b: {kind: presence}}\ns: {starts: {while: "
    + "(" * 5000 + "venue.open" + ")" * 5000 + "}, does: [{wait: 1s}]}\n",
    "more than 1 MiB": "#" * 2_000_000,
}  # fmt: skip


def cpu(folder: Path) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "controller", "check", str(folder)], stdout=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


with tempfile.TemporaryDirectory() as made:
    folder = Path(made)
    (folder / "venue.yaml").write_text(text := lines(200))
    runs = [cpu(folder) for _ in range(7)]
    print(f"check of {text.count(chr(10))} lines, whole process: {statistics.median(runs):.2f} s of CPU", end="")
    print(f" (min {min(runs):.2f}, max {max(runs):.2f})")
    for name, bomb in BOMBS.items():
        (folder / "venue.yaml").write_text(bomb)
        began = time.process_time()
        try:
            load(read_folder(folder))
        except VenueError as error:
            print(f"{name}: {(time.process_time() - began) * 1000:.1f} ms of CPU, {str(error)[:90]}")
    (folder / "venue.yaml").write_text("venue: x\n")
    (folder / "again").symlink_to(folder)
    began = time.process_time()
    try:
        read_folder(folder)
    except VenueError as error:
        print(f"a folder that leads back: {(time.process_time() - began) * 1000:.1f} ms of CPU, {str(error)[-60:]}")
