"""What becomes of what would start a scene that runs already, as an author writes it: ``scenes.busy``."""

from dataclasses import dataclass

from controller.venue.findings import Gather, VenueError, say, wrong
from controller.venue.language.busy_forms import ParallelForm, QueueForm
from controller.venue.language.forms import BUSY
from controller.venue.language.reading import read_form
from controller.venue.language.steps import Steps
from controller.venue.language.values import word_of
from controller.venue.source.nodes import Node, Table, Text, as_text
from scenes.model import Busy, Given, Parallel, Place, Queue, Start, Want, While

LONGEST_QUEUE = 50
MOST_PARALLEL = 50


@dataclass(frozen=True, slots=True)
class Meeting:
    """What becomes of those who meet a scene that runs, or is out of order."""

    busy: Busy = "ignore"
    per: Given | None = None
    resting: tuple[Want, ...] = ()


def read_meeting(table: Table, body: str, starts: tuple[Start, ...], steps: Steps) -> Meeting:
    """``busy``, ``per`` and ``resting`` of a scene with this body. Raises ``VenueError`` with what is wrong in any."""
    gather, entries = Gather(), table.entries
    busy = gather.attempt(_read_busy, table, body, starts, steps) if "busy" in entries else "ignore"
    per = gather.attempt(_per, as_text(entries["per"], "per"), steps) if "per" in entries else None
    resting = gather.attempt(steps.ask, entries["resting"], table.keys["resting"]) if "resting" in entries else ()
    gather.stop()
    return Meeting(busy or "ignore", per, resting or ())


def _read_busy(table: Table, body: str, starts: tuple[Start, ...], steps: Steps) -> Busy:
    node, key = table.entries["busy"], table.keys["busy"]
    busy = _read(node, key, steps)
    _check_beside(busy, node, body)
    if starts and (busy == "restart" or isinstance(busy, Queue)) and all(isinstance(one, While) for one in starts):
        raise wrong(key, "what lasts as long as something is true waits for no turn",
                    hint="leave busy out, or add another way to start")  # fmt: skip
    return busy


def _per(text: Text, steps: Steps) -> Given:
    """What busy and cools count by is given by what starts the scene."""
    given = steps.given(text)
    if given is None:
        raise wrong(text.place, "'{}' is the same for every start", text.text,
                    hint="write $ and a name of gives or needs, as in $zone")  # fmt: skip
    return given


def _read(node: Node, key: Place, steps: Steps) -> Busy:
    if not isinstance(node, Table):
        word = word_of(node, BUSY, "a way of being busy")
        return "extend" if word == "extend" else "restart" if word == "restart" else "ignore"
    if "parallel" in node.keys and "queue" not in node.keys:
        form = read_form(ParallelForm, node, key, "busy")
        return Parallel(_number(form.parallel, 2, MOST_PARALLEL, "'{}' is not a number of runs"))
    return _queue(node, key, steps)


def _queue(table: Table, key: Place, steps: Steps) -> Queue:
    form = read_form(QueueForm, table, key, "busy")
    gather = Gather()
    length = gather.attempt(_number, form.queue, 1, LONGEST_QUEUE, "'{}' is not a length of a queue")
    waiting = gather.attempt(steps.ask, form.waiting, table.keys["waiting"]) if form.waiting is not None else ()
    full = gather.attempt(steps.ask, form.full, table.keys["full"]) if form.full is not None else ()
    gather.stop()
    return Queue(length or 1, form.wait, table.entries["wait"].place, waiting or (), full or ())


def _number(text: Text, least: int, most: int, complaint: str) -> int:
    if not text.text.isascii() or not text.text.isdigit() or not least <= int(text.text) <= most:
        raise wrong(text.place, complaint, text.text, hint=say("{} to {}", least, most))
    return int(text.text)


def _check_beside(busy: Busy, node: Node, body: str) -> None:
    """What would have nothing to act on beside this body is a mistake."""
    if body == "does":
        return
    if busy == "extend":
        raise wrong(node.place, "extend refreshes a stay, and {} have none", body,
                    hint="leave busy out: what would start it again is ignored")  # fmt: skip
    if isinstance(busy, Parallel):
        raise _one_at_a_time(node, body)


def _one_at_a_time(node: Node, body: str) -> VenueError:
    place = node.keys["parallel"] if isinstance(node, Table) else node.place
    return wrong(place, "{} are gone through by one run at a time", body,
                 hint="write busy: {{queue: 3, wait: 25min}}, or leave busy out")  # fmt: skip
