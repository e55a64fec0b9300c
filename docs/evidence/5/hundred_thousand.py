"""A generated venue of 60 devices, rehearsed until 100,000 events have reached a gate: seconds of CPU for all of it.

Run from the project's root: .venv/bin/python docs/evidence/5/hundred_thousand.py [SEED [DAYS]]
"""

import random
import re
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

HALLS = ("north", "east", "south", "west", "court")


def venue(seed: int) -> str:
    chance = random.Random(seed)
    lines = ["venue: generated", "looks: {warm: {level: 80%}, cold: {level: 30%}, party: {level: 100%}}"]
    lines += ["clips: {film: {file: film.mp4, lasts: 20s}, still: still.png, chime: {file: chime.wav, lasts: 3s}}"]
    lines += ["devices:"]
    scenes: list[str] = []
    for hall in HALLS:
        kinds = ["presence"] * 4 + ["counter", "button"] + ["light"] * 4 + ["screen", "speaker"]
        lines += [f"  {hall}.{kind}_{number}: {{kind: {kind}}}" for number, kind in enumerate(kinds)]
        for number in range(4):
            dwell, gap = chance.choice(("300ms", "800ms", "1.5s")), chance.choice(("100ms", "200ms"))
            scenes += [
                f"{hall}_{number}:",
                f"  starts: {{when: {hall}.presence_{number}.occupied, for: {dwell}, gap: {gap}}}",
                "  if: venue.open",
                f"  cools: {chance.randint(1, 9)}s",
                "  busy: extend",
                "  does:",
                f"    - ask: {{{hall}.light_{6 + number}: {chance.choice(('warm', 'cold'))} over 1s}}",
                f"    - stay: {{until: {hall}.presence_{number}.empty, for: 2s, at_most: 60s}}",
                "  at_most: 120s",
            ]
        scenes += [
            f"{hall}_in:",
            f"  starts: {{when: {hall}.counter_4.entered}}",
            f"  cools: {chance.randint(1, 4)}s",
            f"  does: [{{ask: {{{hall}.screen_10: {{play: film, or: still}}}}}}, {{wait: {chance.randint(2, 9)}s}}]",
            f"{hall}_bell:",
            f"  starts: {{when: {hall}.button_5.pressed}}",
            f"  does: [{{ask: {{{hall}.speaker_11: chime}}}}, {{wait: 1s}}]",
            f"{hall}_by_itself:",
            "  band: ambient",
            "  starts: {while: venue.open}",
            f"  does: [{{ask: {{lights in {hall}: cold over 2s}}}}]",
        ]
    return "\n".join((*lines, *scenes, ""))


def main() -> None:
    seed, days = sys.argv[1] if len(sys.argv) > 1 else "5", sys.argv[2] if len(sys.argv) > 2 else "3"
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "venue.yaml").write_text(venue(int(seed)), "utf-8")
        command = [sys.executable, "-m", "controller", "rehearse", folder, "--visitors", "many", "--seed", seed]
        done = subprocess.run([*command, "--days", days], capture_output=True, text=True, check=False)
    found = re.search(r"(\d+) candidates", done.stdout)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = used.ru_utime + used.ru_stime
    print(done.stdout[-400:] + done.stderr[-400:])
    if found:
        count = int(found[1])
        print(f"seed {seed}: {count} events reached a gate in {cpu:.1f} s of CPU: {cpu / count * 100_000:.1f} s for 100,000")


if __name__ == "__main__":
    main()
