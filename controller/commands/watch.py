"""``ringmaster watch``: what is said and decided, as it happens."""

import sys
import time
from typing import Literal

from rich.console import Console
from rich.markup import escape

from controller.commands.lines import Line, Since, Tail, is_red
from controller.commands.spans import seconds_of
from controller.exits import Exit
from controller.journal.schema import JournalError, open_to_read
from controller.presence import NoController, find_state
from controller.settings import SettingsError, read_settings

LOOK_SECONDS = 0.1


def watch(
    *,
    for_: str | None = None,
    all_: bool = False,
    venue: str | None = None,
    format: Literal["human", "json"] = "human",  # noqa: A002 - the option's name
) -> Exit:
    """Show what devices say, what is decided and why, until Ctrl-C. Refused payloads are counted.

    Parameters
    ----------
    for_
        How long, such as 30s; without it until Ctrl-C.
    all_
        From the beginning of the journal instead of from now.
    venue
        The venue's id, when several were run from here.
    format
        For people or for programs: one JSON object a line.
    """
    try:
        until = time.monotonic() + seconds_of(for_) if for_ else None
        tail = Tail(open_to_read(find_state(read_settings().state, venue)), Since() if all_ else None)
    except (NoController, JournalError, SettingsError) as error:
        print(error, file=sys.stderr)
        return Exit.UNAVAILABLE
    except ValueError as error:
        print(error, file=sys.stderr)
        return Exit.USAGE
    console = Console(highlight=False, soft_wrap=True)
    try:
        while True:
            for line in tail.more():
                if format == "json":
                    print(line.json(), flush=True)
                else:
                    console.print(coloured(line))
            if until is not None and time.monotonic() >= until:
                return Exit.OK
            time.sleep(LOOK_SECONDS)
    except KeyboardInterrupt:
        return Exit.OK


def coloured(line: Line) -> str:
    """A line with rich's markup: red for what a technician must see, dim for what was said."""
    style = "red" if is_red(line.kind) else {"said": "dim", "started": "green", "order": "bold"}.get(line.kind, "")
    text = escape(line.human())
    return f"[{style}]{text}[/]" if style else text
