"""``ringmaster watch``: what is said and decided, as it happens."""

import contextlib
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
        seconds = seconds_of(for_) if for_ else None
        tail = Tail(open_to_read(find_state(read_settings().state, venue)), Since() if all_ else None)
    except (NoController, JournalError, SettingsError) as error:
        print(error, file=sys.stderr)
        return Exit.UNAVAILABLE
    except ValueError as error:
        print(error, file=sys.stderr)
        return Exit.USAGE
    with contextlib.suppress(KeyboardInterrupt):
        shown = _follow(tail, None if seconds is None else time.monotonic() + seconds, format)
        if not shown:
            print(f"nothing was said or decided within {for_}", file=sys.stderr)
    return Exit.OK


def _follow(tail: Tail, until: float | None, form: Literal["human", "json"]) -> int:
    """Shows lines until then, or for ever; how many they were."""
    console = Console(highlight=False, soft_wrap=True)
    shown = 0
    while True:
        for line in tail.more():
            shown += 1
            if form == "json":
                print(line.json(), flush=True)
            else:
                console.print(coloured(line))
        if until is not None and time.monotonic() >= until:
            return shown
        time.sleep(LOOK_SECONDS)


def coloured(line: Line) -> str:
    """A line with rich's markup: red for what a technician must see, dim for what was said."""
    style = "red" if is_red(line.kind) else {"said": "dim", "started": "green", "order": "bold"}.get(line.kind, "")
    text = escape(line.human())
    return f"[{style}]{text}[/]" if style else text
