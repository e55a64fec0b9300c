"""How commands print the mistakes of a configuration."""

import json
import sys
from dataclasses import asdict

from controller.exits import Exit
from controller.venue.findings import VenueError


def complain_of(error: VenueError, form: str) -> Exit:
    """One line a mistake: what, where and what to do."""
    if form == "json":
        print(json.dumps({"findings": [asdict(one) for one in error.findings]}, ensure_ascii=False))
    else:
        for one in error.findings:
            print(one, file=sys.stderr)
        count = len(error.findings)
        print(f"{count} mistake{'s' if count > 1 else ''}; nothing was started", file=sys.stderr)
    return Exit.CONFIG
