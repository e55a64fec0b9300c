"""What comes along with the program."""

import sys
from pathlib import Path


def demo_venue() -> Path:
    """Where the demo venue is: beside the source, or where the wheel put it."""
    beside = Path(__file__).resolve().parents[2] / "config" / "venues" / "demo"
    return beside if beside.is_dir() else Path(sys.prefix) / "share" / "ringmaster" / "venues" / "demo"
